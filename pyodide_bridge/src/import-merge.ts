/** Taking in what a file has beyond a workout that is stored already. */
import type { ExerciseLog, WorkoutSession } from "./contract/contract.js";

/** The largest file that an import takes (an app state; tables may have 25 MB). */
export const MAX_IMPORT_BYTES = 100_000_000;

/**
 * A stored workout with the `additions` of a previewed one: everything in it stays as it is,
 * new sets come after those of the same exercise, new exercises at the end.
 */
export function mergeAdditions<S extends Pick<WorkoutSession, "logs">>(
  stored: S,
  additions: readonly ExerciseLog[],
): S {
  const logs = [...(stored.logs ?? [])];
  const ids = new Set(logs.flatMap((log) => [log.id, ...(log.sets ?? []).map(({ id }) => id)]));
  const own = (id: string): string => {
    let free = id;
    while (ids.has(free)) free += "+";
    ids.add(free);
    return free;
  };
  for (const addition of additions) {
    const sets = (addition.sets ?? []).map((set) => ({ ...set, id: own(set.id) }));
    const at = logs.findLastIndex(({ exerciseId }) => exerciseId === addition.exerciseId);
    const log = logs[at];
    if (log) logs[at] = { ...log, sets: [...(log.sets ?? []), ...sets] };
    else logs.push({ ...addition, id: own(addition.id), sets });
  }
  return { ...stored, logs };
}
