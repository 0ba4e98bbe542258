import type { EngineErrorCode as ContractErrorCode } from "./contract/contract.js";

/** Codes of the contract, and those that only the bridge itself can raise. */
export type EngineErrorCode =
  | ContractErrorCode
  | "worker_crashed"
  | "timeout"
  | "aborted"
  | "boot_failed";

/** What was wrong where, and what to do about it; every part may be missing. */
export interface ErrorDetails {
  path?: string;
  expected?: string;
  received?: string;
  remedy?: string;
  /** For `internal`: the place in the code. */
  where?: string;
  /** For `storage`: which kind of failure (see `StorageReason`). */
  reason?: string;
}

/** A failure that a caller can branch on (`code`) and a page can show (`errorText`). */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The form in which errors cross the worker boundary. */
  toJSON(): { code: EngineErrorCode; message: string; details: ErrorDetails } {
    return { code: this.code, message: this.message, details: this.details };
  }

  /** Return `value` itself where it is an `EngineError`, else one that wraps it. */
  static from(value: unknown, code: EngineErrorCode = "internal"): EngineError {
    if (value instanceof EngineError) return value;
    const message = value instanceof Error ? value.message : String(value);
    return new EngineError(code, message || "unknown failure", {}, { cause: value });
  }
}

/** The answer to a request that a client no longer takes. */
export function disposedError(): EngineError {
  return new EngineError("aborted", "the client was disposed");
}
