// The history, below the screen: months, search, edits, and what a log comes to.
import type { Reason, SetLog, WorkoutSession } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { groupsBehind, mainLifts, trainingFacts } from "../src/state/arrival.ts";
import { byMonth, createSearch, monthTotals, yearsOf } from "../src/state/history-list.ts";
import {
  addDoneSet,
  createSessionEditor,
  describeLog,
  describeSession,
  withoutEmpty,
} from "../src/state/session-edit.ts";
import { changeSet, removeSet } from "../src/state/workout.ts";
import { random } from "./support/random.ts";

const at = (text: string): number => Date.parse(text);
const set = (id: string, more: Partial<SetLog> = {}): SetLog => ({
  id,
  weight: 60,
  reps: 8,
  type: "N",
  completed: true,
  ...more,
});
const session = (id: string, start: string, more: Partial<WorkoutSession> = {}) =>
  ({
    id,
    name: "Workout",
    startTime: at(start),
    status: "completed",
    unit: "kg",
    utcOffsetMinutes: 0,
    logs: [{ id: `${id}-l`, exerciseId: "squat", sets: [set(`${id}-0`), set(`${id}-1`)] }],
    ...more,
  }) satisfies WorkoutSession;

describe("months", () => {
  const history = [
    session("c", "2026-02-01T00:30:00Z", { utcOffsetMinutes: -60 }),
    session("b", "2026-01-31T12:00:00Z"),
    session("a", "2025-12-31T23:30:00Z", { utcOffsetMinutes: 60 }),
  ];

  it("are those of the place where the workout was, not of this device", () => {
    expect(byMonth(history).map(({ key, sessions }) => [key, sessions.length])).toEqual([
      ["2026-01", 3],
    ]);
    expect(yearsOf(history)).toEqual([2026]);
    expect(monthTotals(history).get("2026-01")).toEqual({ workouts: 3, sets: 6 });
  });

  it("hold every workout once, in order", () => {
    const r = random(5);
    const many = Array.from({ length: 500 }, (_, n) =>
      session(`s${n}`, new Date(1.7e12 - n * r.int(1, 3) * 4e7).toISOString()),
    ).sort((a, b) => b.startTime - a.startTime);
    const months = byMonth(many);
    expect(months.flatMap(({ sessions }) => sessions)).toEqual(many);
    expect(new Set(months.map(({ key }) => key)).size).toBe(months.length);
  });
});

describe("search", () => {
  const names: Record<string, string> = { squat: "Barbell Squat", row: "Überzug Row" };
  const nameOf = (id: string): string => names[id] ?? id;
  const one = session("a", "2026-01-01T00:00:00Z", { name: "Leg day", notes: "Knee felt fine" });

  it("finds exercises, names and notes, whatever case and accents", () => {
    for (const text of ["squat", "BARB sq", "leg", "knee"]) {
      expect(createSearch(text, nameOf)?.matches(one), text).toBe(true);
    }
    for (const text of ["bench", "quat", "row"]) {
      expect(createSearch(text, nameOf)?.matches(one), text).toBe(false);
    }
    const row = { ...one, logs: [{ id: "r", exerciseId: "row", sets: [set("1")] }] };
    expect(createSearch("uber", nameOf)?.matches(row)).toBe(true);
    expect(createSearch("  ", nameOf)).toBeNull();
  });

  it("shows the exercises that were meant, and none that were not done", () => {
    expect(
      createSearch("squat", nameOf)
        ?.hits(one)
        .map(({ id }) => id),
    ).toEqual(["a-l"]);
    expect(createSearch("leg", nameOf)?.hits(one)).toEqual([]);
    const planned = {
      ...one,
      logs: [{ id: "p", exerciseId: "squat", sets: [set("1", { completed: false })] }],
    };
    expect(createSearch("squat", nameOf)?.matches(planned)).toBe(false);
  });

  it("treats what looks like a pattern as text", () => {
    expect(createSearch(".*", nameOf)).toBeNull();
    expect(createSearch("(squat", nameOf)?.matches(one)).toBe(true);
  });
});

