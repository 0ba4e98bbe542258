/** What the lifter can do; each action writes to the log store before it counts. */
import type { WorkoutSession } from "@voltlift/bridge";
import { askEngine, client, here, LONG_CALL } from "../engine.ts";
import { workoutName } from "../texts.ts";
import type { UserSettings } from "./app-state.ts";
import { defaultUnit } from "./app-state.ts";
import { createDataActions } from "./data-actions.ts";
import { createImportActions } from "./import-actions.ts";
import { createOwnExerciseActions } from "./own-exercise-actions.ts";
import type { Persistence, Store } from "./persistence.ts";
import { createReadinessActions } from "./readiness-actions.ts";
import { createSessionEditor } from "./session-edit.ts";
import { reopenWorkout, startWorkout } from "./workout.ts";
import { createWorkoutActions } from "./workout-actions.ts";

export type Actions = ReturnType<typeof createActions>;

export function createActions(store: Store, persistence: Persistence) {
  const settings = (): UserSettings =>
    store.getState().settings ?? { units: defaultUnit(navigator.language) };

  const importing = createImportActions(store, persistence);

  return {
    /** Start a workout, unless one is going on. */
    start(): void {
      if (store.getState().activeWorkout) return;
      const { now, utcOffsetMinutes } = here();
      const { units } = settings();
      const name = workoutName(new Date(now).getHours());
      persistence.saveWorkout(startWorkout({ name, unit: units, now, utcOffsetMinutes }));
    },

    /** Change the active workout; shown at once, ticked once it is written. */
    change(change: (workout: WorkoutSession) => WorkoutSession): void {
      const { activeWorkout } = store.getState();
      if (activeWorkout) persistence.saveWorkout(change(activeWorkout));
    },

    /** Write the active workout again after a failed write. */
    retrySaving(): void {
      const { activeWorkout } = store.getState();
      if (activeWorkout) persistence.saveWorkout(activeWorkout);
    },

    /** Drop the active workout; returns it, so that it can be brought back. */
    async discard(): Promise<WorkoutSession | null> {
      const { activeWorkout } = store.getState();
      if (!activeWorkout) return null;
      await persistence.commit({ deleted: [activeWorkout.id] });
      return activeWorkout;
    },

    /** Bring a discarded workout back, unless another one is going on. */
    async restore(workout: WorkoutSession): Promise<void> {
      if (!store.getState().activeWorkout) await persistence.commit({ sessions: [workout] });
    },

    /** Go on with a finished session, unless another workout is going on. */
    async reopen(session: WorkoutSession): Promise<void> {
      if (store.getState().activeWorkout) return;
      await persistence.commit({ sessions: [reopenWorkout(session)] });
    },

    deleteSession: (session: WorkoutSession) => persistence.commit({ deleted: [session.id] }),
    restoreSession: (session: WorkoutSession) => persistence.commit({ sessions: [session] }),
    editSession: createSessionEditor(store, persistence),

    changeSettings: (change: Partial<UserSettings>) =>
      persistence.commit({ settings: { ...settings(), ...change } }),

    toggleFavourite(exerciseId: string): Promise<void> {
      const known = settings().favoriteExercises ?? [];
      const favoriteExercises = known.includes(exerciseId)
        ? known.filter((id) => id !== exerciseId)
        : [...known, exerciseId];
      return persistence.commit({ settings: { ...settings(), favoriteExercises } });
    },

    ...createReadinessActions(store, persistence),
    ...createOwnExerciseActions(store, persistence),
    ...createWorkoutActions(store, persistence, (request) => askEngine("recordFeedback", request)),

    ...importing,
    ...createDataActions(store, persistence),

    /** Take the sample lifter, as if it were an imported file. */
    async trySample(): Promise<void> {
      const { now, utcOffsetMinutes } = here();
      const { appState } = await client.call("sampleState", { now, utcOffsetMinutes }, LONG_CALL);
      const preview = await client.call(
        "previewImport",
        { fileName: "sample.json", text: JSON.stringify(appState), now, utcOffsetMinutes },
        LONG_CALL,
      );
      await importing.keepImport(preview, { settings: true, sample: true });
    },
  };
}
