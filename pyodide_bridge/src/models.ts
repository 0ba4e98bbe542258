/** Models: what is installed on this device, and how signed releases get there. */

export { type PrefetchOptions, prefetchInference } from "./inference/prefetch.js";
export { connectModels } from "./models/connection.js";
export { engineProbe } from "./models/engine-probe.js";
export { KEPT_FAILURES } from "./models/journal.js";
export type { EngineFacts } from "./models/plan.js";
export type { ProbeRequest, ProbeRunner } from "./models/probe.js";
export { type IndexedModelRegistry, openModelRegistry } from "./models/registry.js";
export type { PinnedKeys } from "./models/signature.js";
export type {
  ConnectModelsOptions,
  FailedModel,
  ModelConnection,
  ModelsState,
  OffReason,
} from "./models/state.js";
export { UNKNOWN_MODELS, usedModels } from "./models/state.js";
export * from "./models/types.js";
export type { Prefetch, UpdateOptions, UpdateProgress, UpdateResult } from "./models/update.js";
export { updateModels } from "./models/update-lazily.js";
