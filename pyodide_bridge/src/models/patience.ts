/** What models wait for: nothing of theirs is urgent. */
import type { EngineClient } from "../client.js";

/** Resolve when there is an engine, or none will come. */
export function engineThere(client: EngineClient): Promise<void> {
  return new Promise((resolve) => {
    let unsubscribe = () => {};
    const look = () => {
      const { phase } = client.boot.get();
      if (phase !== "ready" && phase !== "failed") return;
      unsubscribe();
      resolve();
    };
    unsubscribe = client.boot.subscribe(look);
    look();
  });
}

/** Run `look` every so often, and when the network is back; returns how to end it. */
export function nowAndThen(everyMs: number, look: () => void): () => void {
  const timer = setInterval(look, everyMs);
  globalThis.addEventListener?.("online", look);
  return () => {
    clearInterval(timer);
    globalThis.removeEventListener?.("online", look);
  };
}

/** Resolve when the page has nothing better to do, or soon. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    const { requestIdleCallback } = globalThis as Partial<Pick<Window, "requestIdleCallback">>;
    if (requestIdleCallback) requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, 0);
  });
}
