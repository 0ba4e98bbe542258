import type { WorkoutSession } from "@voltlift/bridge";
import type { ForeignChange, LogStore } from "@voltlift/bridge/storage";
import { openLogStore } from "@voltlift/bridge/storage";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type AppState, EMPTY_STATE } from "../src/state/app-state.ts";
import { createPersistence } from "../src/state/persistence.ts";
import { addExercise, changeSet, finishWorkout, isSaved } from "../src/state/workout.ts";

const session = (id: string, startTime: number, status: "active" | "completed" = "completed") =>
  ({ id, name: id, startTime, status, unit: "kg", logs: [] }) satisfies WorkoutSession;

/** A store whose writes can be held back and made to fail, over a real one. */
async function controlled() {
  const inner = await openLogStore();
  await inner.erase();
  let gate: Promise<void> = Promise.resolve();
  let failure: Error | null = null;
  let listener: (change: ForeignChange) => void = () => undefined;
  const writes: string[][] = [];
  const log = overridden(inner, {
    async write(change) {
      await gate;
      if (failure) throw failure;
      writes.push((change.sessions ?? []).map((entry) => JSON.stringify(entry)));
      return inner.write(change);
    },
    subscribe(heard) {
      listener = heard;
      return () => undefined;
    },
  });
  return {
    log,
    inner,
    writes,
    hold() {
      let open = (): void => undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return () => open();
    },
    fail(error: Error | null) {
      failure = error;
    },
    hear: (change: Partial<ForeignChange>) =>
      listener({ sessions: [], deleted: [], documents: {}, erased: false, ...change }),
  };
}

/** The store with some of its methods replaced. */
function overridden(inner: LogStore, methods: Partial<LogStore>): LogStore {
  return new Proxy(inner, {
    get(_, name) {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(inner, name);
      return typeof value === "function" ? value.bind(inner) : value;
    },
  });
}

let control: Awaited<ReturnType<typeof controlled>>;
let store: StoreApi<AppState>;
const open = async () => {
  store = createStore<AppState>()(() => EMPTY_STATE);
  const persistence = createPersistence(store, control.log, { locale: "de-DE", now: () => 9_000 });
  await persistence.open();
  return persistence;
};

beforeEach(async () => {
  control = await controlled();
});

describe("the active workout", () => {
  it("is shown at once, and durable only once the store has confirmed", async () => {
    const persistence = await open();
    const release = control.hold();
    let workout = addExercise(session("w", 1, "active"), "squat");
    const [log] = workout.logs ?? [];
    const [set] = log?.sets ?? [];
    if (!log || !set) throw new Error("addExercise gives an exercise with one set");
    workout = changeSet(workout, log.id, set.id, { weight: 60, reps: 5, completed: true });
    persistence.saveWorkout(workout);
    const ticked = { ...set, weight: 60, reps: 5, completed: true };
    expect(store.getState().activeWorkout).toBe(workout);
    expect(isSaved(store.getState().savedWorkout, log.id, ticked)).toBe(false);
    release();
    await persistence.idle();
    expect(isSaved(store.getState().savedWorkout, log.id, ticked)).toBe(true);
    // Another value typed into the ticked set is not durable yet.
    expect(isSaved(store.getState().savedWorkout, log.id, { ...ticked, reps: 6 })).toBe(false);
  });

  it("skips versions that are overtaken, and ends with the latest", async () => {
    const persistence = await open();
    const release = control.hold();
    for (const name of ["a", "b", "c", "d"]) {
      persistence.saveWorkout({ ...session("w", 1, "active"), name });
      // The first one is under way when the others come.
      await Promise.resolve();
    }
    release();
    await persistence.idle();
    expect(control.writes).toHaveLength(2);
    expect((await control.inner.load()).sessions.map(({ name }) => name)).toEqual(["d"]);
  });

  it("survives a reload as it was last written", async () => {
    const persistence = await open();
    persistence.saveWorkout({ ...session("w", 1, "active"), name: "kept" });
    await persistence.idle();
    await open();
    expect(store.getState().activeWorkout?.name).toBe("kept");
    expect(store.getState().history).toEqual([]);
  });

  it("stays on the screen when a write fails, says so, and is saved by the next one", async () => {
    const persistence = await open();
    const error = new Error("full");
    control.fail(error);
    persistence.saveWorkout(session("w", 1, "active"));
    await persistence.idle();
    expect(store.getState().activeWorkout?.id).toBe("w");
    expect(store.getState().savedWorkout).toBeNull();
    expect(store.getState().storage.error).toBe(error);
    control.fail(null);
    persistence.saveWorkout({ ...session("w", 1, "active"), name: "again" });
    await persistence.idle();
    expect(store.getState().storage.error).toBeNull();
    expect(store.getState().savedWorkout?.name).toBe("again");
  });

  it("moves to the history when it is finished, and back when it is reopened", async () => {
    const persistence = await open();
    persistence.saveWorkout(session("w", 1, "active"));
    const done = finishWorkout(session("w", 1, "active"), 2);
    await persistence.commit({ sessions: [done] });
    expect(store.getState().activeWorkout).toBeNull();
    expect(store.getState().history.map(({ id }) => id)).toEqual(["w"]);
    await persistence.commit({ sessions: [{ ...done, status: "active" }] });
    expect(store.getState().activeWorkout?.id).toBe("w");
    expect(store.getState().history).toEqual([]);
  });
});

