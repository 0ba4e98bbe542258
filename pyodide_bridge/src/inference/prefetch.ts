/** Fetches what a model's runtime needs before the engine is asked to open it. */
import { EngineError } from "../errors.js";
import { besideRuntime, folderAddress, ortAddresses } from "./assets.js";

export interface PrefetchOptions {
  /** Where the files of ONNX Runtime are, relative to the page. Default: beside `runtimeUrl`. */
  inferenceUrl?: string | URL;
  /** Folder of the runtime assets, relative to the page. */
  runtimeUrl: string | URL;
  /** Names of the files that are to be opened. */
  files: readonly string[];
  /** Told how many bytes are there; their number is not known before. */
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
}

/**
 * Bring what the runtimes of these files need into the caches of the browser.
 *
 * Opening a model fetches it as well, but inside of a request, while all other requests to the
 * engine wait. TensorFlow.js is small and part of the build: nothing is fetched for it.
 *
 * @throws {EngineError} `inference` where a file cannot be had.
 */
export async function prefetchInference(options: PrefetchOptions): Promise<void> {
  const { files, onProgress, signal, inferenceUrl, runtimeUrl } = options;
  if (!files.some((file) => file.endsWith(".onnx"))) return;
  let bytes = 0;
  const fetchOne = async (address: string) => {
    const response = await fetch(address, signal ? { signal } : {});
    if (!response.ok) throw new Error(`${address}: HTTP status ${response.status}`);
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      bytes += part.value.byteLength;
      onProgress?.(bytes);
    }
  };
  const folder = inferenceUrl
    ? folderAddress(inferenceUrl)
    : besideRuntime(folderAddress(runtimeUrl));
  try {
    await Promise.all(Object.values(ortAddresses(folder)).map(fetchOne));
  } catch (error) {
    throw EngineError.from(error, "inference");
  }
}
