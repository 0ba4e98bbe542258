/**
 * A list of recommendations on a screen, framework-free: an earlier answer at once, then the
 * fresh one, never moving what a thumb is about to press.
 */
import type { EngineClient } from "./client.js";
import type { RecommendExercisesResponse } from "./contract/contract.js";
import { EngineError } from "./errors.js";
import type { RecommendationQuery, RecommendationState } from "./react/types.js";
import { Cell, type Readable } from "./readable.js";
import { contextKey, modelsOf, type SessionCache } from "./session-cache.js";
import { askSynced, moment, onNewEngine } from "./sync/ask.js";
import type { Connection, ModelsInUse } from "./sync/connection.js";

/** The part of the state that changes; the hook adds the actions. */
export type ListState = Omit<RecommendationState, "apply" | "refresh">;

const EMPTY: ListState = {
  data: null,
  status: "loading",
  savedAt: null,
  pending: null,
  error: null,
};

export class RecommendationList {
  readonly #client: EngineClient;
  readonly #connection: Connection | null;
  readonly #cache: SessionCache | null;
  readonly #models: ModelsInUse | null;
  readonly #state = new Cell<ListState>(EMPTY);
  #query: RecommendationQuery | null = null;
  #context: string | null = null;
  #request: AbortController | null = null;
  /** The next answer replaces what is shown, in whatever order. */
  #atOnce = false;
  #unsubscribe: (() => void)[] = [];

  constructor(
    client: EngineClient,
    connection: Connection | null,
    cache: SessionCache | null,
    models: ModelsInUse | null = null,
  ) {
    this.#client = client;
    this.#connection = connection;
    this.#cache = cache;
    this.#models = models;
  }

  get state(): Readable<ListState> {
    return this.#state;
  }

  /** Show the list of this query and keep it up to date; `atOnce` also in another order. */
  show(query: RecommendationQuery, atOnce = false): void {
    const before = this.#query;
    this.#query = query;
    const context = contextKey(query);
    if (context !== this.#context) {
      this.#context = context;
      // Who turns the dial wants to see the list turn, and no empty place meanwhile.
      this.#atOnce = before !== null && isTurned(before, query);
      if (!this.#atOnce || !this.#state.get().data) this.#open(context);
    }
    if (this.#unsubscribe.length === 0) this.#listen();
    void this.#ask(atOnce);
  }

  /** Stop asking; what is shown stays until another query. */
  hide(): void {
    this.#request?.abort();
    this.#request = null;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  /** Forget everything, so that the next `show` opens a new list. */
  clear(): void {
    this.hide();
    this.#query = null;
    this.#context = null;
    this.#state.set(EMPTY);
  }

  readonly apply = (): void => {
    const { pending } = this.#state.get();
    if (pending) this.#state.set({ ...EMPTY, data: pending, status: "fresh" });
  };

  readonly refresh = (): void => {
    if (this.#query) void this.#ask(true);
  };

  /** Begin another list, with what was answered to it before. */
  #open(context: string): void {
    const cached = this.#cache?.get(context);
    this.#state.set(
      cached
        ? { ...EMPTY, data: cached.response, status: "cached", savedAt: cached.savedAt }
        : EMPTY,
    );
  }

  #listen(): void {
    const ask = () => void this.#ask(false);
    this.#unsubscribe = [
      // The requests of before are answered by the new engine; ask only where one had failed.
      onNewEngine(this.#client, () => {
        if (this.#state.get().error) ask();
      }),
    ];
    for (const { revision } of [this.#connection, this.#models].filter((part) => part !== null)) {
      this.#unsubscribe.push(revision.subscribe(ask));
    }
  }

  async #ask(atOnce: boolean): Promise<void> {
    const query = this.#query;
    const context = this.#context;
    if (!query || context === null) return;
    this.#request?.abort(); // An answer of before is stale.
    const request = new AbortController();
    this.#request = request;
    const { signal } = request;
    // Until its models are there, an engine answers by rules alone: it is asked again then.
    const settled = this.#models?.settled.get() ?? true;
    try {
      const response = await askSynced(
        this.#client,
        this.#connection,
        "recommendExercises",
        () => ({ ...query, ...moment(query) }),
        signal,
        { models: this.#models },
      );
      if (signal.aborted) return;
      const isForNow = (before: RecommendExercisesResponse | null | undefined) =>
        !settled && before && modelsOf(before) !== modelsOf(response);
      if (!isForNow(this.#cache?.get(context)?.response)) this.#cache?.put(context, response);
      if (atOnce || !isForNow(this.#state.get().data)) this.#accept(response, atOnce);
    } catch (cause) {
      if (signal.aborted) return;
      const error = EngineError.from(cause);
      const state = this.#state.get();
      this.#state.set({ ...state, error, status: state.data ? state.status : "error" });
    }
  }

  #accept(response: RecommendExercisesResponse, atOnce: boolean): void {
    const state = this.#state.get();
    const isWanted = atOnce || this.#atOnce;
    this.#atOnce = false;
    if (isWanted || !state.data || sameOrder(state.data, response)) {
      this.#state.set({ ...EMPTY, data: response, status: "fresh" });
    } else {
      this.#state.set({ ...state, pending: response, error: null });
    }
  }
}

/** True where one query is the other one with another weight of the routine. */
function isTurned(a: RecommendationQuery, b: RecommendationQuery): boolean {
  const rest = (query: RecommendationQuery) => contextKey({ ...query, routine: null });
  return (a.routine ?? null) !== (b.routine ?? null) && rest(a) === rest(b);
}

function sameOrder(a: RecommendExercisesResponse, b: RecommendExercisesResponse): boolean {
  return (
    a.recommendations.length === b.recommendations.length &&
    a.recommendations.every(({ exercise }, i) => exercise.id === b.recommendations[i]?.exercise.id)
  );
}
