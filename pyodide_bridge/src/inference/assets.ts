/** Where the files of ONNX Runtime are. TensorFlow.js has none: it is a chunk of our own build. */

/** Folder of each version, so that a page never mixes two of them, whatever is cached. */
export const ORT_FOLDER = "onnxruntime-web-1.30.0";

/** The plain build: one thread at our wish, no GPU, and nothing that evaluates text. */
export const ORT_SCRIPT = "ort-wasm-simd-threaded.mjs";
export const ORT_BINARY = "ort-wasm-simd-threaded.wasm";

/** The addresses of both. */
export function ortAddresses(inferenceUrl: string): { mjs: string; wasm: string } {
  const folder = new URL(`${ORT_FOLDER}/`, inferenceUrl);
  return { mjs: new URL(ORT_SCRIPT, folder).href, wasm: new URL(ORT_BINARY, folder).href };
}

/** An address with a slash at the end, absolute. */
export function folderAddress(address: string | URL): string {
  const base = typeof document === "undefined" ? import.meta.url : document.baseURI;
  return new URL(address, base).href.replace(/\/?$/, "/");
}

/** The folder of these files where nobody says otherwise: `inference/` beside the runtime. */
export function besideRuntime(runtimeUrl: string): string {
  return new URL("../inference/", runtimeUrl).href;
}
