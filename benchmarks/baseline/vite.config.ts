import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The baseline for Node, where the figures for CPython are compared with it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: { ssr: "node.ts", outDir: "dist", emptyOutDir: true, target: "node20" },
});
