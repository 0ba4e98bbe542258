/** The engine on this thread, behind the same interface: for tests, scripts and Node. */
import type { BootState, CallOptions, EngineClient } from "./client.js";
import type { MethodName, Methods } from "./contract/contract.js";
import { EngineError } from "./errors.js";
import { pendingCall } from "./pending-call.js";
import { Cell } from "./readable.js";
import type { FeatureStore, LogStore } from "./storage/types.js";
import { within } from "./watchdog.js";
import { decodeAnswer, decodeDescription, encodeRequest } from "./wire.js";
import { type EngineHost, startEngine } from "./worker/start.js";

export type { EngineHost } from "./worker/start.js";

export interface InProcessOptions {
  /** Folder of the runtime assets; a `file:` address in Node. */
  runtimeUrl: string | URL;
  /** How assets are fetched; needed in Node, whose `fetch` reads no files. */
  fetchAsset?: (url: URL) => Promise<Response>;
  /** Stores to use; derived data is kept in memory where none is given. */
  features?: FeatureStore;
  log?: LogStore;
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
  let turn: Promise<unknown> = Promise.resolve();
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
      }));
  const start = () => {
    const starting = begin(({ phase, done, total }) =>
      set({ phase, progress: total > 0 ? done / total : null }),
    );
    engine = starting;
    starting.then(
      (host) => {
        if (engine !== starting || disposed) return;
        const described = decodeDescription(host.describe());
        const generation = boot.get().generation + 1;
        set({ phase: "ready", progress: 1, engine: described, error: null, generation });
      },
      (cause) => {
        const error = EngineError.from(cause, "boot_failed");
        if (engine === starting) set({ phase: "failed", progress: null, engine: null, error });
      },
    );
  };
  start();

  return {
    boot,
    async call<M extends MethodName>(
      method: M,
      request: Methods[M]["request"],
      { timeoutMs = options.timeoutMs ?? 0, ...rest }: CallOptions = {},
    ): Promise<Methods[M]["response"]> {
      const [wire, json] = encodeRequest(method, request);
      const { call, answer } = pendingCall(wire, json, { timeoutMs, ...rest });
      if (disposed) call.reject(new EngineError("aborted", "the client was disposed"));
      // One request at a time, in order, as in the worker.
      turn = turn.then(async () => {
        if (call.done) return;
        try {
          const host = await engine;
          const answering = host.call(wire, json, call.bytes);
          const text = timeoutMs > 0 ? await within(answering, timeoutMs, null) : await answering;
          if (text !== null) call.resolve(text);
          else call.reject(new EngineError("timeout", `no answer within ${timeoutMs} ms`));
        } catch (error) {
          call.reject(EngineError.from(error, "boot_failed"));
        }
      });
      return decodeAnswer(await answer);
    },
    restart() {
      if (disposed) return;
      set({ phase: "restarting", progress: null, engine: null, error: null });
      start();
    },
    dispose() {
      disposed = true;
    },
  };
}
