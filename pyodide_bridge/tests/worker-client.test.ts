import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BootState, EngineClient } from "../src/client.js";
import { EngineError } from "../src/errors.js";
import type { BootProgress, CallProgress } from "../src/protocol.js";
import { createWorkerClient, type WorkerClientOptions } from "../src/worker-client.js";
import { FakeLocks } from "./support/fake-locks.js";
import { type Behaviour, DESCRIPTION, FakeWorker } from "./support/fake-worker.js";
import { until } from "./support/wait.js";

const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** A client whose workers behave as listed, the last one for all that follow. */
function start(behaviours: Behaviour[] = [{}], options: Partial<WorkerClientOptions> = {}) {
  const workers: FakeWorker[] = [];
  const client = createWorkerClient({
    runtimeUrl: "https://example.test/runtime",
    // Long enough for a busy machine to answer one that is to be answered.
    pingTimeoutMs: 300,
    restartPausesMs: [0],
    createWorker: () => {
      const worker = new FakeWorker(behaviours[Math.min(workers.length, behaviours.length - 1)]);
      workers.push(worker);
      return worker;
    },
    ...options,
  });
  clients.push(client);
  return { client, workers };
}

/** Let no time pass but what the test lets pass; messages go their way meanwhile. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
}
afterEach(() => {
  vi.useRealTimers();
});

/** Wait for a message to arrive, by the test's own limit alone. */
async function arrival(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
}

const ready = (state: BootState) => state.phase === "ready";
const NEVER = new Promise<never>(() => undefined);

