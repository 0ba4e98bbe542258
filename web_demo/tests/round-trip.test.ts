// Export → erase → import gives the same state: the page's own code over the real engine.
import type { EngineClient, WorkoutSession } from "@voltlift/bridge";
import { createInProcessClient } from "@voltlift/bridge/in-process";
import { openLogStore } from "@voltlift/bridge/storage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStore, type StoreApi } from "zustand/vanilla";
import { fetchFile } from "../../pyodide_bridge/build/node-fetch.mjs";
import { type AppState, EMPTY_STATE, newestFirst } from "../src/state/app-state.ts";
import { createImportActions } from "../src/state/import-actions.ts";
import { readExport, writeExport } from "../src/state/own-export.ts";
import { createPersistence, type Persistence } from "../src/state/persistence.ts";
import { type Random, random } from "./support/random.ts";

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const RUNTIME = new URL("../../pyodide_bridge/runtime/", import.meta.url);

let client: EngineClient;
beforeAll(async () => {
  client = createInProcessClient({ runtimeUrl: RUNTIME, fetchAsset: fetchFile });
  await client.call("catalogue", {});
}, 60_000);
afterAll(() => client.dispose());

/** Names that have broken readers before. */
const NAMES = [
  "Push",
  "Beine & Rücken",
  '<img src=x onerror="alert(1)">',
  "=SUM(A1)",
  "line\nbreak",
  " blanks ",
  "💪🏽",
  "],",
  "__proto__",
  "训练",
] as const;

function randomSession(r: Random, at: number): WorkoutSession {
  const startTime = NOW - at * DAY - r.int(0, 20) * 3_600_000;
  const isCardio = r.chance(0.1);
  return {
    id: `s-${at}-${r.int(0, 1e9)}`,
    name: r.pick(NAMES),
    startTime,
    endTime: r.chance(0.9) ? startTime + r.int(10, 120) * 60_000 : null,
    status: "completed",
    unit: r.pick(["kg", "lbs"]),
    utcOffsetMinutes: r.pick([-480, 0, 60, 330]),
    timeKnown: r.chance(0.9),
    ...(r.chance(0.3) ? { notes: r.pick(NAMES) } : {}),
    ...(r.chance(0.3) ? { source: r.pick(["strong", "hevy"]) } : {}),
    logs: Array.from({ length: r.int(1, 4) }, (_, n) => ({
      id: `l-${at}-${n}`,
      exerciseId: r.pick(["barbell-bench-press", "barbell-squat", "custom-own", "custom-gone"]),
      ...(r.chance(0.2) ? { notes: r.pick(NAMES) } : {}),
      ...(r.chance(0.2) ? { supersetId: "a" } : {}),
      sets: Array.from({ length: r.int(1, 5) }, (_, k) => ({
        id: `x-${at}-${n}-${k}`,
        weight: r.pick([0, 20, 22.5, 61.25, 135, 1000]),
        reps: r.int(1, 30),
        type: r.pick(["N", "W", "D", "F"] as const),
        completed: r.chance(0.95),
        ...(r.chance(0.5) ? { rpe: r.pick([6, 7.5, 8, 10]) } : {}),
        ...(isCardio ? { seconds: r.int(1, 7200), distanceMeters: r.int(0, 40_000) } : {}),
        // What only the page knows has to survive as well.
        ...(r.chance(0.3) ? { aiSuggestionAccepted: r.chance(0.5) } : {}),
      })),
    })),
  };
}

function randomState(r: Random): AppState {
  const history = Array.from({ length: r.int(1, 12) }, (_, at) => randomSession(r, at + 1));
  const own = { muscleGroup: "Chest", equipment: "Barbell", category: "Compound" };
  const active: WorkoutSession = { ...randomSession(r, 0), status: "active", endTime: null };
  return {
    ...EMPTY_STATE,
    opened: true,
    history: newestFirst(history),
    activeWorkout: r.chance(0.3) ? active : null,
    settings: {
      units: r.pick(["kg", "lbs"]),
      goal: { type: "Strength", targetPerWeek: r.int(2, 6) },
      nameChoices: { "Uncle Bob": "barbell-squat", toString: "" },
      suggestionBias: { "barbell-squat": 1.02 },
      ...(r.chance(0.5) ? { favoriteExercises: ["barbell-squat"] } : {}),
    },
    dailyLogs: r.chance(0.5) ? { "2026-09-01": { date: "2026-09-01", sleepHours: 7.5 } } : {},
    customExercises: [{ id: "custom-own", name: r.pick(NAMES).trim(), ...own }],
    removedExercises: r.chance(0.5) ? [{ id: "custom-gone", name: "Gone", ...own }] : [],
  };
}

