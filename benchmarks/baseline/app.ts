/** The baseline as a small app holds it: state, catalogue, a summary kept until a change. */
import type { ExerciseDefinition, WorkoutSession } from "@voltlift/bridge";
import type { AppState, Recommendation, Request } from "./model.js";
import { recommend } from "./recommend.js";
import { type Summary, summarise } from "./summary.js";

export class BaselineApp {
  #state: AppState;
  #summary: Summary;
  readonly #exercises: ReadonlyMap<string, ExerciseDefinition>;

  constructor(catalogue: readonly ExerciseDefinition[], state: AppState) {
    this.#state = state;
    this.#summary = summarise(state.history);
    const all = [...catalogue, ...state.customExercises];
    this.#exercises = new Map(all.map((exercise) => [exercise.id, exercise]));
  }

  /** Replace a session, as a store does it: a new array, the other sessions as they are. */
  change(session: WorkoutSession): void {
    const history = this.#state.history.map((old) => (old.id === session.id ? session : old));
    this.#state = { ...this.#state, history };
    this.#summary = summarise(history);
  }

  recommend(request: Request): Recommendation[] {
    return recommend(this.#exercises, this.#state.settings, this.#summary, request);
  }
}

/** What the driver compares with the engine's answer. */
export interface Listed {
  id: string;
  score: number;
  reasons: [code: string, points: number][];
}

export function listedOf(recommendations: readonly Recommendation[]): Listed[] {
  return recommendations.map(({ exercise, score, reasons }) => ({
    id: exercise.id,
    score,
    reasons: reasons.map(({ code, points }) => [code, points]),
  }));
}
