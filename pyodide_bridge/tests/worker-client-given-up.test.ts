import { describe, expect, it, vi } from "vitest";
import type { CallProgress } from "../src/protocol.js";
import type { Behaviour } from "./support/fake-worker.js";
import { until } from "./support/wait.js";
import { arrival, NEVER, ready, start, stopClock } from "./support/worker-clients.js";

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
