import { EngineError } from "../errors.js";
import { storageReason } from "../storage/errors.js";
import type { FailureCode } from "./types.js";

/** An update that comes to nothing, with the code of its record. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";

  /** @param passing whether trying again may help. */
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly passing: boolean = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Return `value` itself where it is a `DeliveryError`, else one that wraps it. */
  static from(value: unknown): DeliveryError {
    if (value instanceof DeliveryError) return value;
    const error = EngineError.from(value);
    if (error.code === "file_too_large") {
      return new DeliveryError("over_budget", error.message, false, { cause: value });
    }
    if (error.code === "storage") {
      const message = `${error.message} (${storageReason(error)})`;
      return new DeliveryError("storage", message, false, { cause: value });
    }
    return new DeliveryError("internal", error.message, false, { cause: value });
  }
}

export function interrupted(): DeliveryError {
  return new DeliveryError("interrupted", "the update was stopped before it was complete");
}

export function erased(): DeliveryError {
  return new DeliveryError("interrupted", "everything was erased before the update was complete");
}
