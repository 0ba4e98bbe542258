// The public conformance suite of the port, run by Python on our runtimes, and the net in the engine.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createInferenceHost, type InferenceHost } from "../../src/inference/host.js";
import { pythonInference } from "../../src/worker/python-inference.js";
import { createDispatcher } from "../../src/worker/start.js";
import { FakeInferenceWorker } from "../inference/fake-worker.js";
import { inferenceFolder, packed, shippedModel } from "../inference/models.js";
import { realWorker } from "../inference/real-worker.js";
import { bootPyodide } from "./runtime.js";

vi.setConfig({ testTimeout: 60_000 });

const CONFORM = `
from voltlift_bridge.javascript_inference import JavaScriptInference
from voltlift_conformance import inference

async def conform(target):
    async def make():
        return JavaScriptInference(target)

    return len(await inference.run_all(make)), len(inference.CHECKS)

conform
`;

let pyodide: Awaited<ReturnType<typeof bootPyodide>>;
let inferenceUrl: string;
beforeAll(async () => {
  inferenceUrl = await inferenceFolder();
  pyodide = await bootPyodide();
}, 60_000);

function makeHost(createWorker: (() => FakeInferenceWorker) | null): InferenceHost {
  return createInferenceHost({ inferenceUrl, createWorker, runTimeoutMs: 30_000, idleMs: 0 });
}

describe.each([
  ["on this thread", null],
  ["through a worker", realWorker],
])("the runtimes as Python's port, %s", (_, createWorker) => {
  it("conform", async () => {
    const host = makeHost(createWorker);
    const run = pyodide.runPython(CONFORM);
    const [passed, checks] = (await run(pythonInference(host))).toJs();
    host.end();
    expect(passed).toBe(checks);
    expect(checks).toBeGreaterThanOrEqual(10);
  });
});

describe("an engine with runtimes", () => {
  const { files, probes } = shippedModel("exercise-net");
  const [sizes, data] = packed(files);
  const request = (file: string) => ({
    model: "exercise-net",
    version: "0.0.0",
    file,
    files: sizes.map(([name, bytes]) => ({ name, bytes })),
    inputs: probes[0]?.inputs,
  });

  it("tries a model before it is installed", async () => {
    const host = makeHost(null);
    const engine = await createDispatcher(pyodide, { inference: host });
    for (const { file, outputs, tolerance } of probes) {
      const text = await engine.call(
        "try_model",
        JSON.stringify(request(file)),
        data.slice().buffer,
      );
      const { ok } = JSON.parse(text) as { ok: { outputs: number[]; runtime: string } };
      expect(ok.runtime).toBe("onnxruntime-web");
      for (const [index, expected] of outputs.entries()) {
        expect(Math.abs((ok.outputs[index] ?? Number.NaN) - expected)).toBeLessThanOrEqual(
          tolerance,
        );
      }
    }
    host.end();
  });

  it("without them says that nothing runs it", async () => {
    const engine = await createDispatcher(pyodide, {});
    const text = await engine.call("try_model", JSON.stringify(request("net.onnx")), data.buffer);
    expect(JSON.parse(text)).toMatchObject({ error: { code: "not_available" } });
  });

  it("is told of a runtime that hangs", async () => {
    const hanging = new FakeInferenceWorker({ run: () => new Promise(() => undefined) });
    const createWorker = () => hanging;
    const late = createInferenceHost({ inferenceUrl, createWorker, runTimeoutMs: 50 });
    const engine = await createDispatcher(pyodide, { inference: late });
    const text = await engine.call(
      "try_model",
      JSON.stringify(request("net.onnx")),
      data.slice().buffer,
    );
    expect(JSON.parse(text)).toMatchObject({ error: { code: "inference" } });
    expect(hanging.terminated).toBe(true);
  });
});

it("an object of ours is asked only for what it has", async () => {
  const target = pythonInference(makeHost(null));
  const ask = async (method: string, args: unknown[]) =>
    JSON.parse((await target.request(method, JSON.stringify(args), new Uint8Array())).json);
  expect(await ask("toString", [])).toMatchObject({ error: { code: "inference" } });
  expect(await ask("run", ["7", []])).toMatchObject({ error: { code: "inference" } });
  expect(await ask("dispose", ["7"])).toEqual({ ok: null });
});