describe("editing a finished workout", () => {
  const one = session("a", "2026-01-01T00:00:00Z");

  it("adds a set like the last one, done", () => {
    const added = addDoneSet(one, "a-l").logs?.[0]?.sets?.at(-1);
    expect(added).toMatchObject({ weight: 60, reps: 8, completed: true, type: "N" });
    expect(added?.id).not.toBe("a-1");
    expect(addDoneSet(one, "unknown")).toEqual(one);
  });

  it("keeps a name, and takes empty notes away", () => {
    expect(describeSession(one, { name: "  " }).name).toBe("Workout");
    expect(describeSession(one, { name: " Legs " }).name).toBe("Legs");
    expect(describeSession({ ...one, notes: "x" }, { notes: " " }).notes).toBeNull();
    expect(describeLog(one, "a-l", "<b>x</b>").logs?.[0]?.notes).toBe("<b>x</b>");
  });

  it("leaves an exercise out with its last set", () => {
    const none = removeSet(removeSet(one, "a-l", "a-0"), "a-l", "a-1");
    expect(withoutEmpty(none).logs).toEqual([]);
    expect(withoutEmpty(one)).toBe(one);
  });

  it("loses no change, however fast they come, and goes on after a failed one", async () => {
    let stored: WorkoutSession = one;
    let failures = 1;
    const store = { getState: () => ({ history: [stored] }), setState: () => undefined };
    const commit = async ({ sessions = [] }: { sessions?: WorkoutSession[] }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (sessions[0]?.notes === "fails" && failures-- > 0) throw new Error("full");
      stored = sessions[0] ?? stored;
    };
    const edit = createSessionEditor(store as never, { commit });
    const edits = [
      edit("a", (workout) => changeSet(workout, "a-l", "a-0", { weight: 70 })),
      edit("a", (workout) => describeSession(workout, { notes: "fails" })),
      edit("a", (workout) => changeSet(workout, "a-l", "a-1", { reps: 5 })),
      edit("unknown", () => {
        throw new Error("there is no such workout");
      }),
    ];
    const outcomes = await Promise.allSettled(edits);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(stored.logs?.[0]?.sets).toMatchObject([{ weight: 70 }, { reps: 5 }]);
    expect(stored.notes).toBeUndefined();
  });
});

describe("what a log comes to", () => {
  it("counts days where the lifter was, sets done and the lifts of late", () => {
    const history = [
      session("d", "2026-03-10T10:00:00Z"),
      // The same day there, another one here.
      session("c", "2026-01-02T01:00:00Z", { utcOffsetMinutes: -120 }),
      session("b", "2026-01-01T20:00:00Z", {
        logs: [
          { id: "w", exerciseId: "bench", sets: [set("1", { type: "W" }), set("2"), set("3")] },
          { id: "x", exerciseId: "run", sets: [set("4", { weight: 0, seconds: 600 })] },
        ],
      }),
      session("a", "2024-01-01T20:00:00Z", {
        logs: [{ id: "o", exerciseId: "old", sets: [set("5"), set("6"), set("7"), set("8")] }],
      }),
      session("none", "2026-02-01T10:00:00Z", {
        logs: [{ id: "p", exerciseId: "squat", sets: [set("9", { completed: false })] }],
      }),
    ];
    const facts = trainingFacts(history);
    expect(facts).toMatchObject({ days: 3, sets: 12, first: at("2024-01-01T20:00:00Z") });
    // What was done two years ago says nothing of what comes next.
    expect([...(facts?.lately ?? [])]).toEqual([
      ["squat", 4],
      ["bench", 2],
    ]);
    expect(facts?.months).toHaveLength(24);
    expect(facts?.months.map(({ sets }) => sets).slice(-3)).toEqual([6, 0, 2]);
    expect(facts?.months.at(-1)?.month.getMonth()).toBe(2);
  });

  it("is nothing for an empty log", () => {
    expect(trainingFacts([])).toBeNull();
    expect(trainingFacts([session("a", "2026-01-01T00:00:00Z", { logs: [] })])).toBeNull();
  });

  it("is told by well-known lifts that are done often, one for each group of muscles", () => {
    const about = new Map([
      ["curl", { muscleGroup: "Arms", category: "Isolation", commonness: 9 }],
      ["bench", { muscleGroup: "Chest", category: "Compound", commonness: 5 }],
      ["fly", { muscleGroup: "Chest", category: "Isolation", commonness: 4 }],
      ["squat", { muscleGroup: "Legs", category: "Compound", commonness: 5 }],
      ["rare", { muscleGroup: "Back", category: "Compound", commonness: 5 }],
    ]);
    const find = (id: string) => about.get(id);
    const counts: Array<[string, number]> = [
      ["curl", 30],
      ["fly", 30],
      ["bench", 20],
      ["squat", 25],
      ["rare", 2],
    ];
    expect(mainLifts(new Map(counts), find)).toEqual(["squat", "bench", "curl"]);
    expect(
      mainLifts(
        new Map([
          ["fly", 3],
          ["bench", 2],
        ]),
        find,
      ),
    ).toEqual(["bench", "fly"]);
    expect(mainLifts(new Map([["unknown", 3]]), find)).toEqual(["unknown"]);
    expect(mainLifts(new Map(), find)).toEqual([]);
  });

  it("names each group that is behind once, the furthest first", () => {
    const reason = (code: string, group: string, ratio: number): Reason => ({
      code,
      points: 1,
      values: { group, ratio },
    });
    const behind = groupsBehind([
      reason("slightly_undertrained", "Arms", 0.7),
      reason("undertrained", "Core", 0.2),
      reason("undertrained", "Core", 0.2),
      reason("balanced", "Back", 1),
      reason("never_trained", "Shoulders", Number.NaN),
      reason("never_trained", "Cardio", Number.NaN),
      reason("undertrained", "Shoulders", 0),
    ]);
    expect(behind.map(({ code, values }) => [code, values?.group])).toEqual([
      ["never_trained", "Shoulders"],
      ["undertrained", "Core"],
      ["slightly_undertrained", "Arms"],
    ]);
  });
});
