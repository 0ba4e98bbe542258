/** The engine in a worker, with a watchdog: it lives on the page, since a worker that spins
 * cannot time itself out. */
import type { BootState, CallOptions, EngineClient } from "./client.js";
import type { MethodName, Methods } from "./contract/contract.js";
import { disposedError, EngineError } from "./errors.js";
import { besideRuntime, folderAddress } from "./inference/assets.js";
import { type PendingCall, pendingCall } from "./pending-call.js";
import type { BootOptions, BootProgress, CallProgress } from "./protocol.js";
import { Cell, type Readable } from "./readable.js";
import { Watchdog, within } from "./watchdog.js";
import { decodeAnswer, encodeRequest } from "./wire.js";
import { type WorkerLike, WorkerSession } from "./worker-session.js";
import { createDefaultWorker } from "./worker-url.js";

export interface WorkerClientOptions {
  /** Folder of the runtime assets (`runtime.json` …), relative to the page; same origin. */
  runtimeUrl: string | URL;
  /** Folder with the files of ONNX Runtime; same origin. Default: `inference/` beside `runtimeUrl`. */
  inferenceUrl?: string | URL;
  /** Keep derived data in IndexedDB. Default true. */
  persist?: boolean;
  /** The log lives in our own `LogStore`, so the engine may rebuild from it. Default false. */
  ownLog?: boolean;
  /** How long the engine may work on one request. Default 30 s. */
  timeoutMs?: number;
  /** Longest silence between two reports of progress while booting. Default 60 s. */
  bootTimeoutMs?: number;
  /** How long a late worker has to answer a ping. Default 3 s. */
  pingTimeoutMs?: number;
  /** Failures within a minute that are answered with a new worker. Default 3. */
  maxRestarts?: number;
  /** Pauses before the first, second … of these restarts. Default 0, 0.5 s, 2 s. */
  restartPausesMs?: readonly number[];
  /**
   * Begin loading once this has settled. Default: at once. Starting Python keeps both cores of
   * a phone busy, so a page that has something to show may paint it first.
   */
  startAfter?: Promise<unknown>;
  /** How to make the worker; default is the bridge's own `worker.js`. */
  createWorker?: () => WorkerLike;
}

const RESTART_WINDOW_MS = 60_000;
const MOST_ATTEMPTS = 2;

/** Start the engine in a worker and return its client. */
export function createWorkerClient(options: WorkerClientOptions): EngineClient {
  return new WorkerClient(options);
}

