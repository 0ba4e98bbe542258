import type {
  RecordFeedbackRequest,
  RecordFeedbackResponse,
  SuggestLoadResponse,
  WorkoutSession,
} from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { type AppState, EMPTY_STATE } from "../src/state/app-state.ts";
import { EMPTY_DRAFT, isHalf, liftsOf, readBaseline } from "../src/state/baseline.ts";
import { createFeedback } from "../src/state/feedback.ts";
import { outcomesOf } from "../src/state/outcome.ts";
import type { Change, Persistence } from "../src/state/persistence.ts";
import {
  ignoredFeedback,
  isFollowed,
  kept,
  openFeedback,
  type SuggestedSet,
  suggestedSet,
  withSuggestion,
} from "../src/state/suggestions.ts";
import { swapExercise } from "../src/state/workout.ts";

const suggestion = {
  exerciseId: "squat",
  unit: "kg",
  kind: "load",
  choice: { weight: 82.5, reps: [6, 8] },
  decision: "increase_weight",
  confidence: "high",
  reasoning: [{ code: "easy", points: 2.5, values: {} }],
  propensity: 1,
  version: "progression-1",
} as unknown as SuggestLoadResponse;

const beside = kept(suggestion, "kg");
const set = (id: string, weight: number, reps: number, more: Partial<SuggestedSet> = {}) => ({
  id,
  weight,
  reps,
  type: "N" as const,
  completed: true,
  ...more,
});
const suggested = (id: string, weight: number, reps: number, more = {}) =>
  set(id, weight, reps, { ...withSuggestion({ weight, reps }, beside), ...more });
const session = (sets: SuggestedSet[], more: Partial<WorkoutSession> = {}): WorkoutSession => ({
  id: "w",
  name: "w",
  startTime: 10_000,
  status: "completed",
  unit: "kg",
  logs: [{ id: "l", exerciseId: "squat", sets }],
  ...more,
});

describe("a suggestion beside a set", () => {
  it("is kept with the set, in its unit only", () => {
    expect(beside).toMatchObject({ weight: 82.5, reps: [6, 8], reasoning: "easy" });
    expect(kept(suggestion, "lbs")).toBeNull();
    expect(kept({ ...suggestion, choice: null }, "kg")).toBeNull();
    expect(withSuggestion({ weight: 80, reps: 8 }, null)).toEqual({});
  });

  it("is followed with its weight and reps in its range", () => {
    const choice = { weight: 82.5, reps: [6, 8] as [number, number] };
    expect(isFollowed({ weight: 82.5, reps: 7 }, choice)).toBe(true);
    expect(isFollowed({ weight: 82.5, reps: 5 }, choice)).toBe(false);
    expect(isFollowed({ weight: 82.5, reps: 9 }, choice)).toBe(false);
    expect(isFollowed({ weight: 80, reps: 7 }, choice)).toBe(false);
  });

  it("is for the next set, past warm-ups", () => {
    const open = { completed: false };
    const sets = [
      set("w", 40, 5, { type: "W", ...open }),
      set("1", 80, 8),
      set("2", 0, 0, open),
      set("d", 60, 8, { type: "D", ...open }),
    ];
    expect(suggestedSet({ id: "l", exerciseId: "squat", sets })?.id).toBe("2");
  });
});