interface Phone {
  store: StoreApi<AppState>;
  persistence: Persistence;
}

async function phone(): Promise<Phone> {
  const log = await openLogStore({ name: `round-trip-${Math.random()}` });
  const store = createStore<AppState>()(() => EMPTY_STATE);
  const persistence = createPersistence(store, log, { locale: "de-DE", now: () => NOW });
  await persistence.open();
  return { store, persistence };
}

/** Import a file as the page does. */
async function bring({ store, persistence }: Phone, file: File): Promise<void> {
  const bytes = await file.arrayBuffer();
  const request = { fileName: file.name, now: NOW, utcOffsetMinutes: 60 };
  const preview = await client.call("previewImport", request, { bytes, timeoutMs: 60_000 });
  await createImportActions(store, persistence).keepImport(preview, { settings: true, file });
}

async function exported(state: AppState): Promise<File> {
  return new File([await writeExport(state)], "voltlift.json", { type: "application/json" });
}

/** What an export has to bring back. */
function data(state: AppState): Partial<AppState> {
  const { history, activeWorkout, settings, dailyLogs, customExercises, removedExercises } = state;
  return { history, activeWorkout, settings, dailyLogs, customExercises, removedExercises };
}

/** Own exercises come back with every field that the engine fills in. */
const bare = ({ customExercises = [], ...rest }: Partial<AppState>) => ({
  ...rest,
  customExercises: customExercises.map(({ id, name, muscleGroup, equipment, category }) => ({
    id,
    name,
    muscleGroup,
    equipment,
    category,
  })),
});

describe("export, erase, import", () => {
  it("gives the same state, for any state, stored as well as shown", async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const before = randomState(random(seed));
      const there = await phone();
      await bring(there, await exported(before));
      const wanted = bare(JSON.parse(JSON.stringify(data(before))));
      expect(bare(data(there.store.getState())), `seed ${seed}`).toEqual(wanted);
      // What another visit reads is what is shown.
      const stored = createStore<AppState>()(() => EMPTY_STATE);
      await createPersistence(stored, there.persistence.log, { now: () => NOW }).open();
      expect(bare(data(stored.getState())), `seed ${seed}, stored`).toEqual(wanted);
    }
  }, 120_000);

  it("adds nothing a second time", async () => {
    const there = await phone();
    const file = await exported(randomState(random(7)));
    await bring(there, file);
    const once = data(there.store.getState());
    await bring(there, file);
    expect(data(there.store.getState())).toEqual(once);
  });

  it("keeps workouts that the engine sets aside, and repairs what was damaged by hand", async () => {
    const state = randomState(random(3));
    const [first] = state.history;
    if (!first) throw new Error("no workout");
    const absurd = { ...first, id: "absurd", startTime: -8.64e15, endTime: null };
    const text = await (await exported({ ...state, history: [...state.history, absurd] })).text();
    const damaged = text.replace(/"weight":\d+(\.\d+)?/, '"weight":"100"');
    expect(damaged).not.toBe(text);
    const there = await phone();
    await bring(there, new File([damaged], "voltlift.json"));
    const { history } = there.store.getState();
    expect(history.map(({ id }) => id)).toContain("absurd");
    expect(history).toHaveLength(state.history.length + 1);
    const weights = history.flatMap(({ logs }) => logs ?? []).flatMap(({ sets }) => sets ?? []);
    expect(weights.every(({ weight }) => typeof weight === "number")).toBe(true);
  });
});

describe("the file", () => {
  it("has one workout a line, is an app state, and is read back word for word", async () => {
    const state = randomState(random(11));
    const file = await exported(state);
    const text = await file.text();
    expect(JSON.parse(text).state.history).toEqual(JSON.parse(JSON.stringify(state.history)));
    expect([...((await readExport(file)) ?? [])].map(([id]) => id)).toEqual(
      state.history.map(({ id }) => id),
    );
    expect(text).not.toContain('"opened"');
  });

  it("is told from every other file", async () => {
    expect(await readExport(new Blob(['{"state":{"history":[]}}']))).toBeNull();
    expect(await readExport(new Blob([""]))).toBeNull();
    const pretty = JSON.stringify(JSON.parse(await (await exported(EMPTY_STATE)).text()), null, 2);
    expect(await readExport(new Blob([pretty]))).toBeNull();
  });
});
