/** What is measured, as the plan's file says it; and milliseconds by what was done. */
import type {
  ExerciseDefinition,
  MethodName,
  Methods,
  RecommendExercisesRequest,
  WorkoutSession,
} from "@voltlift/bridge";
import type { AppState } from "../baseline/model.js";

/** A call of one of the other services, under the name of its figure. */
export type ServiceCalls = {
  [M in MethodName]: { name: string; method: M; request: Methods[M]["request"] };
};

export interface Plan {
  catalogue: ExerciseDefinition[];
  envelope: { state: AppState };
  requests: RecommendExercisesRequest[];
  changes: WorkoutSession[];
  services: ServiceCalls[MethodName][];
  ingestions: number;
  warmUp: number;
}

export async function readPlan(url: string): Promise<Plan> {
  return (await fetch(url)).json();
}

/** Collects milliseconds under names. */
export class Timer {
  readonly series: Record<string, number[]> = {};

  record(name: string, milliseconds: number | null | undefined): void {
    if (milliseconds == null) return;
    this.series[name] ??= [];
    this.series[name].push(milliseconds);
  }

  /** Run an action; its time does not count where `name` is null. */
  async timed<T>(name: string | null, action: () => T | Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await action();
    if (name !== null) this.record(name, performance.now() - started);
    return result;
  }
}
