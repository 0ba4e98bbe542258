import { describe, expect, it, vi } from "vitest";
import { EngineError } from "../src/errors.js";
import type { BootProgress } from "../src/protocol.js";
import { type Behaviour, DESCRIPTION } from "./support/fake-worker.js";
import { until } from "./support/wait.js";
import { arrival, NEVER, ready, start, stopClock } from "./support/worker-clients.js";

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
    const { client } = start([], {
      maxRestarts: 0,
      createWorker: () => {
        throw new Error("workers are not allowed here");
      },
    });
    expect(client.boot.get()).toMatchObject({ phase: "failed", error: { code: "boot_failed" } });
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
