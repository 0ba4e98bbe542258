import type { ReplayedWeight, ReplayTask } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import {
  chance,
  liftsOf,
  missingDays,
  rangesOf,
  remedyOf,
  rowsOf,
  shareDone,
  TASKS,
  verdictOf,
} from "../src/state/replay.ts";
import { REPLAY_TEXTS } from "../src/texts/replay.ts";

const DAY_MS = 86_400_000;

/** A task whose main figure has these values, with this standard error of their differences. */
function task(
  suggested: number,
  rules: number,
  repeat: number,
  { error = 0.03, ...over }: Partial<ReplayTask> & { error?: number } = {},
): ReplayTask {
  const rows = { suggested, rules, repeat };
  return {
    task: "next_exercise",
    questions: 100,
    days: 60,
    learned: true,
    scores: (["repeat", "suggested", "rules"] as const).map((row) => ({
      row,
      metrics: { hit_rate_at_1: rows[row] / 2, hit_rate_at_5: rows[row] },
      errors: row === "suggested" ? {} : { hit_rate_at_1: 0.001, hit_rate_at_5: error },
    })),
    ...over,
  };
}

const weight = (day: number, over: Partial<ReplayedWeight> = {}): ReplayedWeight => ({
  startTime: day * DAY_MS,
  exerciseId: "a",
  last: 100,
  suggested: 102.5,
  rules: 102.5,
  low: 98,
  high: 106,
  done: 102.5,
  ...over,
});

describe("the verdict", () => {
  it("is for what is clearly better", () => {
    expect(verdictOf(task(0.71, 0.65, 0.62))).toBe("suggested");
    expect(verdictOf(task(0.5, 0.7, 0.4))).toBe("rules");
    expect(verdictOf(task(0.5, 0.4, 0.7))).toBe("repeat");
    // Both would have been better: the better one is named.
    expect(verdictOf(task(0.5, 0.6, 0.8))).toBe("repeat");
  });

  it("is for none where the difference may be chance: two standard errors, in the main figure", () => {
    expect(verdictOf(task(0.67, 0.6, 0.62))).toBe("alike");
    expect(verdictOf(task(0.62, 0.6, 0.67))).toBe("alike");
    expect(verdictOf(task(0.67, 0.6, 0.62, { error: 0.02 }))).toBe("suggested");
    expect(verdictOf(task(0.62, 0.6, 0.67, { error: 0.02 }))).toBe("repeat");
    // However many questions there were, a difference too small to notice is none.
    expect(verdictOf(task(0.635, 0.6, 0.62, { error: 0.0001 }))).toBe("alike");
  });

  it("is that there is too little, where few days were asked about", () => {
    expect(verdictOf(task(1, 1, 0, { days: 9 }))).toBe("few");
    expect(verdictOf(task(0, 1, 1, { days: 1 }))).toBe("few");
    expect(verdictOf(task(1, 1, 0, { days: 10 }))).toBe("suggested");
  });

  it("is not for rules where they are what was suggested", () => {
    const alone = task(0.5, 0.5, 0.3, { learned: false });
    expect(verdictOf(alone)).toBe("suggested");
    expect(rowsOf(alone)).toEqual(["suggested", "repeat"]);
    expect(rowsOf(task(0.5, 0.5, 0.5))).toEqual(["suggested", "rules", "repeat"]);
  });

  it("is for no weights that are more often near and further off on average", () => {
    const weights = (suggested: readonly [number, number], repeat: readonly [number, number]) =>
      verdictOf({
        ...task(0, 0, 0),
        task: "next_weight",
        scores: (
          [
            ["suggested", suggested],
            ["repeat", repeat],
          ] as const
        ).map(([row, [within_5_percent, mape]]) => ({
          row,
          metrics: { within_5_percent, mape },
          errors: { within_5_percent: 0.03 },
        })),
      });
    expect(weights([0.8, 0.03], [0.6, 0.05])).toBe("suggested");
    expect(weights([0.8, 0.06], [0.6, 0.05])).toBe("alike");
    expect(weights([0.6, 0.05], [0.8, 0.03])).toBe("repeat");
    expect(weights([0.6, 0.03], [0.8, 0.05])).toBe("alike");
  });

  it("is missing without questions or rows", () => {
    expect(verdictOf({ ...task(0, 0, 0), questions: 0, scores: [] })).toBeNull();
    expect(verdictOf({ ...task(0.5, 0.5, 0.5), scores: [] })).toBeNull();
  });

  it("does without a row to compare with", () => {
    const alone = task(0.5, 0.5, 0.5);
    expect(verdictOf({ ...alone, scores: alone.scores.slice(1, 2) })).toBe("alike");
  });
});

