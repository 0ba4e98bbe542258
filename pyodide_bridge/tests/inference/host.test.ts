// The life of the runtimes' worker: started late, ended when it hangs, crashes or has no work.
import { afterEach, describe, expect, it, vi } from "vitest";
import { createInferenceHost, type InferenceHostOptions } from "../../src/inference/host.js";
import { type Behaviour, FakeInferenceWorker } from "./fake-worker.js";
import { numbers, rows } from "./models.js";

const ONE_ROW = rows("x", [[1, 2, 3]]);
const FILE = new Uint8Array([1, 2, 3, 4]);

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** A host whose workers do, one after the other, what these say; the last one's for all others. */
function setUp(behaviours: Behaviour[] = [{}], options: Partial<InferenceHostOptions> = {}) {
  const workers: FakeInferenceWorker[] = [];
  const host = createInferenceHost({
    inferenceUrl: "https://example.test/inference/",
    openTimeoutMs: 1_000,
    runTimeoutMs: 500,
    idleMs: 0,
    createWorker: () => {
      const worker = new FakeInferenceWorker(behaviours[workers.length] ?? behaviours.at(-1));
      workers.push(worker);
      return worker;
    },
    ...options,
  });
  ended.push(() => host.end());
  const open = () => host.open("net.onnx", [["net.onnx", FILE.byteLength]], FILE.slice());
  const run = ({ id }: { id: string }) => host.run(id, ONE_ROW[0], ONE_ROW[1].slice());
  return { host, workers, open, run };
}

describe("the worker of the runtimes", () => {
  it("is started by the first model, and only once", async () => {
    const { workers, open, run } = setUp();
    expect(workers).toHaveLength(0);
    const [first, second] = await Promise.all([open(), open()]);
    expect(workers).toHaveLength(1);
    expect(first).toMatchObject({ runtime: "fake", inputs: ["x"], outputs: ["y"] });
    expect(numbers(await run(second))).toEqual([1, 2, 3]);
    expect(workers[0]?.asked).toEqual(["open", "open", "run inner-2"]);
  });

  it("gets files and tensors without copies, and leaves a part of a larger buffer alone", async () => {
    let received: [string, number][] = [];
    const { host } = setUp([
      {
        async open(_file, sizes, data, inferenceUrl) {
          received = [...sizes, [inferenceUrl, data.byteLength]] as [string, number][];
          return { ok: { id: "1", runtime: "fake", inputs: ["x"], outputs: ["y"] } };
        },
      },
    ]);
    const whole = new Uint8Array(64);
    const { id } = await host.open("net.onnx", [["net.onnx", 64]], whole);
    expect(whole.byteLength).toBe(0);
    expect(received).toEqual([
      ["net.onnx", 64],
      ["https://example.test/inference/", 64],
    ]);
    const heap = new Uint8Array(1_024);
    await host.run(id, [["x", [1, 2]]], heap.subarray(8, 16));
    expect(heap.byteLength).toBe(1_024);
  });

  it("is ended when its last session is disposed of", async () => {
    const { host, workers, open, run } = setUp();
    const first = await open();
    const second = await open();
    await host.dispose(first.id);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(workers[0]?.terminated).toBe(false);
    await host.dispose(second.id);
    await host.dispose(second.id);
    await vi.waitFor(() => expect(workers[0]?.terminated).toBe(true));
    await expect(run(second)).rejects.toMatchObject({ code: "inference" });
    expect(numbers(await run(await open()))).toEqual([1, 2, 3]);
    expect(workers).toHaveLength(2);
  });

  it("is ended when no model could be opened", async () => {
    const refused = { code: "corrupt_data", message: "no model", details: { path: "net.onnx" } };
    const { workers, open } = setUp([{ open: async () => ({ error: refused as never }) }]);
    await expect(open()).rejects.toMatchObject(refused);
    await vi.waitFor(() => expect(workers[0]?.terminated).toBe(true));
  });

  it("stays for a model that is opened soon after", async () => {
    const { host, workers, open } = setUp([{}], { idleMs: 60_000 });
    await host.dispose((await open()).id);
    await open();
    expect(workers).toHaveLength(1);
    expect(workers[0]?.terminated).toBe(false);
  });
});

