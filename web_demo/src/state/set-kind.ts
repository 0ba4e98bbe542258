/** What is written down for a set of an exercise. */
import type { ExerciseDefinition } from "@voltlift/bridge";

/** `bodyweight` sets may carry a weight, and need none. */
export type SetKind = "weight" | "bodyweight" | "time";

/** Equipment that can be used without a weight that anybody could name. */
const WEIGHTLESS: ReadonlySet<string> = new Set([
  "Bodyweight",
  "Resistance Band",
  "Suspension",
  "Cardio Machine",
  "Other",
]);

export function setKind(
  exercise: Pick<ExerciseDefinition, "category" | "equipment"> | undefined,
): SetKind {
  if (exercise?.category === "Cardio") return "time";
  return exercise && WEIGHTLESS.has(exercise.equipment) ? "bodyweight" : "weight";
}
