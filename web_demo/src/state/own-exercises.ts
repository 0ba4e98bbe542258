/** The lifter's own exercises: pure functions from one list to the next. */
import type { ExerciseDefinition } from "@voltlift/bridge";
import { newId } from "./ids.ts";

/** Muscle groups of the catalogue; all but the last are trained with weights. */
export const MUSCLE_GROUPS = [
  "Chest",
  "Back",
  "Legs",
  "Shoulders",
  "Arms",
  "Core",
  "Cardio",
] as const;
export type MuscleGroup = (typeof MUSCLE_GROUPS)[number];

/** Marks the ids of exercises that the lifter, or an import, brought. */
const OWN_PREFIX = "custom-";

/** What a lifter says of an exercise. */
export interface Draft {
  name: string;
  muscleGroup: string;
  equipment: string;
}

/** True for an exercise that is not one of the catalogue's. */
export function isOwn(exercise: Pick<ExerciseDefinition, "id">): boolean {
  return exercise.id.startsWith(OWN_PREFIX);
}

/**
 * False for an imported exercise whose name says nothing of the muscles it trains: imports
 * put it under Cardio, which counts for none of the strength groups, without making it a
 * cardio exercise.
 */
export function isGroupKnown(
  exercise: Pick<ExerciseDefinition, "id" | "muscleGroup" | "category">,
): boolean {
  return !isOwn(exercise) || exercise.muscleGroup !== "Cardio" || exercise.category === "Cardio";
}

/** The category that the catalogue gives to most exercises of this group and equipment. */
export function categoryFor(muscleGroup: string, equipment: string): string {
  if (muscleGroup === "Cardio") return "Cardio";
  if (equipment === "Bodyweight" || equipment === "Suspension") return "Bodyweight";
  if (/Machine$/.test(equipment)) return "Machine";
  if (muscleGroup === "Arms" || muscleGroup === "Core") return "Isolation";
  return equipment === "Cable" && muscleGroup !== "Back" ? "Isolation" : "Compound";
}

/** A name without needless blanks. */
export function cleanName(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}

/** A new exercise. Its difficulty is left out: nobody knows it yet. */
export function newExercise(draft: Draft, id = OWN_PREFIX + newId()): ExerciseDefinition {
  const { muscleGroup, equipment } = draft;
  const category = categoryFor(muscleGroup, equipment);
  return { id, name: cleanName(draft.name), muscleGroup, equipment, category };
}

/** Rewrite an exercise; its category follows where group or equipment have changed. */
export function changedExercise(
  exercise: ExerciseDefinition,
  change: Partial<Draft>,
): ExerciseDefinition {
  const next = { ...exercise, ...change, name: cleanName(change.name ?? exercise.name) };
  const isSame =
    (change.muscleGroup === undefined ||
      (change.muscleGroup === exercise.muscleGroup && isGroupKnown(exercise))) &&
    (change.equipment === undefined || change.equipment === exercise.equipment);
  if (isSame) return next;
  // What is only equipment leaves open what is trained.
  if (change.muscleGroup === undefined && !isGroupKnown(exercise)) return next;
  return { ...next, category: categoryFor(next.muscleGroup, next.equipment) };
}

/**
 * Put imported exercises into the list. What the lifter has said of an exercise counts for
 * more than what a file makes of its name, so a known one is replaced only where its muscle
 * group is not known.
 */
export function mergeImported(
  known: readonly ExerciseDefinition[],
  imported: readonly ExerciseDefinition[],
): ExerciseDefinition[] {
  const byId = new Map(known.map((exercise) => [exercise.id, exercise]));
  for (const exercise of imported) {
    const earlier = byId.get(exercise.id);
    if (!earlier || !isGroupKnown(earlier)) byId.set(exercise.id, exercise);
  }
  return [...byId.values()];
}

interface OwnExercises {
  customExercises: ExerciseDefinition[];
  /** Those that were deleted. */
  removedExercises: ExerciseDefinition[];
}

/**
 * The lists after an import. `groups` are the muscle groups that the lifter gave to
 * exercises of the file, by id; an exercise that was deleted comes back as it was.
 */
export function withImported(
  { customExercises, removedExercises }: OwnExercises,
  imported: readonly ExerciseDefinition[],
  groups: ReadonlyMap<string, string> = new Map(),
): OwnExercises {
  const arriving = new Set(imported.map(({ id }) => id));
  const back = removedExercises.filter(({ id }) => arriving.has(id));
  const merged = mergeImported(mergeImported(customExercises, back), imported);
  return {
    customExercises: merged.map((exercise) => {
      const muscleGroup = groups.get(exercise.id);
      return muscleGroup ? changedExercise(exercise, { muscleGroup }) : exercise;
    }),
    removedExercises: removedExercises.filter(({ id }) => !arriving.has(id)),
  };
}

/** Insert or replace an exercise, each at its place. */
export function withExercise(
  list: readonly ExerciseDefinition[],
  exercise: ExerciseDefinition,
  index = list.length,
): ExerciseDefinition[] {
  const at = list.findIndex(({ id }) => id === exercise.id);
  return at < 0 ? list.toSpliced(index, 0, exercise) : list.with(at, exercise);
}

/** The list without an exercise. */
export function withoutExercise(
  list: readonly ExerciseDefinition[],
  id: string,
): ExerciseDefinition[] {
  return list.filter((exercise) => exercise.id !== id);
}