describe("commit", () => {
  it("leaves the state as it was when the write fails", async () => {
    const persistence = await open();
    await persistence.commit({ sessions: [session("a", 1)] });
    control.fail(new Error("full"));
    await expect(persistence.commit({ deleted: ["a"] })).rejects.toThrow("full");
    expect(store.getState().history.map(({ id }) => id)).toEqual(["a"]);
  });

  it("keeps the history newest first, and replaces sessions by id", async () => {
    const persistence = await open();
    await persistence.commit({ sessions: [session("a", 1), session("c", 3)] });
    await persistence.commit({ sessions: [session("b", 2), { ...session("a", 4), name: "new" }] });
    expect(store.getState().history.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    expect(store.getState().history[0]?.name).toBe("new");
  });

  it("keeps settings that it does not know through a reload", async () => {
    const persistence = await open();
    await persistence.commit({ settings: { units: "lbs", barWeight: 45 } });
    await open();
    expect(store.getState().settings).toEqual({ units: "lbs", barWeight: 45 });
  });

  it("erases everything", async () => {
    const persistence = await open();
    await persistence.commit({ sessions: [session("a", 1)], settings: { units: "kg" } });
    await persistence.erase();
    await open();
    expect(store.getState().history).toEqual([]);
    expect(store.getState().settings).toBeNull();
  });
});

describe("another tab", () => {
  it("is followed: sessions, settings, and an active workout that it finished", async () => {
    const persistence = await open();
    persistence.saveWorkout(session("w", 1, "active"));
    await persistence.idle();
    control.hear({ sessions: [session("x", 5)], documents: { settings: { units: "lbs" } } });
    expect(store.getState().history.map(({ id }) => id)).toEqual(["x"]);
    expect(store.getState().settings?.units).toBe("lbs");
    expect(store.getState().activeWorkout?.id).toBe("w");
    control.hear({ sessions: [session("w", 1)] });
    expect(store.getState().activeWorkout).toBeNull();
    expect(store.getState().history.map(({ id }) => id)).toEqual(["x", "w"]);
    control.hear({ erased: true });
    expect(store.getState().history).toEqual([]);
    expect(store.getState().settings).toBeNull();
  });

  it("may have started a second workout: the newer goes on, the older is closed", async () => {
    await control.inner.write({
      sessions: [session("old", 1, "active"), session("new", 2, "active")],
    });
    await open();
    expect(store.getState().activeWorkout?.id).toBe("new");
    expect(store.getState().history).toEqual([
      expect.objectContaining({ id: "old", status: "completed", endTime: 9_000 }),
    ]);
  });
});

it("never shows a notice of storage for a store that works", async () => {
  const seen = vi.fn();
  const persistence = await open();
  store.subscribe((state) => seen(state.storage.error));
  await persistence.commit({ sessions: [session("a", 1)] });
  expect(seen.mock.calls.flat().every((error) => error === null)).toBe(true);
  expect(store.getState().storage).toEqual({ durable: true, reason: null, error: null });
});
