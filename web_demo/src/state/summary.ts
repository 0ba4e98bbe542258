/** What a session came to, for the summary and the list of last sessions. */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import { isGroupKnown } from "./own-exercises.ts";
import { completedSets, logsOf } from "./workout.ts";

/** Stands for the muscle group of exercises of which none is known. */
export const UNKNOWN_GROUP = "Unknown";

export interface GroupVolume {
  group: string;
  sets: number;
  /** Weight × reps, in the unit of the session. */
  volume: number;
}

/** Working sets and volume per muscle group, most sets first; warm-ups do not count. */
export function volumeByGroup(
  session: WorkoutSession,
  lookUp: (id: string) => ExerciseDefinition | undefined,
): GroupVolume[] {
  const groups = new Map<string, GroupVolume>();
  for (const log of logsOf(session)) {
    const exercise = lookUp(log.exerciseId);
    const group = exercise && isGroupKnown(exercise) ? exercise.muscleGroup : UNKNOWN_GROUP;
    const entry = groups.get(group) ?? { group, sets: 0, volume: 0 };
    for (const set of completedSets(log)) {
      if (set.type === "W") continue;
      entry.sets += 1;
      entry.volume += set.weight * set.reps;
    }
    groups.set(group, entry);
  }
  return [...groups.values()].filter((entry) => entry.sets > 0).sort((a, b) => b.sets - a.sets);
}

/** Minutes from start to end; null while it goes on, or where the times are not known. */
export function durationMinutes(session: WorkoutSession): number | null {
  if (!session.endTime || session.timeKnown === false) return null;
  return Math.max(0, Math.round((session.endTime - session.startTime) / 60_000));
}