describe("what can be done about it", () => {
  const on = (name: ReplayTask["task"], rules: number, repeat: number, learned = true) => {
    const main = name === "next_weight" ? "within_5_percent" : "precision_at_5";
    const { scores } = task(0.5, rules, repeat);
    const renamed = scores.map(({ row, metrics, errors }) => ({
      row,
      metrics: { [main]: metrics.hit_rate_at_5 ?? 0 },
      errors: { [main]: errors.hit_rate_at_5 ?? 0 },
    }));
    return remedyOf(task(0, 0, 0, { task: name, scores: renamed, learned }));
  };

  it("is at the dial for exercises, and with the models where rules know weights better", () => {
    expect(on("todays_session", 0.8, 0.4)).toBe("settings");
    expect(on("todays_session", 0.4, 0.8)).toBe("settings");
    expect(on("todays_session", 0.4, 0.4)).toBeNull();
    expect(on("next_weight", 0.8, 0.4)).toBe("models");
    expect(on("next_weight", 0.4, 0.8)).toBeNull();
  });

  it("is nothing where no model had a say: the dial turns nothing then", () => {
    expect(on("todays_session", 0.5, 0.8, false)).toBeNull();
  });
});

describe("chance", () => {
  it("is two standard errors of the main figure, and never nothing", () => {
    expect(chance(task(0.5, 0.5, 0.5), "repeat")).toBeCloseTo(0.06, 12);
    expect(chance(task(0.5, 0.5, 0.5, { error: 0 }), "rules")).toBe(0.02);
    expect(chance(task(0.5, 0.5, 0.5, { scores: [] }), "rules")).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("how far a replay is", () => {
  const at = (stage: string, done: number, total: number) => shareDone({ stage, done, total });
  it("grows from task to task, and ends at the end", () => {
    const steps = TASKS.flatMap((name) => [at(name, 0, 50), at(name, 25, 50), at(name, 50, 50)]);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(1);
    expect([...steps].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(steps);
  });

  it("is not told where it is not known", () => {
    expect(shareDone(null)).toBeNull();
    expect(at("reading", 1, 2)).toBeNull();
    expect(at("next_weight", 0, 0)).toBeNull();
  });
});

describe("a short log", () => {
  const on = (...days: number[]) =>
    days.map((day) => ({
      id: String(day),
      name: "",
      startTime: new Date(2025, 0, day, 12).getTime(),
      endTime: null,
      status: "completed" as const,
    }));
  it("misses days with training, not workouts", () => {
    expect(missingDays([])).toBe(11);
    expect(missingDays(on(1, 1, 2))).toBe(9);
    expect(missingDays(on(...Array.from({ length: 11 }, (_, at) => at + 1)))).toBe(0);
    expect(missingDays(on(...Array.from({ length: 40 }, (_, at) => at + 1)))).toBe(0);
  });
});

describe("weights", () => {
  it("are told apart by lift, the most asked first, in time order", () => {
    const other = weight(2, { exerciseId: "b" });
    const lifts = liftsOf([other, weight(3), weight(4)]);
    expect(lifts.map(({ exerciseId }) => exerciseId)).toEqual(["a", "b"]);
    expect(lifts[0]?.weights.map(({ startTime }) => startTime / DAY_MS)).toEqual([3, 4]);
    expect(liftsOf([])).toEqual([]);
  });

  it("have a band only where there is a range", () => {
    const without = { low: null, high: null };
    const runs = rangesOf([weight(1), weight(2), weight(3, without), weight(4)]);
    expect(runs.map((run) => run.map(({ startTime }) => startTime / DAY_MS))).toEqual([
      [1, 2],
      [4],
    ]);
    expect(rangesOf([weight(1, without)])).toEqual([]);
  });
});

describe("texts", () => {
  it("say how many, and what repeating would have had", () => {
    expect(REPLAY_TEXTS.says.next_exercise(100, 0.71, 0.62)).toBe(
      "Of 100 exercises you chose, 71 were among the five we would have shown; " +
        "simply repeating would have had 62.",
    );
    expect(REPLAY_TEXTS.says.next_exercise(1, 1, null)).toBe(
      "Of 1 exercise you chose, 1 was among the five we would have shown.",
    );
    expect(REPLAY_TEXTS.says.todays_session(20, 0.62, 0.5)).toMatch(/3\.1 of the first five.*2\.5/);
  });

  it("have a name for every figure of the contract", () => {
    const figures = {
      next_exercise: ["hit_rate_at_1", "hit_rate_at_5", "ndcg_at_5"],
      todays_session: ["precision_at_5", "recall_at_10", "ndcg_at_5"],
      next_weight: ["mape", "within_5_percent", "exact", "coverage"],
    };
    for (const name of TASKS) {
      expect(Object.keys(REPLAY_TEXTS.metrics[name])).toEqual(figures[name]);
    }
  });
});
