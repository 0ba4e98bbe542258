import type { InsightsResponse, ReadinessResponse } from "../contract/contract.js";
import { type AnswerState, type Query, useAnswer } from "./answer.js";

export type InsightsQuery = Query<"insights">;
export type ReadinessQuery = Query<"readiness">;

/**
 * The figures behind the charts; null while nobody asks. While another period or moment is
 * being asked for, the figures of before stay.
 *
 * @example
 * const { data } = useInsights({ weeks: 26 });
 */
export function useInsights(query: InsightsQuery | null = {}): AnswerState<InsightsResponse> {
  return useAnswer("insights", query, "insights");
}

/** How recovered the lifter is, group by group and day by day; null while nobody asks. */
export function useReadiness(query: ReadinessQuery | null = {}): AnswerState<ReadinessResponse> {
  return useAnswer("readiness", query, "readiness");
}
