/** The sessions of one thread: shared where their bytes are the same, warmed, counted. */
import { EngineError } from "../errors.js";
import { sha256 } from "../models/hashing.js";
import { checkFeeds, zeros } from "./feeds.js";
import { packTensors, unpackFiles, unpackTensors } from "./packing.js";
import { openSession } from "./runtimes.js";
import type {
  FileSize,
  NamedShape,
  OpenedSession,
  PackedTensors,
  RuntimeSession,
} from "./types.js";

interface Model {
  readonly key: string;
  readonly session: Promise<RuntimeSession>;
  users: number;
}

/** What a thread offers: the one that asks, or a worker of its own. */
export interface SessionApi {
  open(
    file: string,
    sizes: readonly FileSize[],
    data: Uint8Array<ArrayBuffer>,
    inferenceUrl: string,
  ): Promise<OpenedSession>;
  run(
    id: string,
    shapes: readonly NamedShape[],
    data: Uint8Array<ArrayBuffer>,
  ): Promise<PackedTensors>;
  dispose(id: string): Promise<void>;
}

export class Sessions implements SessionApi {
  readonly #models = new Map<string, Model>();
  readonly #open = new Map<string, Model>();
  #count = 0;

  async open(
    file: string,
    sizes: readonly FileSize[],
    data: Uint8Array<ArrayBuffer>,
    inferenceUrl: string,
  ): Promise<OpenedSession> {
    const files = unpackFiles(sizes, data);
    const key = JSON.stringify([file, sizes, await sha256(data)]);
    let model = this.#models.get(key);
    if (!model) {
      const session = openSession(file, files, inferenceUrl).then(warmed);
      model = { key, session, users: 0 };
      this.#models.set(key, model);
    }
    model.users += 1;
    let session: RuntimeSession;
    try {
      session = await model.session;
    } catch (error) {
      this.#forget(model);
      throw error;
    }
    const id = String(++this.#count);
    this.#open.set(id, model);
    const inputs = session.inputs.map(({ name }) => name);
    return { id, runtime: session.runtime, inputs, outputs: session.outputs };
  }

  async run(
    id: string,
    shapes: readonly NamedShape[],
    data: Uint8Array<ArrayBuffer>,
  ): Promise<PackedTensors> {
    const session = await this.#open.get(id)?.session;
    if (!session) throw new EngineError("inference", "the session has been disposed of");
    const feeds = unpackTensors(shapes, data);
    checkFeeds(session.inputs, feeds);
    return packTensors(await guarded(() => session.run(feeds)));
  }

  async dispose(id: string): Promise<void> {
    const model = this.#open.get(id);
    if (!model) return;
    this.#open.delete(id);
    model.users -= 1;
    if (model.users > 0) return;
    this.#forget(model);
    await (await model.session).dispose();
  }

  /** Another one may have been opened in its place. */
  #forget(model: Model): void {
    if (this.#models.get(model.key) === model) this.#models.delete(model.key);
  }
}

/** The session, when it has answered once. */
async function warmed(session: RuntimeSession): Promise<RuntimeSession> {
  try {
    await guarded(() => session.run(zeros(session.inputs)));
    return session;
  } catch (error) {
    await session.dispose().catch(() => undefined);
    throw error;
  }
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const { message } = EngineError.from(cause);
    // After a trap the memory of WebAssembly is in no state that one could go on with.
    const trapped = cause instanceof WebAssembly.RuntimeError;
    const details = trapped ? { reason: "unusable" } : {};
    throw new EngineError("inference", `the runtime failed: ${message}`, details, { cause });
  }
}
