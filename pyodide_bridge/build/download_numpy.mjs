// Lets Pyodide's own loader fetch numpy's wheel into a folder: node download_numpy.mjs FOLDER
import { loadPyodide } from "pyodide";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node download_numpy.mjs FOLDER");
const pyodide = await loadPyodide({ packageCacheDir: folder });
// The loader reports a failed download on its error callback and resolves all the same.
const failures = [];
await pyodide.loadPackage("numpy", {
  messageCallback: () => {},
  errorCallback: (message) => failures.push(message),
});
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