describe("feedback", () => {
  it("says for each suggested set what became of it, as it is in the log by then", () => {
    const open = openFeedback(
      session([
        set("w", 40, 5, { type: "W" }),
        suggested("1", 82.5, 7, { rpe: 8 }),
        set("2", 80, 8),
        suggested("3", 85, 6),
        suggested("4", 82.5, 7, { completed: false }),
      ]),
      { units: "kg" },
      5,
    );
    expect(open).toMatchObject([
      { outcome: "accepted", setIndex: 0, actualWeight: 82.5, rpe: 8, sessionId: "w" },
      { outcome: "modified", setIndex: 2, actualWeight: 85, suggestedWeight: 82.5 },
    ]);
  });

  it("is given once, and not for a set whose effort may still follow", () => {
    const sets = [suggested("1", 82.5, 7), suggested("2", 82.5, 6)];
    const record = { exerciseId: "squat", sessionId: "w", actualWeight: 82.5, actualReps: 7 };
    const suggestionHistory = [{ ...record, setIndex: 0 }, { exerciseId: "squat" }, null];
    const settings = { units: "kg" as const, suggestionHistory };
    const places = (waiting: string | null) =>
      openFeedback(session(sets), settings, 5, waiting).map(({ setIndex }) => setIndex);
    expect(places(null)).toEqual([1]);
    expect(places("2")).toEqual([]);
    // What was changed since is recorded again, in the place of what was recorded then.
    expect(
      places(null).concat(
        openFeedback(session([suggested("1", 80, 7)]), settings, 5).map(
          ({ setIndex = -1 }) => setIndex,
        ),
      ),
    ).toEqual([1, 0]);
  });

  it("tells what was seen and left out", () => {
    if (!beside) throw new Error("no suggestion");
    const shown = [
      { logId: "l", exerciseId: "squat", suggestion: beside },
      { logId: "m", exerciseId: "row", suggestion: beside },
    ];
    expect(ignoredFeedback(session([set("1", 80, 8)]), shown, 5)).toMatchObject([
      { exerciseId: "row", outcome: "ignored", suggestedWeight: 82.5 },
    ]);
  });
});

describe("the record of feedback", () => {
  /** Answers as the engine does: from the settings as they are stored. */
  function setUp(fail: (request: RecordFeedbackRequest) => boolean = () => false) {
    let state: AppState = { ...EMPTY_STATE, settings: { units: "kg", name: "Ada" } };
    const store = {
      getState: () => state,
      setState: (change: Partial<AppState> | ((s: AppState) => Partial<AppState>)) => {
        state = { ...state, ...(typeof change === "function" ? change(state) : change) };
      },
    };
    const persistence = {
      commit: async ({ settings }: Change) => {
        await Promise.resolve();
        if (settings) state = { ...state, settings };
      },
    } as Persistence;
    const record = async (request: RecordFeedbackRequest): Promise<RecordFeedbackResponse> => {
      if (fail(request)) throw new Error("the engine is away");
      const known = (state.settings?.suggestionHistory ?? []) as unknown[];
      await Promise.resolve();
      return {
        suggestionHistory: [...known, request],
        suggestionBias: { squat: 1.01 },
        trackRecord: { suggestions: 1, followed: 1, meanDeviation: 0, bias: 1 },
        reward: 1,
      };
    };
    const feedback = createFeedback(store, persistence, record);
    const workout = session([suggested("1", 82.5, 7), suggested("2", 82.5, 7)]);
    const settle = () => feedback.settle(() => openFeedback(workout, state.settings, 5));
    return { settle, settings: () => state.settings, erase: () => store.setState(EMPTY_STATE) };
  }

  it("keeps each answer before the next question, whoever asks at once", async () => {
    const { settle, settings } = setUp();
    await Promise.all([settle(), settle()]);
    expect(settings()).toMatchObject({ name: "Ada", suggestionBias: { squat: 1.01 } });
    expect(settings()?.suggestionHistory).toMatchObject([{ setIndex: 0 }, { setIndex: 1 }]);
  });

  it("asks again for what failed, and for nothing twice", async () => {
    let away = true;
    const { settle, settings } = setUp(({ setIndex }) => away && setIndex === 1);
    await settle();
    expect(settings()?.suggestionHistory).toHaveLength(1);
    away = false;
    await settle();
    await settle();
    expect(settings()?.suggestionHistory).toMatchObject([{ setIndex: 0 }, { setIndex: 1 }]);
  });

  it("brings nothing back after everything was erased", async () => {
    const { settle, settings, erase } = setUp();
    const settling = settle();
    erase();
    await settling;
    expect(settings()).toBeNull();
  });
});

