/** Where sessions live: a worker of their own, which can be ended, or else this thread. */
import { type Remote, transfer, wrap } from "comlink";
import { EngineError, type EngineErrorCode, type ErrorDetails } from "../errors.js";
import { within } from "../watchdog.js";
import type { WorkerLike } from "../worker-session.js";
import { type SessionApi, Sessions } from "./sessions.js";

/** The answer of another thread: an error keeps its code on the way. */
export type RoomAnswer<T> =
  | { readonly ok: T }
  | {
      readonly error: {
        readonly code: EngineErrorCode;
        readonly message: string;
        readonly details: ErrorDetails;
      };
    };

/** `SessionApi` as a worker offers it. */
export type RoomApi = {
  [M in keyof SessionApi]: (
    ...args: Parameters<SessionApi[M]>
  ) => Promise<RoomAnswer<Awaited<ReturnType<SessionApi[M]>>>>;
};

/**
 * How long an answer may lie in the queue of this thread when the time is over: Python may have
 * kept the thread busy while it came.
 */
const QUEUED_MS = 100;

/** Sessions that live and end together. */
export class Room {
  readonly #sessions: SessionApi;
  readonly #terminate: () => void;
  readonly #over: Promise<never>;
  #end: (reason: EngineError) => void = () => undefined;
  #ended: EngineError | null = null;
  /** How many of its sessions are open or about to be. */
  users = 0;

  /** @param createWorker makes the worker; null: the sessions live on this thread. */
  constructor(createWorker: (() => WorkerLike) | null) {
    this.#over = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.#over.catch(() => undefined);
    if (!createWorker) {
      this.#sessions = new Sessions();
      this.#terminate = () => undefined;
      return;
    }
    const worker = createWorker();
    this.#sessions = inWorker(worker);
    this.#terminate = () => worker.terminate();
    worker.addEventListener("error", (event) => {
      // Heard here, it is no failure of the worker around this one, which is Python's.
      event.preventDefault();
      const { message } = event as ErrorEvent;
      this.end(failure(`the worker of the runtimes ${message ? `failed: ${message}` : "failed"}`));
    });
    worker.addEventListener("messageerror", () => {
      this.end(failure("an answer of the runtimes could not be read"));
    });
  }

  get ended(): boolean {
    return this.#ended !== null;
  }

  /**
   * Ask the sessions; ends the room where they do not answer in time or are of no use any more.
   *
   * @throws {EngineError} theirs, or `inference` where the room has ended.
   */
  async ask<T>(ask: (sessions: SessionApi) => Promise<T>, limitMs: number): Promise<T> {
    if (this.#ended) throw this.#ended;
    const answer = Promise.race([ask(this.#sessions).then((value) => ({ value })), this.#over]);
    answer.catch(() => undefined); // It may fail when nobody waits for it any more.
    try {
      const found =
        (await within(answer, limitMs, null)) ?? (await within(answer, QUEUED_MS, null));
      if (found) return found.value;
    } catch (cause) {
      const error = EngineError.from(cause, "inference");
      if (error.details.reason === "unusable") this.end(error);
      throw error;
    }
    const late = failure(`the runtime gave no answer within ${limitMs} ms`);
    this.end(late);
    throw late;
  }

  /** End all its sessions; whoever asks or waits is told the reason. */
  end(reason: EngineError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#end(reason);
    this.#terminate();
  }
}

function failure(message: string): EngineError {
  return new EngineError("inference", message);
}

function inWorker(worker: WorkerLike): SessionApi {
  // Comlink asks for an endpoint of which it uses exactly these parts.
  const api: Remote<RoomApi> = wrap<RoomApi>(worker as Worker);
  return {
    open: async (file, sizes, data, inferenceUrl) =>
      opened(await api.open(file, sizes, transfer(data, [data.buffer]), inferenceUrl)),
    run: async (id, shapes, data) =>
      opened(await api.run(id, shapes, transfer(data, [data.buffer]))),
    dispose: async (id) => opened(await api.dispose(id)),
  };
}

function opened<T>(answer: RoomAnswer<T>): T {
  if ("ok" in answer) return answer.ok;
  const { code, message, details } = answer.error;
  throw new EngineError(code, message, details);
}
