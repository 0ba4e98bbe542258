// The neural net in the engine: from the registry through a runtime into the list, and out of it.
import { beforeAll, expect, it, vi } from "vitest";
import type { RecommendExercisesResponse } from "../../src/contract/contract.js";
import { createInferenceHost, type InferenceHost } from "../../src/inference/host.js";
import { sha256 } from "../../src/models/hashing.js";
import { openModelRegistry } from "../../src/models/registry.js";
import type { ModelRegistry } from "../../src/models/types.js";
import { createDispatcher, type EngineHost } from "../../src/worker/start.js";
import { inferenceFolder, shippedModel } from "../inference/models.js";
import { realWorker } from "../inference/real-worker.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { bootPyodide } from "./runtime.js";

vi.setConfig({ testTimeout: 60_000 });
freshIndexedDb();

const NOW = 1_790_000_000_000;

let pyodide: Awaited<ReturnType<typeof bootPyodide>>;
let inferenceUrl: string;
beforeAll(async () => {
  inferenceUrl = await inferenceFolder();
  pyodide = await bootPyodide();
}, 60_000);

/** Keep the net that ships, with these of its files, and make it the active one. */
async function install(registry: ModelRegistry, names: readonly string[]): Promise<void> {
  const { files, card } = shippedModel("exercise-net");
  const own = new Map<string, ArrayBuffer>();
  const hashes = new Map<string, string>();
  for (const name of names) {
    const bytes = new Uint8Array(files.get(name) ?? []);
    own.set(name, bytes.buffer);
    hashes.set(name, await sha256(bytes));
  }
  const artefact = { name: "exercise-net", version: "1.0.0", card, files: hashes };
  const nothing = new ArrayBuffer(0);
  await registry.install({ ...artefact, sha256: await sha256(nothing), data: nothing }, own);
  await registry.activate("exercise-net", "1.0.0");
}

async function ask<T>(engine: EngineHost, wire: string, request: object): Promise<T> {
  const answer = JSON.parse(await engine.call(wire, JSON.stringify(request)));
  if (!("ok" in answer)) throw new Error(JSON.stringify(answer));
  return answer.ok as T;
}

function scores({ recommendations }: RecommendExercisesResponse): [string, number][] {
  return recommendations.map(({ exercise, score }) => [exercise.id, score]);
}

/** An engine that knows a lifter, and what it says of the net. */
async function engineWith(inference: InferenceHost, names: readonly string[]) {
  const models = await openModelRegistry();
  await install(models, names);
  const engine = await createDispatcher(pyodide, { models, inference });
  const { appState } = await ask<{ appState: object }>(engine, "sample_state", {
    now: NOW,
    workouts: 60,
  });
  await ask(engine, "ingest", { state: appState });
  const recommend = () =>
    ask<RecommendExercisesResponse>(engine, "recommend_exercises", {
      now: NOW,
      utcOffsetMinutes: 0,
      limit: 10,
    });
  const net = ({ meta }: RecommendExercisesResponse) =>
    meta.scorers.find(({ name }) => name === "exercise-net");
  const load = () => ask<{ models: object[]; leftOut: object[] }>(engine, "load_models", {});
  return { engine, load, recommend, net, close: () => models.close() };
}

it.each([
  ["onnxruntime-web", ["net.onnx", "net.int8.onnx"]],
  ["tensorflow.js", ["tfjs/model.json", "tfjs/group1-shard1of1.bin"]],
])("%s has a say in the list", async (runtime, names) => {
  const host = createInferenceHost({ inferenceUrl, runTimeoutMs: 30_000 });
  const { load, recommend, net, close } = await engineWith(host, names);
  const before = await recommend();
  expect(net(before)?.status).not.toBe("used");

  expect(await load()).toMatchObject({
    models: [{ name: "exercise-net", version: "1.0.0", runtime }],
    leftOut: [],
  });
  const after = await recommend();
  expect(net(after)).toMatchObject({ status: "used", part: "habit", version: "1.0.0" });
  expect(scores(after)).not.toEqual(scores(before));
  host.end();
  close();
});

it("hangs, and the rules stand, until models are loaded again", async () => {
  const workers: ReturnType<typeof realWorker>[] = [];
  const host = createInferenceHost({
    inferenceUrl,
    runTimeoutMs: 500,
    createWorker: () => {
      workers.push(realWorker());
      return workers.at(-1) as ReturnType<typeof realWorker>;
    },
  });
  const { load, recommend, net, close } = await engineWith(host, ["net.onnx"]);
  const rules = await recommend();
  await load();
  const [worker] = workers;
  if (worker) worker.hanging = true;

  const failed = await recommend();
  expect(net(failed)).toMatchObject({ status: "failed", reason: expect.any(String) });
  expect(scores(failed)).toEqual(scores(rules));
  expect(worker?.terminated).toBe(true);
  const asked = worker?.asked.length;
  expect(net(await recommend())?.status).toBe("failed");
  expect(worker?.asked.length, "it is not asked again").toBe(asked);

  await load();
  expect(workers).toHaveLength(2);
  expect(net(await recommend())?.status).toBe("used");
  host.end();
  close();
});

it("is left out where its runtime cannot be had, and says so", async () => {
  const unable = createInferenceHost({
    inferenceUrl,
    createWorker: () => {
      throw new Error("no workers today");
    },
  });
  const { load, recommend, net, close } = await engineWith(unable, ["net.onnx"]);
  expect(await load()).toMatchObject({
    models: [],
    leftOut: [{ name: "exercise-net", code: "inference", message: expect.stringMatching(/today/) }],
  });
  const listed = await recommend();
  expect(listed.recommendations).toHaveLength(10);
  expect(net(listed)?.status).not.toBe("used");
  close();
});
