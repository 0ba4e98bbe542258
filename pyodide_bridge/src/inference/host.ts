/**
 * The runtimes beside Python: ONNX Runtime Web and TensorFlow.js. They run in a worker of the
 * engine's worker, so that one that hangs or crashes can be ended without losing Python.
 */
import { EngineError } from "../errors.js";
import type { WorkerLike } from "../worker-session.js";
import { ownBytes } from "./packing.js";
import { Room } from "./rooms.js";
import type { FileSize, NamedShape, OpenedSession, PackedTensors } from "./types.js";
import { createInferenceWorker } from "./worker-url.js";

export interface InferenceHostOptions {
  /** Absolute address of the folder with the files of ONNX Runtime, with a slash at the end. */
  inferenceUrl: string;
  /** How to make the worker; null: no worker. Default: ours, where this thread can make one. */
  createWorker?: (() => WorkerLike) | null;
  /** How long opening may take, what is fetched for it included. Default 15 s. */
  openTimeoutMs?: number;
  /** How long an answer may take. Default 1 s. */
  runTimeoutMs?: number;
  /** How long the worker outlives its last session. Default 10 s. */
  idleMs?: number;
}

/** Opens models and asks them; every method rejects with an `EngineError`. */
export interface InferenceHost {
  /**
   * Open a model that has answered once; the same bytes are opened once only.
   *
   * @throws {EngineError} `not_available`, `corrupt_data`, `inference`
   */
  open(file: string, sizes: readonly FileSize[], data: Uint8Array): Promise<OpenedSession>;
  /** @throws {EngineError} `invalid_request`, `inference` */
  run(id: string, shapes: readonly NamedShape[], data: Uint8Array): Promise<PackedTensors>;
  /** Free a session; a second time does nothing. */
  dispose(id: string): Promise<void>;
  /** End all sessions. */
  end(): void;
}

interface Lodger {
  readonly room: Room;
  readonly id: string;
}

/** Make a host; it costs nothing until the first model is opened. */
export function createInferenceHost(options: InferenceHostOptions): InferenceHost {
  return new Host(options);
}

/**
 * Not in Node, nor in browsers whose workers cannot make workers. ONNX Runtime gives Node a global
 * `Worker`, which is that of its threads.
 */
function canMakeWorkers(): boolean {
  return typeof Worker !== "undefined" && Worker.prototype instanceof EventTarget;
}

class Host implements InferenceHost {
  readonly #inferenceUrl: string;
  readonly #createWorker: (() => WorkerLike) | null;
  readonly #openTimeoutMs: number;
  readonly #runTimeoutMs: number;
  readonly #idleMs: number;
  readonly #sessions = new Map<string, Lodger>();
  #room: Room | null = null;
  #count = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(options: InferenceHostOptions) {
    const own = canMakeWorkers() ? createInferenceWorker : null;
    this.#inferenceUrl = options.inferenceUrl;
    this.#createWorker = options.createWorker === undefined ? own : options.createWorker;
    this.#openTimeoutMs = options.openTimeoutMs ?? 15_000;
    this.#runTimeoutMs = options.runTimeoutMs ?? 1_000;
    this.#idleMs = options.idleMs ?? 10_000;
  }

  async open(file: string, sizes: readonly FileSize[], data: Uint8Array): Promise<OpenedSession> {
    clearTimeout(this.#idle);
    const bytes = ownBytes(data);
    const room = this.#enter();
    room.users += 1;
    try {
      const found = await room.ask(
        (sessions) => sessions.open(file, sizes, bytes, this.#inferenceUrl),
        this.#openTimeoutMs,
      );
      const id = String(++this.#count);
      this.#sessions.set(id, { room, id: found.id });
      return { ...found, id };
    } catch (error) {
      this.#leave(room);
      throw error;
    }
  }

  async run(id: string, shapes: readonly NamedShape[], data: Uint8Array): Promise<PackedTensors> {
    const found = this.#sessions.get(id);
    if (!found) throw new EngineError("inference", "the session has been disposed of");
    const bytes = ownBytes(data);
    return found.room.ask((sessions) => sessions.run(found.id, shapes, bytes), this.#runTimeoutMs);
  }

  async dispose(id: string): Promise<void> {
    const found = this.#sessions.get(id);
    if (!found) return;
    this.#sessions.delete(id);
    const { room } = found;
    try {
      if (!room.ended) await room.ask((s) => s.dispose(found.id), this.#runTimeoutMs);
    } catch {
      // What could not be freed one by one is freed with its worker.
    } finally {
      this.#leave(room);
    }
  }

  end(): void {
    clearTimeout(this.#idle);
    this.#room?.end(new EngineError("inference", "the runtimes have been ended"));
    this.#room = null;
  }

  #enter(): Room {
    if (this.#room && !this.#room.ended) return this.#room;
    try {
      this.#room = new Room(this.#createWorker);
      return this.#room;
    } catch (cause) {
      throw EngineError.from(cause, "inference");
    }
  }

  /** Models are tried and opened one after the other: the worker stays for the next one. */
  #leave(room: Room): void {
    room.users -= 1;
    if (room.users > 0 || room !== this.#room) return;
    this.#idle = setTimeout(() => this.end(), this.#idleMs);
    // Node would wait for it before it exits.
    if (typeof this.#idle === "object") this.#idle.unref();
  }
}