class WorkerClient implements EngineClient {
  readonly #boot = new Cell<BootState>({
    phase: "starting",
    progress: null,
    engine: null,
    error: null,
    generation: 0,
  });
  readonly #bootOptions: BootOptions;
  readonly #createWorker: () => WorkerLike;
  readonly #timeoutMs: number;
  readonly #bootTimeoutMs: number;
  readonly #pingTimeoutMs: number;
  readonly #maxRestarts: number;
  readonly #pausesMs: readonly number[];
  #session: WorkerSession | null = null;
  #queue: PendingCall[] = [];
  #current: PendingCall | null = null;
  /** Long requests on their way, in the order in which they were sent. */
  readonly #beside = new Set<PendingCall>();
  #failures: number[] = [];
  #watchdog: Watchdog | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(options: WorkerClientOptions) {
    const runtimeUrl = folderAddress(options.runtimeUrl);
    const { inferenceUrl } = options;
    this.#bootOptions = {
      runtimeUrl,
      inferenceUrl: inferenceUrl ? folderAddress(inferenceUrl) : besideRuntime(runtimeUrl),
      persist: options.persist ?? true,
      ownLog: options.ownLog ?? false,
    };
    this.#createWorker = options.createWorker ?? createDefaultWorker;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#bootTimeoutMs = options.bootTimeoutMs ?? 60_000;
    this.#pingTimeoutMs = options.pingTimeoutMs ?? 3_000;
    this.#maxRestarts = options.maxRestarts ?? 3;
    this.#pausesMs = options.restartPausesMs ?? [0, 500, 2_000];
    if (options.startAfter) options.startAfter.finally(() => this.#start()).catch(() => undefined);
    else this.#start();
  }

  get boot(): Readable<BootState> {
    return this.#boot;
  }

  async call<M extends MethodName>(
    method: M,
    request: Methods[M]["request"],
    options: CallOptions = {},
  ): Promise<Methods[M]["response"]> {
    const encoded = encodeRequest(method, request);
    const { call, answer } = pendingCall(encoded, { timeoutMs: this.#timeoutMs, ...options });
    if (this.#disposed) call.reject(disposedError());
    else if (this.#boot.get().phase === "failed") call.reject(this.#failure());
    else this.#queue.push(call);
    this.#sendNext();
    return decodeAnswer(await answer);
  }

  restart(): void {
    if (this.#disposed) return;
    this.#failures = [];
    this.#endSession();
    this.#requeueSent(new EngineError("worker_crashed", "the engine was restarted"));
    this.#set({ phase: "restarting", progress: null, engine: null, error: null });
    this.#start();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#endSession();
    this.#rejectAll(disposedError());
  }

  #set(change: Partial<BootState>): void {
    this.#boot.set({ ...this.#boot.get(), ...change });
  }

  #start(): void {
    if (this.#disposed || this.#session) return; // A listener was faster.
    let session: WorkerSession;
    try {
      session = new WorkerSession(this.#createWorker(), (error) => {
        if (this.#session === session) this.#onFailure(error);
      });
    } catch (error) {
      this.#onFailure(EngineError.from(error, "boot_failed"));
      return;
    }
    this.#session = session;
    const alive = () => this.#session === session;
    const watchdog = new Watchdog(this.#bootTimeoutMs, () => {
      const text = `no progress of the boot for ${this.#bootTimeoutMs} ms`;
      if (alive()) this.#onFailure(new EngineError("boot_failed", text));
    });
    this.#watchdog = watchdog;
    const onProgress = ({ phase, done, total }: BootProgress) => {
      const state = this.#boot.get();
      if (!alive() || state.phase === "ready") return;
      watchdog.feed();
      const progress = total > 0 ? Math.min(done / total, 1) : null;
      if (phase !== state.phase || progress !== state.progress) this.#set({ phase, progress });
    };
    session.boot(this.#bootOptions, onProgress).then(
      (engine) => {
        if (!alive()) return;
        watchdog.stop();
        const generation = this.#boot.get().generation + 1;
        this.#set({ phase: "ready", progress: 1, engine, error: null, generation });
        this.#sendNext();
      },
      (error) => alive() && this.#onFailure(EngineError.from(error, "boot_failed")),
    );
  }

  /**
   * One request at a time, so that a short timeout never counts the work of another one; a long
   * one, when its turn has come, goes on beside those that follow.
   */
  #sendNext(): void {
    const session = this.#session;
    if (!session || this.#boot.get().phase !== "ready") return;
    while (!this.#current) {
      const call = this.#queue.shift();
      if (!call) return;
      if (call.done) continue;
      if (call.isLong) this.#beside.add(call);
      else this.#current = call;
      void this.#send(session, call);
    }
  }

  async #send(session: WorkerSession, call: PendingCall): Promise<void> {
    call.attempts += 1;
    const alive = () => this.#session === session;
    const giveUp = () => void session.abort(call.id).catch(() => undefined);
    call.signal?.addEventListener("abort", giveUp);
    let signOfLife = () => {};
    const onProgress = (progress: CallProgress) => {
      signOfLife();
      call.onProgress?.(progress);
    };
    try {
      const listener = call.onProgress && onProgress;
      const answer = session.call(call.id, call.wire, call.json, call.bytes, listener);
      answer.catch(() => undefined); // A late failure of a request that was given up.
      const listen = (sign: () => void) => {
        signOfLife = sign;
      };
      // An answer that comes while we ask for a sign of life is an answer.
      const outcome =
        (await within(answer, call.timeoutMs, null, listen)) ??
        (await within(Promise.race([answer, session.ping()]), this.#pingTimeoutMs, null));
      if (!alive()) return;
      if (outcome === null) {
        this.#onFailure(new EngineError("timeout", "the engine hangs"));
        return;
      }
      if (outcome !== true) call.resolve(outcome);
      else {
        giveUp();
        call.reject(new EngineError("timeout", `no answer within ${call.timeoutMs} ms`));
      }
    } catch (cause) {
      // The engine answers its own failures; an exception is Python itself giving up.
      const { message } = EngineError.from(cause);
      if (alive()) this.#onFailure(new EngineError("worker_crashed", message, {}, { cause }));
      return;
    } finally {
      call.signal?.removeEventListener("abort", giveUp);
    }
    if (!this.#beside.delete(call)) this.#current = null;
    this.#sendNext();
  }

  /** A worker died, hangs or did not boot: start another one, unless that keeps happening. */
  #onFailure(error: EngineError): void {
    if (this.#disposed) return;
    this.#endSession();
    this.#requeueSent(error);
    const now = Date.now();
    this.#failures = this.#failures.filter((time) => now - time < RESTART_WINDOW_MS);
    this.#failures.push(now);
    // Told last: who listens may restart or dispose at once.
    if (this.#failures.length > this.#maxRestarts) {
      const failure = withRemedy(error);
      this.#rejectAll(failure);
      this.#set({ phase: "failed", progress: null, engine: null, error: failure });
      return;
    }
    const pause = this.#pausesMs[this.#failures.length - 1] ?? this.#pausesMs.at(-1) ?? 0;
    this.#pause = setTimeout(() => this.#start(), pause);
    this.#set({ phase: "restarting", progress: null, engine: null, error });
  }

  /** What was on its way waits for the next worker: long requests behind the one that is short. */
  #requeueSent(error: EngineError): void {
    const open = this.#takeSent().filter((call) => !call.done);
    const isLast = (call: PendingCall) => call.attempts >= MOST_ATTEMPTS;
    this.#queue.unshift(...open.filter((call) => !isLast(call)));
    for (const call of open.filter(isLast)) call.reject(error);
  }

  #takeSent(): PendingCall[] {
    const sent = [...(this.#current ? [this.#current] : []), ...this.#beside];
    this.#current = null;
    this.#beside.clear();
    return sent;
  }

  #endSession(): void {
    clearTimeout(this.#pause);
    this.#watchdog?.stop();
    this.#session?.end();
    this.#session = null;
  }

  #rejectAll(error: EngineError): void {
    const calls = [...this.#takeSent(), ...this.#queue];
    this.#queue = [];
    for (const call of calls) call.reject(error);
  }

  #failure(): EngineError {
    return this.#boot.get().error ?? new EngineError("boot_failed", "the engine is not running");
  }
}

function withRemedy(error: EngineError): EngineError {
  const remedy = "Reload the page, or try again later; what you log is kept.";
  return new EngineError(error.code, error.message, { remedy, ...error.details }, { cause: error });
}
