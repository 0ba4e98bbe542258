import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeLocks } from "./support/fake-locks.js";
import type { FakeWorker } from "./support/fake-worker.js";
import { until } from "./support/wait.js";
import { NEVER, ready, start } from "./support/worker-clients.js";

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
