/** Offline use: the service worker, registered once the engine no longer needs the network. */
import type { EngineClient } from "@voltlift/bridge";
import { create } from "zustand";
import { T } from "./texts.ts";
import { offer } from "./ui/toasts.tsx";

export type OfflineStatus = "preparing" | "ready" | "insecure" | "missing";

/** How far the page is on its way to working without a network. */
export const useOffline = create<{ status: OfflineStatus }>()(() => ({ status: initialStatus() }));

/** How long to wait for an engine that does not come up. */
const LATEST_MS = 30_000;

function initialStatus(): OfflineStatus {
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator)) return "missing";
  return navigator.serviceWorker.controller ? "ready" : "preparing";
}

/**
 * Register the service worker as soon as `client` has booted: it reads the whole runtime,
 * which on a first visit would compete with the engine for the same few megabytes.
 */
export function registerOffline(client: EngineClient): void {
  if (useOffline.getState().status === "insecure" || !("serviceWorker" in navigator)) return;
  if (!import.meta.env.PROD) return;
  let started = false;
  const start = (): void => {
    const { phase } = client.boot.get();
    if (started || (phase !== "ready" && phase !== "failed")) return;
    begin();
  };
  const begin = (): void => {
    if (started) return;
    started = true;
    unsubscribe();
    clearTimeout(timer);
    void register();
  };
  const unsubscribe = client.boot.subscribe(start);
  const timer = setTimeout(begin, LATEST_MS);
  start();
}

async function register(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(
      new URL("sw.js", document.baseURI),
      { updateViaCache: "none" },
    );
    follow(registration);
    registration.addEventListener("updatefound", () => follow(registration));
    await navigator.serviceWorker.ready;
    useOffline.setState({ status: "ready" });
  } catch {
    // A browser setting or a full disk: the page works, only not without a network.
    if (!navigator.serviceWorker.controller) useOffline.setState({ status: "missing" });
  }
}

/** Offer a new version once it is complete; it never takes over in the middle of a set. */
function follow(registration: ServiceWorkerRegistration): void {
  const propose = (worker: ServiceWorker | null): void => {
    if (worker?.state !== "installed" || !navigator.serviceWorker.controller) return;
    offer(T.update.ready, T.update.reload, () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
        once: true,
      });
      worker.postMessage({ type: "SKIP_WAITING" });
    });
  };
  propose(registration.waiting);
  const { installing } = registration;
  installing?.addEventListener("statechange", () => propose(installing));
}
