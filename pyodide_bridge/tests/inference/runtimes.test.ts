// ONNX Runtime Web and TensorFlow.js themselves, on the models that ship.
import { env } from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ORT_FOLDER } from "../../src/inference/assets.js";
import { createInferenceHost, type InferenceHost } from "../../src/inference/host.js";
import { distance, inferenceFolder, numbers, open, rows, shippedModel } from "./models.js";

// Loading a runtime for the first time takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const net = shippedModel("exercise-net");
const [probe] = net.probes;
const probeRows = probe?.inputs ?? [];
const LAYERS = "tfjs/model.json";

let host: InferenceHost;
beforeAll(async () => {
  host = createInferenceHost({ inferenceUrl: await inferenceFolder(), runTimeoutMs: 10_000 });
});

async function answers(file: string, files = net.files, inputs = probeRows): Promise<number[]> {
  const { id, inputs: names } = await open(host, file, files);
  try {
    return numbers(await host.run(id, ...rows(names[0] ?? "", inputs)));
  } finally {
    await host.dispose(id);
  }
}

describe("models that ship", () => {
  const cases = ["exercise-net", "load", "ranker"].flatMap((name) => {
    const { files, probes } = shippedModel(name);
    return probes.map((each) => ({ name, files, ...each }));
  });

  it.each(cases)("$name: $file answers as on its card", async (model) => {
    const found = await answers(model.file, model.files, model.inputs);
    expect(distance(found, model.outputs)).toBeLessThanOrEqual(model.tolerance);
  });

  it("TensorFlow.js answers as ONNX Runtime does", async () => {
    expect(distance(await answers(LAYERS), await answers("net.onnx"))).toBeLessThanOrEqual(1e-5);
  });

  it("their weights may be cut into any number of shards", async () => {
    const shard = "tfjs/group1-shard1of1.bin";
    const model = JSON.parse(new TextDecoder().decode(net.files.get(LAYERS)));
    model.weightsManifest[0].paths = ["a.bin", "b/c.bin"];
    const bytes = net.files.get(shard) ?? new Uint8Array();
    const files = new Map([
      [LAYERS, new TextEncoder().encode(JSON.stringify(model))],
      ["tfjs/b/c.bin", bytes.slice(1_001)],
      ["tfjs/a.bin", bytes.slice(0, 1_001)],
    ]);
    expect(await answers(LAYERS, files)).toEqual(await answers(LAYERS));
  });
});

describe.each([
  { file: "net.onnx", runtime: "onnxruntime-web" },
  { file: LAYERS, runtime: "tensorflow.js" },
])("$runtime", ({ file, runtime }) => {
  it("says what it takes and gives", async () => {
    const { id, ...session } = await open(host, file, net.files);
    expect(session).toEqual({ runtime, inputs: ["features"], outputs: ["score"] });
    await host.dispose(id);
  });

  it("gives each row its answer, however many come together", async () => {
    const { id } = await open(host, file, net.files);
    const many = Array.from({ length: 200 }, (_, i) => probeRows[i % probeRows.length] ?? []);
    const single: number[] = [];
    for (const row of probeRows) {
      single.push(...numbers(await host.run(id, ...rows("features", [row]))));
    }
    const { shapes, data } = await host.run(id, ...rows("features", many));
    expect(shapes).toEqual([["score", [200, 1]]]);
    const expected = many.map((_, i) => single[i % single.length] ?? Number.NaN);
    expect(distance(numbers({ data }), expected)).toBeLessThanOrEqual(1e-6);
    await host.dispose(id);
  });

  it("passes numbers on that are none", async () => {
    const bad = (probeRows[0] ?? []).map((value, i) => (i === 3 ? Number.NaN : value));
    expect(await answers(file, net.files, [bad, probeRows[0] ?? []])).toEqual([
      Number.NaN,
      expect.closeTo(probe?.outputs[0] ?? Number.NaN, 4),
    ]);
  });

  it("refuses other names, ranks and widths, and goes on", async () => {
    const { id } = await open(host, file, net.files);
    const data = new Uint8Array(400);
    const refused = (shapes: [string, number[]][], bytes = data) =>
      expect(host.run(id, shapes, bytes)).rejects;
    await refused([["x", [1, 100]]]).toMatchObject({
      code: "invalid_request",
      details: { expected: "features", received: "x" },
    });
    await refused([], new Uint8Array()).toMatchObject({ details: { received: "none" } });
    await refused([["features", [100]]]).toMatchObject({
      code: "invalid_request",
      details: { path: "features", expected: "(any, 100)", received: "(100)" },
    });
    await refused([["features", [2, 50]]]).toMatchObject({ code: "invalid_request" });
    await refused([["features", [2, 100]]]).toMatchObject({
      code: "invalid_request",
      details: { expected: "800 bytes", received: "400 bytes" },
    });
    const { shapes } = await host.run(id, [["features", [1, 100]]], data);
    expect(shapes).toEqual([["score", [1, 1]]]);
    await host.dispose(id);
  });

  const damage: [string, (bytes: Uint8Array) => Uint8Array][] = [
    ["cut off", (bytes) => bytes.slice(0, bytes.length >> 1)],
    ["empty", () => new Uint8Array()],
    ["something else", () => new TextEncoder().encode('{"weights": [1, 2]}')],
    ["random", (bytes) => bytes.map((_, i) => (i * 7919) % 251)],
  ];
  it.each(damage)("says that a file is no model: %s", async (_, change) => {
    const bytes = net.files.get(file) ?? new Uint8Array();
    const files = new Map([...net.files, [file, change(bytes)] as const]);
    await expect(open(host, file, files)).rejects.toMatchObject({
      code: "corrupt_data",
      details: { path: file },
    });
  });

  it("goes on when another session of the same model is disposed of", async () => {
    const first = await open(host, file, net.files);
    const second = await open(host, file, net.files);
    expect(second.id).not.toBe(first.id);
    await host.dispose(first.id);
    await host.dispose(first.id);
    const ask = (id: string) => host.run(id, ...rows("features", probeRows));
    expect(numbers(await ask(second.id))).toHaveLength(probeRows.length);
    await host.dispose(second.id);
    for (const { id } of [first, second]) {
      await expect(ask(id)).rejects.toMatchObject({ code: "inference" });
    }
  });
});

it("weights that are missing or cut off are named or told", async () => {
  const model = new Map([[LAYERS, net.files.get(LAYERS) ?? new Uint8Array()]]);
  await expect(open(host, LAYERS, model)).rejects.toMatchObject({
    code: "corrupt_data",
    details: { path: "tfjs/group1-shard1of1.bin", received: LAYERS },
  });
  model.set("tfjs/group1-shard1of1.bin", new Uint8Array(1_000));
  await expect(open(host, LAYERS, model)).rejects.toMatchObject({ code: "corrupt_data" });
  await expect(open(host, "net.onnx", model)).rejects.toMatchObject({ code: "corrupt_data" });
});

it("a kind of file that no runtime reads is not available", async () => {
  const files = new Map([["net.pkl", new Uint8Array([1])]]);
  await expect(open(host, "net.pkl", files)).rejects.toMatchObject({
    code: "not_available",
    details: { path: "net.pkl" },
  });
});

it("the folder of ONNX Runtime is named by the version that is installed", () => {
  expect(ORT_FOLDER).toBe(`onnxruntime-web-${env.versions.web}`);
});
