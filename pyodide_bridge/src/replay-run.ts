/** One replay at a time, asked for, watched and given up; its result outlives the screen. */
import type { EngineClient } from "./client.js";
import type { ReplayRequest, ReplayResponse } from "./contract/contract.js";
import { EngineError } from "./errors.js";
import type { CallProgress } from "./protocol.js";
import { Cell, type Readable } from "./readable.js";
import { askSynced, moment } from "./sync/ask.js";
import type { Connection } from "./sync/connection.js";

/** A replay request; `now` and the offset are filled in when it is sent. */
export type ReplayQuery = Omit<ReplayRequest, "now"> & { now?: number };

export interface ReplayRunState {
  status: "idle" | "running" | "done" | "failed";
  /** The latest result; it stays while another run is on its way. */
  data: ReplayResponse | null;
  /**
   * What else than the log `data` rests on; null where that is not known, as another engine took
   * over on the way: its first answers come before its models.
   */
  basis: string | null;
  /** Which task is asked about, and how many of its questions are answered. */
  progress: CallProgress | null;
  error: EngineError | null;
}

/** Longest time from one answered question to the next. */
const SILENCE_MS = 60_000;

export class ReplayRun {
  readonly #state = new Cell<ReplayRunState>({
    status: "idle",
    data: null,
    basis: null,
    progress: null,
    error: null,
  });
  #asked: AbortController | null = null;

  get state(): Readable<ReplayRunState> {
    return this.#state;
  }

  /**
   * Ask; while a run is on its way, it goes on instead.
   *
   * @param basis what else than the log the answer rests on, such as the models in use.
   */
  async start(
    client: EngineClient,
    connection: Connection | null,
    query: ReplayQuery = {},
    basis: string | null = null,
  ): Promise<void> {
    if (this.#asked) return;
    const asked = new AbortController();
    this.#asked = asked;
    this.#set({ status: "running", progress: null, error: null });
    const isOver = () => this.#asked !== asked;
    const onProgress = (progress: CallProgress) => {
      if (!isOver()) this.#set({ progress });
    };
    const request = () => ({ ...query, ...moment(query) });
    const options = { onProgress, timeoutMs: SILENCE_MS };
    const { generation } = client.boot.get();
    const isSameEngine = () => [0, client.boot.get().generation].includes(generation);
    try {
      const { signal } = asked;
      const data = await askSynced(client, connection, "replay", request, signal, options);
      if (isOver()) return;
      this.#asked = null;
      this.#set({ status: "done", data, basis: isSameEngine() ? basis : null, progress: null });
    } catch (cause) {
      if (isOver()) return;
      this.#asked = null;
      this.#set({ status: "failed", progress: null, error: EngineError.from(cause) });
    }
  }

  /** Give up what is being asked; the engine ends at its next question. */
  readonly cancel = (): void => {
    const asked = this.#asked;
    if (!asked) return;
    this.#asked = null;
    asked.abort();
    const { data } = this.#state.get();
    this.#set({ status: data ? "done" : "idle", progress: null });
  };

  #set(change: Partial<ReplayRunState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

const runs = new WeakMap<EngineClient, ReplayRun>();

/** The run of an engine: the same one for all who ask. */
export function replayRunOf(client: EngineClient): ReplayRun {
  let run = runs.get(client);
  if (!run) {
    run = new ReplayRun();
    runs.set(client, run);
  }
  return run;
}
