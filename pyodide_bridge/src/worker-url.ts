/**
 * Where the bridge's worker is. The build replaces the constant by
 * `new URL("./worker.js", import.meta.url)`, the form that every bundler recognises and that
 * works unbundled; in the source it would make our own library build inline the worker.
 */
declare const __VOLTLIFT_WORKER_URL__: URL;

/** Make the bridge's own worker. */
export function createDefaultWorker(): Worker {
  return new Worker(__VOLTLIFT_WORKER_URL__, { type: "module" });
}
