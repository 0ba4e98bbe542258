/** What is known of models on this device, and how they get there. */
import type { StorageReason } from "../storage/types.js";

/** Most bytes of all active artefacts, and of all that are installed; as in `voltlift_core`. */
export const ACTIVE_BUDGET = 4_000_000;
export const STORED_BUDGET = 8_000_000;

/** The file of each model that the engine itself runs, as in `voltlift_models.serving`. */
export const RUNTIME_FILES: { readonly [model: string]: string } = {
  ranker: "ranker.npz",
  "collaborative-filter": "factors.npz",
  load: "load.npz",
};

/** The configuration of the rules, which is kept as models are and is none. */
const RULES = "rules";

/** True for models that another runtime runs, in a thread that the engine has for it. */
export function isForeign(model: string): boolean {
  return model !== RULES && !Object.hasOwn(RUNTIME_FILES, model);
}

/** A file of an artefact. */
export interface ModelFile {
  name: string;
  sha256: string;
  bytes: number;
}

/** An artefact that is kept, without its bytes. */
export interface InstalledModel {
  name: string;
  version: string;
  /** Size of all its files. */
  bytes: number;
  active: boolean;
  /** The active one before the present one was. */
  lastGood: boolean;
  /** The lifter chose which version of this model is used: updates leave it alone. */
  pinned: boolean;
  files: ModelFile[];
  card: { [field: string]: unknown };
  /** Epoch milliseconds. */
  installed: number;
}

/** An artefact with the bytes that the engine reads; empty where it reads none. */
export interface Artefact {
  name: string;
  version: string;
  /** Of `data`, hexadecimal. */
  sha256: string;
  data: ArrayBuffer;
  card: { [field: string]: unknown };
  /** The other files: SHA-256 by name. */
  files: ReadonlyMap<string, string>;
}

/** A model of the last release, whether it is installed or not. */
export interface ReleasedModel {
  model: string;
  version: string;
  /** The task it serves, as its card says: `T1` … */
  task: string;
  /** Size of all its files. */
  bytes: number;
  /** Whether it is brought in unasked. */
  default: boolean;
}

export interface ModelSizes {
  active: number;
  activeBudget: number;
  stored: number;
  storedBudget: number;
}

/** Why an update came to nothing. Kept for the lifter to see, the last ones of them. */
export interface ModelFailure {
  /** When it happened last, epoch milliseconds, and how often in a row. */
  at: number;
  times: number;
  code: FailureCode;
  message: string;
  /** Number of the release; null where it was not known yet. */
  manifestSequence: number | null;
}

/** A model of a release that is not for this device; the version that it had stays. */
export interface LeftOut {
  model: string;
  version: string;
  code: FailureCode;
  message: string;
}

export type FailureCode =
  /** This build accepts no models from the network. */
  | "no_keys"
  /** Nothing came, or not all of it. */
  | "offline"
  | "http"
  | "truncated"
  /** What came is not what was signed. */
  | "unsigned"
  | "wrong_signature"
  | "wrong_size"
  | "wrong_hash"
  | "bad_manifest"
  | "bad_card"
  /** What was signed is not for this device any more, or not yet. */
  | "older_manifest"
  | "changed_manifest"
  | "engine_too_old"
  | "other_spec"
  /** It was tried and answered otherwise than its card says. */
  | "probe_differs"
  | "probe_failed"
  /** The engine died again and again while it was loaded; it was switched off. */
  | "hung"
  | "over_budget"
  | "storage"
  /** The page was closed, or the update was stopped. */
  | "interrupted"
  | "internal";

/**
 * Versioned artefacts, of which at most one per name is active, within two budgets.
 *
 * Active artefacts and the last good version of each name stay; of the others the oldest make
 * room for what is installed. Methods reject with an `EngineError` (`invalid_request`,
 * `corrupt_data`, `file_too_large`, `storage`), and everything is as it was then.
 */
export interface ModelRegistry {
  /** False where it is only in memory, for `reason`. */
  readonly durable: boolean;
  readonly reason?: StorageReason;
  /** What is kept, oldest installation first. */
  list(): Promise<InstalledModel[]>;
  sizes(): Promise<ModelSizes>;
  /** The active artefact of this name, its bytes checked; null where there is none. */
  active(name: string): Promise<Artefact | null>;
  /** One of the other files of an artefact, its bytes checked. */
  file(name: string, version: string, file: string): Promise<ArrayBuffer>;
  /** Keep an artefact, inactive; one of the same version is replaced. */
  install(artefact: Artefact, files?: ReadonlyMap<string, ArrayBuffer>): Promise<void>;
  /** Make an installed version the active one, and pin it. */
  activate(name: string, version: string): Promise<void>;
  /** Let no version be active, and pin that. */
  deactivate(name: string): Promise<void>;
  /** Make the last good version the active one, pin it and return it. */
  rollBack(name: string): Promise<string>;
  /** Delete a version that is not active. */
  remove(name: string, version: string): Promise<void>;
  /** Whether updates leave this model alone. */
  pin(name: string, pinned: boolean): Promise<void>;
  /** Why updates came to nothing, newest first. */
  failures(): Promise<ModelFailure[]>;
  /** Hear of changes that other tabs (and workers) have made to what is installed or in use. */
  subscribe(listener: () => void): () => void;
  /**
   * Delete everything, but for the number of the release seen last: no old one comes back. An
   * update that is going on, in whatever tab, comes to nothing.
   */
  erase(): Promise<void>;
  close(): void;
}
