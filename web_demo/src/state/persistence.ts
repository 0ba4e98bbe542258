/** Keeps the app state in the log store: what is shown as done has been written before. */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import type { Documents, ForeignChange, LogStore } from "@voltlift/bridge/storage";
import type { AppState, UserSettings } from "./app-state.ts";
import { defaultUnit, EMPTY_STATE, mergeSessions, newestFirst, readSettings } from "./app-state.ts";
import { createSaver } from "./saver.ts";
import { finishWorkout } from "./workout.ts";

/** The part of a Zustand store that is needed here. */
export interface Store {
  getState(): AppState;
  setState(change: Partial<AppState> | ((state: AppState) => Partial<AppState>)): void;
}

/** Everything that is stored in one go. */
export interface Change {
  sessions?: WorkoutSession[];
  deleted?: string[];
  settings?: UserSettings;
  dailyLogs?: Record<string, unknown>;
  customExercises?: ExerciseDefinition[];
  removedExercises?: ExerciseDefinition[];
  sample?: boolean;
}

export interface Persistence {
  /** Read the stored log into the state. */
  open(): Promise<void>;
  /** Show a new version of the active workout at once, and write it. */
  saveWorkout(workout: WorkoutSession): void;
  /** Resolves once the active workout's latest version was written (or has failed). */
  idle(): Promise<void>;
  /** Write first, then show. Rejects with the store's error, leaving the state as it was. */
  commit(change: Change): Promise<void>;
  /** Delete everything that is stored. */
  erase(): Promise<void>;
}

const DOCUMENTS = [
  "settings",
  "dailyLogs",
  "customExercises",
  "removedExercises",
  "sample",
] as const;

/** Keep `store` in `log`. `open` has to come first. */
export function createPersistence(
  store: Store,
  log: LogStore,
  options: { locale?: string; now?: () => number } = {},
): Persistence {
  const fallbackUnit = defaultUnit(options.locale ?? "en");
  const now = options.now ?? Date.now;

  const noteError = (error: unknown): void =>
    store.setState((state) => ({ storage: { ...state.storage, error } }));

  const saver = createSaver<WorkoutSession>((workout) => log.write({ sessions: [workout] }), {
    saved(workout) {
      store.setState((state) => ({
        // A write that lands after the workout was finished or discarded says nothing new.
        ...(state.activeWorkout?.id === workout.id ? { savedWorkout: workout } : {}),
        storage: { ...state.storage, error: null },
      }));
    },
    failed: noteError,
  });

  const readDocuments = (documents: Documents): Partial<AppState> => {
    const { settings, dailyLogs, customExercises, removedExercises, sample } = documents;
    return {
      ...("settings" in documents ? { settings: readSettings(settings, fallbackUnit) } : {}),
      ...(isRecord(dailyLogs) ? { dailyLogs } : {}),
      ...(Array.isArray(customExercises)
        ? { customExercises: customExercises as ExerciseDefinition[] }
        : {}),
      ...(Array.isArray(removedExercises)
        ? { removedExercises: removedExercises as ExerciseDefinition[] }
        : {}),
      ...("sample" in documents ? { sample: sample === true } : {}),
    };
  };

  const adopt = (change: ForeignChange): void => {
    store.setState((state) => {
      const start = change.erased ? { ...EMPTY_STATE, opened: true } : {};
      const base = { ...state, ...start };
      const sorted = splitActive(change.sessions, now());
      const stillActive =
        base.activeWorkout &&
        !change.deleted.includes(base.activeWorkout.id) &&
        !sorted.completed.some((session) => session.id === base.activeWorkout?.id)
          ? base.activeWorkout
          : null;
      const active = sorted.active ?? stillActive;
      return {
        ...start,
        storage: state.storage,
        history: mergeSessions(base.history, sorted.completed, [
          ...change.deleted,
          ...(active ? [active.id] : []),
        ]),
        activeWorkout: active,
        savedWorkout: sorted.active ?? (active ? base.savedWorkout : null),
        ...readDocuments(change.documents),
      };
    });
  };

  return {
    async open() {
      const { sessions, documents } = await log.load();
      const { active, completed } = splitActive(sessions, now());
      store.setState({
        history: newestFirst(completed),
        activeWorkout: active,
        savedWorkout: active,
        ...readDocuments(documents),
        opened: true,
        storage: { durable: log.durable, reason: log.reason ?? null, error: null },
      });
      log.subscribe(adopt);
    },

    saveWorkout(workout) {
      store.setState({ activeWorkout: workout });
      saver.save(workout);
    },

    idle: saver.idle,

    async commit(change) {
      await saver.idle();
      const { sessions = [], deleted = [] } = change;
      const documents = Object.fromEntries(
        DOCUMENTS.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]),
      );
      try {
        // All of it or nothing: an exercise never leaves one list without entering the other.
        await log.write({ sessions, deleted, documents });
      } catch (error) {
        noteError(error);
        throw error;
      }
      store.setState((state) => {
        const touched = new Set([...deleted, ...sessions.map((session) => session.id)]);
        const { active, completed } = splitActive(sessions, now());
        const left = state.activeWorkout && touched.has(state.activeWorkout.id);
        return {
          history: mergeSessions(state.history, completed, [
            ...deleted,
            ...(active ? [active.id] : []),
          ]),
          ...(left ? { activeWorkout: null, savedWorkout: null } : {}),
          ...(active ? { activeWorkout: active, savedWorkout: active } : {}),
          ...(change.settings ? { settings: change.settings } : {}),
          ...(change.dailyLogs ? { dailyLogs: change.dailyLogs } : {}),
          ...(change.customExercises ? { customExercises: change.customExercises } : {}),
          ...(change.removedExercises ? { removedExercises: change.removedExercises } : {}),
          ...(change.sample === undefined ? {} : { sample: change.sample }),
          storage: { ...state.storage, error: null },
        };
      });
    },

    async erase() {
      await saver.idle();
      await log.erase();
      store.setState((state) => ({ ...EMPTY_STATE, opened: true, storage: state.storage }));
    },
  };
}

/**
 * Tell the workout that is going on from the finished ones. There can be only one; where
 * two tabs have each started one, the newer goes on and the older is closed as it stands.
 */
function splitActive(
  sessions: readonly WorkoutSession[],
  now: number,
): { active: WorkoutSession | null; completed: WorkoutSession[] } {
  const [active = null, ...older] = newestFirst(sessions.filter((s) => s.status === "active"));
  const completed = sessions.filter((s) => s.status === undefined || s.status === "completed");
  return { active, completed: [...completed, ...older.map((s) => finishWorkout(s, now))] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
