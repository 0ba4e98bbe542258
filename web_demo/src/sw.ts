/**
 * The service worker: keeps the page, the engine and the Python runtime for offline use.
 *
 * Every file is listed with its hash when the app is built. Only files whose hash is new
 * are fetched; the files of the old version go when the new version, complete, takes over.
 * Responses are kept with their headers, so the content security policy holds offline too.
 */
import { clientsClaim } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: Array<string | PrecacheEntry>;
};

precacheAndRoute(self.__WB_MANIFEST, {
  // "static/" means its index.html; addresses with a query are the page's own business.
  directoryIndex: "index.html",
  cleanURLs: false,
});
cleanupOutdatedCaches();
// The first visit is offline-ready without a reload.
clientsClaim();

// Any other address of the app, a query included, is the app; files are files.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("index.html"), {
    denylist: [/\/(static|bridge|runtime|assets|icons)\//],
  }),
);

self.addEventListener("message", (event) => {
  // The page asks for this when the lifter chose to reload.
  if (event.data?.type === "SKIP_WAITING") void self.skipWaiting();
});
