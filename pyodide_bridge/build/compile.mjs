// Compiles Python sources to bytecode inside Pyodide, whose Python (3.12) decides the format:
//   node compile.mjs JOB.json
// JOB: {"source": folder, "target": folder, "prefix": path that tracebacks show, "files": [...]}.
// Unchecked-hash .pyc: nothing to compare with at import, and no time stamp in the bytes.
import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

// Node would print the failing line first: in pyodide.asm.js a megabyte of it.
process.on("uncaughtException", (error) => {
  console.error(error.stack);
  process.exit(70);
});

const [jobFile] = process.argv.slice(2);
if (jobFile === undefined) throw new Error("usage: node compile.mjs JOB.json");
const { source, target, prefix, files } = JSON.parse(await readFile(jobFile, "utf8"));

// A fixed hash seed, because constants of a code object may be sets.
const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
for (const [point, root] of [
  ["/source", source],
  ["/target", target],
]) {
  pyodide.FS.mkdirTree(point);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, point);
}
pyodide.globals.set("job", pyodide.toPy({ prefix, files }));
pyodide.runPython(`
from importlib import _bootstrap_external
from importlib.util import source_hash
from pathlib import Path

for name in job["files"]:
    text = Path("/source", name).read_bytes()
    # optimize=0: numpy needs its docstrings.
    code = compile(text, job["prefix"] + name, "exec", dont_inherit=True, optimize=0)
    out = Path("/target", name).with_suffix(".pyc")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_bootstrap_external._code_to_hash_pyc(code, source_hash(text), False))
`);
