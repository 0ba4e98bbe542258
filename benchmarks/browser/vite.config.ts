import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { SECURITY_HEADERS } from "../../web_demo/security-headers.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Hands the project's response headers to the server of the run, which is in Python. */
const headers: Plugin = {
  name: "voltlift:headers",
  generateBundle() {
    const source = JSON.stringify(SECURITY_HEADERS);
    this.emitFile({ type: "asset", fileName: "headers.json", source });
  },
};

export default defineConfig({
  root: here("."),
  plugins: [headers],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: { input: ["index.html", "start-up.html", "models.html"].map(here) },
  },
});
