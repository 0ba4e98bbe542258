import { useAnswer } from "./answer.js";
import type { ExplanationContext, ExplanationState } from "./types.js";

/**
 * Why an exercise is, or is not, in the list of this context; null while nobody asks.
 * The answer follows the log's revisions.
 */
export function useExplanation(
  exerciseId: string | null,
  context: ExplanationContext = {},
): ExplanationState {
  return useAnswer("explain", exerciseId === null ? null : { ...context, exerciseId });
}
