/** What a replay says: which way would have been best, by how much, and what is only chance. */
import type {
  CallProgress,
  ReplayedWeight,
  ReplayScore,
  ReplayTask,
  WorkoutSession,
} from "@voltlift/bridge";
import { isoDay } from "./insights.ts";

export type TaskName = ReplayTask["task"];
export type RowName = ReplayScore["row"];

/** In the order in which they are asked and shown. */
export const TASKS: readonly TaskName[] = ["next_exercise", "todays_session", "next_weight"];
export const ROWS: readonly RowName[] = ["suggested", "rules", "repeat"];

/** The figure of each task that its chart shows. */
export const MAIN_METRIC: Readonly<Record<TaskName, string>> = {
  next_exercise: "hit_rate_at_5",
  todays_session: "precision_at_5",
  next_weight: "within_5_percent",
};

/** Days with training that are needed before the engine asks itself about the next one. */
export const DAYS_BEFORE = 10;

/** Of fewer days than these nothing is called better: one week's habits would decide. */
export const FEW_DAYS = 10;

/** Standard errors that a difference has to exceed; chance does so in one case of twenty. */
const CLEAR_ERRORS = 2;

/** Differences below this are not worth a word, however many questions there are. */
const LEAST_DIFFERENCE = 0.02;

/** How many more days with training a replay needs; 0 where there are enough. */
export function missingDays(history: readonly WorkoutSession[]): number {
  const days = new Set(history.map(({ startTime }) => isoDay(startTime)));
  return Math.max(DAYS_BEFORE + 1 - days.size, 0);
}

/** The figure of a row; null where it has none. */
export function figure(task: ReplayTask, row: RowName, metric: string): number | null {
  return task.scores.find((score) => score.row === row)?.metrics[metric] ?? null;
}

/** The rows that say something of their own: where no model took part, rules are the suggestion. */
export function rowsOf(task: ReplayTask): readonly RowName[] {
  return task.learned ? ROWS : ROWS.filter((row) => row !== "rules");
}

/**
 * `suggested` is better than repeating, `alike` as good, `few` too little to tell; else what would
 * have been better.
 */
export type Verdict = "suggested" | "alike" | "few" | "rules" | "repeat";

/**
 * Which way would have been best, by the main figure; null where nothing was asked.
 *
 * Weights have a second word in it: what is more often near and still further off on average is
 * not better.
 */
export function verdictOf(task: ReplayTask): Verdict | null {
  const metric = MAIN_METRIC[task.task];
  const suggested = figure(task, "suggested", metric);
  if (suggested === null || task.questions === 0) return null;
  if (task.days < FEW_DAYS) return "few";
  const others = rowsOf(task).flatMap((row) => {
    const share = figure(task, row, metric);
    return row === "suggested" || share === null
      ? []
      : [{ row, more: share - suggested, needed: chance(task, row) }];
  });
  const [better] = others
    .filter(({ row, more, needed }) => more > needed && !isFurtherOff(task, row, "suggested"))
    .sort((a, b) => b.more - a.more);
  if (better) return better.row;
  const repeat = others.find(({ row }) => row === "repeat");
  if (!repeat || isFurtherOff(task, "suggested", "repeat")) return "alike";
  return -repeat.more > repeat.needed ? "suggested" : "alike";
}

/** Where something can be done about a verdict: at the dial, or with the models; else null. */
export function remedyOf(task: ReplayTask): "settings" | "models" | null {
  const verdict = verdictOf(task);
  if (!task.learned || (verdict !== "rules" && verdict !== "repeat")) return null;
  if (task.task !== "next_weight") return "settings";
  return verdict === "rules" ? "models" : null;
}

/** True where one row's weights are further off on average than those of another. */
function isFurtherOff(task: ReplayTask, row: RowName, other: RowName): boolean {
  const [own, others] = [figure(task, row, "mape"), figure(task, other, "mape")];
  return own !== null && others !== null && own > others;
}

/** The difference of a row to what was suggested that may be chance, in the main figure. */
export function chance(task: ReplayTask, row: RowName): number {
  const errors = task.scores.find((score) => score.row === row)?.errors ?? {};
  const error = errors[MAIN_METRIC[task.task]] ?? Number.POSITIVE_INFINITY;
  return Math.max(CLEAR_ERRORS * error, LEAST_DIFFERENCE);
}

/** How far a replay is, 0-1: each task is about as much work; null where it cannot be told. */
export function shareDone(progress: CallProgress | null): number | null {
  if (!progress || progress.total <= 0) return null;
  const at = (TASKS as readonly string[]).indexOf(progress.stage);
  if (at < 0) return null;
  return (at + Math.min(progress.done / progress.total, 1)) / TASKS.length;
}

export interface ReplayedLift {
  exerciseId: string;
  /** In time order. */
  weights: readonly ReplayedWeight[];
}

/** The weights lift by lift, those with the most questions first. */
export function liftsOf(weights: readonly ReplayedWeight[]): ReplayedLift[] {
  const lifts = new Map<string, ReplayedWeight[]>();
  for (const weight of weights) {
    const known = lifts.get(weight.exerciseId);
    if (known) known.push(weight);
    else lifts.set(weight.exerciseId, [weight]);
  }
  return [...lifts]
    .map(([exerciseId, of]) => ({ exerciseId, weights: of }))
    .sort((a, b) => b.weights.length - a.weights.length);
}

/** Neighbours that have a range: a question without one interrupts the band. */
export function rangesOf(weights: readonly ReplayedWeight[]): ReplayedWeight[][] {
  const runs: ReplayedWeight[][] = [[]];
  for (const weight of weights) {
    if (weight.low === null || weight.high === null) runs.push([]);
    else runs.at(-1)?.push(weight);
  }
  return runs.filter((run) => run.length > 0);
}
