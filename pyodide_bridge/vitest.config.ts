import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    // Pyodide's own files are not ours to transform.
    server: { deps: { external: [/\/runtime\//] } },
    // By default one core is left idle; of two that is half.
    maxWorkers: "100%",
    restoreMocks: true,
    unstubGlobals: true,
  },
});
