// Boots the runtime that ships, mounts the tests and runs pytest: called by
// pyodide_bridge/build/run_tests.py.
//   node run.mjs PYTEST_FOLDER NUMPY_FOLDER [pytest arguments]
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bootRuntime } from "../../pyodide_bridge/build/boot.mjs";
import { fetchFile } from "../../pyodide_bridge/build/node-fetch.mjs";

// Node would print the failing line first: in pyodide.asm.js a megabyte of it.
process.on("uncaughtException", (error) => {
  console.error(error.stack);
  process.exit(70);
});

const [site, numpyExtras, ...pytestArguments] = process.argv.slice(2);
if (numpyExtras === undefined) throw new Error("usage: see the first lines of this file");
const root = new URL("../../", import.meta.url);

const { pyodide } = await bootRuntime({
  runtimeUrl: new URL("pyodide_bridge/runtime/", root),
  fetchAsset: fetchFile,
  // Not the engine: a fault in it is for pytest to report.
  imports: ["voltlift_precompiled", "numpy"],
});
const mount = (folder, point) => {
  pyodide.FS.mkdirTree(point);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, point);
};
// The tests and what they read: the code under test is the one inside the runtime.
for (const folder of ["tests", "pyodide_bridge/src"]) {
  mount(fileURLToPath(new URL(folder, root)), `/repo/${folder}`);
}
mount(fileURLToPath(new URL("core/conformance/src/", root)), "/conformance");
mount(site, "/pytest");
mount(numpyExtras, "/numpy-for-tests");
const reports = fileURLToPath(new URL(".cache/reports/", root));
mkdirSync(reports, { recursive: true });
mount(reports, "/reports");
const config = await fetchFile(new URL("pyproject.toml", root));
pyodide.FS.writeFile("/repo/pyproject.toml", new Uint8Array(await config.arrayBuffer()));

pyodide.globals.set("pytest_arguments", pyodide.toPy(pytestArguments));
process.exitCode = pyodide.runPython(`
import os, sys
os.chdir("/repo")
sys.path += ["/pytest", "/conformance"]
sys.path.append("/repo/tests/pyodide")
import numpy, pytest
# The shipped numpy first; what it lacks may come from the full wheel, for tests only.
numpy.__path__.append("/numpy-for-tests/numpy")
int(pytest.main([
    # The source tree stays off the path; no files of pytest's own in the tests.
    "-o", "pythonpath=tests", "-p", "no:cacheprovider", "-p", "stepping_loop", "-rs",
    # Capturing file descriptors needs an unlinked file that can still be read.
    "--capture=sys",
    *pytest_arguments,
]))
`);
