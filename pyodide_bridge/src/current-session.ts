/** The workout going on, as an app keeps it, reduced to what a request carries. */
import type { CurrentSession, SetLog } from "./contract/contract.js";

/** A set as apps keep it; fields of their own are left out of the request. */
interface AppSet {
  id?: string;
  reps?: number | null;
  weight?: number | null;
  rpe?: number | null;
  type?: string | null;
  completed?: boolean | null;
  seconds?: number | null;
}

/** A workout as apps keep it. */
export interface AppWorkout {
  id?: string | null;
  startTime?: number | null;
  unit?: "kg" | "lbs" | null;
  logs?: readonly { id?: string; exerciseId: string; sets?: readonly AppSet[] | null }[] | null;
}

/**
 * Turn the workout going on into the `session` of a request; null where there is none.
 *
 * Requests are read strictly, so what an app adds to its own records must not travel; a set
 * without a readable weight or reps is not done yet, and one that is not completed is left out.
 *
 * @example
 * const session = currentSession(useAppStore((state) => state.activeWorkout));
 */
export function currentSession(workout: AppWorkout | null | undefined): CurrentSession | null {
  if (!workout) return null;
  return {
    id: workout.id ?? null,
    startTime: Number.isFinite(workout.startTime) ? Math.round(workout.startTime ?? 0) : null,
    unit: workout.unit ?? null,
    logs: (workout.logs ?? []).map((log, i) => ({
      id: log.id ?? `log-${i}`,
      exerciseId: log.exerciseId,
      sets: (log.sets ?? []).filter((set) => set.completed !== false).flatMap(toSetLog),
    })),
  };
}

function toSetLog(set: AppSet, index: number): SetLog[] {
  const { reps, weight, rpe, seconds } = set;
  if (!isAmount(reps) || !isAmount(weight)) return [];
  return [
    {
      id: set.id ?? `set-${index}`,
      reps: Math.round(reps),
      weight,
      rpe: isAmount(rpe) ? rpe : null,
      type: isSetType(set.type) ? set.type : "N",
      seconds: isAmount(seconds) ? seconds : null,
    },
  ];
}

function isAmount(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isSetType(value: string | null | undefined): value is "N" | "W" | "D" | "F" {
  return value === "N" || value === "W" || value === "D" || value === "F";
}
