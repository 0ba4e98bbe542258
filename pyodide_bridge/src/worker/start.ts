/** Starts the engine: Python with its assets, our stores, the dispatcher. */
import type { PyodideInterface } from "pyodide";
import { bootRuntime } from "../../build/boot.mjs";
import { EngineError } from "../errors.js";
import type { InferenceHost } from "../inference/host.js";
import type { ModelRegistry } from "../models/types.js";
import type { BootProgress } from "../protocol.js";
import type { FeatureStore, LogStore } from "../storage/types.js";
import { decodeDescription } from "../wire.js";
import { pythonInference } from "./python-inference.js";
import {
  type PythonStore,
  pythonFeatureStore,
  pythonLogStore,
  pythonModelRegistry,
} from "./python-stores.js";

/** Told how far a long request is; returns whether to go on with it. */
export type OnStep = (stage: string, done: number, total: number) => boolean;

/** A running engine; the worker and the in-process client both talk to one. */
export interface EngineHost {
  /** Answer a request; never rejects for a failure of the engine's own. */
  call(wire: string, json: string, bytes?: ArrayBuffer, onStep?: OnStep): Promise<string>;
  /** Version, revision and workouts as JSON text. */
  describe(): string;
  /** Wait until derived data is stored. */
  settle(): Promise<void>;
}

export interface StartOptions {
  /** Absolute address of the runtime folder, with a slash at the end. */
  runtimeUrl: string;
  onProgress(progress: BootProgress): void;
  fetchAsset?: ((url: URL) => Promise<Response>) | undefined;
  /** Where derived data is kept; in memory where missing. */
  features?: Promise<FeatureStore> | undefined;
  /** The log to catch up with, where it is ours. */
  log?: Promise<LogStore> | undefined;
  /** Rule configurations and models; the bundled rules alone where missing. */
  models?: Promise<ModelRegistry> | undefined;
  /** Runtimes for models that are no arrays of our own; such models are left out where missing. */
  inference?: InferenceHost | undefined;
}

/** `voltlift_bridge.Dispatcher` as Pyodide hands it over. */
interface DispatcherClass {
  create: {
    callKwargs(options: {
      log_store?: PythonStore;
      feature_store?: PythonStore;
      model_registry?: PythonStore;
      inference?: PythonStore;
      on_progress: (stage: string, done: number, total: number) => void;
      utc_offset_minutes: number;
    }): Promise<EngineHost>;
  };
}

/** @throws {EngineError} `boot_failed`, or the engine's own code. */
export async function startEngine(options: StartOptions): Promise<EngineHost> {
  const { runtimeUrl, onProgress, fetchAsset, inference } = options;
  // Without a catch of their own, a failing boot would leave their failures unheard.
  const stores = Promise.all([options.log, options.features, options.models]);
  stores.catch(() => undefined);
  try {
    const { pyodide } = await bootRuntime({
      runtimeUrl,
      onProgress: ({ phase }) => onProgress({ phase, done: 0, total: 0 }),
      ...(fetchAsset ? { fetchAsset } : {}),
    });
    onProgress({ phase: "restoring", done: 0, total: 0 });
    const [log, features, models] = await stores;
    const host = await createDispatcher(pyodide, { log, features, models, inference, onProgress });
    leaveToStay(pyodide);
    return host;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError("boot_failed", lastLine(error), {}, { cause: error });
  }
}

/**
 * What the boot has made stays for good: Python's collector need not look through all of it each
 * time, which in WebAssembly takes tens of milliseconds in the middle of some request.
 */
function leaveToStay(pyodide: PyodideInterface): void {
  pyodide.runPython("import gc; gc.freeze()");
}

interface Stores {
  log?: LogStore | undefined;
  features?: FeatureStore | undefined;
  models?: ModelRegistry | undefined;
  inference?: InferenceHost | undefined;
  onProgress?: (progress: BootProgress) => void;
}

/**
 * Make an engine in a Python that is running already; each one is an engine of its own.
 * Stores that cannot be read cost what they hold, not the engine: it then starts empty, says
 * so in its notices, and the page sends it the log.
 */
export async function createDispatcher(
  pyodide: { pyimport(name: string): unknown },
  stores: Stores = {},
): Promise<EngineHost> {
  const { Dispatcher } = pyodide.pyimport("voltlift_bridge") as { Dispatcher: DispatcherClass };
  try {
    return await create(Dispatcher, stores);
  } catch (error) {
    if (!stores.log && !stores.features && !stores.models) throw error;
    const { inference } = stores;
    const host = await create(Dispatcher, { inference });
    const notices = [`stored data could not be used: ${lastLine(error)}`];
    return withNotices(host, notices);
  }
}

/** An engine that says more about its start than Python knows. */
function withNotices(host: EngineHost, notices: readonly string[]): EngineHost {
  return {
    call: (wire, json, bytes, onStep) => host.call(wire, json, bytes, onStep),
    settle: () => host.settle(),
    describe() {
      const described = decodeDescription(host.describe());
      return JSON.stringify({ ...described, notices: [...described.notices, ...notices] });
    },
  };
}

function create(
  dispatcher: DispatcherClass,
  { log, features, models, inference, onProgress }: Stores,
): Promise<EngineHost> {
  return dispatcher.create.callKwargs({
    // A log that is only in memory here is not the page's log: the engine must not follow it.
    ...(log?.durable ? { log_store: pythonLogStore(log) } : {}),
    ...(features ? { feature_store: pythonFeatureStore(features) } : {}),
    ...(models ? { model_registry: pythonModelRegistry(models) } : {}),
    ...(inference ? { inference: pythonInference(inference) } : {}),
    on_progress: (_stage, done, total) => onProgress?.({ phase: "restoring", done, total }),
    utc_offset_minutes: -new Date().getTimezoneOffset(),
  });
}

/** The message of an error: of a Python traceback the last line, which has the message. */
function lastLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split("\n").at(-1) ?? message;
}
