/** React hooks over an engine client. */
export type { AnswerState, Query } from "./react/answer.js";
export { useAnswer } from "./react/answer.js";
export type { VoltLiftProviderProps } from "./react/context.js";
export { useBootState, useEngine, VoltLiftProvider } from "./react/context.js";
export type { NovelExercisesQuery, SimilarExercisesQuery } from "./react/discovery.js";
export { useNovelExercises, useSimilarExercises } from "./react/discovery.js";
export { useExplanation } from "./react/explanation.js";
export type { InsightsQuery, ReadinessQuery } from "./react/insights.js";
export { useInsights, useReadiness } from "./react/insights.js";
export type { LoadQuery, SubstituteQuery } from "./react/loads.js";
export { useLoadSuggestion, useSubstitutes } from "./react/loads.js";
export { useModelConnection, useModels } from "./react/models.js";
export type { ProgramQuery, ProgramsQuery, TodaysSessionQuery } from "./react/programs.js";
export { useProgram, usePrograms, useTodaysSession } from "./react/programs.js";
export { useExerciseRecommendations } from "./react/recommendations.js";
export type { ReplayQuery, ReplayState } from "./react/replay.js";
export { useReplay } from "./react/replay.js";
export type {
  ExplanationContext,
  ExplanationState,
  RecommendationOptions,
  RecommendationQuery,
  RecommendationState,
} from "./react/types.js";
