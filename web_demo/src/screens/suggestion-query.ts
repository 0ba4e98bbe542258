/** The suggestion of one card: asked once the engine knows what was done in this workout. */
import type {
  CurrentSession,
  ExerciseLog,
  PlannedSet,
  SetLog,
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
  const target = suggestedSet(log);
  const isOpen = target !== undefined;
  const drop = target?.type === "D" ? target : null;
  const isGiven = Boolean(planned?.percent && planned.weight);
  const query = useMemo<LoadQuery | null>(
    () =>
      isOpen && !isGiven
        ? {
            exerciseId: log.exerciseId,
            session: drop ? withDropSet(session, log.id, drop) : session,
            ...(planned ? { plannedReps: planned.reps } : {}),
            ...(plan ? { plannedSets: plan.sets.length } : {}),
          }
        : null,
    [isOpen, isGiven, log.id, log.exerciseId, session, planned, plan, drop],
  );
  const { data, status } = useLoadSuggestion(query);
  const suggestion = data?.choice ? data : null;
  useEffect(() => {
    if (suggestion && !drop) noteShown(log.id, suggestion);
  }, [suggestion, drop, log.id, noteShown]);
  return { suggestion, isWaiting: status === "loading" };
}

/** The workout with the drop set that is next: only then is it told from a working set. */
function withDropSet(session: CurrentSession, logId: string, drop: SetLog): CurrentSession {
  const next: SetLog = { id: drop.id, weight: 0, reps: 0, type: "D", completed: false };
  return {
    ...session,
    logs: (session.logs ?? []).map((log) =>
      log.id === logId ? { ...log, sets: [...(log.sets ?? []), next] } : log,
    ),
  };
}
