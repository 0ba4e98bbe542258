/** React hooks over an engine client. */
export type { VoltLiftProviderProps } from "./react/context.js";
export { useBootState, useEngine, VoltLiftProvider } from "./react/context.js";
export { useExplanation } from "./react/explanation.js";
export { useExerciseRecommendations } from "./react/recommendations.js";
export type {
  ExplanationContext,
  ExplanationState,
  RecommendationOptions,
  RecommendationQuery,
  RecommendationState,
} from "./react/types.js";
