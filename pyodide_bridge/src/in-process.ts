/** The engine on this thread, behind the same interface: for tests, scripts and Node. */
import type { BootState, CallOptions, EngineClient } from "./client.js";
import type { MethodName, Methods } from "./contract/contract.js";
import { disposedError, EngineError } from "./errors.js";
import { besideRuntime } from "./inference/assets.js";
import { createInferenceHost, type InferenceHost } from "./inference/host.js";
import type { ModelRegistry } from "./models/types.js";
import { type PendingCall, pendingCall } from "./pending-call.js";
import { Cell } from "./readable.js";
import type { FeatureStore, LogStore } from "./storage/types.js";
import { within } from "./watchdog.js";
import { decodeAnswer, decodeDescription, encodeRequest } from "./wire.js";
import { type EngineHost, startEngine } from "./worker/start.js";

export type { InferenceHost } from "./inference/host.js";
export type { EngineHost } from "./worker/start.js";

export interface InProcessOptions {
  /** Folder of the runtime assets; a `file:` address in Node. */
  runtimeUrl: string | URL;
  /** How assets are fetched; needed in Node, whose `fetch` reads no files. */
  fetchAsset?: (url: URL) => Promise<Response>;
  /** Stores to use; derived data is kept in memory where none is given. */
  features?: FeatureStore;
  log?: LogStore;
  /** Rule configurations and models; the bundled rules alone where missing. */
  models?: ModelRegistry;
  /** Runtimes of models; default are ours, on this thread in Node, from beside `runtimeUrl`. */
  inference?: InferenceHost;
  /** How long to wait for an answer; nothing can interrupt the engine here. Default: for ever. */
  timeoutMs?: number;
  /** How to start the engine; default is Pyodide from `runtimeUrl`. */
  start?: (onProgress: Parameters<typeof startEngine>[0]["onProgress"]) => Promise<EngineHost>;
}

/** Start the engine on this thread and return its client. */
export function createInProcessClient(options: InProcessOptions): EngineClient {
  const boot = new Cell<BootState>({
    phase: "starting",
    progress: null,
    engine: null,
    error: null,
    generation: 0,
  });
  const set = (change: Partial<BootState>) => boot.set({ ...boot.get(), ...change });
  let engine: Promise<EngineHost>;
  let attempts = 0;
  /** Resolves when this engine is replaced by another one. */
  let replaced: Promise<undefined>;
  let replace = () => {};
  let turn: Promise<unknown> = Promise.resolve();
  const open = new Set<PendingCall>();
  let disposed = false;

  const runtimeUrl = String(options.runtimeUrl).replace(/\/?$/, "/");
  const begin =
    options.start ??
    ((onProgress) =>
      startEngine({
        runtimeUrl,
        onProgress,
        fetchAsset: options.fetchAsset,
        features: options.features && Promise.resolve(options.features),
        log: options.log && Promise.resolve(options.log),
        models: options.models && Promise.resolve(options.models),
        inference:
          options.inference ?? createInferenceHost({ inferenceUrl: besideRuntime(runtimeUrl) }),
      }));
  const start = () => {
    replace();
    replaced = new Promise((resolve) => {
      replace = () => resolve(undefined);
    });
    const attempt = ++attempts;
    let over = false; // Parts of a boot that failed may still get on, and say so.
    const counts = () => !over && !disposed && attempt === attempts;
    engine = begin(({ phase, done, total }) => {
      if (counts()) set({ phase, progress: total > 0 ? done / total : null });
    });
    engine.then(
      (host) => {
        if (!counts()) return;
        over = true;
        const described = decodeDescription(host.describe());
        const generation = boot.get().generation + 1;
        set({ phase: "ready", progress: 1, engine: described, error: null, generation });
      },
      (cause) => {
        if (!counts()) return;
        over = true;
        const error = EngineError.from(cause, "boot_failed");
        set({ phase: "failed", progress: null, engine: null, error });
      },
    );
  };
  start();

  /** The answer of the engine that runs now; null where it takes too long. */
  const ask = async (call: PendingCall): Promise<string | null> => {
    const { wire, json, bytes, timeoutMs } = call;
    let signOfLife = () => {};
    const host = await engine.catch((cause) => {
      throw EngineError.from(cause, "boot_failed");
    });
    const onStep = (stage: string, done: number, total: number) => {
      signOfLife();
      call.onProgress?.({ stage, done, total });
      return !call.done;
    };
    const answer = host.call(wire, json, bytes, onStep).catch((cause) => {
      throw EngineError.from(cause, "worker_crashed");
    });
    const listen = (sign: () => void) => {
      signOfLife = sign;
    };
    return timeoutMs > 0 ? within(answer, timeoutMs, null, listen) : answer;
  };

  return {
    boot,
    async call<M extends MethodName>(
      method: M,
      request: Methods[M]["request"],
      { timeoutMs = options.timeoutMs ?? 0, ...rest }: CallOptions = {},
    ): Promise<Methods[M]["response"]> {
      const encoded = encodeRequest(method, request);
      const { call, answer } = pendingCall(encoded, { timeoutMs, ...rest });
      open.add(call);
      if (disposed) call.reject(disposedError());
      const ended = async () => {
        while (!call.done) {
          try {
            const text = await Promise.race([ask(call), replaced]);
            if (text === undefined) continue; // Ask the new engine.
            if (text !== null) call.resolve(text);
            else call.reject(new EngineError("timeout", `no answer within ${timeoutMs} ms`));
          } catch (error) {
            call.reject(EngineError.from(error));
          }
        }
      };
      // One request at a time, in order, and long ones beside them, as in the worker.
      turn = turn.then(() => {
        const end = ended();
        return call.isLong ? undefined : end;
      });
      return decodeAnswer(await answer.finally(() => open.delete(call)));
    },
    restart() {
      if (disposed) return;
      set({ phase: "restarting", progress: null, engine: null, error: null });
      start();
    },
    dispose() {
      disposed = true;
      replace();
      for (const call of open) call.reject(disposedError());
    },
  };
}
