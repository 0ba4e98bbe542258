/** Durable storage: the lifter's log and the engine's derived data. */
export { FEATURE_BUDGETS, openFeatureStore } from "./storage/feature-store.js";
export { contentHash } from "./storage/hash.js";
export { openLogStore } from "./storage/log-store.js";
export { requestPersistence } from "./storage/persistence.js";
export type {
  Documents,
  FeatureEntry,
  FeatureStore,
  ForeignChange,
  LogChange,
  LogContent,
  LogRecord,
  LogStore,
  OpenOptions,
  StorageReason,
} from "./storage/types.js";
