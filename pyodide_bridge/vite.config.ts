import { copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import { ORT_BINARY, ORT_FOLDER, ORT_SCRIPT } from "./src/inference/assets.js";

/** One entry per `exports` of package.json. */
const ENTRIES = [
  "index",
  "zustand",
  "react",
  "text",
  "storage",
  "models",
  "in-process",
  "worker",
  "inference-worker",
] as const;

/** Constants of the source that stand for the address of a worker. */
const WORKERS = {
  __VOLTLIFT_WORKER_URL__: "worker.js",
  __VOLTLIFT_INFERENCE_WORKER_URL__: "inference-worker.js",
};

/** The runtimes of models: chunks of their own, which no visitor loads who has no such model. */
const RUNTIMES = ["ort", "tfjs"];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Writes the addresses of the workers in the form that every bundler recognises. They must not
 * stand in the source: our own library build would inline the workers as data: addresses.
 */
const workerUrl: Plugin = {
  name: "voltlift-worker-url",
  renderChunk(code, chunk) {
    const up = "../".repeat(chunk.fileName.split("/").length - 1) || "./";
    let changed = code;
    for (const [constant, file] of Object.entries(WORKERS)) {
      changed = changed.replaceAll(constant, `new URL("${up}${file}", import.meta.url)`);
    }
    return changed === code ? null : { code: changed, map: null };
  },
};

/**
 * ONNX Runtime finds out where it is in a form that bundlers take for a file beside it, of which
 * there is none. What it wants to know is the address of the script itself.
 */
const ortAddress: Plugin = {
  name: "voltlift-ort-address",
  renderChunk(code, { name }) {
    if (name !== "ort") return null;
    const changed = code.replace(
      'new URL("ort.wasm.min.mjs", import.meta.url)',
      "new URL(import.meta.url)",
    );
    if (changed === code)
      this.error("ONNX Runtime looks for itself in another way: adapt this plugin");
    return { code: changed, map: null };
  },
};

/**
 * Copies what ONNX Runtime fetches by itself to `inference/`, to be served as it is: its script
 * finds its parts by address, so it has to stay out of every bundler.
 */
const ortFiles: Plugin = {
  name: "voltlift-ort-files",
  async closeBundle() {
    const folder = here(`inference/${ORT_FOLDER}/`);
    await rm(here("inference"), { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const name of [ORT_SCRIPT, ORT_BINARY]) {
      const source = import.meta.resolve(`onnxruntime-web/${name}`);
      await copyFile(fileURLToPath(source), folder + name);
    }
  },
};

export default defineConfig({
  plugins: [workerUrl, ortAddress, ortFiles],
  resolve: {
    alias: [{ find: /^util$/, replacement: here("src/inference/node-util.ts") }],
    // Of ONNX Runtime's two builds the one without its WebAssembly inside.
    conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions],
  },
  build: {
    target: "es2022",
    // Readable: embedding apps minify anyway, and a static page stays debuggable.
    minify: false,
    lib: {
      entry: Object.fromEntries(ENTRIES.map((name) => [name, here(`src/${name}.ts`)])),
      formats: ["es"],
    },
    rollupOptions: {
      // Comlink, idb and the like are bundled, so that the files also run in a page without a bundler.
      external: ["react", "react/jsx-runtime", "zustand"],
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: ({ name }) =>
          RUNTIMES.includes(name) ? "chunks/inference/[name].js" : "chunks/[name].js",
      },
    },
  },
});
