import type { IngestReport, ResponseMeta } from "../contract/contract.js";
import type { EngineError } from "../errors.js";
import type { Readable } from "../readable.js";

/**
 * The app-state parts the engine wants. Pieces are compared by reference: keep those stable
 * that did not change, and replace those that did. A part that is missing is left as it is.
 */
export interface SyncedState {
  /** Sessions as the app keeps them; each needs an `id`. */
  history: readonly { readonly id: string }[];
  settings?: unknown;
  dailyLogs?: { readonly [date: string]: unknown };
  customExercises?: readonly unknown[];
}

/** How far the engine has taken the state in. */
export interface SyncState {
  status: "waiting" | "syncing" | "synced" | "error";
  /** Sessions sent, of those that wanted sending. */
  done: number;
  total: number;
  error: EngineError | null;
  /** What the engine understood of the latest part it took in. */
  report: IngestReport | null;
}

/** A store that is kept in step with the engine. */
export interface Connection {
  /** Revision of the log that the engine last confirmed; -1 before the first one. */
  readonly revision: Readable<number>;
  readonly state: Readable<SyncState>;
  /** Resolves once the engine knows the state as it is now; rejects where that failed. */
  synced(): Promise<void>;
  /** Send what differs now, also where objects were changed in place; all is read anew. */
  resync(): void;
  stop(): void;
}

/** Models that take part in answers, as far as those who ask have to know. */
export interface ModelsInUse {
  /** Grows whenever answers may have changed because of models: ask again. */
  readonly revision: Readable<number>;
  /** Whether the engine that runs now has loaded its models, or cannot. */
  readonly settled: Readable<boolean>;
  /** Take note of what an answer of the engine that runs now says of them. */
  heard(meta: Pick<ResponseMeta, "scorers">): void;
}
