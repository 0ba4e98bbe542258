import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    // Pyodide's own files are not ours to transform.
    server: { deps: { external: [/\/runtime\//] } },
    restoreMocks: true,
    unstubGlobals: true,
  },
});
