// Imports the engine and the packages above it once, and keeps the code that dataclasses generate meanwhile:
//   node precompile.mjs RUNTIME_FOLDER OUTPUT.pyc
// A frozen dataclass compiles six functions from text when its class is made. For the engine's
// hundred classes that is most of its import time, and the texts are the same at every start.
// OUTPUT is a module that, imported first, lets `dataclasses` find them compiled; a text that it
// does not know is compiled as usual.
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bootRuntime } from "./boot.mjs";
import { fetchFile } from "./node-fetch.mjs";

// Node would print the failing line first: in pyodide.asm.js a megabyte of it.
process.on("uncaughtException", (error) => {
  console.error(error.stack);
  process.exit(70);
});

const [folder, output] = process.argv.slice(2);
if (output === undefined) throw new Error("usage: node precompile.mjs RUNTIME_FOLDER OUTPUT.pyc");
const { pyodide } = await bootRuntime({
  runtimeUrl: pathToFileURL(`${resolve(folder)}/`),
  fetchAsset: fetchFile,
  imports: ["numpy"],
  env: { PYTHONHASHSEED: "0" },
});
const module = pyodide.runPython(`
import builtins, dataclasses, marshal
from importlib import _bootstrap_external
from importlib.util import source_hash

texts = set()

def record(text, globals=None, locals=None):
    texts.add(text)
    builtins.exec(text, globals, locals)

dataclasses.exec = record
import voltlift_bridge, voltlift_coach, voltlift_importers, voltlift_learned, voltlift_replay, voltlift_samples
# Loaded when the first model is, and its classes then.
import voltlift_learned.loading, voltlift_learned.trying
del dataclasses.exec

codes = {text: compile(text, "<string>", "exec", dont_inherit=True) for text in sorted(texts)}
source = f"""import dataclasses, marshal
_CODES = marshal.loads({marshal.dumps(codes)!r})
def _exec(text, globals=None, locals=None):
    exec(_CODES.get(text, text), globals, locals)
dataclasses.exec = _exec
""".encode()
code = compile(source, "voltlift_precompiled", "exec", dont_inherit=True)
_bootstrap_external._code_to_hash_pyc(code, source_hash(source), False)
`);
await writeFile(output, module.toJs());
