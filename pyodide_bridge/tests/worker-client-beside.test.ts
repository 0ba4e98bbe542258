/** Long requests, which tell how far they are, keep nobody waiting. */
import { describe, expect, it } from "vitest";
import type { WorkerClientOptions } from "../src/worker-client.js";
import { type Behaviour, FakeWorker } from "./support/fake-worker.js";
import { until } from "./support/wait.js";
import { NEVER, ready, start as startWith } from "./support/worker-clients.js";

const LONG = { now: 1 };

/** A client whose workers answer all but what is in `held`: that ends when it is released. */
function start(options: Partial<WorkerClientOptions> = {}, held = ["replay"]) {
  const release: ((text: string) => void)[] = [];
  const behaviour: Behaviour = {
    call: async (wire, json) =>
      held.includes(wire)
        ? new Promise<string>((resolve) => release.push(resolve))
        : `{"ok":${json}}`,
  };
  const { client, workers } = startWith([behaviour], { pingTimeoutMs: 3_000, ...options });
  const wires = (at = 0) => workers[at]?.calls.map(({ wire }) => wire);
  return { client, workers, release, wires };
}

describe("a replay", () => {
  it("keeps no other request waiting, and is answered when it is done", async () => {
    const { client, release, wires } = start();
    const replay = client.call("replay", LONG);
    await expect(client.call("explain", { now: 2, exerciseId: "x" })).resolves.toMatchObject({
      now: 2,
    });
    await expect(client.call("manifest", {})).resolves.toEqual({});
    expect(wires()).toEqual(["replay", "explain", "manifest"]);
    release[0]?.('{"ok":{"tasks":[]}}');
    await expect(replay).resolves.toEqual({ tasks: [] });
  });

  it("begins after what was asked before it, so that it knows what that told the engine", async () => {
    const { client, release, wires } = start({}, ["replay", "ingest"]);
    const told = client.call("ingest", { state: {} });
    const replay = client.call("replay", LONG);
    const list = client.call("manifest", {});
    await expect.poll(wires).toEqual(["ingest"]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(wires()).toEqual(["ingest"]);
    release[0]?.('{"ok":{}}');
    await Promise.all([told, list]);
    expect(wires()).toEqual(["ingest", "replay", "manifest"]);
    release[1]?.('{"ok":{}}');
    await replay;
  });

  it("is given up by itself, whatever else is on its way", async () => {
    const { client, workers, release, wires } = start({}, ["replay", "explain"]);
    const controller = new AbortController();
    const replay = client.call("replay", LONG, { signal: controller.signal });
    const other = client.call("explain", { now: 2, exerciseId: "x" });
    await expect.poll(wires).toEqual(["replay", "explain"]);
    controller.abort();
    await expect(replay).rejects.toMatchObject({ code: "aborted" });
    await expect.poll(() => workers[0]?.aborts).toEqual([0]);
    release[1]?.('{"ok":{"list":1}}');
    await expect(other).resolves.toEqual({ list: 1 });
  });

  it("goes on while another request is given up", async () => {
    const { client, workers, release, wires } = start({}, ["replay", "explain"]);
    const controller = new AbortController();
    const replay = client.call("replay", LONG);
    const { signal } = controller;
    const other = client.call("explain", { now: 2, exerciseId: "x" }, { signal });
    await expect.poll(wires).toEqual(["replay", "explain"]);
    controller.abort();
    await expect(other).rejects.toMatchObject({ code: "aborted" });
    await expect.poll(() => workers[0]?.aborts).toEqual([1]);
    release[0]?.('{"ok":{"tasks":[]}}');
    await expect(replay).resolves.toEqual({ tasks: [] });
  });

  it("is asked again of the next worker, behind what was urgent", async () => {
    const { client, workers, release, wires } = start({}, ["replay", "explain"]);
    const replay = client.call("replay", LONG);
    const urgent = client.call("explain", { now: 2, exerciseId: "x" });
    await expect.poll(wires).toEqual(["replay", "explain"]);
    workers[0]?.crash("out of memory");
    await expect.poll(() => wires(1)).toEqual(["explain"]);
    release[2]?.('{"ok":{"list":1}}');
    await expect(urgent).resolves.toEqual({ list: 1 });
    await expect.poll(() => wires(1)).toEqual(["explain", "replay"]);
    release[3]?.('{"ok":{"tasks":[]}}');
    await expect(replay).resolves.toEqual({ tasks: [] });
  });

  it("that kills two workers is answered with that, and what was beside it by the third", async () => {
    const { client, workers, release, wires } = start({}, ["replay"]);
    const replay = client.call("replay", LONG);
    const failed = expect(replay).rejects.toMatchObject({ code: "worker_crashed", message: "b" });
    await expect.poll(wires).toEqual(["replay"]);
    workers[0]?.crash("a");
    await expect.poll(() => wires(1)).toEqual(["replay"]);
    workers[1]?.crash("b");
    await failed;
    await until(client.boot, ready);
    await expect(client.call("manifest", {})).resolves.toEqual({});
    expect(release).toHaveLength(2);
  });

  it("that is silent for too long ends with a timeout; the others are not held up", async () => {
    const { client, workers, wires } = start();
    const replay = client.call("replay", LONG, { timeoutMs: 30 });
    const failed = expect(replay).rejects.toMatchObject({ code: "timeout" });
    await expect(client.call("manifest", {})).resolves.toEqual({});
    await failed;
    await expect.poll(() => workers[0]?.aborts).toEqual([0]);
    await expect(client.call("manifest", {})).resolves.toEqual({});
    expect(wires()).toEqual(["replay", "manifest", "manifest"]);
    expect(workers).toHaveLength(1);
  });

  it("ends with its client", async () => {
    const { client, wires } = start({ createWorker: () => new FakeWorker({ call: () => NEVER }) });
    const replay = client.call("replay", LONG);
    await until(client.boot, ready);
    client.dispose();
    await expect(replay).rejects.toMatchObject({ code: "aborted" });
    expect(wires()).toBeUndefined();
  });
});

describe("reading a file", () => {
  it("and looking back do not wait for each other", async () => {
    const { client, release, wires } = start({}, ["replay", "preview_import"]);
    const both = [client.call("replay", LONG), client.call("previewImport", { fileName: "a.csv" })];
    await expect.poll(wires).toEqual(["replay", "preview_import"]);
    for (const answer of release) answer('{"ok":{}}');
    await Promise.all(both);
  });
});
