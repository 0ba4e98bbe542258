import { readFileSync } from "node:fs";
import type { RecommendedExercise, ResponseMeta, ScorerStatus } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import { failedOf, modelsOf, partsOf, routineText } from "../src/state/habit.ts";
import { DEFAULT_ROUTINE, FADE_IN, readRoutine, withRoutine } from "../src/state/routine.ts";
import { random } from "./support/random.ts";

type Components = RecommendedExercise["components"];

const component = (name: Components[number]["component"], points: number): Components[number] => ({
  component: name,
  points,
  maxPoints: 40,
  reasons: [],
});

describe("the dial", () => {
  it("stands where the engine's own rules have it, until it is turned", () => {
    const rules = new URL(
      "../../core/src/voltlift_core/scoring/data/rules-1.json",
      import.meta.url,
    );
    const { habit } = JSON.parse(readFileSync(rules, "utf-8"));
    expect(habit.weight).toBe(DEFAULT_ROUTINE);
    expect({ from: habit.fromWorkouts, until: habit.untilWorkouts }).toEqual(FADE_IN);
  });

  it("is read leniently: what is no share was not turned", () => {
    for (const routine of [undefined, null, "0.5", -0.1, 1.1, Number.NaN]) {
      expect(readRoutine({ units: "kg", routine })).toBeNull();
    }
    expect(readRoutine(null)).toBeNull();
    for (const routine of [0, 0.35, 1]) expect(readRoutine({ units: "kg", routine })).toBe(routine);
  });

  it("is part of a question only where it was turned, so that older answers are still found", () => {
    expect(withRoutine({ limit: 5 }, null)).toEqual({ limit: 5 });
    expect(withRoutine({ limit: 5 }, 0)).toEqual({ limit: 5, routine: 0 });
  });
});

describe("the two parts of a score", () => {
  it("add up to the score as both are shown", () => {
    const { int } = random(7);
    for (let n = 0; n < 500; n += 1) {
      const habit = int(0, 70_000) / 1000;
      const components = [
        component("balance", int(0, 20_000) / 1000),
        component("recovery", int(-10_000, 0) / 1000),
        component("habit", habit),
      ];
      const score = components.reduce((sum, { points }) => sum + points, 0);
      const parts = partsOf({ score, habit: habit / 0.7, components });
      expect(parts).not.toBeNull();
      const shown = (points: number): string => points.toFixed(1);
      expect(shown((parts?.fit ?? 0) + (parts?.habit ?? 0))).toBe(
        shown(Math.round(score * 10) / 10),
      );
      expect(shown(parts?.habit ?? 0)).toBe(shown(Math.round(habit * 10) / 10));
    }
  });

  it("are none where only rules gave points", () => {
    expect(partsOf({ score: 40, habit: null, components: [component("balance", 40)] })).toBeNull();
    expect(partsOf({ score: 40, components: [component("balance", 40)] })).toBeNull();
  });
});

describe("how much the routine counts", () => {
  const says = (alpha: number, workouts: number, routine: number | null = null): string =>
    routineText({ alpha, workouts }, routine).replaceAll("\u00a0", " ");

  it("is told from the first workout to the last", () => {
    expect(says(0, 2)).toBe("Rules only so far; your routine starts to count after 3 workouts.");
    expect(says(0.0875, 3)).toBe("Your routine counts 9 % and fades in until workout 10.");
    expect(says(0.7, 10)).toBe("Your routine counts 70 %: faded in since workout 3.");
    expect(says(1, 99, 1)).toBe("Your routine counts 100 %: faded in since workout 3.");
  });

  it("tells why it counts nothing", () => {
    expect(says(0, 50, 0)).toBe("Only balanced training counts, as the dial says.");
    expect(says(0, 50)).toBe("Rules only: no model took part in this list.");
    expect(says(0, 1, 0)).toContain("after 3 workouts");
  });
});

describe("who took part", () => {
  const scorer = (name: string, change: Partial<ScorerStatus>): ScorerStatus => ({
    name,
    version: "1.0.0",
    status: "used",
    part: "habit",
    weight: 1,
    confidence: null,
    reason: null,
    ...change,
  });
  const meta: Pick<ResponseMeta, "scorers"> = {
    scorers: [
      scorer("rules", { part: "fit" }),
      scorer("ranker", { confidence: "high" }),
      scorer("exercise-net", { status: "failed", reason: "timeout" }),
    ],
  };

  it("is the models, and those that failed apart", () => {
    expect(modelsOf(meta).map(({ name }) => name)).toEqual(["ranker", "exercise-net"]);
    expect(failedOf(meta).map(({ name }) => name)).toEqual(["exercise-net"]);
    expect(failedOf({ scorers: [] })).toEqual([]);
  });
});
