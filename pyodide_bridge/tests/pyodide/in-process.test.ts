// The client on the real engine: requests, persistence, and the store adapter.
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { EngineClient } from "../../src/client.js";
import type { WorkoutSession } from "../../src/contract/contract.js";
import { createInProcessClient } from "../../src/in-process.js";
import type { CallProgress } from "../../src/protocol.js";
import { openFeatureStore } from "../../src/storage/feature-store.js";
import { openLogStore } from "../../src/storage/log-store.js";
import type { FeatureStore, LogStore } from "../../src/storage/types.js";
import { createDispatcher, type EngineHost } from "../../src/worker/start.js";
import { connectStore } from "../../src/zustand.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { until } from "../support/wait.js";
import { bootPyodide, fetchFile, RUNTIME_URL } from "./runtime.js";

freshIndexedDb();

const NOW = 1_790_000_000_000;
const open: { close?(): void; dispose?(): void }[] = [];
afterEach(() => {
  for (const item of open.splice(0)) {
    item.close?.();
    item.dispose?.();
  }
});

interface Sample {
  state: { history: WorkoutSession[]; settings: { units: string } };
}

async function sample(client: EngineClient): Promise<Sample["state"]> {
  const { appState } = await client.call("sampleState", { now: NOW, workouts: 30 });
  return (appState as Sample).state;
}

describe("booting from the runtime folder", () => {
  it("reports its phases and answers", async () => {
    const client = createInProcessClient({ runtimeUrl: RUNTIME_URL, fetchAsset: fetchFile });
    open.push(client);
    const phases = new Set<string>([client.boot.get().phase]);
    client.boot.subscribe(() => phases.add(client.boot.get().phase));
    const { exercises } = await client.call("catalogue", {});
    expect(exercises.length).toBeGreaterThanOrEqual(150);
    expect([...phases]).toEqual([
      "downloading",
      "starting",
      "loading_engine",
      "restoring",
      "ready",
    ]);
    expect(client.boot.get().engine).toMatchObject({ revision: 0, workouts: 0 });
  }, 60_000);

  it("fails with what is missing, and recovers when restarted", async () => {
    let there = false;
    const client = createInProcessClient({
      runtimeUrl: RUNTIME_URL,
      fetchAsset: async (url) => (there ? fetchFile(url) : new Response(null, { status: 404 })),
    });
    open.push(client);
    await expect(client.call("manifest", {})).rejects.toMatchObject({
      code: "boot_failed",
      message: expect.stringContaining("404"),
    });
    expect(client.boot.get().phase).toBe("failed");
    there = true;
    client.restart();
    await until(client.boot, ({ phase }) => phase === "ready");
    await expect(client.call("manifest", {})).resolves.toEqual({ revision: 0, hashes: {} });
  }, 60_000);
});

