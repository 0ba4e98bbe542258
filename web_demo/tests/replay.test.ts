import type { ReplayedWeight, ReplayTask } from "@voltlift/bridge";
import { describe, expect, it } from "vitest";
import {
  chance,
  hasModels,
  liftsOf,
  missingDays,
  rangesOf,
  remedyOf,
  shareDone,
  TASKS,
  verdictOf,
} from "../src/state/replay.ts";
import { REPLAY_TEXTS } from "../src/texts/replay.ts";

const DAY_MS = 86_400_000;

/** A task whose main figure has these values. */
function task(suggested: number, rules: number, repeat: number, questions = 100): ReplayTask {
  const rows = { suggested, rules, repeat };
  return {
    task: "next_exercise",
    questions,
    scores: (["repeat", "suggested", "rules"] as const).map((row) => ({
      row,
      metrics: { hit_rate_at_1: rows[row] / 2, hit_rate_at_5: rows[row] },
    })),
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

  it("is for none where the difference may be chance", () => {
    expect(verdictOf(task(0.64, 0.6, 0.62))).toBe("alike");
    expect(verdictOf(task(0.62, 0.6, 0.64))).toBe("alike");
    // The same shares of twenty times as many questions say more.
    expect(verdictOf(task(0.66, 0.6, 0.62, 2000))).toBe("suggested");
    expect(verdictOf(task(0.66, 0.6, 0.62, 20))).toBe("alike");
  });

  it("is for no weights that are more often near and further off on average", () => {
    const weights = (suggested: readonly [number, number], repeat: readonly [number, number]) =>
      verdictOf({
        task: "next_weight",
        questions: 100,
        scores: (
          [
            ["suggested", suggested],
            ["repeat", repeat],
          ] as const
        ).map(([row, [within_5_percent, mape]]) => ({ row, metrics: { within_5_percent, mape } })),
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
  it("is at the dial for exercises, and with the models where rules know weights better", () => {
    const on = (name: ReplayTask["task"], rules: number, repeat: number) => {
      const { scores } = task(0.5, rules, repeat);
      const renamed = scores.map(({ row, metrics }) => ({
        row,
        metrics: {
          [name === "next_weight" ? "within_5_percent" : "precision_at_5"]:
            metrics.hit_rate_at_5 ?? 0,
        },
      }));
      return remedyOf({ task: name, questions: 100, scores: renamed });
    };
    expect(on("todays_session", 0.8, 0.4)).toBe("settings");
    expect(on("todays_session", 0.4, 0.8)).toBe("settings");
    expect(on("todays_session", 0.4, 0.4)).toBeNull();
    expect(on("next_weight", 0.8, 0.4)).toBe("models");
    expect(on("next_weight", 0.4, 0.8)).toBeNull();
  });
});

describe("chance", () => {
  it("is a standard error, and never nothing", () => {
    expect(chance(100, 0.5)).toBeCloseTo(0.05, 12);
    expect(chance(100, 0.4, 0.6)).toBeCloseTo(0.05, 12);
    expect(chance(400, 0.5)).toBeCloseTo(0.025, 12);
    expect(chance(100, 1, 1)).toBe(0.02);
    expect(chance(1_000_000, 0.5)).toBe(0.02);
  });
});

describe("models", () => {
  it("took part where suggestions differ from rules", () => {
    expect(hasModels([task(0.5, 0.5, 0.9), task(0.5, 0.4, 0.5)])).toBe(true);
    expect(hasModels([task(0.5, 0.5, 0.9)])).toBe(false);
    expect(hasModels([])).toBe(false);
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
