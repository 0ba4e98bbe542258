import type { ExerciseInfo, PlannedSession, PlannedSet } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { hintFor, plannedFor } from "../src/state/hints.ts";
import {
  movedOn,
  planOf,
  readActiveProgram,
  readSource,
  startPlanned,
  withoutPlan,
} from "../src/state/programs.ts";
import { addWarmUps, countSets, finishWorkout, logsOf, setsOf } from "../src/state/workout.ts";
import { plannedSetsText, plannedSetText } from "../src/texts.ts";

const info = (id: string): ExerciseInfo => ({
  id,
  name: `The ${id}`,
  muscleGroup: "Legs",
  secondaryMuscles: [],
  equipment: "Barbell",
  category: "Compound",
  difficulty: "Beginner",
});

const planned: PlannedSession = {
  index: 4,
  week: 2,
  day: 1,
  name: "Lower A",
  minutes: 50,
  leftOut: [],
  exercises: [
    {
      exercise: info("squat"),
      sets: [
        { reps: [5, 5], percent: 0.65, weight: 65 },
        { reps: [5, 5], percent: 0.75, weight: 75 },
        { reps: [5, 5], percent: 0.85, weight: 85, amrap: true },
      ],
      restSeconds: 180,
      superset: null,
      reasons: [],
      insteadOf: info("front-squat"),
    },
    ...["curl", "pushdown"].map((id) => ({
      exercise: info(id),
      sets: [
        { reps: [8, 12] as [number, number], rpe: 8 },
        { reps: [8, 12] as [number, number], rpe: 8 },
      ],
      restSeconds: 60,
      superset: "A",
      reasons: [],
      insteadOf: null,
    })),
  ],
};

const start = () =>
  startPlanned(planned, { id: "waves" }, { unit: "kg", now: 1_000, utcOffsetMinutes: 60 });

describe("a planned session", () => {
  it("becomes a workout in which nothing is done yet", () => {
    const workout = start();
    expect(workout).toMatchObject({ name: "Lower A", status: "active", unit: "kg" });
    expect(readSource(workout)).toEqual({ programId: "waves", index: 4 });
    expect(countSets(workout)).toBe(0);
    expect(logsOf(workout).map((log) => setsOf(log).length)).toEqual([3, 2, 2]);
    const [squat, curl, pushdown] = logsOf(workout);
    expect(squat?.supersetId).toBeUndefined();
    expect(curl?.supersetId).toBeTruthy();
    expect(curl?.supersetId).toBe(pushdown?.supersetId);
    expect(squat && planOf(squat)).toMatchObject({
      restSeconds: 180,
      insteadOf: "The front-squat",
    });
    expect(setsOf(finishWorkout(workout, 2_000).logs?.[0] ?? { id: "", exerciseId: "" })).toEqual(
      [],
    );
  });

  it("gives the hints of its sets, which warm-ups do not shift", () => {
    const workout = start();
    const [squat] = logsOf(workout);
    if (!squat) throw new Error("no exercise");
    expect([0, 1, 2].map((at) => hintFor(squat, at, "kg", null)?.weight)).toEqual([65, 75, 85]);
    expect(hintFor(squat, 2, "kg", null)).toMatchObject({ reps: 5, more: true });
    expect(hintFor(squat, 3, "kg", null)).toBeNull();
    const [warm] = logsOf(addWarmUps(workout, squat.id, [{ weight: 40, reps: 5 }]));
    if (!warm) throw new Error("no exercise");
    expect(plannedFor(warm, 0)).toBeNull();
    expect(plannedFor(warm, 1)?.weight).toBe(65);
    expect(setsOf(warm)[0]).toMatchObject({ type: "W", weight: 40, reps: 5, completed: false });
  });

  it("lets what was lifted instead carry on to sets that ask for the same again", () => {
    const [, curl] = logsOf(start());
    if (!curl) throw new Error("no exercise");
    const sets = setsOf(curl).map((set, at) =>
      at === 0 ? { ...set, weight: 12.5, reps: 10, completed: true } : set,
    );
    expect(hintFor({ ...curl, sets }, 1, "kg", null)).toMatchObject({ weight: 12.5, reps: 8 });
  });

  it("leaves no plan in the log", () => {
    const done = withoutPlan(start());
    expect(logsOf(done).every((log) => planOf(log) === null)).toBe(true);
    expect(JSON.stringify(done)).not.toContain("restSeconds");
  });
});

describe("a program that is followed", () => {
  const settings = (activeProgram: unknown) => ({ units: "kg" as const, activeProgram });
  const active = { programId: "waves", currentSessionIndex: 4, startDate: 1, selectedFrequency: 4 };

  it("moves on behind the session that was done", () => {
    expect(movedOn(settings(active), start())).toEqual({ ...active, currentSessionIndex: 5 });
    // After a lay-off a week is done again: the place follows the session, not a count.
    const later = { ...active, currentSessionIndex: 7 };
    expect(movedOn(settings(later), start())?.currentSessionIndex).toBe(5);
  });

  it("stays where another workout was done, or another program is followed", () => {
    expect(movedOn(settings(active), { ...start(), sourceTemplateId: null })).toBeNull();
    expect(movedOn(settings({ ...active, programId: "other" }), start())).toBeNull();
    expect(movedOn(null, start())).toBeNull();
  });

  it("is read leniently", () => {
    for (const nothing of [undefined, null, 3, "waves", {}, { programId: 7 }, []]) {
      expect(readActiveProgram(settings(nothing))).toBeNull();
    }
    expect(readActiveProgram(settings({ programId: "waves", currentSessionIndex: "2" }))).toEqual({
      programId: "waves",
      currentSessionIndex: 0,
      startDate: 0,
    });
  });

  it("is not taken from a template of another app", () => {
    expect(readSource({ sourceTemplateId: "program:waves" })).toBeNull();
    expect(readSource({ sourceTemplateId: "program:waves:x" })).toBeNull();
    expect(readSource({ sourceTemplateId: "template-1" })).toBeNull();
    expect(readSource({})).toBeNull();
  });
});

describe("a plan in words", () => {
  const set = (more: Partial<PlannedSet>): PlannedSet => ({ reps: [5, 5], ...more });

  it("says equal sets once", () => {
    expect(plannedSetsText([set({}), set({})], "kg")).toBe("2 sets: 5 reps");
    expect(plannedSetsText([set({ weight: 65 }), set({ weight: 75, amrap: true })], "kg")).toBe(
      "65 kg × 5, 75 kg × 5 or more",
    );
    expect(plannedSetsText([set({ rpe: 9 }), set({}), set({})], "kg")).toBe(
      "5 reps, very hard, 2 times 5 reps",
    );
  });

  it("names what decides about the weight", () => {
    expect(plannedSetText(set({ percent: 0.725 }), "kg")).toBe("5 reps at 73\u00a0%");
    expect(plannedSetText(set({ reps: [1, 1] }), "lbs")).toBe("1 rep");
    expect(plannedSetText(set({ seconds: 45 }), "kg")).toBe("45\u00a0s");
    expect(plannedSetText(set({ reps: [8, 12], weight: 20, rpe: 8 }), "lbs")).toBe(
      "20 lb × 8–12, hard",
    );
  });
});
