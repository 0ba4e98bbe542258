import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** One entry per `exports` of package.json. */
const ENTRIES = [
  "index",
  "zustand",
  "react",
  "text",
  "storage",
  "models",
  "in-process",
  "worker",
] as const;

/**
 * Writes the address of the worker in the form that every bundler recognises. It must not
 * stand in the source: our own library build would inline the worker as a data: address.
 */
const workerUrl: Plugin = {
  name: "voltlift-worker-url",
  renderChunk(code, chunk) {
    if (!code.includes("__VOLTLIFT_WORKER_URL__")) return null;
    const up = "../".repeat(chunk.fileName.split("/").length - 1) || "./";
    const address = `new URL("${up}worker.js", import.meta.url)`;
    return { code: code.replaceAll("__VOLTLIFT_WORKER_URL__", address), map: null };
  },
};

export default defineConfig({
  plugins: [workerUrl],
  build: {
    target: "es2022",
    // Readable: embedding apps minify anyway, and a static page stays debuggable.
    minify: false,
    lib: {
      entry: Object.fromEntries(
        ENTRIES.map((name) => [name, fileURLToPath(new URL(`src/${name}.ts`, import.meta.url))]),
      ),
      formats: ["es"],
    },
    rollupOptions: {
      // Comlink, idb and the like are bundled, so that the files also run in a page without a bundler.
      external: ["react", "react/jsx-runtime", "zustand"],
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name].js" },
    },
  },
});
