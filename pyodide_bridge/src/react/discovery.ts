import type { NovelExercisesResponse, SimilarExercisesResponse } from "../contract/contract.js";
import { type AnswerState, type Query, useAnswer } from "./answer.js";

export type SimilarExercisesQuery = Query<"similarExercises">;
export type NovelExercisesQuery = Query<"novelExercises">;

/**
 * Exercises that are like another one, by who does them and by what they are; null while nobody
 * asks. The error `not_available` says that no embeddings are loaded.
 *
 * @example
 * const { data } = useSimilarExercises({ exerciseId, limit: 3 });
 */
export function useSimilarExercises(
  query: SimilarExercisesQuery | null,
): AnswerState<SimilarExercisesResponse> {
  return useAnswer("similarExercises", query, query?.exerciseId ?? null);
}

/** What lifters with a log like this one do that this one never did; null while nobody asks. */
export function useNovelExercises(
  query: NovelExercisesQuery | null = {},
): AnswerState<NovelExercisesResponse> {
  return useAnswer("novelExercises", query, "novel");
}
