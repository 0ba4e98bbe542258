import type { ComponentScore, ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { defaultUnit, readEquipment, readGoal, readSettings } from "../src/state/app-state.ts";
import { createCatalogue } from "../src/state/catalogue.ts";
import { convertHint, hintFor, lastTime } from "../src/state/hints.ts";
import { isOwn } from "../src/state/network.ts";
import { fieldText, formatNumber, parseNumber } from "../src/state/numbers.ts";
import { barParts, strongestReasons } from "../src/state/points.ts";
import { UNKNOWN_GROUP, volumeByGroup } from "../src/state/summary.ts";
import { finishWorkout, removeSet, restoreSet } from "../src/state/workout.ts";
import { effortName, setsInShort } from "../src/texts.ts";
import { hrefTo, parseRoute } from "../src/ui/route.ts";

const set = (weight: number, reps: number, more = {}) => ({
  id: `${weight}x${reps}${JSON.stringify(more)}`,
  weight,
  reps,
  completed: true,
  ...more,
});
const workout = (sets: ReturnType<typeof set>[], more = {}): WorkoutSession => ({
  id: "w",
  name: "w",
  startTime: 1_000,
  status: "active",
  unit: "kg",
  logs: [{ id: "l", exerciseId: "squat", sets }],
  ...more,
});

describe("hints", () => {
  const last = lastTime(
    [
      workout([
        set(20, 10, { type: "W" }),
        set(100, 5),
        set(90, 8),
        set(80, 9, { completed: false }),
      ]),
    ],
    "squat",
  );

  it("come from the same working set of the last session, converted to this unit", () => {
    const log = { id: "n", exerciseId: "squat", sets: [set(0, 0, { completed: false })] };
    expect(hintFor(log, 0, "kg", last)).toMatchObject({ weight: 100, reps: 5 });
    expect(hintFor(log, 1, "kg", last)).toMatchObject({ weight: 90, reps: 8 });
    // There were only two working sets; a third follows the last of them.
    expect(hintFor(log, 2, "kg", last)).toMatchObject({ weight: 90, reps: 8 });
    expect(hintFor(log, 0, "lbs", last)).toMatchObject({ weight: 220, reps: 5 });
  });

  it("prefer what was just done, but not a warm-up", () => {
    const log = {
      id: "n",
      exerciseId: "squat",
      sets: [set(60, 3, { type: "W" }), set(105, 4), set(0, 0, { completed: false })],
    };
    expect(hintFor(log, 1, "kg", last)).toMatchObject({ weight: 90, reps: 8 });
    expect(hintFor(log, 2, "kg", last)).toMatchObject({ weight: 105, reps: 4 });
  });

  it("are missing where nothing is known", () => {
    expect(lastTime([], "squat")).toBeNull();
    expect(hintFor({ id: "n", exerciseId: "x", sets: [] }, 0, "kg", null)).toBeNull();
  });

  it.each([
    [135, "lbs", "kg", 61.25],
    [60, "kg", "lbs", 132.5],
    [0, "kg", "lbs", 0],
    [62.5, "kg", "kg", 62.5],
  ] as const)("convert %d %s to %s: %d", (weight, from, to, expected) => {
    expect(convertHint(weight, from, to)).toBe(expected);
  });
});

describe("numbers", () => {
  it.each([
    ["60", 60],
    ["22,5", 22.5],
    [" 22.", 22],
    [".5", 0.5],
    ["", null],
    ["-5", null],
    ["1.2.3", null],
    ["12kg", null],
    ["1e3", null],
    ["Infinity", null],
  ])("%j is read as %j", (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it("are written back as they can be read", () => {
    for (const value of [0, 2.5, 61.235, 1000, 0.1 + 0.2]) {
      expect(parseNumber(fieldText(value))).toBeCloseTo(value, 3);
    }
  });

  it("shows no sign where nothing is left after rounding", () => {
    expect([-0.04, -0, 0.04].map((value) => formatNumber(value, 1))).toEqual(["0", "0", "0"]);
    expect(formatNumber(-2.5, 1)).toBe("-2.5");
  });
});

describe("workouts", () => {
  it("keep only what was ticked when they are finished", () => {
    const open = workout([set(100, 5), set(100, 5, { completed: false })]);
    open.logs?.push({ id: "m", exerciseId: "row", sets: [set(0, 0, { completed: false })] });
    const done = finishWorkout(open, 5_000);
    expect(done).toMatchObject({ status: "completed", endTime: 5_000 });
    expect(done.logs?.map((log) => log.sets?.length)).toEqual([1]);
    // A clock that was set back does not end a workout before it started.
    expect(finishWorkout(open, 0).endTime).toBe(1_000);
  });

  it("take a removed set back to its place, and only once", () => {
    const [first, second] = [set(1, 1), set(2, 2)];
    const removed = removeSet(workout([first, second]), "l", first.id);
    expect(removed.logs?.[0]?.sets).toEqual([second]);
    const restored = restoreSet(removed, "l", first, 0);
    expect(restored.logs?.[0]?.sets).toEqual([first, second]);
    expect(restoreSet(restored, "l", first, 0)).toEqual(restored);
  });

  it("count volume by group without warm-ups and what was not done", () => {
    const session = workout([
      set(50, 10, { type: "W" }),
      set(100, 5),
      set(100, 4),
      set(100, 4, { completed: false }),
    ]);
    const find = (): ExerciseDefinition => exercise("squat", "Squat", "Legs");
    expect(volumeByGroup(session, find)).toEqual([{ group: "Legs", sets: 2, volume: 900 }]);
    expect(volumeByGroup(session, () => undefined)[0]?.group).toBe(UNKNOWN_GROUP);
  });

  it("are told in short, with a shared weight said once", () => {
    expect(setsInShort([set(60, 8), set(60, 8), set(65, 5), set(0, 9)], "kg")).toBe(
      "60 kg × 8, 8, 65 kg × 5, 9 reps",
    );
    const bodyweight = [set(0, 9), set(0, 8), set(10, 5), set(0, 7)];
    expect(setsInShort(bodyweight, "kg")).toBe("9, 8 reps, 10 kg × 5, 7 reps");
    const timed = [set(0, 1, { seconds: 1200 }), set(0, 1, { seconds: 600 }), set(0, 9)];
    expect(setsInShort(timed, "kg")).toBe("20\u00a0min, 10\u00a0min, 9 reps");
  });

  it.each([
    [4, "Easy"],
    [6.5, "Solid"],
    [8, "Hard"],
    [8.5, "Very hard"],
    [10, "All out"],
  ])("RPE %d is %s", (rpe, name) => {
    expect(effortName(rpe)).toBe(name);
  });
});

describe("settings", () => {
  it("of any origin become usable, and keep what is not known", () => {
    const raw = {
      units: "stone",
      goal: { type: "Strength", targetPerWeek: -1 },
      experienceLevel: 3,
      availableEquipment: ["Barbell", 7],
      favoriteExercises: ["squat"],
      barWeight: 20,
    };
    expect(readSettings(raw, "lbs")).toEqual({
      units: "lbs",
      goal: { type: "Strength" },
      favoriteExercises: ["squat"],
      barWeight: 20,
    });
    for (const value of [null, undefined, 7, "x", []]) expect(readSettings(value, "kg")).toBeNull();
    expect(readSettings({ units: "lb" }, "kg")?.units).toBe("lbs");
  });

  it("are recognised in other spellings", () => {
    expect(readGoal("Build Muscle")).toBe("Hypertrophy");
    expect(readGoal("strength")).toBe("Strength");
    expect(readGoal("constructor")).toBeNull();
    expect(readEquipment("Dumbbells")).toBe("Dumbbell");
    expect(readEquipment("Sled")).toBe("Sled");
    expect(defaultUnit("en-US")).toBe("lbs");
    expect(defaultUnit("en-GB")).toBe("kg");
  });
});

const exercise = (
  id: string,
  name: string,
  muscleGroup: string,
  more = {},
): ExerciseDefinition => ({
  id,
  name,
  muscleGroup,
  equipment: "Barbell",
  category: "Compound",
  ...more,
});

describe("catalogue", () => {
  const catalogue = createCatalogue([
    exercise("bench", "Bench Press", "Chest", { commonness: 3 }),
    exercise("incline", "Incline Bench Press", "Chest", { aliases: ["Schrägbankdrücken"] }),
    exercise("squat", "Squat", "Legs"),
    exercise("custom-1", "Жим лёжа", "Chest"),
    exercise("squat", "Back Squat", "Legs"),
  ]);
  const ids = (text: string) => catalogue.search(text).map(({ id }) => id);

  it("finds by any words of name, alias, muscle and equipment, in any order", () => {
    expect(ids("press bench")).toEqual(["bench", "incline"]);
    expect(ids("schragbank")).toEqual(["incline"]);
    expect(ids("legs barbell")).toEqual(["squat"]);
    expect(ids("жим")).toEqual(["custom-1"]);
    expect(ids("ench")).toEqual([]);
    expect(ids("")).toHaveLength(4);
  });

  it("names what it knows, the later record counting, and makes other ids readable", () => {
    expect(catalogue.name("squat")).toBe("Back Squat");
    expect(catalogue.name("custom-zercher_squat")).toBe("Zercher squat");
    expect(catalogue.find("nothing")).toBeUndefined();
  });
});

describe("points", () => {
  const component = (
    name: ComponentScore["component"],
    maxPoints: number,
    reasons: Array<[code: string, points: number]>,
  ): ComponentScore => ({
    component: name,
    maxPoints,
    points: reasons.reduce((sum, [, points]) => sum + points, 0),
    reasons: reasons.map(([code, points]) => ({
      code,
      points,
      values: { group: "Chest", category: "Compound", goal: "Strength", days: 3, optimal: 2 },
    })),
  });
  const components = [
    component("balance", 30, [
      ["balanced", 0],
      ["trained_today", -20],
      ["clamped", 20],
    ]),
    component("recovery", 20, [["recovered", 20]]),
    component("goal", 15, [["goal_fit", 15]]),
    component("diversity", 0, [["same_group_listed", -5]]),
  ];

  it("name the strongest reason of the group and of the exercise", () => {
    const [first, second, ...others] = strongestReasons(components);
    expect(first).toMatch(/trained.*Chest|Chest.*trained/i);
    expect(second).toMatch(/Compound/);
    expect(others).toEqual([]);
    expect(strongestReasons([])).toEqual([]);
  });

  it("are split into what was given and what was taken", () => {
    expect(barParts(components)).toEqual({
      parts: [
        { component: "recovery", points: 20 },
        { component: "goal", points: 15 },
      ],
      lost: 5,
    });
  });
});

it("routes are read back from their addresses, and whatever else is home", () => {
  for (const id of ["a/b", "ü x", "w"]) {
    expect(parseRoute(hrefTo("session", id))).toEqual({ screen: "session", id });
  }
  for (const hash of ["", "#", "#/", "#/nowhere", "#/session/%E0%A4%A"]) {
    expect(parseRoute(hash).screen).toBe("home");
  }
});

it("requests are the page's own only on the very same origin", () => {
  const origin = "http://localhost:4173";
  expect(isOwn("http://localhost:4173/x.js", origin)).toBe(true);
  expect(isOwn("http://localhost:41730/x.js", origin)).toBe(false);
  expect(isOwn("https://localhost:4173/x.js", origin)).toBe(false);
  expect(isOwn("not an address", origin)).toBe(false);
});
