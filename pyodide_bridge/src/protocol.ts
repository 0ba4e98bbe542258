/**
 * What page and worker say to each other. Comlink carries it; one JSON string each way,
 * files as transferred ArrayBuffers. Failures are part of the answer; an exception says that
 * the engine itself is broken and wants replacing.
 */
import type { ErrorDetails } from "./errors.js";

/** Phases that a boot goes through, in this order. */
export type LoadingPhase = "downloading" | "starting" | "loading_engine" | "restoring";

/** What the worker needs to know to start the engine. */
export interface BootOptions {
  /** Absolute address of the folder that holds `runtime.json`; same origin as the page. */
  runtimeUrl: string;
  /** Absolute address of the folder with the files of ONNX Runtime; same origin as the page. */
  inferenceUrl: string;
  /** Keep derived data (columns, vectors) in IndexedDB, so that a later boot restores it. */
  persist: boolean;
  /** The log lives in our own `LogStore`, so the engine may rebuild itself from it. */
  ownLog: boolean;
}

/** `done` of `total` parts of this phase; the unit depends on the phase (bytes, steps). */
export interface BootProgress {
  phase: LoadingPhase;
  done: number;
  total: number;
}

/** How far a long request is: `done` of `total`; what is counted depends on the stage. */
export interface CallProgress {
  stage: string;
  done: number;
  total: number;
}

/** What an engine says about itself once it is ready. */
export interface EngineDescription {
  engineVersion: string;
  revision: number;
  workouts: number;
  /** What a developer should know: a rule configuration or stored columns that did not fit. */
  notices: string[];
  /** Days of which it restored a daily log; a host that has deleted one since has to say so. */
  days?: string[];
}

/** An answer as it crosses the boundary, in JSON text. */
export type WireAnswer<T = unknown> =
  | { ok: T }
  | { error: { code: string; message: string; details?: ErrorDetails } };

/** The object that the worker exposes. */
export interface WorkerApi {
  /** Start the engine; the answer is a `WireAnswer<EngineDescription>`. */
  boot(options: BootOptions, onProgress: (progress: BootProgress) => void): Promise<string>;
  /**
   * Send one request, under a number of its own; the answer is a `WireAnswer` with the method's
   * response.
   */
  call(
    id: number,
    methodWire: string,
    requestJson: string,
    bytes?: ArrayBuffer,
    onProgress?: (progress: CallProgress) => void,
  ): Promise<string>;
  /** Give up a request; a long one ends at its next step. */
  abort(id: number): Promise<void>;
  /** Hold this Web Lock for life; false where that is not possible. */
  showLife(lock: string): Promise<boolean>;
  /** Tell a busy worker from a dead one. */
  ping(): Promise<true>;
}
