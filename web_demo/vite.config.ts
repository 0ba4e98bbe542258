import { randomBytes } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { ORT_FOLDER } from "../pyodide_bridge/src/inference/assets.ts";
import { developmentHeaders, SECURITY_HEADERS } from "./security-headers.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What is served as it is, beside the bundle: source → place below `dist`. */
const PLAIN_ASSETS: ReadonlyArray<readonly [source: string, place: string]> = [
  // Search and logging work from the first second, whatever becomes of the engine.
  [here("../core/src/voltlift_core/catalogue/data/exercises.json"), "catalogue.json"],
  [here("../pyodide_bridge/runtime"), "runtime"],
  // One folder, one version: beside it lie the chunks of the bundle that belong to it.
  [here(`../pyodide_bridge/inference/${ORT_FOLDER}`), `inference/${ORT_FOLDER}`],
  [here("../pyodide_bridge/dist"), "bridge"],
  [here("./static"), "static"],
];

/**
 * The release of models that `make build` has signed, and the keys that it pinned: fetched when
 * the engine has answered, kept in IndexedDB and so outside of the service worker's precache.
 */
const MODELS = [here("../.cache/release/models"), "models"] as const;
const PINNED_KEYS = here("../.cache/release/pinned-keys.json");

/** What this build accepts models from; a build without keys accepts none. */
function pinnedKeys(): unknown {
  if (!existsSync(PINNED_KEYS)) return { current: "", next: "" };
  return JSON.parse(readFileSync(PINNED_KEYS, "utf-8"));
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** The file behind an address of a plain asset; undefined where it is none. */
function plainFile(address: string): string | undefined {
  // Parsing resolves "..", and nothing is decoded after it: no address leaves its folder.
  const path = new URL(address, "http://localhost").pathname.slice(1);
  for (const [source, place] of [...PLAIN_ASSETS, MODELS]) {
    if (path !== place && !path.startsWith(`${place}/`)) continue;
    const file = join(source, path.slice(place.length), path.endsWith("/") ? "index.html" : "");
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}

/**
 * Copy the Python runtime, the unbundled bridge, the static page and the catalogue into `dist`.
 *
 * Pyodide has to stay out of the bundler: it locates its parts by address. It runs before
 * the service worker is made, which lists every file with its hash.
 */
function plainAssets(nonce: string): Plugin {
  let outDir = here("dist");
  return {
    name: "voltlift:plain-assets",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = plainFile(request.url ?? "/");
        if (!file) return next();
        response.writeHead(200, {
          ...developmentHeaders(nonce),
          "Content-Type": MIME_TYPES[extname(file)] ?? "application/octet-stream",
        });
        createReadStream(file).pipe(response);
      });
    },
    configResolved(config) {
      outDir = here(config.build.outDir);
    },
    async writeBundle() {
      // A build without a release fetches none, and says so on its page of models.
      const [release, models] = MODELS;
      await rm(`${outDir}/${models}`, { recursive: true, force: true });
      if (existsSync(release)) await cp(release, `${outDir}/${models}`, { recursive: true });
      for (const [source, place] of PLAIN_ASSETS) {
        if (!existsSync(source)) {
          throw new Error(
            `${source} is missing. Run \`make runtime\` (Python runtime) or ` +
              "`npm run build -w pyodide_bridge` (bridge) first, or simply `make demo`.",
          );
        }
        await rm(`${outDir}/${place}`, { recursive: true, force: true });
        // `stock` is the unmodified Pyodide that the benchmark compares with.
        await cp(source, `${outDir}/${place}`, {
          recursive: true,
          filter: (path) => !path.includes("/runtime/stock"),
        });
      }
    },
  };
}

/**
 * The runtimes of models beside what they fetch: the service worker keeps `inference/` only for
 * those who have such a model, and `assets/` for everyone.
 */
function chunkPlace({ name }: { name: string }): string {
  return `${RUNTIMES.has(name) ? "inference" : "assets"}/[name]-[hash].js`;
}

const RUNTIMES = new Set(["ort", "tfjs"]);

const pwa = VitePWA({
  strategies: "injectManifest",
  srcDir: "src",
  filename: "sw.ts",
  // The page registers it itself, after the engine has started.
  injectRegister: null,
  manifest: {
    name: "VoltLift",
    short_name: "VoltLift",
    description: "Log your training and get the next exercise, on your own device.",
    id: "./",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#101312",
    theme_color: "#101312",
    icons: [
      { src: "icons/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
      {
        src: "icons/icon-maskable-512.png",
        sizes: "512x512",
        type: "image/png",
        purpose: "maskable",
      },
    ],
  },
  injectManifest: {
    globPatterns: [
      "index.html",
      "catalogue.json",
      "names/*.json",
      "assets/**/*",
      "icons/**/*",
      "bridge/**/*.js",
      "static/**/*",
      "runtime/**/*",
    ],
    globIgnores: ["**/inference/**", "**/*.map", "**/*.d.ts", "**/node_modules/**"],
    maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
  },
});

export default defineConfig(({ command }) => {
  const nonce = randomBytes(16).toString("base64");
  return {
    // Relative, so that the built folder works at any path of any static host.
    base: "./",
    plugins: [react(), plainAssets(nonce), pwa],
    worker: { format: "es", rolldownOptions: { output: { chunkFileNames: chunkPlace } } },
    define: { __VOLTLIFT_PINNED_KEYS__: JSON.stringify(pinnedKeys()) },
    build: {
      outDir: "dist",
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    ...(command === "serve" ? { html: { cspNonce: nonce } } : {}),
    server: { headers: developmentHeaders(nonce) },
    preview: {
      host: process.env.HOST ?? "localhost",
      port: Number(process.env.PORT ?? 4173),
      strictPort: false,
      headers: { ...SECURITY_HEADERS },
    },
  };
});
