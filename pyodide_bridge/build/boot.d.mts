import type { PyodideInterface } from "pyodide";

/** Where a boot is. `downloading` covers all assets; they load at the same time. */
export type BootPhase = "downloading" | "starting" | "loading_engine";

export interface BootProgress {
  phase: BootPhase;
}

/** `runtime.json`: what the runtime folder holds. */
export interface RuntimeManifest {
  /** Hash over every asset: changes when any of them does. */
  buildId: string;
  versions: Record<string, string>;
  /** Gzipped tar archives that go to site-packages. */
  archives: string[];
  /** Extension modules: the asset, and the path below site-packages that Python imports. */
  extensions: { file: string; path: string }[];
  /** Modules that are imported before the boot counts as done. */
  imports: string[];
  files: { name: string; size: number; sha256: string }[];
}

export interface BootOptions {
  /** Absolute address of the runtime folder, with a slash at the end. */
  runtimeUrl: string | URL;
  onProgress?: (progress: BootProgress) => void;
  /** How an asset is fetched; `fetch` unless told. Node: `fetchFile` of node-fetch.mjs. */
  fetchAsset?: (url: URL) => Promise<Response>;
  /** Modules to import before the boot counts as done, instead of the manifest's. */
  imports?: string[];
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  env?: Record<string, string>;
}

export interface Runtime {
  pyodide: PyodideInterface;
  manifest: RuntimeManifest;
  /** Milliseconds since the start at which each stage was done. */
  timings: Record<"unpacked" | "python" | "linked" | "imported", number>;
}

/** Loads everything at once, starts Python, links numpy and imports the engine. */
export function bootRuntime(options: BootOptions): Promise<Runtime>;

/** Files of a ustar archive as views on its bytes. */
export function tarEntries(tar: Uint8Array): Generator<[path: string, bytes: Uint8Array]>;
