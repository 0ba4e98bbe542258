/** Where the worker of the runtimes is; see `../worker-url.ts` for why a constant stands here. */
declare const __VOLTLIFT_INFERENCE_WORKER_URL__: URL;

/** Make the worker that the runtimes run in. */
export function createInferenceWorker(): Worker {
  return new Worker(__VOLTLIFT_INFERENCE_WORKER_URL__, { type: "module" });
}
