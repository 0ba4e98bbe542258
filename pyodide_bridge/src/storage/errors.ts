import { EngineError } from "../errors.js";
import type { StorageReason } from "./types.js";

const REASONS: { readonly [name: string]: StorageReason } = {
  VersionError: "newer_version",
  QuotaExceededError: "quota",
  SecurityError: "denied",
  NotAllowedError: "denied",
  // Firefox's private mode refuses databases with this one.
  InvalidStateError: "denied",
};

const REMEDIES: { readonly [reason in StorageReason]: string } = {
  missing: "Export your data before the page is closed",
  denied: "Allow this page to store data in the browser's settings",
  blocked: "Close the other tabs of this page and reload",
  newer_version: "Reload this page to get the newer version",
  upgrade_failed: "Reload this page; what is stored is as it was",
  quota: "Free some space on this device and try again",
  evicted: "Export your data, and free some space on this device",
  failed: "Try again, or reload the page",
};

/** Which kind of failure an IndexedDB error is. */
export function storageReason(error: unknown): StorageReason {
  if (error instanceof EngineError) return (error.details.reason as StorageReason) ?? "failed";
  const name = (error as { name?: unknown } | null)?.name;
  return (typeof name === "string" ? REASONS[name] : undefined) ?? "failed";
}

/** An error of code `storage` that says what failed, why and what to do. */
export function storageError(
  action: string,
  cause: unknown,
  reason: StorageReason = storageReason(cause),
): EngineError {
  if (cause instanceof EngineError) return cause;
  const text = cause instanceof Error && cause.message ? `: ${cause.message}` : "";
  const details = { reason, remedy: REMEDIES[reason] };
  return new EngineError("storage", `could not ${action}${text}`, details, { cause });
}
