/** Weights and reps that a set row shows as a hint: never logged until it is ticked. */
import type { ExerciseLog, PlannedSet, SetLog, WorkoutSession } from "@voltlift/bridge";
import type { Unit } from "./app-state.ts";
import { planOf } from "./programs.ts";
import { completedSets, logsOf, setsOf } from "./workout.ts";

export interface Hint {
  weight: number;
  reps: number;
  seconds: number | null;
  /** As many reps as possible, at least these. */
  more?: boolean;
}

const POUNDS_PER_KILOGRAM = 2.20462262185;
/** Hints in another unit are rounded to what a gym of that unit has. */
const HINT_STEP: Readonly<Record<Unit, number>> = { kg: 1.25, lbs: 2.5 };

/** A weight in another unit, to a tenth. */
export function convertWeight(weight: number, from: Unit, to: Unit): number {
  return from === to ? weight : Math.round(exact(weight, from) * 10) / 10;
}

/** A weight in another unit, rounded to its smallest usual step. */
export function convertHint(weight: number, from: Unit, to: Unit): number {
  if (from === to || weight === 0) return weight;
  return Math.round(exact(weight, from) / HINT_STEP[to]) * HINT_STEP[to];
}

const exact = (weight: number, from: Unit): number =>
  from === "kg" ? weight * POUNDS_PER_KILOGRAM : weight / POUNDS_PER_KILOGRAM;

/** The last session in which the exercise was done, with its sets. */
export function lastTime(
  history: readonly WorkoutSession[],
  exerciseId: string,
): { session: WorkoutSession; sets: SetLog[] } | null {
  for (const session of history) {
    for (const log of logsOf(session)) {
      if (log.exerciseId !== exerciseId) continue;
      const sets = completedSets(log).filter((set) => set.type !== "W");
      if (sets.length > 0) return { session, sets };
    }
  }
  return null;
}

/** What the plan asks of a row of the card; warm-ups that were added do not count. */
export function plannedFor(log: ExerciseLog, index: number): PlannedSet | null {
  const plan = planOf(log);
  if (!plan || setsOf(log)[index]?.type === "W") return null;
  const before = setsOf(log).slice(0, index);
  return plan.sets[before.filter((set) => set.type !== "W").length] ?? null;
}

/**
 * The hint for set `index` of an exercise: what the plan asks for; where it leaves the weight
 * open, or asks for the same again, what was done in the set before it in this workout, else
 * in the same set of the last session with this exercise.
 */
export function hintFor(
  log: ExerciseLog,
  index: number,
  unit: Unit,
  last: ReturnType<typeof lastTime>,
): Hint | null {
  const planned = plannedFor(log, index);
  const done = hintFromSets(log, index, unit, last);
  if (!planned) return done;
  const same = planned.weight === plannedFor(log, index - 1)?.weight && hasDone(log, index);
  const weight = same ? done?.weight : (planned.weight ?? done?.weight);
  return {
    weight: weight ?? 0,
    reps: planned.reps[0],
    seconds: planned.seconds ?? done?.seconds ?? null,
    ...(planned.amrap ? { more: true } : {}),
  };
}

const hasDone = (log: ExerciseLog, index: number): boolean =>
  setsOf(log)
    .slice(0, index)
    .some((set) => set.completed && set.type !== "W");

function hintFromSets(
  log: ExerciseLog,
  index: number,
  unit: Unit,
  last: ReturnType<typeof lastTime>,
): Hint | null {
  const before = setsOf(log)
    .slice(0, index)
    .findLast((set) => set.completed && set.type !== "W");
  if (before) return { weight: before.weight, reps: before.reps, seconds: before.seconds ?? null };
  const then = last?.sets[Math.min(index, last.sets.length - 1)];
  if (!then) return null;
  const from = last?.session.unit ?? unit;
  return {
    weight: convertHint(then.weight, from, unit),
    reps: then.reps,
    seconds: then.seconds ?? null,
  };
}
