/** The engine as a page sees it: the same interface over a worker and in-process. */
import type { MethodName, Methods } from "./contract/contract.js";
import type { EngineError } from "./errors.js";
import type { CallProgress, EngineDescription, LoadingPhase } from "./protocol.js";
import type { Readable } from "./readable.js";

/** Where the engine is on its way to answering. */
export interface BootState {
  phase: LoadingPhase | "restarting" | "ready" | "failed";
  /** 0-1 within this phase; null where it cannot be told. */
  progress: number | null;
  /** Known while `ready`: version, revision, workouts and notices at that boot. */
  engine: EngineDescription | null;
  /** Known while `failed`, and while `restarting` after a failure. */
  error: EngineError | null;
  /** Counts the engines that became ready; a change means a new engine that wants syncing. */
  generation: number;
}

export interface CallOptions {
  /** A file that travels beside the request; it is copied, the caller's stays usable. */
  bytes?: ArrayBuffer;
  /**
   * How long the engine may work on this request before it is looked after; where progress is
   * listened to, each report of it starts this time anew.
   */
  timeoutMs?: number;
  /**
   * Gives the answer up; the request is not sent any more where it still waits, and ends at its
   * next step where it is a long one.
   */
  signal?: AbortSignal;
  /** Told how far a long request is. */
  onProgress?: (progress: CallProgress) => void;
}

export interface EngineClient {
  /**
   * Ask the engine. Requests are answered in the order in which they are made, but long ones
   * (`METHODS[method].reports`): they begin in that order, and let others be answered while they
   * are at work. Those made before the engine is ready wait for it.
   *
   * @throws {EngineError} with the engine's code, or `worker_crashed`, `timeout`,
   * `aborted`, `boot_failed`.
   */
  call<M extends MethodName>(
    method: M,
    request: Methods[M]["request"],
    options?: CallOptions,
  ): Promise<Methods[M]["response"]>;
  readonly boot: Readable<BootState>;
  /** Start a new engine now, also after too many failures. */
  restart(): void;
  /** End the engine; open requests are answered with `aborted`. */
  dispose(): void;
}
