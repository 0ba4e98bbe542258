/** What the lifter can do with exercises of their own; written before it counts. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import {
  changedExercise,
  cleanName,
  type Draft,
  newExercise,
  withExercise,
  withoutExercise,
} from "./own-exercises.ts";
import type { Change, Persistence, Store } from "./persistence.ts";
import { nameKey } from "./words.ts";

export function createOwnExerciseActions(store: Store, persistence: Persistence) {
  /** The change of settings that takes a star away, or gives it back. */
  const star = (id: string, isFavourite: boolean): Pick<Change, "settings"> => {
    const { settings } = store.getState();
    const stars = settings?.favoriteExercises ?? [];
    if (!settings || stars.includes(id) === isFavourite) return {};
    const favoriteExercises = isFavourite ? [...stars, id] : stars.filter((other) => other !== id);
    return { settings: { ...settings, favoriteExercises } };
  };

  return {
    /** Add an exercise of the lifter's own; one of that name that was deleted comes back. */
    async createExercise(draft: Draft): Promise<ExerciseDefinition> {
      const { customExercises, removedExercises } = store.getState();
      const key = nameKey(draft.name);
      const earlier = removedExercises.find(({ name }) => nameKey(name) === key);
      const exercise = newExercise(draft, earlier?.id);
      await persistence.commit({
        customExercises: withExercise(customExercises, exercise),
        ...(earlier ? { removedExercises: withoutExercise(removedExercises, earlier.id) } : {}),
      });
      return exercise;
    },

    /** Rename one of the lifter's own exercises, or change its muscle group or equipment. */
    async changeExercise(id: string, change: Partial<Draft>): Promise<void> {
      const { customExercises } = store.getState();
      const exercise = customExercises.find((own) => own.id === id);
      if (!exercise || (change.name !== undefined && cleanName(change.name) === "")) return;
      const changed = changedExercise(exercise, change);
      await persistence.commit({ customExercises: withExercise(customExercises, changed) });
    },

    /** Delete one of the lifter's own exercises; returns what brings it back to its place. */
    async deleteExercise(exercise: ExerciseDefinition): Promise<() => Promise<void>> {
      const { id } = exercise;
      const { customExercises, removedExercises } = store.getState();
      const index = customExercises.findIndex((own) => own.id === id);
      const { settings: starless } = star(id, false);
      await persistence.commit({
        customExercises: withoutExercise(customExercises, id),
        removedExercises: withExercise(removedExercises, exercise),
        ...(starless ? { settings: starless } : {}),
      });
      return () => {
        const state = store.getState();
        return persistence.commit({
          customExercises: withExercise(state.customExercises, exercise, Math.max(0, index)),
          removedExercises: withoutExercise(state.removedExercises, id),
          ...(starless ? star(id, true) : {}),
        });
      };
    },
  };
}