describe("a runtime that fails", () => {
  it("hangs over an answer: ended, its sessions answer with the reason, the next is new", async () => {
    const { host, workers, open, run } = setUp();
    const [asked, other] = [await open(), await open()];
    const [worker] = workers;
    if (worker) worker.hanging = true;
    const late = { code: "inference", message: "the runtime gave no answer within 500 ms" };
    await expect(run(asked)).rejects.toMatchObject(late);
    expect(worker?.terminated).toBe(true);
    await expect(run(other)).rejects.toMatchObject(late);
    const again = await open();
    expect(workers).toHaveLength(2);
    expect(numbers(await run(again))).toEqual([1, 2, 3]);
    // Those of the ended worker can be disposed of without ending the new one.
    await host.dispose(asked.id);
    await host.dispose(other.id);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(workers[1]?.terminated).toBe(false);
  });

  it("hangs over a model", async () => {
    const { workers, open } = setUp([{ open: () => new Promise(() => undefined) }, {}]);
    await expect(open()).rejects.toMatchObject({
      code: "inference",
      message: "the runtime gave no answer within 1000 ms",
    });
    expect(workers[0]?.terminated).toBe(true);
    expect((await open()).runtime).toBe("fake");
  });

  it("hangs over freeing a session: nobody is told, and it is ended", async () => {
    const { host, workers, open } = setUp();
    const { id } = await open();
    const [worker] = workers;
    if (worker) worker.hanging = true;
    await expect(host.dispose(id)).resolves.toBeUndefined();
    expect(worker?.terminated).toBe(true);
  });

  it("crashes while it is asked, and while it is not", async () => {
    const { workers, open, run } = setUp([{}], { runTimeoutMs: 60_000 });
    const session = await open();
    const [worker] = workers;
    if (worker) worker.hanging = true;
    const answer = run(session);
    // Not told to the engine's worker, which would be taken for the one that crashed.
    expect(worker?.crash("out of memory")).toBe(false);
    const failure = {
      code: "inference",
      message: "the worker of the runtimes failed: out of memory",
    };
    await expect(answer).rejects.toMatchObject(failure);
    expect(worker?.terminated).toBe(true);

    const next = await open();
    workers[1]?.crash("");
    await expect(run(next)).rejects.toMatchObject({ code: "inference" });
  });

  it("cannot even be started", async () => {
    const { open } = setUp([{}], {
      createWorker: () => {
        throw new DOMException("blocked by a policy", "SecurityError");
      },
    });
    await expect(open()).rejects.toMatchObject({
      code: "inference",
      message: "blocked by a policy",
    });
  });

  it("is of no use any more after a trap, but after an error of its own it is", async () => {
    const failed = (details: object) => async () => ({
      error: { code: "inference" as const, message: "it failed", details },
    });
    const { workers, open, run } = setUp([
      { run: failed({}) },
      { run: failed({ reason: "unusable" }) },
      {},
    ]);
    const first = await open();
    await expect(run(first)).rejects.toMatchObject({ code: "inference", message: "it failed" });
    await expect(run(first)).rejects.toMatchObject({ message: "it failed" });
    expect(workers[0]?.terminated).toBe(false);
    workers[0]?.crash("gone");

    const second = await open();
    await expect(run(second)).rejects.toMatchObject({ message: "it failed" });
    expect(workers[1]?.terminated).toBe(true);
    expect(numbers(await run(await open()))).toEqual([1, 2, 3]);
  });

  it("is not blamed for an answer that came while this thread was busy", async () => {
    const { open, run } = setUp([{}], { runTimeoutMs: 50 });
    const session = await open();
    const answer = run(session);
    const busyUntil = performance.now() + 120;
    while (performance.now() < busyUntil); // As Python does.
    expect(numbers(await answer)).toEqual([1, 2, 3]);
  });

  it("is out of reach once the host has ended", async () => {
    const { host, workers, open, run } = setUp();
    const session = await open();
    host.end();
    expect(workers[0]?.terminated).toBe(true);
    await expect(run(session)).rejects.toMatchObject({ message: "the runtimes have been ended" });
  });
});
