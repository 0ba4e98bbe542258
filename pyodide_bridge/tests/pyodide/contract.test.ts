// The golden cases (tests/contract/cases), through the dispatcher inside real Pyodide. pytest
// runs the same files in CPython; both have to give the recorded answers.
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createDispatcher } from "../../src/worker/start.js";
import { bootPyodide } from "./runtime.js";

const CASES = new URL("../../../tests/contract/cases/", import.meta.url);
const TIMES = new Set(["durationMs", "stages"]);

interface Case {
  sample?: object | null;
  state?: unknown;
  calls: { method: string; request?: unknown; text?: string; answer: unknown }[];
}

/** An answer without what differs from run to run. */
function withoutTimes(text: string): unknown {
  return JSON.parse(text, (key, value) => (TIMES.has(key) ? undefined : value));
}

const files = readdirSync(CASES).filter((name) => name.endsWith(".json"));

describe("the golden cases in Pyodide", () => {
  let pyodide: Awaited<ReturnType<typeof bootPyodide>>;
  beforeAll(async () => {
    pyodide = await bootPyodide();
  }, 60_000);

  it("are all there", () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  it.each(files)(
    "%s",
    async (name) => {
      const golden = JSON.parse(readFileSync(new URL(name, CASES), "utf8")) as Case;
      const engine = await createDispatcher(pyodide);
      const call = (method: string, text: string) => engine.call(method, text);
      let { state } = golden;
      if (golden.sample) {
        const answer = await call("sample_state", JSON.stringify(golden.sample));
        state = (JSON.parse(answer) as { ok: { appState: unknown } }).ok.appState;
      }
      if (state !== undefined && state !== null) {
        expect(JSON.parse(await call("ingest", JSON.stringify({ state })))).toHaveProperty("ok");
      }
      for (const { method, request = {}, text, answer } of golden.calls) {
        const received = await call(method, text ?? JSON.stringify(request));
        expect(withoutTimes(received)).toEqual(answer);
      }
      await engine.settle();
    },
    60_000,
  );
});
