import { afterEach, describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { WorkoutSession } from "../src/contract/contract.js";
import { EngineError } from "../src/errors.js";
import { contentHash, hashAndText, primeHash } from "../src/storage/hash.js";
import { type Connection, connectStore } from "../src/zustand.js";
import { FakeEngine } from "./support/fake-engine.js";
import { random, session } from "./support/sessions.js";
import { until } from "./support/wait.js";

interface App {
  history: WorkoutSession[];
  settings: { units: string };
  dailyLogs: { [day: string]: { sleepHours: number } };
  customExercises: [];
  unrelated: number;
}

const connections: Connection[] = [];
afterEach(() => {
  for (const connection of connections.splice(0)) connection.stop();
});

function connect(initial: Partial<App> = {}, chunkSessions?: number) {
  const engine = new FakeEngine();
  const store = createStore<App>(() => ({
    history: [],
    settings: { units: "kg" },
    dailyLogs: {},
    customExercises: [],
    unrelated: 0,
    ...initial,
  }));
  const begin = () => {
    const connection = connectStore(
      engine,
      store,
      ({ history, settings, dailyLogs, customExercises }) => ({
        history,
        settings,
        dailyLogs,
        customExercises,
      }),
      chunkSessions ? { chunkSessions } : {},
    );
    connections.push(connection);
    return connection;
  };
  return { engine, store, begin };
}

const ids = (engine: FakeEngine) => [...engine.sessions.keys()].sort();

describe("the first sync", () => {
  it("sends everything to an engine that knows nothing", async () => {
    const history = [session("a", 1), session("b", 2)];
    const { engine, store, begin } = connect({ history, dailyLogs: { d: { sleepHours: 7 } } });
    const connection = begin();
    await connection.synced();
    expect(ids(engine)).toEqual(["a", "b"]);
    expect(engine.settings).toEqual(store.getState().settings);
    expect([...engine.dailyLogs]).toEqual([["d", { sleepHours: 7 }]]);
    expect(engine.deltas).toHaveLength(1);
    expect(connection.revision.get()).toBe(1);
    expect(connection.state.get()).toMatchObject({ status: "synced", done: 2, total: 2 });
  });

  it("sends only what differs from the engine's manifest", async () => {
    const [known, changed, added] = [session("a", 1), session("b", 2), session("c", 3)];
    const { engine, begin } = connect({ history: [known, changed, added] });
    engine.sessions.set("a", { hash: contentHash(known), session: known });
    engine.sessions.set("b", { hash: "of before", session: {} });
    engine.sessions.set("gone", { hash: "x", session: {} });
    await begin().synced();
    expect(engine.deltas).toHaveLength(1);
    expect(engine.deltas[0]).toMatchObject({
      sessions: [changed, added],
      deletedSessions: ["gone"],
      hashes: { b: contentHash(changed), c: contentHash(added) },
    });
  });

  it("goes in chunks, one at a time, with progress", async () => {
    const history = Array.from({ length: 25 }, (_, i) => session(`s${i}`, i));
    const { engine, begin } = connect({ history }, 10);
    const connection = begin();
    const progress: number[] = [];
    connection.state.subscribe(() => progress.push(connection.state.get().done));
    await connection.synced();
    expect(engine.deltas.map(({ sessions }) => sessions?.length)).toEqual([10, 10, 5]);
    expect(engine.mostAtOnce).toBe(1);
    expect(progress).toEqual([0, 10, 20, 25]);
  });

  it("leaves out what is no training history", async () => {
    const history = (["active", "template", "draft", "completed"] as const).map((status) => ({
      ...session(status, 1),
      status,
    }));
    const { engine, begin } = connect({ history });
    await begin().synced();
    expect(ids(engine)).toEqual(["completed"]);
  });
});

describe("a state that is not as it should be", () => {
  it("still has its sessions sent", async () => {
    const history = [null, 7, session("a", 1), { name: "no id" }] as unknown as WorkoutSession[];
    const { engine, begin } = connect({ history });
    await begin().synced();
    expect(ids(engine)).toEqual(["a"]);
  });

  it("may lack its other parts, and then sends nothing twice", async () => {
    const missing = { settings: null, dailyLogs: null, customExercises: null };
    const { engine, store, begin } = connect({
      history: [session("a", 1)],
      ...(missing as unknown as Partial<App>),
    });
    const connection = begin();
    await connection.synced();
    store.setState({ unrelated: 1 });
    await connection.synced();
    expect(engine.deltas).toEqual([{ sessions: [session("a", 1)], hashes: expect.anything() }]);
  });

  it("may lack its history", async () => {
    const { engine, begin } = connect({ history: undefined as unknown as WorkoutSession[] });
    await begin().synced();
    expect(engine.settings).toEqual({ units: "kg" });
  });
});

describe("changes in place", () => {
  it("are sent once the log has written them", async () => {
    const done = session("a", 1);
    const { engine, store, begin } = connect({ history: [done] });
    const connection = begin();
    await connection.synced();
    done.name = "renamed in place";
    hashAndText(done);
    store.setState({ unrelated: 1 });
    await connection.synced();
    expect(engine.deltas[1]?.sessions).toEqual([done]);
  });

  it("are sent on resync", async () => {
    const done = session("a", 1);
    const dailyLogs = { d: { sleepHours: 7 } };
    const { engine, begin } = connect({ history: [done, session("b", 2)], dailyLogs });
    const connection = begin();
    await connection.synced();
    done.name = "renamed in place";
    dailyLogs.d.sleepHours = 5;
    connection.resync();
    await connection.synced();
    expect(engine.deltas[1]?.sessions).toEqual([done]);
    expect(engine.dailyLogs.get("d")).toEqual({ sleepHours: 5 });
  });
});

describe("a day that was deleted while nobody was connected", () => {
  const engineThatKnows = (days: string[]) => ({
    engineVersion: "1",
    revision: 1,
    workouts: 0,
    notices: [],
    days,
  });

  it("is removed from an engine that restored it", async () => {
    const { engine, begin } = connect({ dailyLogs: { kept: { sleepHours: 8 } } });
    engine.dailyLogs.set("gone", {}).set("kept", {});
    engine.boot.set({ ...engine.boot.get(), engine: engineThatKnows(["gone", "kept"]) });
    await begin().synced();
    expect([...engine.dailyLogs.keys()]).toEqual(["kept"]);
  });

  it("is removed where an earlier connection had sent it", async () => {
    const { engine, store, begin } = connect({ dailyLogs: { gone: { sleepHours: 8 } } });
    const first = begin();
    await first.synced();
    first.stop();
    store.setState({ dailyLogs: {} });
    await begin().synced();
    expect([...engine.dailyLogs.keys()]).toEqual([]);
  });

  it("is told once", async () => {
    const { engine, store, begin } = connect();
    engine.boot.set({ ...engine.boot.get(), engine: engineThatKnows(["gone"]) });
    const connection = begin();
    await connection.synced();
    store.setState({ dailyLogs: { d: { sleepHours: 7 } } });
    await connection.synced();
    expect(engine.deltas.map(({ dailyLogs }) => dailyLogs)).toEqual([
      { gone: null },
      { d: { sleepHours: 7 } },
    ]);
  });
});

describe("changes", () => {
  it.each([1, 2, 3, 4, 5])("end with the engine knowing exactly the state (%i)", async (seed) => {
    const next = random(seed);
    const { engine, store, begin } = connect({}, 3);
    const connection = begin();
    for (let round = 0; round < 80; round++) {
      const history = store
        .getState()
        .history.filter(() => next() > 0.1)
        .map((item) => (next() > 0.8 ? { ...item, startTime: next() * 1e6 } : item));
      if (next() > 0.4) history.push(session(`s${round}`, round));
      store.setState({ history });
      if (next() > 0.8) store.setState({ settings: { units: next() > 0.5 ? "kg" : "lbs" } });
      const day = `2026-01-0${Math.floor(next() * 8) + 1}`;
      const { [day]: gone, ...days } = store.getState().dailyLogs;
      store.setState({ dailyLogs: gone ? days : { ...days, [day]: { sleepHours: next() } } });
      if (next() > 0.9) engine.forget(ids(engine).filter(() => next() > 0.5));
      if (next() > 0.9) engine.failures.set("ingest", [new EngineError("timeout", "late")]);
      if (next() > 0.5) await connection.synced().catch(() => undefined);
    }
    // After an ingestion that failed, the next change catches up.
    engine.failures.clear();
    store.setState({ unrelated: 1 });
    await connection.synced();
    const { history, settings, dailyLogs } = store.getState();
    expect(ids(engine)).toEqual(history.map(({ id }) => id).sort());
    for (const item of history) {
      expect(engine.sessions.get(item.id)).toEqual({ hash: contentHash(item), session: item });
    }
    expect(engine.settings).toEqual(settings);
    expect(Object.fromEntries(engine.dailyLogs)).toEqual(dailyLogs);
    expect(engine.mostAtOnce).toBe(1);
    expect(connection.revision.get()).toBe(engine.revision);
  });

  it("of one session send one session", async () => {
    const history = Array.from({ length: 50 }, (_, i) => session(`s${i}`, i));
    const { engine, store, begin } = connect({ history });
    const connection = begin();
    await connection.synced();
    const edited = session("s7", 7, 62.5);
    store.setState({ history: history.map((item) => (item.id === "s7" ? edited : item)) });
    await connection.synced();
    expect(engine.deltas[1]).toEqual({ sessions: [edited], hashes: { s7: contentHash(edited) } });
  });

  it("that change nothing send nothing", async () => {
    const history = [session("a", 1)];
    const { engine, store, begin } = connect({ history });
    const connection = begin();
    await connection.synced();
    store.setState({ unrelated: 1 });
    await connection.synced();
    // New references with the same content, as after loading from storage.
    const copy = structuredClone(store.getState());
    primeHash(copy.history[0] as object, contentHash(history[0]));
    store.setState(copy);
    await connection.synced();
    expect(engine.deltas).toHaveLength(1);
  });

  it("of a day send that day, and null for one that is gone", async () => {
    const dailyLogs = { a: { sleepHours: 6 }, b: { sleepHours: 7 }, c: { sleepHours: 8 } };
    const { engine, store, begin } = connect({ dailyLogs });
    const connection = begin();
    await connection.synced();
    store.setState({ dailyLogs: { a: dailyLogs.a, b: { sleepHours: 9 } } });
    await connection.synced();
    expect(engine.deltas[1]).toEqual({ dailyLogs: { b: { sleepHours: 9 }, c: null } });
  });

  it("in a burst are sent together", async () => {
    const { engine, store, begin } = connect();
    const connection = begin();
    await connection.synced();
    for (let i = 0; i < 20; i++) {
      store.setState({ history: [...store.getState().history, session(`s${i}`, i)] });
    }
    await expect.poll(() => engine.sessions.size).toBe(20);
    expect(engine.deltas).toHaveLength(2);
    expect(connection.state.get().status).toBe("synced");
  });
});

describe("trouble", () => {
  it("of one ingestion is stated, leaves the app alone and ends with the next change", async () => {
    const { engine, store, begin } = connect({ history: [session("a", 1)] });
    engine.failures.set("ingest", [new EngineError("internal", "no")]);
    const connection = begin();
    await expect(connection.synced()).rejects.toMatchObject({ code: "internal" });
    expect(connection.state.get()).toMatchObject({ status: "error", error: { message: "no" } });
    store.setState({ history: [...store.getState().history, session("b", 2)] });
    await connection.synced();
    expect(ids(engine)).toEqual(["a", "b"]);
    expect(connection.state.get()).toMatchObject({ status: "synced", error: null });
  });

  it("of the worker is followed by sending what the new engine lacks", async () => {
    const history = [session("a", 1), session("b", 2)];
    const { engine, begin } = connect({ history });
    const connection = begin();
    await connection.synced();
    engine.forget(["a"]);
    await until(connection.state, ({ status }) => status === "syncing");
    await connection.synced();
    expect(engine.deltas[1]?.sessions).toEqual([history[1]]);
    expect(engine.settings).toEqual({ units: "kg" });
    expect(connection.revision.get()).toBe(1);
  });
});

describe("a new engine in the middle of a sync", () => {
  it("is compared anew, and only then counts as synced", async () => {
    const history = [session("a", 1), session("b", 2), session("c", 3)];
    const { engine, begin } = connect({ history }, 1);
    const connection = begin();
    let left = 2;
    const known: number[] = [];
    connection.state.subscribe(() => {
      const { status, done } = connection.state.get();
      if (done === 1 && left-- === 2) engine.forget();
      if (status === "synced") known.push(engine.sessions.size);
    });
    await connection.synced();
    expect(known).toEqual([3]);
    expect(ids(engine)).toEqual(["a", "b", "c"]);
  });
});

describe("stop", () => {
  it("ends listening; waiting for it ends with aborted", async () => {
    const { engine, store, begin } = connect();
    const connection = begin();
    await connection.synced();
    connection.stop();
    const sent = engine.log.length;
    store.setState({ history: [session("a", 1)] });
    engine.forget();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(engine.log).toHaveLength(sent);
  });

  it("ends a sync on its way", async () => {
    const { begin } = connect({ history: [session("a", 1)] });
    const connection = begin();
    const waiting = connection.synced();
    connection.stop();
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  });
});
