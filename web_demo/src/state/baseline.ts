/** The optional test of five lifts: where suggestions start before anything was logged. */
import type { Unit, UserSettings } from "./app-state.ts";

/** The five lifts of the test, by id of the catalogue. */
export const BASELINE_LIFTS = [
  "barbell-squat",
  "barbell-bench-press",
  "barbell-deadlift",
  "barbell-overhead-press",
  "barbell-row",
] as const;

/** One lift as `settings.baseline` keeps it; it carries its unit, whatever is chosen later. */
export interface BaselineLift {
  exerciseId: string;
  weight: number;
  reps: number;
  rpe?: number;
  unit: Unit;
}

/** What is typed for one lift; null where nothing is. */
export interface BaselineDraft {
  weight: number | null;
  reps: number | null;
  rpe: number | null;
}

export const EMPTY_DRAFT: BaselineDraft = { weight: null, reps: null, rpe: null };

/** The lifts that the settings hold, read leniently. */
export function readBaseline(settings: UserSettings | null): BaselineLift[] {
  const value = settings?.baseline;
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Partial<BaselineLift> | null): BaselineLift[] => {
    if (typeof item !== "object" || item === null) return [];
    const { exerciseId, weight, reps, rpe, unit } = item;
    if (typeof exerciseId !== "string" || !(Number(weight) > 0) || !(Number(reps) > 0)) return [];
    return [
      {
        exerciseId,
        weight: Number(weight),
        reps: Number(reps),
        ...(typeof rpe === "number" ? { rpe } : {}),
        unit: unit === "kg" || unit === "lbs" ? unit : (settings?.units ?? "kg"),
      },
    ];
  });
}

/** True where a draft says half of what it has to: a weight without reps, or reps alone. */
export function isHalf({ weight, reps }: BaselineDraft): boolean {
  return Boolean(weight) !== Boolean(reps);
}

/** The lifts of a form, without those that were left out. */
export function liftsOf(
  drafts: Readonly<Record<string, BaselineDraft>>,
  unit: Unit,
): BaselineLift[] {
  return Object.entries(drafts).flatMap(([exerciseId, { weight, reps, rpe }]) =>
    weight && reps ? [{ exerciseId, weight, reps, ...(rpe ? { rpe } : {}), unit }] : [],
  );
}
