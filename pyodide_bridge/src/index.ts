/** Runs the VoltLift engine in a Web Worker. */
export type { BootState, CallOptions, EngineClient } from "./client.js";
export type * from "./contract/contract.js";
export { METHODS } from "./contract/contract.js";
export type { AppWorkout } from "./current-session.js";
export { currentSession } from "./current-session.js";
export type { EngineErrorCode, ErrorDetails } from "./errors.js";
export { EngineError } from "./errors.js";
export { MAX_IMPORT_BYTES, mergeAdditions } from "./import-merge.js";
export type { BootProgress, CallProgress, EngineDescription, LoadingPhase } from "./protocol.js";
export type { Readable } from "./readable.js";
export type { CachedAnswer, SessionCache } from "./session-cache.js";
export { contextKey, createSessionCache, SESSION_CACHE_BYTES } from "./session-cache.js";
export type { WorkerClientOptions } from "./worker-client.js";
export { createWorkerClient } from "./worker-client.js";
export type { WorkerLike } from "./worker-session.js";
