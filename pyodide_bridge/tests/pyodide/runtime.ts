import { existsSync } from "node:fs";
import { bootRuntime } from "../../build/boot.mjs";
import { fetchFile } from "../../build/node-fetch.mjs";

/** The runtime that ships, built by `make runtime`. */
export const RUNTIME_URL = new URL("../../runtime/", import.meta.url);

export { fetchFile };

/** Boot Python with the engine, once for a whole test file. */
export async function bootPyodide() {
  if (!existsSync(new URL("runtime.json", RUNTIME_URL))) {
    throw new Error("pyodide_bridge/runtime is missing: run `make runtime` first");
  }
  return (await bootRuntime({ runtimeUrl: RUNTIME_URL, fetchAsset: fetchFile })).pyodide;
}