describe("the engine behind the client", () => {
  let pyodide: Awaited<ReturnType<typeof bootPyodide>>;
  beforeAll(async () => {
    pyodide = await bootPyodide();
  }, 60_000);

  /** A client over a new engine in the Python that runs already. */
  function start(stores: { log?: LogStore; features?: FeatureStore } = {}) {
    let host: EngineHost | undefined;
    const client = createInProcessClient({
      runtimeUrl: RUNTIME_URL,
      start: async () => {
        host = await createDispatcher(pyodide, stores);
        return host;
      },
    });
    open.push(client);
    return { client, settle: () => host?.settle() };
  }

  it("recommends five exercises whose points add up", async () => {
    const { client } = start();
    const state = await sample(client);
    await client.call("ingest", { state });
    const { recommendations, meta } = await client.call("recommendExercises", { now: NOW });
    expect(recommendations).toHaveLength(5);
    expect(meta).toMatchObject({ revision: 1, workouts: 30 });
    for (const { score, components } of recommendations) {
      const points = components.reduce((sum, component) => sum + component.points, 0);
      expect(points).toBeCloseTo(score, 6);
    }
  });

  it("reads a file that travels beside the request", async () => {
    const { client } = start();
    const csv =
      "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n" +
      '2026-01-05 18:00:00,"Push",1h,"Bench Press (Barbell)",1,60,8,0,0,,,\n';
    const bytes = new TextEncoder().encode(csv).buffer as ArrayBuffer;
    const preview = await client.call("previewImport", { fileName: "strong.csv" }, { bytes });
    expect(preview).toMatchObject({ app: "strong", sets: 1, newSessions: 1 });
    expect(bytes.byteLength).toBe(csv.length);
  });

  it("reads a long file in steps, tells of them, and stops when it is given up", async () => {
    const { client } = start();
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const day = new Date(Date.UTC(2010, 0, 1 + Math.floor(i / 3))).toISOString().slice(0, 10);
      return `${day} 18:00:00,Push,1h,Squat (Barbell),${i % 3},60,5`;
    });
    const header = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps";
    const csv = [header, ...rows].join("\n");
    const bytes = new TextEncoder().encode(csv).buffer as ArrayBuffer;
    const seen: CallProgress[] = [];
    const request = { fileName: "strong.csv" };
    const preview = await client.call("previewImport", request, {
      bytes,
      onProgress: (progress) => seen.push(progress),
    });
    expect(preview).toMatchObject({ sets: 3000, newSessions: 1000 });
    const stages = [...new Set(seen.map(({ stage }) => stage))];
    expect(stages).toEqual(["reading", "building", "comparing"]);

    const controller = new AbortController();
    let steps = 0;
    const givenUp = client.call("previewImport", request, {
      bytes,
      signal: controller.signal,
      onProgress: () => {
        steps += 1;
        controller.abort();
      },
    });
    await expect(givenUp).rejects.toMatchObject({ code: "aborted" });
    await expect(client.call("manifest", {})).resolves.toMatchObject({ revision: 0 });
    expect(steps).toBe(1);
  }, 60_000);

  it("answers others between the questions of a replay, which stays with its log", async () => {
    const { client } = start();
    const state = await sample(client);
    await client.call("ingest", { state });
    const request = { now: NOW, questions: 20 };
    const undisturbed = await client.call("replay", request);
    let done = 0;
    let isOver = false;
    const onProgress = () => {
      done += 1;
    };
    const replay = client.call("replay", request, { onProgress });
    void replay.then(() => {
      isOver = true;
    });
    const list = await client.call("recommendExercises", { now: NOW });
    expect(list.meta.workouts).toBe(30);
    const { revision } = await client.call("ingest", { state: {} });
    expect(revision).toBe(2);
    expect(isOver).toBe(false);
    expect(done).toBeLessThan(10);
    const { tasks, weights, meta } = await replay;
    expect({ tasks, weights }).toEqual({ tasks: undisturbed.tasks, weights: undisturbed.weights });
    expect(meta.revision).toBe(1);
  }, 60_000);

  it("answers bad requests with the path of the field", async () => {
    const { client } = start();
    await expect(client.call("recommendExercises", { now: NOW, limit: -1 })).rejects.toMatchObject({
      code: "invalid_request",
      details: { path: "$.limit" },
    });
    await expect(
      client.call("explain", { now: NOW, exerciseId: "no such exercise" }),
    ).rejects.toMatchObject({ code: "unknown_exercise" });
  });

  it("follows a Zustand store through edits and deletions", async () => {
    const { client } = start();
    const { history, settings } = await sample(client);
    const store = createStore(() => ({ history, settings }));
    const connection = connectStore(client, store, (state) => state);
    await connection.synced();
    const count = async () => {
      await connection.synced();
      const { hashes } = await client.call("manifest", {});
      return Object.keys(hashes).length;
    };
    expect(await count()).toBe(30);
    store.setState({ history: history.slice(1) });
    expect(await count()).toBe(29);
    const before = connection.revision.get();
    const [first, ...others] = history;
    store.setState({ history: [{ ...(first as WorkoutSession), name: "Edited" }, ...others] });
    expect(await count()).toBe(30);
    expect(connection.revision.get()).toBeGreaterThan(before);
    const { meta } = await client.call("recommendExercises", { now: NOW });
    expect(meta.revision).toBe(connection.revision.get());
    connection.stop();
  });

  it("restores its columns after a restart, so that nothing is sent again", async () => {
    const features = await openFeatureStore();
    open.push(features);
    const first = start({ features });
    const state = await sample(first.client);
    const store = createStore(() => state);
    const connection = connectStore(first.client, store, (all) => all);
    await connection.synced();
    const request = { now: NOW, session: null };
    const before = await first.client.call("recommendExercises", request);
    await first.settle();
    connection.stop();

    const second = start({ features });
    await until(second.client.boot, ({ phase }) => phase === "ready");
    expect(second.client.boot.get().engine).toMatchObject({ workouts: 30, notices: [] });
    const again = connectStore(second.client, store, (all) => all);
    await again.synced();
    expect(again.state.get()).toMatchObject({ status: "synced", total: 0 });
    const after = await second.client.call("recommendExercises", request);
    expect(after.recommendations).toEqual(before.recommendations);
    again.stop();
  });

  it("drops a day that was deleted while nothing was connected", async () => {
    const features = await openFeatureStore();
    open.push(features);
    const days = { "2026-01-05": { sleepHours: 7 }, "2026-01-06": { sleepHours: 5 } };
    const session = async (dailyLogs: { [day: string]: object }) => {
      const { client, settle } = start({ features });
      const store = createStore(() => ({ history: [], dailyLogs }));
      const connection = connectStore(client, store, (all) => all);
      await connection.synced();
      await settle();
      connection.stop();
      return client.boot.get().engine?.days;
    };
    expect(await session(days)).toEqual([]);
    expect(await session({ "2026-01-06": days["2026-01-06"] })).toEqual(Object.keys(days));
    expect(await session({})).toEqual(["2026-01-06"]);
    expect(await session({})).toEqual([]);
  });

  it("rebuilds itself from our own log, and follows what was changed there", async () => {
    const { client } = start();
    const { history, settings } = await sample(client);
    const log = await openLogStore();
    const features = await openFeatureStore();
    open.push(log, features);
    await log.write({ sessions: history });
    await log.writeDocument("settings", settings);
    const first = start({ log, features });
    await until(first.client.boot, ({ phase }) => phase === "ready");
    expect(first.client.boot.get().engine).toMatchObject({ workouts: 30 });
    await first.settle();
    await log.write({ deleted: [history[0]?.id ?? ""] });
    const second = start({ log, features });
    await until(second.client.boot, ({ phase }) => phase === "ready");
    expect(second.client.boot.get().engine).toMatchObject({ workouts: 29 });
    const connection = connectStore(
      second.client,
      createStore(() => ({ history: history.slice(1) })),
      (all) => all,
    );
    await connection.synced();
    expect(connection.state.get().total).toBe(0);
    connection.stop();
  });

  it("starts empty where stored data cannot be read, and says so", async () => {
    const features = await openFeatureStore();
    features.close();
    const { client } = start({ features });
    await until(client.boot, ({ phase }) => phase === "ready" || phase === "failed");
    await expect(client.call("manifest", {})).resolves.toMatchObject({ revision: 0 });
    expect(client.boot.get().engine?.notices).toEqual([
      expect.stringMatching(/^stored data could not be used: .*could not open the database/),
    ]);
  });
});
