// Two tabs of the app over one storage, and storage that fails beneath them.
import type { WorkoutSession } from "@voltlift/bridge";
import { type LogStore, openLogStore } from "@voltlift/bridge/storage";
import { IDBFactory } from "fake-indexeddb";
import { deleteDB, openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type AppState, EMPTY_STATE } from "../src/state/app-state.ts";
import { createPersistence, type Persistence } from "../src/state/persistence.ts";
import {
  addExercise,
  addSet,
  changeSet,
  finishWorkout,
  logsOf,
  removeSet,
  setsOf,
} from "../src/state/workout.ts";

interface Tab extends Persistence {
  store: StoreApi<AppState>;
  state(): AppState;
}

const opened: LogStore[] = [];

async function tab(): Promise<Tab> {
  const log = await openLogStore();
  opened.push(log);
  const store = createStore<AppState>()(() => EMPTY_STATE);
  const persistence = createPersistence(store, log, { locale: "de-DE", now: () => 9_000 });
  await persistence.open();
  return { ...persistence, store, state: () => store.getState() };
}

const session = (id: string, startTime: number, status: "active" | "completed" = "completed") =>
  ({ id, name: id, startTime, status, unit: "kg", logs: [] }) satisfies WorkoutSession;

const active = (of: Tab): WorkoutSession => {
  const { activeWorkout } = of.state();
  if (!activeWorkout) throw new Error("no workout is going on");
  return activeWorkout;
};
const logId = (of: Tab): string => logsOf(active(of))[0]?.id ?? "";
const sets = (workout: WorkoutSession | undefined | null) =>
  workout ? logsOf(workout).flatMap((log) => setsOf(log)) : [];
const reps = (workout: WorkoutSession | undefined | null) => sets(workout).map((set) => set.reps);

/** Add a set and tick it. */
function log(on: Tab, count: number): void {
  const more = addSet(active(on), logId(on));
  const added = sets(more).at(-1)?.id ?? "";
  on.saveWorkout(changeSet(more, logId(on), added, { weight: 60, reps: count, completed: true }));
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  vi.unstubAllGlobals();
});

async function twoTabs(): Promise<[Tab, Tab]> {
  const here = await tab();
  here.saveWorkout(addExercise(session("w", 1, "active"), "squat"));
  await here.idle();
  return [here, await tab()];
}

describe("two tabs in one workout", () => {
  it("see each other's sets and lose none", async () => {
    const [here, there] = await twoTabs();
    for (let round = 1; round <= 5; round++) {
      log(here, round);
      log(there, 10 + round);
    }
    await Promise.all([here.idle(), there.idle()]);
    const all = [0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15];
    for (const one of [here, there]) {
      await expect.poll(() => reps(active(one)).sort((a, b) => a - b)).toEqual(all);
      expect(one.state().savedWorkout).toEqual(one.state().activeWorkout);
    }
    expect(active(there)).toEqual(active(here));
  });

  it("may finish it in one while the other logs: nothing of it is lost", async () => {
    const [here, there] = await twoTabs();
    log(here, 5);
    await here.idle();
    await expect.poll(() => reps(active(there))).toContain(5);
    log(there, 7);
    const finishing = here.commit({ sessions: [finishWorkout(active(here), 2)] });
    await Promise.all([finishing, there.idle()]);
    for (const one of [here, there]) {
      await expect.poll(() => one.state().history.length).toBe(1);
      expect(one.state().activeWorkout).toBeNull();
      await expect.poll(() => reps(one.state().history[0])).toEqual([5, 7]);
    }
  });

  it("take a set out in both when one does, and keep it where the other has changed it", async () => {
    const [here, there] = await twoTabs();
    log(here, 5);
    log(here, 6);
    await here.idle();
    await expect.poll(() => reps(active(there))).toEqual([0, 5, 6]);
    const [, five, six] = sets(active(here)).map(({ id }) => id ?? "");
    here.saveWorkout(removeSet(active(here), logId(here), five ?? ""));
    await here.idle();
    await expect.poll(() => reps(active(there))).toEqual([0, 6]);
    there.saveWorkout(changeSet(active(there), logId(there), six ?? "", { reps: 60 }));
    here.saveWorkout(removeSet(active(here), logId(here), six ?? ""));
    await Promise.all([here.idle(), there.idle()]);
    await expect.poll(() => reps(active(there))).toEqual([0, 60]);
    await expect.poll(() => reps(active(here))).toEqual([0, 60]);
  });

  it("discard only what they show", async () => {
    const [here, there] = await twoTabs();
    const shown = active(here).id;
    log(there, 8);
    // The other tab's set is stored before the click here is.
    const [, discarding] = [await there.idle(), here.commit({ deleted: [shown] })];
    await discarding;
    expect(reps((await there.log.load()).sessions[0])).toEqual([0, 8]);
    await expect.poll(() => reps(here.state().activeWorkout)).toEqual([0, 8]);
  });

  it("that each have started one go on with the newer; the older stays, closed", async () => {
    const [here, there] = [await tab(), await tab()];
    here.saveWorkout(addExercise(session("old", 1, "active"), "squat"));
    const first = sets(active(here))[0]?.id ?? "";
    here.saveWorkout(
      changeSet(active(here), logId(here), first, { weight: 60, reps: 5, completed: true }),
    );
    there.saveWorkout(session("new", 2, "active"));
    await Promise.all([here.idle(), there.idle()]);
    for (const one of [here, there]) {
      await expect.poll(() => one.state().activeWorkout?.id).toBe("new");
      await expect.poll(() => one.state().history.map(({ id }) => id)).toEqual(["old"]);
      expect(reps(one.state().history[0])).toEqual([5]);
    }
  });

  it("that change different settings keep both", async () => {
    const [here, there] = await twoTabs();
    await here.commit({ settings: { units: "kg", favoriteExercises: [] } });
    await expect.poll(() => there.state().settings).not.toBeNull();
    await Promise.all([
      here.commit({ settings: { units: "lbs", favoriteExercises: [] } }),
      there.commit({ settings: { units: "kg", favoriteExercises: ["squat"] } }),
    ]);
    for (const one of [here, there]) {
      await expect
        .poll(() => one.state().settings)
        .toEqual({ units: "lbs", favoriteExercises: ["squat"] });
    }
  });

  it("that change a setting twice without waiting keep both changes", async () => {
    const here = await tab();
    await here.commit({ settings: { units: "kg", favoriteExercises: [] } });
    await Promise.all([
      here.commit({ settings: { units: "kg", favoriteExercises: ["a"] } }),
      here.commit({ settings: { units: "kg", favoriteExercises: ["b"] } }),
    ]);
    expect(here.state().settings?.favoriteExercises?.toSorted()).toEqual(["a", "b"]);
    expect((await tab()).state().settings).toEqual(here.state().settings);
  });
});

