/** Between what is stored and what is shown: pure functions. */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import type { Documents, UndoneImport } from "@voltlift/bridge/storage";
import type { AppState, UserSettings } from "./app-state.ts";
import { EMPTY_STATE, mergeSessions, newestFirst, readSettings, type Unit } from "./app-state.ts";
import { finishWorkout } from "./workout.ts";

/** App-state parts that are stored as documents. */
export interface StoredParts {
  settings?: UserSettings;
  dailyLogs?: Record<string, unknown>;
  customExercises?: ExerciseDefinition[];
  removedExercises?: ExerciseDefinition[];
  sample?: boolean;
}

export const DOCUMENTS = [
  "settings",
  "dailyLogs",
  "customExercises",
  "removedExercises",
  "sample",
] as const satisfies readonly (keyof StoredParts)[];

/** The documents of a change, or of the state that it was made from. */
export function documentsOf(change: Partial<Record<keyof StoredParts, unknown>>): Documents {
  return Object.fromEntries(
    DOCUMENTS.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]),
  );
}

/** What these documents say; one that is `undefined` is not there any more. */
export function readDocuments(documents: Documents, fallbackUnit: Unit): Partial<AppState> {
  const state: Partial<AppState> = {};
  const { settings, dailyLogs, customExercises, removedExercises, sample } = documents;
  if ("settings" in documents) {
    state.settings = settings === undefined ? null : readSettings(settings, fallbackUnit);
  }
  if ("dailyLogs" in documents && (dailyLogs === undefined || isRecord(dailyLogs))) {
    state.dailyLogs = dailyLogs ?? {};
  }
  const lists = { customExercises, removedExercises };
  for (const name of ["customExercises", "removedExercises"] as const) {
    const list = lists[name];
    if (!(name in documents) || (list !== undefined && !Array.isArray(list))) continue;
    state[name] = (list ?? []) as ExerciseDefinition[];
  }
  if ("sample" in documents) state.sample = sample === true;
  return state;
}

/**
 * Tell the workout that is going on from the finished ones. There can be only one; where
 * two tabs have each started one, the newer goes on and the older is closed as it stands.
 */
export function splitActive(
  sessions: readonly WorkoutSession[],
  now: number,
): { active: WorkoutSession | null; completed: WorkoutSession[] } {
  const [active = null, ...older] = newestFirst(sessions.filter((s) => s.status === "active"));
  const completed = sessions.filter((s) => s.status === undefined || s.status === "completed");
  return { active, completed: [...completed, ...older.map((s) => finishWorkout(s, now))] };
}

/** The sessions that these ids stand for in what is shown. */
export function shownSessions(state: AppState, ids: ReadonlySet<string>): WorkoutSession[] {
  const { activeWorkout, history } = state;
  return [...(activeWorkout ? [activeWorkout] : []), ...history].filter(({ id }) => ids.has(id));
}

/** The state without what an import had brought. */
export function afterUndo(state: AppState, undone: UndoneImport, now: number): Partial<AppState> {
  const { completed } = splitActive(undone.restored, now);
  return { history: mergeSessions(state.history, completed, undone.removed) };
}

/** Nothing but what is about the page itself. */
export function emptied(state: AppState): AppState {
  return { ...EMPTY_STATE, opened: true, storage: state.storage };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
