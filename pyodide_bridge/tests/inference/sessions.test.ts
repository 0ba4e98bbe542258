// Sessions of one thread: opened once for the same bytes, warmed, freed with their last user.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Sessions } from "../../src/inference/sessions.js";
import type { RuntimeSession, Tensors } from "../../src/inference/types.js";

const runtime = vi.hoisted(() => ({
  opened: [] as string[],
  disposed: 0,
  ran: [] as string[],
  failure: null as Error | null,
}));

vi.mock("../../src/inference/runtimes.js", () => ({
  openSession: async (file: string): Promise<RuntimeSession> => {
    runtime.opened.push(file);
    return {
      runtime: "fake",
      inputs: [
        { name: "x", shape: [null, 2] },
        { name: "z", shape: [3] },
      ],
      outputs: ["sum", "all"],
      async run(feeds: Tensors) {
        if (runtime.failure) throw runtime.failure;
        const all = [...feeds.values()].flatMap(({ data }) => [...data]);
        runtime.ran.push(all.join(" "));
        const sum = new Float32Array([all.reduce((a, b) => a + b, 0)]);
        return new Map([
          ["sum", { data: sum, shape: [] }],
          ["all", { data: new Float32Array(all), shape: [all.length] }],
        ]);
      },
      async dispose() {
        runtime.disposed += 1;
      },
    };
  },
}));

beforeEach(() => {
  Object.assign(runtime, { opened: [], disposed: 0, ran: [], failure: null });
});

const open = (sessions: Sessions, bytes: number[], file = "net.onnx") =>
  sessions.open(file, [[file, bytes.length]], new Uint8Array(bytes), "https://example.test/");

describe("sessions", () => {
  it("have answered zeros before they are given out", async () => {
    await open(new Sessions(), [1]);
    expect(runtime.ran).toEqual(["0 0 0 0 0"]);
  });

  it("share a model of the same bytes, even while it is opened", async () => {
    const sessions = new Sessions();
    const [first, second] = await Promise.all([open(sessions, [1, 2]), open(sessions, [1, 2])]);
    const third = await open(sessions, [1, 2]);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect(runtime.opened).toEqual(["net.onnx"]);
    for (const { id } of [first, first, second]) await sessions.dispose(id);
    expect(runtime.disposed).toBe(0);
    await sessions.dispose(third.id);
    expect(runtime.disposed).toBe(1);
    await open(sessions, [1, 2]);
    expect(runtime.opened).toHaveLength(2);
  });

  it("do not share other bytes, nor another file", async () => {
    const sessions = new Sessions();
    await open(sessions, [1, 2]);
    await open(sessions, [1, 3]);
    await open(sessions, [1, 2], "other.onnx");
    expect(runtime.opened).toEqual(["net.onnx", "net.onnx", "other.onnx"]);
  });

  it("give all outputs in one run of bytes", async () => {
    const sessions = new Sessions();
    const { id } = await open(sessions, [1]);
    const feeds = new Float32Array([1, 2, 3, 4, 5, 6, 7]);
    const { shapes, data } = await sessions.run(
      id,
      [
        ["z", [3]],
        ["x", [2, 2]],
      ],
      new Uint8Array(feeds.buffer),
    );
    expect(shapes).toEqual([
      ["sum", []],
      ["all", [7]],
    ]);
    expect([...new Float32Array(data.buffer)]).toEqual([28, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("that do not answer zeros are freed, and can be opened again", async () => {
    const sessions = new Sessions();
    runtime.failure = new Error("no kernel for this operation");
    await expect(open(sessions, [1])).rejects.toMatchObject({
      code: "inference",
      message: "the runtime failed: no kernel for this operation",
      details: {},
    });
    expect(runtime.disposed).toBe(1);
    runtime.failure = null;
    expect((await open(sessions, [1])).runtime).toBe("fake");
  });

  it("that trap make their thread unusable", async () => {
    const sessions = new Sessions();
    const { id } = await open(sessions, [1]);
    runtime.failure = new WebAssembly.RuntimeError("unreachable");
    const shapes: [string, number[]][] = [
      ["x", [1, 2]],
      ["z", [3]],
    ];
    await expect(sessions.run(id, shapes, new Uint8Array(20))).rejects.toMatchObject({
      code: "inference",
      details: { reason: "unusable" },
    });
  });
});
