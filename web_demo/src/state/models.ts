/** The models of this device: loaded behind the first list, fetched from where the page is. */
import {
  connectModels,
  openModelRegistry,
  type PinnedKeys,
  prefetchInference,
} from "@voltlift/bridge/models";
import { client, firstList, RUNTIME_URL } from "../engine.ts";

/** Written into the build; see `vite.config.ts`. */
declare const __VOLTLIFT_PINNED_KEYS__: PinnedKeys | undefined;

const NO_KEYS: PinnedKeys = { current: "", next: "" };

/** What the page knows of models, and can do about them; see `useModels` of the bridge. */
export const models = connectModels(client, {
  registry: openModelRegistry(),
  keys: typeof __VOLTLIFT_PINNED_KEYS__ === "undefined" ? NO_KEYS : __VOLTLIFT_PINNED_KEYS__,
  after: firstList,
  prefetch: (files, signal) =>
    prefetchInference({ runtimeUrl: RUNTIME_URL, files, ...(signal ? { signal } : {}) }),
});
