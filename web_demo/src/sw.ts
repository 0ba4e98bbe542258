/**
 * The service worker: keeps the page, the engine and the Python runtime for offline use.
 *
 * Every file is listed with its hash when the app is built. Only files whose hash is new
 * are fetched; the files of the old version go when the new version, complete, takes over.
 * Responses are kept with their headers, so the content security policy holds offline too.
 */
import type { WorkboxPlugin } from "workbox-core";
import { clientsClaim } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

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

/** Some hosts answer with a page, and with success, where a file is gone: not to be kept. */
function isRuntimeFile(response: Response): boolean {
  return response.ok && !response.headers.get("content-type")?.startsWith("text/html");
}

/** A script of ours for each runtime, and the two files of ONNX Runtime. */
const INFERENCE_FILES = 4;

// The runtimes of models are megabytes that most visitors never need: kept from their first use
// on. Each version has addresses of its own, so the old one goes when the new one is there.
const inference = new URL("inference/", self.registration.scope).href;
registerRoute(
  ({ url }) => url.href.startsWith(inference),
  new CacheFirst({
    cacheName: "inference",
    plugins: [
      { cacheWillUpdate: async ({ response }) => (isRuntimeFile(response) ? response : null) },
      // Its types have callbacks that may be undefined, where a plugin has them or has them not.
      new ExpirationPlugin({
        maxEntries: INFERENCE_FILES,
        purgeOnQuotaError: true,
      }) as WorkboxPlugin,
    ],
  }),
);

// Any other address of the app, a query included, is the app; files are files.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("index.html"), {
    denylist: [/\/(static|bridge|runtime|inference|assets|icons)\//],
  }),
);

self.addEventListener("message", (event) => {
  // The page asks for this when the lifter chose to reload.
  if (event.data?.type === "SKIP_WAITING") void self.skipWaiting();
});
