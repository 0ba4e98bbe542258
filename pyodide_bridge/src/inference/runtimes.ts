/** The runtime for a file, by its name; each is loaded when it is first needed. */
import { EngineError } from "../errors.js";
import type { ModelFiles, RuntimeSession } from "./types.js";

/**
 * Open a model in the runtime that reads it.
 *
 * @throws {EngineError} `not_available` where none does; what the runtime throws.
 */
export async function openSession(
  file: string,
  files: ModelFiles,
  inferenceUrl: string,
): Promise<RuntimeSession> {
  if (file.endsWith(".onnx")) {
    const { openOnnx } = await loaded("ONNX Runtime", () => import("./ort.js"));
    return openOnnx(file, files, inferenceUrl);
  }
  if (file.endsWith("model.json")) {
    const { openLayers } = await loaded("TensorFlow.js", () => import("./tfjs.js"));
    return openLayers(file, files);
  }
  throw new EngineError("not_available", "no runtime reads this kind of file", {
    path: file,
    expected: "*.onnx or model.json",
  });
}

async function loaded<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const { message } = EngineError.from(cause);
    throw new EngineError(
      "inference",
      `${name} could not be loaded: ${message}`,
      // A module that failed to load stays failed for the life of a thread.
      { reason: "unusable", remedy: "Try again with a network" },
      { cause },
    );
  }
}
