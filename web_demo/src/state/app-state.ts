/** The app state, in the shapes that the engine reads (`docs/reference` lists them). */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import type { StorageReason } from "@voltlift/bridge/storage";

export type Unit = "kg" | "lbs";

export const GOALS = [
  "Strength",
  "Hypertrophy",
  "Powerlifting",
  "Power-Building",
  "General Fitness",
] as const;
export type Goal = (typeof GOALS)[number];

export const LEVELS = ["Beginner", "Intermediate", "Advanced"] as const;
export type Level = (typeof LEVELS)[number];

export const EQUIPMENT = [
  "Barbell",
  "Dumbbell",
  "Machine",
  "Cable",
  "Bodyweight",
  "Kettlebell",
  "Resistance Band",
] as const;
export type Equipment = (typeof EQUIPMENT)[number];

/**
 * What the lifter told us. A field that is missing was not answered, and the engine then
 * takes the path without it. Fields this app does not know are kept as they came.
 */
export interface UserSettings {
  units: Unit;
  goal?: { type?: string; targetPerWeek?: number };
  experienceLevel?: string;
  availableEquipment?: string[];
  favoriteExercises?: string[];
  [other: string]: unknown;
}

export interface StorageState {
  durable: boolean;
  /** Why nothing is durable. */
  reason: StorageReason | null;
  /** What went wrong with the latest write; null once one has succeeded. */
  error: unknown;
}

export interface AppState {
  /** False until the stored log has been read. */
  opened: boolean;
  /** Null until the lifter has started in one of the three ways. */
  settings: UserSettings | null;
  /** Completed sessions, newest first. */
  history: WorkoutSession[];
  /** The workout that is going on, as the page shows it. */
  activeWorkout: WorkoutSession | null;
  /** The same workout as last confirmed by the store: what is in here is durable. */
  savedWorkout: WorkoutSession | null;
  dailyLogs: Record<string, unknown>;
  customExercises: ExerciseDefinition[];
  /** Own exercises that were deleted; the sets that used them keep their names. */
  removedExercises: ExerciseDefinition[];
  /** True while the log is that of the sample lifter. */
  sample: boolean;
  storage: StorageState;
}

export const EMPTY_STATE: AppState = {
  opened: false,
  settings: null,
  history: [],
  activeWorkout: null,
  savedWorkout: null,
  dailyLogs: {},
  customExercises: [],
  removedExercises: [],
  sample: false,
  storage: { durable: true, reason: null, error: null },
};

/** Goals of other versions of the app, and what they mean here. */
const GOAL_ALIASES: ReadonlyMap<string, Goal> = new Map([
  ["build muscle", "Hypertrophy"],
  ["lose fat", "General Fitness"],
  ["improve endurance", "General Fitness"],
]);

/** The goal that a stored text means; null where it is none that is known. */
export function readGoal(text: string | undefined): Goal | null {
  const folded = text?.trim().toLowerCase() ?? "";
  return GOALS.find((goal) => goal.toLowerCase() === folded) ?? GOAL_ALIASES.get(folded) ?? null;
}

/** The usual spelling of a kind of equipment: "Dumbbells" are a Dumbbell. */
export function readEquipment(text: string): string {
  const fold = (word: string): string => word.trim().toLowerCase().replace(/s$/, "");
  return EQUIPMENT.find((item) => fold(item) === fold(text)) ?? text;
}

/** Units that a lifter in this locale most likely uses. */
export function defaultUnit(locale: string): Unit {
  return /-(US|LR|MM)\b/.test(locale) ? "lbs" : "kg";
}

/** Newest first; sessions without a time of day keep their place within the day. */
export function newestFirst(sessions: readonly WorkoutSession[]): WorkoutSession[] {
  return [...sessions].sort((a, b) => b.startTime - a.startTime);
}

/** Put sessions into a history: those with a known id replace the earlier record. */
export function mergeSessions(
  history: readonly WorkoutSession[],
  changed: readonly WorkoutSession[],
  deleted: readonly string[] = [],
): WorkoutSession[] {
  const gone = new Set([...deleted, ...changed.map((session) => session.id)]);
  const kept = history.filter((session) => !gone.has(session.id));
  return newestFirst([...kept, ...changed]);
}

/**
 * Read settings of unknown origin (another tab, an older version, an imported file): what
 * fits is taken, what does not is left out, so that the rest of the app can rely on types.
 */
export function readSettings(value: unknown, fallback: Unit): UserSettings | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const raw = value as Record<string, unknown>;
  const { units, goal, experienceLevel, availableEquipment, favoriteExercises, ...others } = raw;
  const settings: UserSettings = { ...others, units: readUnit(units) ?? fallback };
  if (typeof goal === "object" && goal !== null) {
    const { type, targetPerWeek } = goal as Record<string, unknown>;
    settings.goal = {
      ...(typeof type === "string" ? { type } : {}),
      ...(typeof targetPerWeek === "number" && targetPerWeek > 0 ? { targetPerWeek } : {}),
    };
  }
  if (typeof experienceLevel === "string") settings.experienceLevel = experienceLevel;
  if (isTextList(availableEquipment)) settings.availableEquipment = availableEquipment;
  if (isTextList(favoriteExercises)) settings.favoriteExercises = favoriteExercises;
  return settings;
}

function readUnit(value: unknown): Unit | null {
  if (value === "kg" || value === "lbs") return value;
  return value === "lb" ? "lbs" : null;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
