import type { CallOptions } from "./client.js";
import { EngineError } from "./errors.js";
import type { EncodedRequest } from "./wire.js";

/** A request that has not been answered yet. */
export interface PendingCall extends Readonly<EncodedRequest> {
  /** A number of its own, within its page. */
  readonly id: number;
  readonly bytes: ArrayBuffer | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: CallOptions["onProgress"];
  /** Settled: answered, failed or given up. */
  readonly done: boolean;
  /** How often it was sent. */
  attempts: number;
  resolve(json: string): void;
  reject(error: EngineError): void;
}

let made = 0;

/**
 * A call and the promise of its answer; an abort rejects it at once. Its file is copied now,
 * so that the caller's may change or travel on while the call waits.
 *
 * @throws {EngineError} `invalid_request` where the file has travelled on already.
 */
export function pendingCall(
  request: EncodedRequest,
  options: CallOptions & { timeoutMs: number },
): { call: PendingCall; answer: Promise<string> } {
  let resolve: (json: string) => void = () => undefined;
  let reject: (error: EngineError) => void = () => undefined;
  const answer = new Promise<string>((onAnswer, onError) => {
    resolve = onAnswer;
    reject = onError;
  });
  const { signal } = options;
  let done = false;
  const settle = (action: () => void) => {
    if (done) return;
    done = true;
    signal?.removeEventListener("abort", abort);
    action();
  };
  const abort = () => {
    const error = new EngineError(
      "aborted",
      "the request was given up",
      {},
      {
        cause: signal?.reason,
      },
    );
    settle(() => reject(error));
  };
  const call: PendingCall = {
    ...request,
    id: ++made,
    bytes: options.bytes && copyOf(options.bytes),
    timeoutMs: options.timeoutMs,
    signal,
    onProgress:
      options.onProgress &&
      ((progress) => {
        if (!done) options.onProgress?.(progress);
      }),
    attempts: 0,
    get done() {
      return done;
    },
    resolve: (text) => settle(() => resolve(text)),
    reject: (error) => settle(() => reject(error)),
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort);
  return { call, answer };
}

function copyOf(bytes: ArrayBuffer): ArrayBuffer {
  try {
    return bytes.slice(0);
  } catch (cause) {
    const details = { expected: "an ArrayBuffer that holds its bytes", received: "a detached one" };
    throw new EngineError("invalid_request", "the file's bytes are gone", details, { cause });
  }
}