describe("booting", () => {
  it("passes options on, reports phases in order and describes the engine", async () => {
    let received: unknown;
    const { client } = start([
      {
        async boot(options, onProgress) {
          received = options;
          onProgress({ phase: "downloading", done: 25, total: 100 });
          onProgress({ phase: "loading_engine", done: 0, total: 0 });
          await new Promise((resolve) => setTimeout(resolve, 5));
          return JSON.stringify({ ok: DESCRIPTION });
        },
      },
    ]);
    const seen: [string, number | null][] = [];
    client.boot.subscribe(() => {
      const { phase, progress } = client.boot.get();
      seen.push([phase, progress]);
    });
    const state = await until(client.boot, ready);
    expect(received).toEqual({
      runtimeUrl: "https://example.test/runtime/",
      inferenceUrl: "https://example.test/inference/",
      persist: true,
      ownLog: false,
    });
    expect(seen).toEqual([
      ["downloading", 0.25],
      ["loading_engine", null],
      ["ready", 1],
    ]);
    expect(state).toMatchObject({ engine: DESCRIPTION, error: null, generation: 1 });
  });

  it.each([
    ["is fulfilled", () => Promise.resolve()],
    ["fails", () => Promise.reject(new Error("no paint"))],
  ])("begins when what it waits for %s, with the requests made until then", async (_, settle) => {
    let go: (settled: Promise<void>) => void = () => undefined;
    const startAfter = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { client, workers } = start([{}], { startAfter });
    const answer = client.call("manifest", {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(workers).toHaveLength(0);
    go(settle());
    await until(client.boot, ready);
    await answer;
    expect(workers).toHaveLength(1);
  });

  it("keeps requests that come early, in order", async () => {
    const { client, workers } = start();
    const answers = await Promise.all([
      client.call("explain", { now: 1, exerciseId: "a" }),
      client.call("explain", { now: 2, exerciseId: "b" }),
    ]);
    expect(answers).toMatchObject([{ now: 1 }, { now: 2 }]);
    expect(workers[0]?.calls.map(({ wire }) => wire)).toEqual(["explain", "explain"]);
  });

  it("gives up after repeated boot failures, answers with them, and restarts by hand", async () => {
    let broken = true;
    const failure = { code: "boot_failed", message: "HTTP status 404", details: {} };
    const behaviour: Behaviour = {
      boot: async () => JSON.stringify(broken ? { error: failure } : { ok: DESCRIPTION }),
    };
    const { client, workers } = start([behaviour], { maxRestarts: 2 });
    const early = client.call("catalogue", {});
    await expect(early).rejects.toMatchObject({ code: "boot_failed", message: "HTTP status 404" });
    expect(workers).toHaveLength(3);
    expect(workers.every((worker) => worker.terminated)).toBe(true);
    expect(client.boot.get()).toMatchObject({ phase: "failed", engine: null });
    expect(client.boot.get().error?.details.remedy).toMatch(/Reload/);
    await expect(client.call("catalogue", {})).rejects.toBeInstanceOf(EngineError);
    broken = false;
    client.restart();
    await until(client.boot, ready);
    await expect(client.call("catalogue", {})).resolves.toEqual({});
  });

  it("replaces a worker whose boot makes no progress", async () => {
    const { client, workers } = start([{ boot: () => NEVER }, {}], { bootTimeoutMs: 300 });
    await until(client.boot, ready);
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("lets a slow boot take its time as long as it makes progress", async () => {
    stopClock();
    let report: ((progress: BootProgress) => void) | undefined;
    let finish: (answer: string) => void = () => undefined;
    const boot: Behaviour["boot"] = (_options, onProgress) => {
      report = onProgress;
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const { client, workers } = start([{ boot }], { bootTimeoutMs: 250 });
    await arrival(() => report !== undefined);
    for (let done = 1; done <= 4; done++) {
      vi.advanceTimersByTime(200);
      report?.({ phase: "downloading", done, total: 4 });
      await arrival(() => client.boot.get().progress === done / 4);
    }
    finish(JSON.stringify({ ok: DESCRIPTION }));
    await until(client.boot, ready);
    expect(workers).toHaveLength(1);
  });

  it("fails with a state, not an exception, where workers cannot be made", async () => {
    const client = createWorkerClient({
      runtimeUrl: "https://example.test/runtime/",
      maxRestarts: 0,
      createWorker: () => {
        throw new Error("workers are not allowed here");
      },
    });
    clients.push(client);
    expect(client.boot.get()).toMatchObject({ phase: "failed", error: { code: "boot_failed" } });
  });
});

describe("a worker that dies", () => {
  it.each([
    ["an error event", (worker: FakeWorker) => worker.crash("out of memory")],
    ["an unreadable message", (worker: FakeWorker) => worker.garble()],
  ])("is replaced after %s, and the request is sent once more", async (_, kill) => {
    const { client, workers } = start([{ call: () => NEVER }, {}]);
    const phases: string[] = [];
    client.boot.subscribe(() => phases.push(client.boot.get().phase));
    await until(client.boot, ready);
    const answer = client.call("explain", { now: 5, exerciseId: "squat" });
    await until(client.boot, ready);
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    kill(workers[0] as FakeWorker);
    await expect(answer).resolves.toMatchObject({ now: 5 });
    expect(phases).toEqual(["ready", "restarting", "ready"]);
    expect(client.boot.get().generation).toBe(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("is answered with an error where the request kills the second one too", async () => {
    const { client, workers } = start([{ call: () => NEVER }, { call: () => NEVER }, {}]);
    const answer = client.call("catalogue", {});
    const failed = expect(answer).rejects.toMatchObject({ code: "worker_crashed", message: "b" });
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    workers[0]?.crash("a");
    await expect.poll(() => workers[1]?.calls.length).toBe(1);
    workers[1]?.crash("b");
    await failed;
    await until(client.boot, ready);
    await expect(client.call("manifest", {})).resolves.toEqual({});
  });

  it("keeps the requests that had not been sent", async () => {
    const { client, workers } = start([{ call: () => NEVER }, {}]);
    const answers = [1, 2, 3].map((now) => client.call("explain", { now, exerciseId: "x" }));
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    workers[0]?.crash("gone");
    await expect(Promise.all(answers)).resolves.toMatchObject([{ now: 1 }, { now: 2 }, { now: 3 }]);
  });

  it("still has the file for the second try", async () => {
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    const { client, workers } = start([{ call: () => NEVER }, {}]);
    const answer = client.call("previewImport", { fileName: "a.csv" }, { bytes });
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    workers[0]?.crash("gone");
    await answer;
    expect(new Uint8Array(workers[1]?.calls[0]?.bytes ?? new ArrayBuffer())).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(bytes.byteLength).toBe(3);
  });
});

describe("a worker that ends without a word", () => {
  beforeEach(() => vi.stubGlobal("navigator", { locks: new FakeLocks() }));
  afterEach(() => vi.unstubAllGlobals());

  it("is noticed at once, although nothing times out", async () => {
    const { client, workers } = start([{ call: () => NEVER }, {}]);
    await until(client.boot, ready);
    const answer = client.call("explain", { now: 8, exerciseId: "x" });
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    workers[0]?.vanish();
    await expect(answer).resolves.toMatchObject({ now: 8 });
    expect(workers).toHaveLength(2);
    expect(client.boot.get().generation).toBe(2);
  });

  it("is noticed while nothing is asked, too", async () => {
    const { client, workers } = start();
    await until(client.boot, ready);
    workers[0]?.vanish();
    await until(client.boot, ({ generation }) => generation === 2);
    expect(workers).toHaveLength(2);
  });

  it("is not mistaken for one that is busy for long", async () => {
    const { client, workers } = start([
      {
        async call(_wire, json) {
          await new Promise((resolve) => setTimeout(resolve, 80));
          return `{"ok":${json}}`;
        },
        ping: () => NEVER,
      },
    ]);
    await expect(client.call("explain", { now: 8, exerciseId: "x" })).resolves.toMatchObject({
      now: 8,
    });
    expect(workers).toHaveLength(1);
  });

  it("is not seen in one that we ended ourselves", async () => {
    const { client, workers } = start();
    await until(client.boot, ready);
    client.restart();
    await until(client.boot, ({ generation }) => generation === 2);
    client.dispose();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(workers).toHaveLength(2);
  });
});

describe("a worker that hangs", () => {
  it("is replaced where it answers no ping, and the request is retried", async () => {
    const { client, workers } = start([{}, {}], { timeoutMs: 30 });
    await until(client.boot, ready);
    (workers[0] as FakeWorker).hanging = true;
    await expect(client.call("explain", { now: 9, exerciseId: "x" })).resolves.toMatchObject({
      now: 9,
    });
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("is left alone where it answers pings; the request ends with a timeout", async () => {
    let first = true;
    const { client, workers } = start([
      {
        call: async (_wire, json) => {
          if (!first) return `{"ok":${json}}`;
          first = false;
          return NEVER;
        },
      },
    ]);
    await expect(client.call("catalogue", {}, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "timeout",
    });
    await expect(client.call("manifest", {})).resolves.toEqual({});
    expect(workers).toHaveLength(1);
  });

  it("is answered with a timeout where the second worker hangs as well", async () => {
    const { client, workers } = start([{}], { timeoutMs: 20, maxRestarts: 5 });
    client.boot.subscribe(() => {
      for (const worker of workers) worker.hanging = client.boot.get().phase === "ready";
    });
    await expect(client.call("catalogue", {})).rejects.toMatchObject({ code: "timeout" });
    expect(workers.slice(0, 2).map(({ calls }) => calls.length)).toEqual([1, 1]);
  });
});

describe("a worker that is late", () => {
  it("has its answer taken while it is asked for a sign of life", async () => {
    const { client, workers } = start(
      [
        {
          async call(_wire, json) {
            await new Promise((resolve) => setTimeout(resolve, 60));
            return `{"ok":${json}}`;
          },
          ping: () => NEVER,
        },
      ],
      { pingTimeoutMs: 2_000 },
    );
    await until(client.boot, ready);
    const answer = client.call("explain", { now: 4, exerciseId: "x" }, { timeoutMs: 20 });
    await expect(answer).resolves.toMatchObject({ now: 4 });
    expect(workers).toHaveLength(1);
  });
});

describe("an engine that is broken", () => {
  it("is replaced where it throws instead of answering, and the request is sent again", async () => {
    const fatal = async () => {
      throw new Error("Pyodide already fatally failed and can no longer be used.");
    };
    const { client, workers } = start([{ call: fatal }, {}]);
    await expect(client.call("explain", { now: 6, exerciseId: "x" })).resolves.toMatchObject({
      now: 6,
    });
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("is answered with worker_crashed where the next one breaks as well", async () => {
    const fatal = async () => {
      throw new Error("memory access out of bounds");
    };
    const { client } = start([{ call: fatal }, { call: fatal }, {}]);
    await expect(client.call("catalogue", {})).rejects.toMatchObject({
      code: "worker_crashed",
      message: "memory access out of bounds",
    });
    await expect(client.call("manifest", {})).resolves.toEqual({});
  });
});

describe("who listens to the boot", () => {
  it("may dispose while a new engine is about to start", async () => {
    const { client, workers } = start();
    await until(client.boot, ready);
    client.boot.subscribe(() => client.boot.get().phase === "restarting" && client.dispose());
    workers[0]?.crash("gone");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(workers).toHaveLength(1);
  });

  it("may dispose while the engine is restarted by hand", async () => {
    const { client, workers } = start();
    await until(client.boot, ready);
    client.boot.subscribe(() => client.boot.get().phase === "restarting" && client.dispose());
    client.restart();
    expect(workers.filter((worker) => !worker.terminated)).toEqual([]);
  });

  it("may restart as soon as it has failed", async () => {
    let broken = true;
    const boot = async () =>
      JSON.stringify(
        broken ? { error: { code: "boot_failed", message: "no" } } : { ok: DESCRIPTION },
      );
    const { client, workers } = start([{ boot }], { maxRestarts: 0 });
    client.boot.subscribe(() => {
      if (client.boot.get().phase !== "failed") return;
      broken = false;
      client.restart();
    });
    await until(client.boot, ready);
    expect(workers.filter((worker) => !worker.terminated)).toHaveLength(1);
    await expect(client.call("catalogue", {})).resolves.toEqual({});
  });
});

describe("requests", () => {
  it("are sent with the file as it was, whatever becomes of it meanwhile", async () => {
    const { client, workers } = start();
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    const answer = client.call("previewImport", { fileName: "a.csv" }, { bytes });
    structuredClone(bytes, { transfer: [bytes] });
    await answer;
    expect(workers[0]?.calls[0]?.bytes?.byteLength).toBe(3);
  });

  it("with a file that is gone are refused, and the next one is answered", async () => {
    const { client } = start();
    await until(client.boot, ready);
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    structuredClone(bytes, { transfer: [bytes] });
    const refused = client.call("previewImport", { fileName: "a.csv" }, { bytes });
    await expect(refused).rejects.toMatchObject({ code: "invalid_request" });
    await expect(client.call("catalogue", {})).resolves.toEqual({});
  });

  it("are sent one at a time, so that a timeout counts only its own work", async () => {
    let working = 0;
    let most = 0;
    const { client } = start([
      {
        async call(_wire, json) {
          working += 1;
          most = Math.max(most, working);
          await new Promise((resolve) => setTimeout(resolve, 5));
          working -= 1;
          return `{"ok":${json}}`;
        },
      },
    ]);
    await until(client.boot, ready);
    await Promise.all([client.call("catalogue", {}), client.call("manifest", {})]);
    expect(most).toBe(1);
  });
});

describe("answers", () => {
  it("carry the engine's error with code, message and details", async () => {
    const error = { code: "invalid_request", message: "bad", details: { path: "$.limit" } };
    const { client } = start([{ call: async () => JSON.stringify({ error }) }]);
    const failure = await client.call("catalogue", {}).catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(EngineError);
    expect((failure as EngineError).toJSON()).toEqual(error);
  });

  it.each(["nonsense", "null", "{}", "[]"])("that are no answers are errors: %s", async (text) => {
    const { client } = start([{ call: async () => text }]);
    await expect(client.call("catalogue", {})).rejects.toMatchObject({ code: "internal" });
  });

  it("refuse a method that does not exist", async () => {
    const { client } = start();
    await expect(client.call("constructor" as "catalogue", {})).rejects.toMatchObject({
      code: "unknown_method",
    });
  });
});

describe("giving up", () => {
  it("drops a waiting request and answers with aborted", async () => {
    const { client, workers } = start([{ boot: () => NEVER }]);
    const controller = new AbortController();
    const answer = client.call("catalogue", {}, { signal: controller.signal });
    controller.abort("not wanted");
    await expect(answer).rejects.toMatchObject({ code: "aborted", cause: "not wanted" });
    const late = client.call("catalogue", {}, { signal: AbortSignal.abort() });
    await expect(late).rejects.toMatchObject({ code: "aborted" });
    expect(workers[0]?.calls).toEqual([]);
  });

  it("goes on with the next request after one on its way was given up", async () => {
    let release = (_text: string) => {};
    const held = new Promise<string>((resolve) => {
      release = resolve;
    });
    const { client, workers } = start([
      { call: async (wire, json) => (wire === "catalogue" ? held : `{"ok":${json}}`) },
    ]);
    const controller = new AbortController();
    const first = client.call("catalogue", {}, { signal: controller.signal });
    const second = client.call("explain", { now: 3, exerciseId: "x" });
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    release('{"ok":{}}');
    await expect(second).resolves.toMatchObject({ now: 3 });
  });

  it("tells the worker to stop a request that is on its way, and only then", async () => {
    const { client, workers } = start([{ call: () => NEVER }]);
    const controller = new AbortController();
    const waiting = new AbortController();
    const first = client.call("catalogue", {}, { signal: controller.signal });
    const second = client.call("manifest", {}, { signal: waiting.signal });
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    waiting.abort();
    await expect(second).rejects.toMatchObject({ code: "aborted" });
    expect(workers[0]?.aborts).toEqual([]);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    await expect.poll(() => workers[0]?.aborts).toEqual([0]);
  });

  it("may give up what a worker had when it died", async () => {
    const { client, workers } = start([{ call: () => NEVER }]);
    await until(client.boot, ready);
    const controller = new AbortController();
    const answer = client.call("catalogue", {}, { signal: controller.signal });
    await expect.poll(() => workers[0]?.calls).toHaveLength(1);
    workers[0]?.crash("out of memory");
    // What listens to the signal would throw here, as an error that nobody can catch.
    const errors: unknown[] = [];
    const note = (error: unknown) => errors.push(error);
    process.on("uncaughtException", note);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: "aborted" });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("uncaughtException", note);
    expect(errors).toEqual([]);
  });

  it("ends everything on dispose", async () => {
    const { client, workers } = start([{ call: () => NEVER }]);
    const open = client.call("catalogue", {});
    const waiting = client.call("manifest", {});
    await expect.poll(() => workers[0]?.calls.length).toBe(1);
    client.dispose();
    await expect(open).rejects.toMatchObject({ code: "aborted" });
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
    await expect(client.call("catalogue", {})).rejects.toMatchObject({ code: "aborted" });
    client.restart();
    expect(workers).toHaveLength(1);
    expect(workers[0]?.terminated).toBe(true);
  });
});

describe("progress of a long request", () => {
  it("comes to the listener and counts as a sign of life", async () => {
    stopClock();
    let report: ((progress: CallProgress) => void) | undefined;
    let finish: (answer: string) => void = () => undefined;
    const call: Behaviour["call"] = (_wire, _json, _bytes, onProgress) => {
      report = onProgress;
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const { client, workers } = start([{ call, ping: () => NEVER }]);
    const seen: number[] = [];
    const onProgress = ({ done }: CallProgress) => seen.push(done);
    const answer = client.call("catalogue", {}, { timeoutMs: 120, onProgress });
    await arrival(() => report !== undefined);
    for (let done = 1; done <= 6; done++) {
      vi.advanceTimersByTime(100);
      report?.({ stage: "reading", done, total: 6 });
      await arrival(() => seen.length === done);
    }
    finish('{"ok":{"read":true}}');
    await expect(answer).resolves.toEqual({ read: true });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(workers).toHaveLength(1);
  });

  it("is not heard any more once the request was given up", async () => {
    let report: ((progress: CallProgress) => void) | undefined;
    const { client } = start([
      {
        call(_wire, _json, _bytes, onProgress) {
          report = onProgress;
          return NEVER;
        },
      },
    ]);
    const controller = new AbortController();
    const seen: number[] = [];
    const answer = client.call(
      "catalogue",
      {},
      { signal: controller.signal, onProgress: ({ done }) => seen.push(done) },
    );
    await expect.poll(() => report).toBeDefined();
    report?.({ stage: "reading", done: 1, total: 2 });
    await expect.poll(() => seen).toEqual([1]);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: "aborted" });
    report?.({ stage: "reading", done: 2, total: 2 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([1]);
  });
});