describe("swapping", () => {
  const open = { completed: false };
  it("keeps done sets where they were done, and leaves the rest to the other exercise", () => {
    const workout = session([set("1", 80, 8), set("2", 0, 0, open), set("3", 0, 0, open)]);
    const swapped = swapExercise(workout, "l", "leg-press", { weight: 140, reps: 8 });
    expect(swapped.logs).toMatchObject([
      { id: "l", exerciseId: "squat", sets: [{ id: "1" }] },
      {
        exerciseId: "leg-press",
        sets: [
          { weight: 140, reps: 8, completed: false },
          { weight: 0, reps: 0 },
        ],
      },
    ]);
    expect(swapped.logs?.[0]?.sets).toHaveLength(1);
  });

  it("takes the place where nothing is done yet", () => {
    const swapped = swapExercise(session([set("1", 0, 0, open)]), "l", "leg-press", null);
    expect(swapped.logs).toHaveLength(1);
    expect(swapped.logs?.[0]).toMatchObject({ exerciseId: "leg-press", sets: [{ weight: 0 }] });
  });
});

describe("what a workout changed", () => {
  const before = (sets: SuggestedSet[], more = {}) =>
    session(sets, { id: "before", startTime: 1, ...more });
  const outcome = (now: SuggestedSet[], then: SuggestedSet[], more = {}) =>
    outcomesOf(session(now), [session(now), before(then, more)])[0];

  it("is told by the best working set", () => {
    expect(outcome([set("1", 85, 5)], [set("a", 80, 8)])).toMatchObject({ kind: "heavier", by: 5 });
    expect(outcome([set("1", 75, 5)], [set("a", 80, 8)])).toMatchObject({ kind: "lighter", by: 5 });
    expect(outcome([set("1", 80, 9)], [set("a", 80, 8), set("b", 60, 20)])).toMatchObject({
      kind: "moreReps",
      by: 1,
    });
    expect(outcome([set("1", 80, 6)], [set("a", 80, 8)])).toMatchObject({ kind: "fewerReps" });
    const warm = set("w", 120, 1, { type: "W" });
    expect(outcome([warm, set("1", 80, 8)], [set("a", 80, 8)])).toMatchObject({ kind: "same" });
  });

  it("compares across units", () => {
    expect(outcome([set("1", 100, 5)], [set("a", 220, 5)], { unit: "lbs" })).toMatchObject({
      kind: "same",
    });
  });

  it("knows a first time, and what is no set", () => {
    expect(outcomesOf(session([set("1", 80, 8)]), [])).toMatchObject([{ kind: "first" }]);
    expect(outcomesOf(session([set("1", 0, 0)]), [])).toEqual([]);
  });
});

describe("the test of five lifts", () => {
  it("keeps what was entered in full, with its unit", () => {
    const full = { weight: 100, reps: 5, rpe: 8 };
    expect(liftsOf({ squat: full, row: EMPTY_DRAFT }, "lbs")).toEqual([
      { exerciseId: "squat", weight: 100, reps: 5, rpe: 8, unit: "lbs" },
    ]);
    expect(isHalf(EMPTY_DRAFT)).toBe(false);
    expect(isHalf(full)).toBe(false);
    expect(isHalf({ ...full, reps: null })).toBe(true);
    expect(isHalf({ ...full, weight: 0 })).toBe(true);
  });

  it("is read leniently", () => {
    const good = { exerciseId: "squat", weight: 100, reps: 5 };
    const baseline = [good, null, 3, { exerciseId: "row" }, { ...good, weight: -1 }];
    expect(readBaseline({ units: "lbs", baseline })).toEqual([{ ...good, unit: "lbs" }]);
    expect(readBaseline({ units: "kg", baseline: "x" })).toEqual([]);
    expect(readBaseline(null)).toEqual([]);
  });
});
