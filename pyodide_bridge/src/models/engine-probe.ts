/** Trying models out in the engine that will run them. */
import type { EngineClient } from "../client.js";
import { joined } from "./http.js";
import { PROBE_MS, type ProbeRunner } from "./probe.js";

/**
 * Ask the engine what a model says, with what will run it later: arrays, or a runtime.
 *
 * @param timeoutMs how long the engine may work on one file; waiting for its turn does not count.
 */
export function engineProbe(client: EngineClient, timeoutMs: number = PROBE_MS): ProbeRunner {
  return async ({ model, version, file, files, inputs, signal }) => {
    const parts = [...files].map(([name, data]) => ({ name, bytes: data.byteLength }));
    const bytes = joined([...files.values()].map((data) => new Uint8Array(data)));
    const rows = inputs.map((row) => [...row]);
    const request = { model, version, file, files: parts, inputs: rows };
    const options = { bytes: bytes.buffer, signal, timeoutMs };
    return (await client.call("tryModel", request, options)).outputs;
  };
}
