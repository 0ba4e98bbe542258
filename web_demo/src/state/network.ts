/** Counts the requests that this page has really made, as the browser recorded them. */
import { useSyncExternalStore } from "react";

export interface RequestCount {
  all: number;
  /** Requests to another origin than the page's own. */
  other: number;
}

let count: RequestCount = { all: 0, other: 0 };
const listeners = new Set<() => void>();

/** Start counting; entries from before are included. */
export function followRequests(): void {
  if (typeof PerformanceObserver === "undefined") return;
  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries();
    const other = entries.filter((entry) => !isOwn(entry.name)).length;
    count = { all: count.all + entries.length, other: count.other + other };
    for (const listener of listeners) listener();
  });
  observer.observe({ type: "resource", buffered: true });
}

/** True for an address of the page's own origin. */
export function isOwn(address: string, origin: string = location.origin): boolean {
  return URL.canParse(address) && new URL(address).origin === origin;
}

/** How many requests there were; null where the browser does not say. */
export function useRequestCount(): RequestCount | null {
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => count,
  );
  return value.all === 0 ? null : value;
}
