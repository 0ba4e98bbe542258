/** The app's own data, as far as the score needs it, and the app's few spelling tables. */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";

export interface Settings {
  goal?: { type: string };
  experienceLevel?: string;
  availableEquipment?: string[];
  favoriteExercises?: string[];
}

export interface AppState {
  settings: Settings;
  history: WorkoutSession[];
  customExercises: ExerciseDefinition[];
}

export interface Request {
  now: number;
  session?: { logs?: { exerciseId: string }[] } | null;
  limit?: number;
}

export type Component =
  | "balance"
  | "recovery"
  | "preference"
  | "goal"
  | "experience"
  | "novelty"
  | "diversity"
  | "total";

export interface Reason {
  component: Component;
  code: string;
  points: number;
  values: Record<string, string | number>;
}

export interface Recommendation {
  exercise: ExerciseDefinition;
  score: number;
  reasons: Reason[];
}

export const DAY_MS = 86_400_000;
export const STRENGTH_GROUPS = ["Chest", "Back", "Legs", "Shoulders", "Arms", "Core"];
export const LEVELS = ["Beginner", "Intermediate", "Advanced"];

const GOALS: Record<string, string> = {
  "Build Muscle": "Hypertrophy",
  "Lose Fat": "General Fitness",
  "Improve Endurance": "General Fitness",
};

/** What an entry of the settings gives access to; entries not listed stand for themselves. */
const EQUIPMENT: Record<string, string[]> = {
  Dumbbells: ["Dumbbell"],
  Kettlebells: ["Kettlebell"],
  "Resistance Bands": ["Resistance Band"],
  Barbell: ["Barbell", "EZ Bar", "Plate"],
  Machine: ["Machine", "Smith Machine", "Cardio Machine"],
  Machines: ["Machine", "Cable", "Smith Machine", "Cardio Machine"],
};

export function goalOf(settings: Settings): string | undefined {
  const goal = settings.goal?.type;
  return goal === undefined ? undefined : (GOALS[goal] ?? goal);
}

/** Equipment that can be used; null where the lifter did not say. */
export function usableEquipment(settings: Settings): Set<string> | null {
  const owned = settings.availableEquipment;
  if (!owned?.length) return null;
  return new Set(["Bodyweight", ...owned.flatMap((item) => EQUIPMENT[item] ?? [item])]);
}
