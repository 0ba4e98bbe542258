/** The suggestion of one card: asked once the engine knows what was done in this workout. */
import type {
  CurrentSession,
  ExerciseLog,
  PlannedSet,
  SuggestLoadResponse,
} from "@voltlift/bridge";
import { type LoadQuery, useLoadSuggestion } from "@voltlift/bridge/react";
import { useEffect, useMemo } from "react";
import { useActions } from "../app-context.ts";
import { planOf } from "../state/programs.ts";
import { suggestedSet } from "../state/suggestions.ts";

export interface CardSuggestion {
  /** Null while there is none, and where the set's weight is not to be suggested. */
  suggestion: SuggestLoadResponse | null;
  isWaiting: boolean;
}

/**
 * The suggestion for the next working set of `log`. A program that gives the weight itself
 * (by percent of the 1RM) is not second-guessed.
 */
export function useCardSuggestion(
  log: ExerciseLog,
  planned: PlannedSet | null,
  session: CurrentSession,
): CardSuggestion {
  const { noteShown } = useActions();
  const plan = planOf(log);
  const isOpen = suggestedSet(log) !== undefined;
  const isGiven = Boolean(planned?.percent && planned.weight);
  const query = useMemo<LoadQuery | null>(
    () =>
      isOpen && !isGiven
        ? {
            exerciseId: log.exerciseId,
            session,
            ...(planned ? { plannedReps: planned.reps } : {}),
            ...(plan ? { plannedSets: plan.sets.length } : {}),
          }
        : null,
    [isOpen, isGiven, log.exerciseId, session, planned, plan],
  );
  const { data, status } = useLoadSuggestion(query);
  const suggestion = data?.choice ? data : null;
  useEffect(() => {
    if (suggestion) noteShown(log.id, suggestion);
  }, [suggestion, log.id, noteShown]);
  return { suggestion, isWaiting: status === "loading" };
}
