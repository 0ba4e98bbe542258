import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  afterSet,
  beginRest,
  endRest,
  extendRest,
  LINGER_MS,
  readRest,
  useRest,
  usualRest,
} from "../src/state/rest.ts";
import { joinSuperset, leaveSuperset, logsOf, supersetLetter } from "../src/state/workout.ts";

const set = (id: string, completed: boolean, type: SetLog["type"] = "N"): SetLog => ({
  id,
  weight: 50,
  reps: 8,
  completed,
  type,
});
const log = (id: string, sets: SetLog[], more: Partial<ExerciseLog> = {}): ExerciseLog => ({
  id,
  exerciseId: `the-${id}`,
  sets,
  ...more,
});
const workout = (...logs: ExerciseLog[]): WorkoutSession => ({
  id: "w",
  name: "w",
  startTime: 0,
  status: "active",
  logs,
});
const compound = { category: "Compound" };

afterEach(() => endRest());

describe("the rest after a set", () => {
  it("is as long as the kind of set asks for", () => {
    const working = set("a", false);
    expect(usualRest(set("w", false, "W"), compound, "Strength")).toBe(60);
    expect(usualRest(working, { category: "Isolation" }, "Strength")).toBe(90);
    expect(usualRest(working, compound, "Hypertrophy")).toBe(150);
    expect(usualRest(working, compound, "Strength")).toBe(180);
  });

  it("is the program's where there is one, except after warm-ups", () => {
    const plan = { sets: [{ reps: [8, 8] }], restSeconds: 100 };
    const planned = log("a", [set("1", false, "W"), set("2", false)], { plan } as object);
    const current = workout(planned);
    expect(afterSet(current, "a", set("2", true), compound, null)).toMatchObject({ rest: 100 });
    const warm = set("1", true, "W");
    expect(afterSet(current, "a", warm, compound, null)).toMatchObject({ rest: 60 });
  });

  it("names what comes next: the same exercise, or the next one that waits", () => {
    const done = log("a", [set("1", false)]);
    const next = log("b", [set("2", false)]);
    expect(afterSet(workout(done, next), "a", set("1", true), compound, null)).toEqual({
      rest: 150,
      exerciseId: "the-b",
    });
    expect(afterSet(workout(done), "a", set("1", true), compound, null)).toEqual({
      rest: 150,
      exerciseId: "the-a",
    });
    expect(afterSet(workout(next), "a", set("1", true), compound, null)).toBeNull();
  });

  it("is none before a drop set", () => {
    const current = workout(log("a", [set("1", false), set("2", false, "D")]));
    expect(afterSet(current, "a", set("1", true), compound, null)).toBeNull();
  });

  it("comes behind the last exercise of a superset's round", () => {
    const pair = { supersetId: "s" };
    const first = log("a", [set("1", false), set("2", false)], pair);
    const second = log("b", [set("3", false), set("4", false)], pair);
    const begun = workout(first, second);
    expect(afterSet(begun, "a", set("1", true), compound, null)).toEqual({ partner: "the-b" });
    const half = workout({ ...first, sets: [set("1", true), set("2", false)] }, second);
    expect(afterSet(half, "b", set("3", true), compound, null)).toMatchObject({ rest: 150 });
  });
});

describe("the timer", () => {
  it("counts to a moment, so that a reload changes nothing", () => {
    beginRest(90, "squat", 1_000);
    expect(useRest.getState().rest).toEqual({ endsAt: 91_000, seconds: 90, exerciseId: "squat" });
    extendRest(15, 11_000);
    expect(useRest.getState().rest).toMatchObject({ endsAt: 106_000, seconds: 105 });
    extendRest(-15, 11_000);
    expect(useRest.getState().rest?.endsAt).toBe(91_000);
    // Less than is left ends it now, not in the past.
    extendRest(-15, 90_000);
    expect(useRest.getState().rest?.endsAt).toBe(90_000);
    endRest();
    extendRest(15, 0);
    expect(useRest.getState().rest).toBeNull();
  });

  it("is kept, and read again only while it matters", () => {
    const items = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    });
    beginRest(90, "squat", 1_000);
    const [stored] = items.values();
    const rest: unknown = JSON.parse(stored ?? "null");
    expect(readRest(rest, 50_000)).toEqual({ endsAt: 91_000, seconds: 90, exerciseId: "squat" });
    expect(readRest(rest, 91_000 + LINGER_MS + 1)).toBeNull();
    endRest();
    expect(items.size).toBe(0);
    vi.unstubAllGlobals();
  });

  it("does not trust what it finds", () => {
    for (const value of [null, 3, {}, { endsAt: "x", seconds: 1, exerciseId: "a" }]) {
      expect(readRest(value, 0)).toBeNull();
    }
    expect(readRest({ endsAt: 1e15, seconds: 90, exerciseId: "a" }, 0)).toBeNull();
    expect(readRest({ endsAt: 1, seconds: 90, exerciseId: 4 }, 0)).toBeNull();
  });
});

describe("supersets", () => {
  const three = workout(log("a", []), log("b", []), log("c", []));
  const letters = (current: WorkoutSession) =>
    logsOf(current).map((entry) => supersetLetter(current, entry));

  it("join two exercises, and take in a third", () => {
    const two = joinSuperset(three, "a", "b");
    expect(letters(two)).toEqual(["A", "A", null]);
    expect(letters(joinSuperset(two, "c", "a"))).toEqual(["A", "A", "A"]);
  });

  it("leave nobody behind alone", () => {
    const two = joinSuperset(three, "a", "b");
    expect(letters(leaveSuperset(two, "a"))).toEqual([null, null, null]);
    expect(logsOf(leaveSuperset(two, "a")).some((entry) => entry.supersetId)).toBe(false);
    const all = joinSuperset(two, "c", "a");
    expect(letters(leaveSuperset(all, "b"))).toEqual(["A", null, "A"]);
    // Changing the partner frees the one of before.
    expect(letters(joinSuperset(two, "a", "c"))).toEqual(["A", null, "A"]);
  });

  it("need two", () => {
    expect(joinSuperset(three, "a", "a")).toBe(three);
    expect(joinSuperset(three, "a", "gone")).toBe(three);
    expect(leaveSuperset(three, "a")).toBe(three);
  });
});
