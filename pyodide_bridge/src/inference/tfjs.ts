/** Sessions of TensorFlow.js: layers models, plain JavaScript. A chunk of its own, on demand. */
import "@tensorflow/tfjs-backend-cpu";
import { io, ready, setBackend, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { EngineError } from "../errors.js";
import type { FloatTensor, ModelFiles, RuntimeSession, TensorSpec, Tensors } from "./types.js";

/**
 * Open a layers model: `model.json`, with the weights that it names beside it.
 *
 * @throws {EngineError} `corrupt_data` where it is no model or weights are missing, `inference`
 * where the runtime cannot be had.
 */
export async function openLayers(file: string, files: ModelFiles): Promise<RuntimeSession> {
  if (!(await setBackend("cpu"))) {
    throw new EngineError("inference", "TensorFlow.js could not be started", {
      reason: "unusable",
    });
  }
  await ready();
  try {
    const model = await loadLayersModel(io.fromMemory(await artefacts(file, files)));
    return new LayersSession(model);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const { message } = EngineError.from(cause);
    throw new EngineError("corrupt_data", `no model: ${message}`, { path: file }, { cause });
  }
}

/** The model as one object, all its weights as one run of bytes. */
function artefacts(file: string, files: ModelFiles): Promise<io.ModelArtifacts> {
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const model = JSON.parse(new TextDecoder().decode(part(file, files))) as io.ModelJSON;
  if (!model.modelTopology) {
    throw new EngineError("corrupt_data", "no model: it has no layers", { path: file });
  }
  return io.getModelArtifactsForJSON(model, async (groups) => {
    const paths = groups.flatMap((group) => group.paths);
    const shards = paths.map((path) => part(folder + path, files));
    const weights = new Blob(shards).arrayBuffer();
    return [groups.flatMap((group) => group.weights), await weights];
  });
}

function part(name: string, files: ModelFiles): Uint8Array<ArrayBuffer> {
  const bytes = files.get(name);
  if (bytes) return bytes;
  throw new EngineError("corrupt_data", "a file of the model is missing", {
    path: name,
    received: [...files.keys()].join(", ") || "no file",
  });
}

class LayersSession implements RuntimeSession {
  readonly runtime = "tensorflow.js";
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly string[];

  constructor(readonly model: LayersModel) {
    // A sequential model does not fill in its own lists of names.
    this.inputs = model.inputs.map(({ sourceLayer, shape }) => ({ name: sourceLayer.name, shape }));
    this.outputs = model.outputs.map(({ sourceLayer }) => sourceLayer.name);
  }

  async run(feeds: Tensors): Promise<Tensors> {
    const found = tidy(() => {
      const given = this.inputs.flatMap(({ name }) => {
        const feed = feeds.get(name);
        return feed ? [tensor(feed.data, [...feed.shape], "float32")] : [];
      });
      return [this.model.predict(given)].flat();
    });
    try {
      return new Map(await Promise.all(this.outputs.map((name, i) => answer(name, found[i]))));
    } finally {
      for (const each of found) each.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.model.dispose();
  }
}

async function answer(name: string, found: Tensor | undefined): Promise<[string, FloatTensor]> {
  if (!found) throw new Error(`the model gave no ${name}`);
  return [name, { data: new Float32Array(await found.data()), shape: found.shape }];
}
