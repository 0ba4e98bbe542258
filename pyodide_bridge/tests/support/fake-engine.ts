import type { BootState, CallOptions, EngineClient } from "../../src/client.js";
import type {
  Delta,
  MethodName,
  Methods,
  RecommendExercisesResponse,
  RecommendedExercise,
} from "../../src/contract/contract.js";
import { EngineError } from "../../src/errors.js";
import { Cell } from "../../src/readable.js";

/** Keeps what it was sent, as the engine does; `fail` and `forget` stand for bad days. */
export class FakeEngine implements EngineClient {
  readonly boot = new Cell<BootState>({
    phase: "ready",
    progress: 1,
    engine: null,
    error: null,
    generation: 1,
  });
  readonly deltas: Delta[] = [];
  readonly log: { method: string; request: object }[] = [];
  sessions = new Map<string, { hash: string; session: unknown }>();
  settings: unknown;
  customExercises: unknown;
  dailyLogs = new Map<string, unknown>();
  revision = 0;
  ingesting = 0;
  mostAtOnce = 0;
  /** Makes the next calls of a method fail. */
  failures = new Map<MethodName, EngineError[]>();
  /** Answers for methods other than ingest and manifest. */
  answers: { [M in MethodName]?: (request: Methods[M]["request"]) => unknown } = {};

  async call<M extends MethodName>(
    method: M,
    request: Methods[M]["request"],
    options: CallOptions = {},
  ): Promise<Methods[M]["response"]> {
    this.log.push({ method, request });
    await Promise.resolve();
    if (options.signal?.aborted) throw new EngineError("aborted", "aborted");
    const failure = this.failures.get(method)?.shift();
    if (failure) throw failure;
    return (await this.#answer(method, request)) as Methods[M]["response"];
  }

  /** A new engine takes over, which knows nothing, or only what was stored. */
  forget(kept: Iterable<string> = []): void {
    const ids = new Set(kept);
    this.sessions = new Map([...this.sessions].filter(([id]) => ids.has(id)));
    this.settings = undefined;
    this.customExercises = undefined;
    this.dailyLogs.clear();
    this.revision = 0;
    const state = this.boot.get();
    this.boot.set({ ...state, generation: state.generation + 1 });
  }

  restart(): void {
    this.forget();
  }

  dispose(): void {}

  async #answer(method: MethodName, request: object): Promise<unknown> {
    if (method === "manifest") {
      const hashes = [...this.sessions].map(([id, { hash }]) => [id, hash]);
      return { revision: this.revision, hashes: Object.fromEntries(hashes) };
    }
    if (method !== "ingest") {
      const answer = this.answers[method] as ((request: object) => unknown) | undefined;
      if (!answer) throw new EngineError("not_available", method);
      return answer(request);
    }
    this.ingesting += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.ingesting);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.ingesting -= 1;
    const { delta } = request as { delta: Delta };
    this.#apply(delta);
    this.revision += 1;
    return {
      revision: this.revision,
      workouts: this.sessions.size,
      changedSessions: delta.sessions?.length ?? 0,
      report: { sessions: delta.sessions?.length ?? 0, sets: 0, issues: [] },
      durationMs: 0,
    };
  }

  #apply(delta: Delta): void {
    this.deltas.push(delta);
    for (const id of delta.deletedSessions ?? []) this.sessions.delete(id);
    for (const session of delta.sessions ?? []) {
      const { id } = session as { id: string };
      this.sessions.set(id, { hash: delta.hashes?.[id] ?? "", session });
    }
    if (delta.settings !== undefined) this.settings = delta.settings;
    if (delta.customExercises) this.customExercises = delta.customExercises;
    for (const [day, log] of Object.entries(delta.dailyLogs ?? {})) {
      if (log === null) this.dailyLogs.delete(day);
      else this.dailyLogs.set(day, log);
    }
  }
}

/** A recommendation answer that lists these exercises in this order. */
export function listOf(
  ids: readonly string[],
  { revision = 1, score = 50, engineVersion = "1.0.0" } = {},
): RecommendExercisesResponse {
  return {
    recommendations: ids.map((id, i) => recommendation(id, i + 1, score)),
    coldStart: false,
    considered: 100,
    excludedByEquipment: 3,
    meta: {
      revision,
      engineVersion,
      scorers: [{ name: "rules", version: "1", status: "used", part: "fit" }],
      workouts: 12,
      alpha: 0,
      cached: false,
      durationMs: 1.5,
      stages: { features: 0.5, scoring: 0.5, ranking: 0.5, inference: null },
    },
  };
}

/** One recommendation, with as many parts and reasons as a real one has. */
export function recommendation(id: string, rank: number, score: number): RecommendedExercise {
  const reason = (code: string, points: number) => ({
    code,
    points,
    values: { group: "Chest", ratio: 0.42 + rank / 100 },
  });
  const components = [
    "balance",
    "recovery",
    "preference",
    "goal",
    "experience",
    "novelty",
  ] as const;
  return {
    rank,
    exercise: {
      id,
      name: `Exercise ${id}`,
      muscleGroup: "Chest",
      secondaryMuscles: ["Shoulders", "Arms"],
      equipment: "Barbell",
      category: "Compound",
      difficulty: "Intermediate",
    },
    score,
    fit: score,
    habit: null,
    components: components.map((component, i) => ({
      component,
      points: i + rank / 10,
      maxPoints: 20,
      reasons: [reason(`${component}_reason`, i), reason("clamped", rank / 10)],
    })),
  };
}
