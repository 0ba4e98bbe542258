/** What a finished workout changed, exercise by exercise, against the time before. */
import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import type { Unit } from "./app-state.ts";
import { convertHint, lastTime } from "./hints.ts";
import { completedSets, logsOf } from "./workout.ts";

export type OutcomeKind = "first" | "heavier" | "lighter" | "moreReps" | "fewerReps" | "same";

export interface Outcome {
  exerciseId: string;
  kind: OutcomeKind;
  /** By how much: weight in the session's unit, or reps. */
  by: number;
  /** The best set of now. */
  best: SetLog;
}

/** Went up: more weight, or more reps with the same. */
export const isUp = ({ kind }: Outcome): boolean => kind === "heavier" || kind === "moreReps";

/** Compare each exercise's best working set with that of the last session before this one. */
export function outcomesOf(session: WorkoutSession, history: readonly WorkoutSession[]): Outcome[] {
  const before = history.filter(
    ({ id, startTime }) => id !== session.id && startTime < session.startTime,
  );
  const unit = session.unit ?? "kg";
  const seen = new Set<string>();
  return logsOf(session).flatMap((log): Outcome[] => {
    if (seen.has(log.exerciseId)) return [];
    seen.add(log.exerciseId);
    const best = bestSet(setsOfExercise(session, log.exerciseId));
    if (!best) return [];
    const last = lastTime(before, log.exerciseId);
    const then = last && bestSet(last.sets);
    if (!last || !then) return [{ exerciseId: log.exerciseId, kind: "first", by: 0, best }];
    return [{ exerciseId: log.exerciseId, best, ...compare(best, then, last.session.unit, unit) }];
  });
}

function setsOfExercise(session: WorkoutSession, exerciseId: string): SetLog[] {
  return logsOf(session)
    .filter((log: ExerciseLog) => log.exerciseId === exerciseId)
    .flatMap(completedSets)
    .filter((set) => set.type !== "W" && set.type !== "D");
}

/** The heaviest set, of equal ones that with the most reps; sets by time have no best. */
function bestSet(sets: readonly SetLog[]): SetLog | null {
  return sets.reduce<SetLog | null>((best, set) => {
    if (set.seconds || set.reps <= 0) return best;
    if (!best || set.weight > best.weight) return set;
    return set.weight === best.weight && set.reps > best.reps ? set : best;
  }, null);
}

function compare(
  now: SetLog,
  then: SetLog,
  thenUnit: Unit | null | undefined,
  unit: Unit,
): Pick<Outcome, "kind" | "by"> {
  const weight = convertHint(then.weight, thenUnit ?? unit, unit);
  const gain = Math.round((now.weight - weight) * 100) / 100;
  if (gain !== 0) return { kind: gain > 0 ? "heavier" : "lighter", by: Math.abs(gain) };
  const reps = now.reps - then.reps;
  if (reps === 0) return { kind: "same", by: 0 };
  return { kind: reps > 0 ? "moreReps" : "fewerReps", by: Math.abs(reps) };
}
