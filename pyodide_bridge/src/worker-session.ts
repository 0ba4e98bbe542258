/** One life of a worker: started once, listened to, ended once. */
import { proxy, type Remote, releaseProxy, transfer, wrap } from "comlink";
import { EngineError } from "./errors.js";
import { watchLife } from "./life.js";
import type {
  BootOptions,
  BootProgress,
  CallProgress,
  EngineDescription,
  WorkerApi,
} from "./protocol.js";
import { decodeAnswer } from "./wire.js";

/** What is needed of a `Worker`. */
export type WorkerLike = Pick<
  Worker,
  "postMessage" | "addEventListener" | "removeEventListener" | "terminate"
>;

export class WorkerSession {
  readonly #worker: WorkerLike;
  readonly #api: Remote<WorkerApi>;
  readonly #end = new AbortController();
  #ended = false;

  /** `onDeath` is called at most once: when the worker fails by itself. */
  constructor(worker: WorkerLike, onDeath: (error: EngineError) => void) {
    this.#worker = worker;
    this.#api = wrap<WorkerApi>(worker);
    const die = (message: string, cause?: unknown) => {
      if (this.#ended) return;
      this.end();
      onDeath(new EngineError("worker_crashed", message, {}, { cause }));
    };
    worker.addEventListener("error", (event) => {
      const { message } = event as ErrorEvent;
      die(message || "the worker failed");
    });
    worker.addEventListener("messageerror", () => die("a message could not be read"));
    const ask = (lock: string) => this.#api.showLife(lock);
    void watchLife(ask, this.#end.signal, () => die("the worker ended without a word"));
  }

  async boot(
    options: BootOptions,
    onProgress: (progress: BootProgress) => void,
  ): Promise<EngineDescription> {
    const listener = (progress: BootProgress) => {
      if (!this.#ended) onProgress(progress);
    };
    return decodeAnswer(await this.#api.boot(options, proxy(listener)));
  }

  /**
   * Send a request under a number of its own; its file is copied first, so that a retry still has
   * it. An exception means that the engine is broken: its own failures are answers.
   */
  async call(
    id: number,
    wire: string,
    json: string,
    bytes?: ArrayBuffer,
    onProgress?: (progress: CallProgress) => void,
  ): Promise<string> {
    const copy = bytes?.slice(0);
    const file = copy && transfer(copy, [copy]);
    if (!onProgress) return this.#api.call(id, wire, json, file);
    return this.#api.call(id, wire, json, file, proxy(onProgress));
  }

  /** Give up a request; rejects where the worker lives no more. */
  async abort(id: number): Promise<void> {
    await this.#api.abort(id);
  }

  ping(): Promise<true> {
    return this.#api.ping();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#end.abort();
    this.#api[releaseProxy]();
    this.#worker.terminate();
  }
}
