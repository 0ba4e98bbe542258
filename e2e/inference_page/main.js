/** Python on this page, the runtimes in their worker as it ships, for test_inference.py. */
import { bootRuntime } from "../../pyodide_bridge/build/boot.mjs";
import { createInferenceHost } from "../../pyodide_bridge/src/inference/host.ts";
import { pythonInference } from "../../pyodide_bridge/src/worker/python-inference.ts";

const CONFORM = `
from voltlift_bridge.javascript_inference import JavaScriptInference
from voltlift_conformance import inference

async def conform(target):
    async def make():
        return JavaScriptInference(target)

    return "\\n".join(await inference.run_all(make))

conform
`;

/** Names of the checks that passed; `modules` are those of the suite: text by path. */
globalThis.conform = async (modules) => {
  const { pyodide } = await bootRuntime({ runtimeUrl: new URL("/runtime/", location.href) });
  for (const [path, text] of Object.entries(modules)) {
    pyodide.FS.mkdirTree(`/suite/${path.slice(0, path.lastIndexOf("/"))}`);
    pyodide.FS.writeFile(`/suite/${path}`, text);
  }
  pyodide.runPython("import sys; sys.path.append('/suite')");
  const workers = [];
  const host = createInferenceHost({
    inferenceUrl: new URL("/inference/", location.href).href,
    runTimeoutMs: 30_000,
    createWorker: () => {
      workers.push(new Worker("/bridge/inference-worker.js", { type: "module" }));
      return workers.at(-1);
    },
  });
  const passed = await pyodide.runPython(CONFORM)(pythonInference(host));
  host.end();
  return { passed: passed.split("\n"), workers: workers.length };
};
document.title = "ready";
