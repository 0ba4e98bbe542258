/** Durable storage: the lifter's log and the engine's derived data. */
export { Draft, type DraftOptions } from "./storage/draft.js";
export {
  EXPORT_DAYS,
  EXPORT_WORKOUTS,
  exportReminder,
  type StorageReport,
  storageReport,
} from "./storage/export.js";
export { FEATURE_BUDGETS, openFeatureStore } from "./storage/feature-store.js";
export { contentHash } from "./storage/hash.js";
export { openLogStore } from "./storage/log-store.js";
export { merge } from "./storage/merge.js";
export { requestPersistence } from "./storage/persistence.js";
export type * from "./storage/types.js";
