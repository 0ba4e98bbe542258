import type {
  ProgramResponse,
  RecommendProgramsResponse,
  TodaysSessionResponse,
} from "../contract/contract.js";
import { type AnswerState, type Query, useAnswer } from "./answer.js";

export type ProgramsQuery = Query<"recommendPrograms">;
export type ProgramQuery = Query<"program">;
export type TodaysSessionQuery = Query<"todaysSession">;

/** The programs that fit best; null while nobody asks. */
export function usePrograms(query: ProgramsQuery | null): AnswerState<RecommendProgramsResponse> {
  return useAnswer("recommendPrograms", query, "programs");
}

/** A whole program, fitted to the equipment; null while nobody asks. */
export function useProgram(query: ProgramQuery | null): AnswerState<ProgramResponse> {
  return useAnswer("program", query, query?.programId ?? null);
}

/** The session of the followed program that is next; null while nobody asks. */
export function useTodaysSession(
  query: TodaysSessionQuery | null = {},
): AnswerState<TodaysSessionResponse> {
  return useAnswer("todaysSession", query, "today");
}
