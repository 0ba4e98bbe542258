/** The worker: starts the engine once and passes requests on to it. */
import { expose } from "comlink";
import { EngineError } from "./errors.js";
import { createInferenceHost } from "./inference/host.js";
import { showLife } from "./life.js";
import { openModelRegistry } from "./models/registry.js";
import type { BootOptions, BootProgress, WorkerApi } from "./protocol.js";
import { openFeatureStore } from "./storage/feature-store.js";
import { openLogStore } from "./storage/log-store.js";
import { errorAnswer } from "./wire.js";
import { BootReport } from "./worker/boot-report.js";
import { watchDownloads } from "./worker/downloads.js";
import { type EngineHost, startEngine } from "./worker/start.js";

let engine: Promise<EngineHost> | null = null;
/** The requests that somebody waits for. */
const wanted = new Set<number>();

const api: WorkerApi = {
  async boot(options, onProgress) {
    try {
      engine ??= start(options, onProgress);
      return `{"ok":${(await engine).describe()}}`;
    } catch (error) {
      return errorAnswer(error, "boot_failed");
    }
  },
  async call(id, wire, json, bytes, onProgress) {
    if (!engine) return errorAnswer(new EngineError("not_ready", "the engine was not started"));
    wanted.add(id);
    try {
      // Not caught: the engine answers its own failures, so what is thrown is Python itself
      // giving up. It does not recover, and the page replaces this worker.
      return await (await engine).call(wire, json, bytes, (stage, done, total) => {
        onProgress?.({ stage, done, total });
        return wanted.has(id);
      });
    } finally {
      wanted.delete(id);
    }
  },
  async abort(id) {
    wanted.delete(id);
  },
  showLife: (lock) => showLife(lock),
  async ping() {
    return true;
  },
};

async function start(
  options: BootOptions,
  onProgress: (progress: BootProgress) => void,
): Promise<EngineHost> {
  const progress = new BootReport(onProgress);
  const { fetchAsset, stop } = watchDownloads(options.runtimeUrl, progress.downloaded);
  const unheard = unheardFailure();
  try {
    const started = startEngine({
      runtimeUrl: options.runtimeUrl,
      fetchAsset,
      onProgress: progress.entered,
      features: options.persist ? openFeatureStore() : undefined,
      log: options.ownLog ? openLogStore() : undefined,
      models: options.persist ? openModelRegistry() : undefined,
      inference: createInferenceHost({ inferenceUrl: options.inferenceUrl }),
    });
    return await Promise.race([started, unheard.promise]);
  } finally {
    unheard.stop();
    stop();
  }
}

/**
 * Rejects with the first rejection that nobody handles. Where its WebAssembly cannot be had,
 * Pyodide leaves that failure unheard and waits for ever; the boot is to fail at once instead.
 */
function unheardFailure(): { promise: Promise<never>; stop(): void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const listen = ({ reason }: PromiseRejectionEvent): void =>
      reject(EngineError.from(reason, "boot_failed"));
    addEventListener("unhandledrejection", listen);
    stop = () => removeEventListener("unhandledrejection", listen);
  });
  return { promise, stop };
}

expose(api);
