/** Which of the alike exercises are worth showing in place of one that is taken. */
import type { CurrentSession, SimilarExercise } from "@voltlift/bridge";

/** So many of each kind of likeness are shown. */
export const SHOWN_OF_EACH = 3;
/** So many of each are asked for: most of what the same lifters do trains something else. */
export const ASKED_OF_EACH = 60;

export type Likeness = SimilarExercise["likeness"];

export interface AlikeGroup {
  likeness: Likeness;
  items: SimilarExercise[];
}

/**
 * The nearest few of each likeness, each exercise once, that train the same group: without what
 * needs something that is taken, what the workout has already, and what is listed above.
 */
export function worthShowing(
  similar: readonly SimilarExercise[],
  context: {
    /** Muscle group that is to be trained; null where it is not known. */
    group: string | null;
    taken: readonly string[];
    session: Pick<CurrentSession, "logs">;
    listed: readonly string[];
  },
): AlikeGroup[] {
  const gone = new Set([
    ...context.listed,
    ...(context.session.logs ?? []).map(({ exerciseId }) => exerciseId),
  ]);
  const groups: AlikeGroup[] = [];
  for (const likeness of ["lifters", "content"] as const) {
    const items: SimilarExercise[] = [];
    for (const item of similar) {
      if (item.likeness !== likeness || items.length === SHOWN_OF_EACH) continue;
      const { id, equipment, muscleGroup } = item.exercise;
      if (context.group !== null && muscleGroup !== context.group) continue;
      if (gone.has(id) || context.taken.includes(equipment)) continue;
      gone.add(id);
      items.push(item);
    }
    if (items.length > 0) groups.push({ likeness, items });
  }
  return groups;
}