describe("an import", () => {
  it("that is undone leaves the state as it was, here and in the other tab", async () => {
    const [here, there] = [await tab(), await tab()];
    await here.commit({ sessions: [session("mine", 1)] });
    const before = here.state();
    await here.commit({
      sessions: [session("theirs", 2), { ...session("mine", 1), name: "theirs now" }],
      settings: { units: "lbs" },
      dailyLogs: { "2026-01-01": {} },
      import: { id: "i", fileName: "f.csv", app: "Strong", at: 1 },
    });
    await expect.poll(() => there.state().history.length).toBe(2);
    const undone = await here.undoImport("i");
    expect(undone).toMatchObject({ removed: ["theirs"], kept: [] });
    const { history, settings, dailyLogs } = here.state();
    expect({ history, settings, dailyLogs }).toEqual({
      history: before.history,
      settings: null,
      dailyLogs: {},
    });
    await expect.poll(() => there.state().history).toEqual(before.history);
  });
});

describe("the browser is asked to keep the data", () => {
  const asked = () => {
    const persist = vi.fn(async () => true);
    vi.stubGlobal("navigator", { storage: { persist, persisted: async () => false } });
    return persist;
  };

  it("after the first finished workout, and not again for each one", async () => {
    const persist = asked();
    const here = await tab();
    here.saveWorkout(session("w", 1, "active"));
    await here.commit({ settings: { units: "kg" } });
    expect(persist).not.toHaveBeenCalled();
    await here.commit({ sessions: [finishWorkout(active(here), 2)] });
    await expect.poll(() => persist).toHaveBeenCalledOnce();
    await here.commit({ sessions: [session("second", 5)] });
    expect(persist).toHaveBeenCalledOnce();
  });

  it("after an import, but not for the made-up lifter", async () => {
    const persist = asked();
    const here = await tab();
    await here.commit({ sessions: [session("a", 1)], sample: true });
    await Promise.resolve();
    expect(persist).not.toHaveBeenCalled();
    await here.commit({ sample: false });
    const source = { id: "i", fileName: "f", app: "Hevy", at: 1 };
    await here.commit({ sessions: [session("b", 1)], import: source });
    await expect.poll(() => persist).toHaveBeenCalledOnce();
  });
});

describe("storage that goes away beneath the page", () => {
  it("leaves it working from memory, says so, and is made up for when it is back", async () => {
    const here = await tab();
    await here.commit({ sessions: [session("a", 1)] });
    const newer = await openDB("voltlift-log", 99);
    here.saveWorkout(addExercise(session("w", 2, "active"), "squat"));
    await here.idle();
    expect(here.state().storage).toEqual({
      durable: false,
      reason: "newer_version",
      error: null,
    });
    log(here, 5);
    await here.commit({ sessions: [finishWorkout(active(here), 3)] });
    expect(here.state().history.map(({ id }) => id)).toEqual(["w", "a"]);
    // Even where the browser deletes all of it meanwhile, what this page shows is not lost.
    newer.close();
    await deleteDB("voltlift-log");
    await here.refresh();
    expect(here.state().storage).toEqual({ durable: true, reason: null, error: null });
    const again = await tab();
    expect(again.state().history).toEqual(here.state().history);
    expect(again.state().history.map(({ id }) => id)).toEqual(["w", "a"]);
    expect(reps(again.state().history.find(({ id }) => id === "w"))).toEqual([5]);
  });

  it("is written again where the browser has deleted it, and the page says so", async () => {
    const here = await tab();
    await here.commit({ sessions: [session("a", 1)] });
    here.saveWorkout(addExercise(session("w", 2, "active"), "squat"));
    await here.idle();
    await deleteDB("voltlift-log");
    log(here, 5);
    await here.idle();
    expect(here.state().storage).toMatchObject({ durable: true, reason: "evicted" });
    const again = await tab();
    expect(again.state().history.map(({ id }) => id)).toEqual(["a"]);
    expect(reps(active(again))).toEqual([0, 5]);
  });
});
