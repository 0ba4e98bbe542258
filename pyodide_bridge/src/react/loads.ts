import type { SubstituteResponse, SuggestLoadResponse } from "../contract/contract.js";
import { type AnswerState, type Query, useAnswer } from "./answer.js";

/** A request for the load of a set; when and where it is asked is filled in. */
export type LoadQuery = Query<"suggestLoad">;
export type SubstituteQuery = Query<"substitute">;

/**
 * Weight and reps of the next set of an exercise; null while nobody asks. While a set is
 * being logged the suggestion before it stays, until the one that knows the set is there.
 *
 * @example
 * const { data } = useLoadSuggestion({ exerciseId, session: currentSession(workout) });
 */
export function useLoadSuggestion(query: LoadQuery | null): AnswerState<SuggestLoadResponse> {
  return useAnswer("suggestLoad", query, query?.exerciseId ?? null);
}

/** What can be done instead of an exercise, with weights carried over. */
export function useSubstitutes(query: SubstituteQuery | null): AnswerState<SubstituteResponse> {
  return useAnswer("substitute", query, query?.exerciseId ?? null);
}
