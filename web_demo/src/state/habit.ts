/** What of a list is rules and what is routine, and which models had a say in it. */
import type { RecommendedExercise, ResponseMeta, ScorerStatus } from "@voltlift/bridge";
import { ROUTINE_TEXTS } from "../texts/routine.ts";
import { FADE_IN } from "./routine.ts";

/** The two parts of a score, as shown: they add up to the score as it is shown. */
export interface Parts {
  fit: number;
  habit: number;
}

type Scored = Pick<RecommendedExercise, "score" | "components"> &
  Partial<Pick<RecommendedExercise, "habit">>;

const tenths = (points: number): number => Math.round(points * 10) / 10;

/** The parts of a score; null where only rules gave points. */
export function partsOf({ score, habit, components }: Scored): Parts | null {
  const part = components.find(({ component }) => component === "habit");
  if (habit == null || !part) return null;
  const shown = tenths(part.points);
  return { habit: shown, fit: tenths(tenths(score) - shown) };
}

/** How much the routine weighs in an answer, and why. */
export function routineText(
  { alpha, workouts }: Pick<ResponseMeta, "alpha" | "workouts">,
  routine: number | null,
): string {
  const { from, until } = FADE_IN;
  if (alpha > 0) {
    return workouts < until ? ROUTINE_TEXTS.fading(alpha, until) : ROUTINE_TEXTS.full(alpha, from);
  }
  if (workouts < from) return ROUTINE_TEXTS.early(from);
  return routine === 0 ? ROUTINE_TEXTS.off : ROUTINE_TEXTS.alone;
}

/** Models that took part or should have: those of the habit part. */
export function modelsOf({ scorers }: Pick<ResponseMeta, "scorers">): ScorerStatus[] {
  return scorers.filter(({ part }) => part === "habit");
}

/** Those that could not answer: what they would have said is missing from the list. */
export function failedOf(meta: Pick<ResponseMeta, "scorers">): ScorerStatus[] {
  return modelsOf(meta).filter(({ status }) => status === "failed");
}
