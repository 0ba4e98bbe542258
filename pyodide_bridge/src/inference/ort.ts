/** Sessions of ONNX Runtime Web: WebAssembly, one thread. A chunk of its own, loaded on demand. */
import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { EngineError } from "../errors.js";
import { ortAddresses } from "./assets.js";
import type { FloatTensor, ModelFiles, RuntimeSession, TensorSpec, Tensors } from "./types.js";

/** What ONNX Runtime says of an axis without a length: its -1 as an unsigned number. */
const ANY_LENGTH = 0xffff_ffff;

/**
 * Open an ONNX model.
 *
 * @throws {EngineError} `corrupt_data` where it is no model, `not_available` where it takes other
 * tensors than floats, `inference` where the runtime cannot be had.
 */
export async function openOnnx(
  file: string,
  files: ModelFiles,
  inferenceUrl: string,
): Promise<RuntimeSession> {
  const bytes = files.get(file);
  if (!bytes) throw new EngineError("corrupt_data", "the file is missing", { path: file });
  // Threads would need cross-origin isolation, and cost more than they gain for models this small.
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = ortAddresses(inferenceUrl);
  const session = await create(file, bytes);
  const inputs = session.inputMetadata.map((input) => tensorSpec(file, input));
  return new OnnxSession(session, inputs);
}

async function create(file: string, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ["wasm"],
      logSeverityLevel: 3,
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // It names the step at which it gave up; a runtime that did not start never will on this thread.
    if (/no available backend|initializeWebAssembly/.test(message)) {
      throw new EngineError(
        "inference",
        `ONNX Runtime could not be started: ${message}`,
        { reason: "unusable", remedy: "Check that the files of inference/ are served" },
        { cause },
      );
    }
    if (!message.startsWith("Can't create a session")) throw cause;
    throw new EngineError("corrupt_data", `no model: ${message}`, { path: file }, { cause });
  }
}

function tensorSpec(file: string, input: InferenceSession.ValueMetadata): TensorSpec {
  const { name } = input;
  if (!input.isTensor || input.type !== "float32") {
    throw new EngineError("not_available", "the model takes other tensors than floats", {
      path: `${file}: ${name}`,
      expected: "float32",
      received: input.isTensor ? input.type : "no tensor",
    });
  }
  const fixed = (length: number | string) => typeof length === "number" && length < ANY_LENGTH;
  return { name, shape: input.shape.map((length) => (fixed(length) ? Number(length) : null)) };
}

class OnnxSession implements RuntimeSession {
  readonly runtime = "onnxruntime-web";
  readonly outputs: readonly string[];

  constructor(
    readonly session: InferenceSession,
    readonly inputs: readonly TensorSpec[],
  ) {
    this.outputs = session.outputNames;
  }

  async run(feeds: Tensors): Promise<Tensors> {
    const given = [...feeds].map(([name, { data, shape }]) => {
      return [name, new Tensor("float32", data, shape)] as const;
    });
    const found = await this.session.run(Object.fromEntries(given));
    const answers = new Map<string, FloatTensor>();
    for (const name of this.outputs) {
      const answer = found[name];
      if (answer) answers.set(name, { data: floats(answer.data), shape: answer.dims });
    }
    return answers;
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

/** A tree model gives labels as well, as 64-bit integers. */
function floats(data: Tensor["data"]): Float32Array<ArrayBuffer> {
  // Copied out of WebAssembly's memory already, and never shared with other threads.
  if (data instanceof Float32Array) return data as Float32Array<ArrayBuffer>;
  return Float32Array.from(data as ArrayLike<number>, Number);
}
