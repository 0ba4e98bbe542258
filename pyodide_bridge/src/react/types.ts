import type {
  ExplainRequest,
  ExplainResponse,
  RecommendExercisesRequest,
  RecommendExercisesResponse,
} from "../contract/contract.js";
import type { EngineError } from "../errors.js";
import type { SessionCache } from "../session-cache.js";

/** A recommendation request; `now` and the offset are filled in when it is sent. */
export type RecommendationQuery = Omit<RecommendExercisesRequest, "now"> & { now?: number };

export interface RecommendationOptions {
  /**
   * Where the last answers are kept; false for none. Default: localStorage. One made on each
   * render would begin a new list each time.
   */
  cache?: SessionCache | false;
}

export interface RecommendationState {
  /** The list to show. */
  data: RecommendExercisesResponse | null;
  /** `cached`: an earlier answer is shown, from `savedAt`. */
  status: "loading" | "cached" | "fresh" | "error";
  /** Epoch milliseconds at which the cached list was made. */
  savedAt: number | null;
  /** A newer list in another order, held back so that nothing moves under a thumb. */
  pending: RecommendExercisesResponse | null;
  error: EngineError | null;
  /** Show the pending list. */
  apply(): void;
  /** Ask again, and show the answer as soon as it is there. */
  refresh(): void;
}

/** The context of a "why not": the same as the list's request. */
export type ExplanationContext = Omit<ExplainRequest, "now" | "exerciseId"> & { now?: number };

export interface ExplanationState {
  data: ExplainResponse | null;
  status: "idle" | "loading" | "fresh" | "error";
  error: EngineError | null;
  refresh(): void;
}
