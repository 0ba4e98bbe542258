/** Keeps a page in step with its storage while it is looked at. */
import type { Persistence, Store } from "./persistence.ts";

/** How often a page whose log is in memory only tries the device again. */
const RETRY_MS = 15_000;

/**
 * A tab that slept may have missed what other tabs wrote, and storage that was lost may be
 * back: look whenever the page comes into sight, and again while nothing is durable.
 */
export function keepFresh(store: Store, persistence: Persistence): void {
  // What fails here is said where it matters: at the next write.
  const look = (): void => void persistence.refresh().catch(() => undefined);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  setInterval(() => {
    const { durable, reason } = store.getState().storage;
    if (!durable && reason !== "missing" && document.visibilityState === "visible") look();
  }, RETRY_MS);
}
