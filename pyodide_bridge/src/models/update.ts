/** Updates: from a release on a server to models in use, all of it or nothing. */
import { BringingIn } from "./bringing-in.js";
import type { Transport } from "./download.js";
import { DeliveryError, interrupted } from "./errors.js";
import type { DeliveryJournal } from "./journal.js";
import type { EngineFacts } from "./plan.js";
import type { ProbeRunner } from "./probe.js";
import type { IndexedModelRegistry } from "./registry.js";
import type { PinnedKeys } from "./signature.js";
import type { LeftOut, ModelFailure } from "./types.js";

export interface UpdateProgress {
  stage: "checking" | "downloading" | "trying" | "installing";
  /** Bytes, or models while they are tried. */
  done: number;
  total: number;
}

export interface UpdateOptions extends Transport {
  registry: IndexedModelRegistry;
  /**
   * Folder of the release, with `manifest.json` in it. Default: `models/` beside this page, or
   * in a worker beside its script.
   */
  baseUrl?: string | URL;
  /** Public keys that were pinned when this build was made. */
  keys: PinnedKeys;
  engine: EngineFacts;
  /** Runs a model on the rows of its card. */
  probe: ProbeRunner;
  /** How long one file may take for these. Default 10 s. */
  probeMs?: number;
  /** Fetches what runs these files, before they are tried. */
  prefetch?: Prefetch;
  /** Models to bring in besides the defaults. Default: those that the lifter wanted. */
  also?: readonly string[];
  onProgress?: (progress: UpdateProgress) => void;
}

/** Fetches what the runtime of these files consists of, such as `prefetchInference`. */
export type Prefetch = (files: readonly string[], signal?: AbortSignal) => Promise<void>;

export interface UpdateResult {
  outcome: "unchanged" | "updated" | "failed";
  /** Number of the release that is in use. */
  sequence: number;
  /** Models of which another version is active now. */
  activated: string[];
  /** Models that are not in use any more. */
  withdrawn: string[];
  /** Models that this device can not use; the version that it had stays. */
  left: LeftOut[];
  failure?: ModelFailure;
}

/**
 * Look for a newer release and bring it in: verified, tried out, all at once. Never rejects: on
 * any failure what was active stays, and the reason is kept in the registry and returned.
 *
 * One tab at a time does this; another one waits, and finds nothing left to do.
 */
export async function updateModels(options: UpdateOptions): Promise<UpdateResult> {
  const { registry, signal } = options;
  const controller = new AbortController();
  const stop = () => controller.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  let unsubscribe = () => {};
  try {
    const journal = await registry.journal.untilErased();
    unsubscribe = registry.subscribe(() => {
      // What cannot be read now is read at the next step.
      journal.isErased().then(
        (isErased) => isErased && stop(),
        () => undefined,
      );
    });
    return await inTurn({ ...options, signal: controller.signal }, journal);
  } catch (error) {
    return failed(unnoted(error), 0);
  } finally {
    unsubscribe();
    signal?.removeEventListener("abort", stop);
  }
}

/** Update alone, where the browser has Web Locks. */
async function inTurn(options: UpdateOptions, journal: DeliveryJournal): Promise<UpdateResult> {
  const locks = globalThis.navigator?.locks;
  const update = () => attempt(options, journal, locks !== undefined);
  if (!locks) return update();
  const { signal } = options;
  let granted = false;
  const run = () => {
    granted = true;
    return update();
  };
  try {
    return await locks.request(journal.lock, signal ? { signal } : {}, run);
  } catch (error) {
    if (granted) throw error;
    // Stopped while waiting: the update of another tab goes on.
    throw interrupted();
  }
}

async function attempt(
  options: UpdateOptions,
  journal: DeliveryJournal,
  alone: boolean,
): Promise<UpdateResult> {
  let sequence = 0;
  try {
    const seen = await journal.begin(Date.now(), alone);
    sequence = seen.sequence;
    return await new BringingIn(options, journal, seen).run();
  } catch (cause) {
    const error = DeliveryError.from(cause);
    try {
      // A full device is not to be kept full by files that nothing can be made of.
      if (error.code === "storage") await journal.dropDownloads();
      return failed(await journal.failed(error, Date.now()), sequence);
    } catch (other) {
      // Where nothing can be stored, or all was erased, the record is in the answer alone.
      const isErased = DeliveryError.from(other).code === "interrupted";
      return failed(unnoted(isErased ? other : error), sequence);
    }
  }
}

function unnoted(cause: unknown): ModelFailure {
  const { code, message } = DeliveryError.from(cause);
  return { at: Date.now(), times: 1, code, message, manifestSequence: null };
}

function failed(failure: ModelFailure, sequence: number): UpdateResult {
  return { outcome: "failed", sequence, activated: [], withdrawn: [], left: [], failure };
}
