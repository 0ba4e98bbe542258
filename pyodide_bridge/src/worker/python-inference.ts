/**
 * The runtimes as Python sees them, in the form of the stores: one JSON text each way and one
 * buffer with all files or tensors. The other side is `voltlift_bridge/javascript_inference.py`.
 */
import type { InferenceHost } from "../inference/host.js";
import type { FileSize, NamedShape } from "../inference/types.js";
import { type PythonStore, pythonStore, WithBytes } from "./python-stores.js";

/** The port `Inference`. */
export function pythonInference(host: InferenceHost): PythonStore {
  return pythonStore(
    {
      open: ([file, sizes]: [string, FileSize[]], data: Uint8Array) => host.open(file, sizes, data),
      run: async ([id, shapes]: [string, NamedShape[]], data: Uint8Array) => {
        const found = await host.run(id, shapes, data);
        return new WithBytes(found.shapes, found.data);
      },
      dispose: ([id]: [string]) => host.dispose(id),
    },
    "inference",
  );
}
