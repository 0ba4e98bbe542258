/** What a page can know of models, and what it can do about them. */
import type { LeftOutModel, LoadedModel } from "../contract/contract.js";
import type { EngineError } from "../errors.js";
import type { Readable } from "../readable.js";
import type { ModelsInUse } from "../sync/connection.js";
import type { Transport } from "./download.js";
import type { IndexedModelRegistry } from "./registry.js";
import type { PinnedKeys } from "./signature.js";
import {
  ACTIVE_BUDGET,
  type InstalledModel,
  type LeftOut,
  type ModelFailure,
  type ModelSizes,
  type ReleasedModel,
  STORED_BUDGET,
} from "./types.js";
import type { Prefetch, UpdateResult } from "./update.js";

export interface ConnectModelsOptions extends Omit<Transport, "signal"> {
  registry: IndexedModelRegistry | Promise<IndexedModelRegistry>;
  /** Public keys that were pinned when this build was made. */
  keys: PinnedKeys;
  /** Folder of the release. Default: `models/` beside this page. */
  baseUrl?: string | URL;
  /** What models wait for, whichever way it ends: the first answer. Default: the engine. */
  after?: Promise<unknown>;
  /** How often to look for a newer release while the page stays open. Default 6 h. */
  everyMs?: number;
  /** How long a file of a new model may take for the rows of its card. Default 10 s. */
  probeMs?: number;
  /**
   * Fetches what the runtime of these files consists of, before the engine is asked to open them:
   * all other requests would wait for it there. Such as `prefetchInference`.
   */
  prefetch?: Prefetch;
}

/** Why no models come to this device. */
export type OffReason =
  /** This build accepts none from the network. */
  | "no_keys"
  /** Nothing can be kept here. */
  | "no_storage"
  /** The engine of this build runs none. */
  | "not_available";

/** A model that hung, crashed or gave no numbers when it was asked, and the engine's reason. */
export interface FailedModel {
  name: string;
  version: string;
  reason: string;
}

export interface ModelsState {
  /** `waiting`: for the first answer, which comes from rules alone. */
  phase:
    | "waiting"
    | "loading"
    | "checking"
    | "downloading"
    | "trying"
    | "installing"
    | "idle"
    | "off";
  reason: OffReason | null;
  /** 0-1 within this phase; null where it cannot be told. */
  progress: number | null;
  /** What takes part in answers. */
  loaded: LoadedModel[];
  /** What is active and cannot be used by the engine. */
  leftOut: LeftOutModel[];
  /** What is loaded and could not answer: it takes no part until it is loaded anew. */
  failed: FailedModel[];
  /** What of the last release is not for this device. */
  left: LeftOut[];
  /** Why models could not be loaded at all. */
  error: EngineError | null;
  installed: InstalledModel[];
  /** All that the last release holds. */
  released: ReleasedModel[];
  /** What of it is not installed in any version. */
  offered: ReleasedModel[];
  sizes: ModelSizes;
  /** Why updates came to nothing, newest first. */
  failures: ModelFailure[];
  /** When a server was last asked and had an answer, epoch milliseconds. */
  checked: number | null;
  /** Number of the last release; 0 for none. */
  sequence: number;
  /** When that was due to be followed by another one, epoch milliseconds; null where none is. */
  expires: number | null;
}

/** Before anything is known; what it holds is never changed in place. */
export const UNKNOWN_MODELS: ModelsState = {
  phase: "waiting",
  reason: null,
  progress: null,
  loaded: [],
  leftOut: [],
  failed: [],
  left: [],
  error: null,
  installed: [],
  released: [],
  offered: [],
  sizes: { active: 0, activeBudget: ACTIVE_BUDGET, stored: 0, storedBudget: STORED_BUDGET },
  failures: [],
  checked: null,
  sequence: 0,
  expires: null,
};

/** What takes part in answers. */
export function usedModels({ loaded, failed }: ModelsState): LoadedModel[] {
  return loaded.filter((model) => failed.every(({ name }) => name !== model.name));
}

/** The same as one text. */
export function usedNames(state: ModelsState): string {
  const used = usedModels(state);
  return used.map(({ name, version, runtime }) => `${name} ${version} ${runtime}`).join();
}

/** What the registry says. */
export async function registryState(registry: IndexedModelRegistry): Promise<Partial<ModelsState>> {
  const [installed, sizes, failures, { checked, wanted: _, ...release }] = await Promise.all([
    registry.list(),
    registry.sizes(),
    registry.failures(),
    registry.journal.known(),
  ]);
  const isHere = ({ model }: ReleasedModel) => installed.some(({ name }) => name === model);
  const offered = release.released.filter((model) => !isHere(model));
  const known = { ...release, offered, checked: checked > 0 ? checked : null };
  return { installed, sizes, failures, ...known };
}

/** Keeps the engine's models in step with the registry, and the registry with releases. */
export interface ModelConnection extends ModelsInUse {
  readonly state: Readable<ModelsState>;
  /**
   * Look for a newer release and bring it in. Never rejects: a failure is in the result and in
   * the state. Null where models are off. One that is going on is joined.
   */
  update(): Promise<UpdateResult | null>;
  /** Stop the update that is going on; what was active stays. */
  cancel(): void;
  /** Have the engine load its models anew: one that failed is asked again. */
  reload(): Promise<void>;
  /** Bring a model of the release in that is no default, or was removed, and keep it up to date. */
  add(model: string): Promise<UpdateResult | null>;
  /**
   * The rest is the registry's, and rejects with its `EngineError`s. What is in use changes with
   * it: the engine loads models anew, and whoever follows `revision` asks again.
   */
  activate(name: string, version: string): Promise<void>;
  deactivate(name: string): Promise<void>;
  rollBack(name: string): Promise<string>;
  pin(name: string, pinned: boolean): Promise<void>;
  remove(name: string, version: string): Promise<void>;
  /** Delete all models. They come back with the next update, or the next start of the page. */
  erase(): Promise<void>;
  /** Follow nothing any more; the registry stays open, as it is its owner's. */
  dispose(): void;
}
