import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bootRuntime } from "../../build/boot.mjs";
import { fetchFile } from "../../build/node-fetch.mjs";

/** The runtime that ships, built by `make runtime`. */
export const RUNTIME_URL = new URL("../../runtime/", import.meta.url);

const CONFORMANCE = fileURLToPath(new URL("../../../core/conformance/src/", import.meta.url));

export { fetchFile };

/** Boot Python with the engine, once for a whole test file. */
export async function bootPyodide() {
  if (!existsSync(new URL("runtime.json", RUNTIME_URL))) {
    throw new Error("pyodide_bridge/runtime is missing: run `make runtime` first");
  }
  const { pyodide } = await bootRuntime({ runtimeUrl: RUNTIME_URL, fetchAsset: fetchFile });
  // The conformance suites are a package of their own, which does not ship to phones.
  pyodide.FS.mkdirTree("/conformance");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: CONFORMANCE }, "/conformance");
  pyodide.runPython("import sys; sys.path.append('/conformance')");
  return pyodide;
}
