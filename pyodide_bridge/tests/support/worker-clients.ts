/** Clients over fake workers, ended with their test; and a clock that a test moves. */
import { afterEach, vi } from "vitest";
import type { BootState, EngineClient } from "../../src/client.js";
import { createWorkerClient, type WorkerClientOptions } from "../../src/worker-client.js";
import { type Behaviour, FakeWorker } from "./fake-worker.js";

const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** A client whose workers behave as listed, the last one for all that follow. */
export function start(behaviours: Behaviour[] = [{}], options: Partial<WorkerClientOptions> = {}) {
  const workers: FakeWorker[] = [];
  const client = createWorkerClient({
    runtimeUrl: "https://example.test/runtime",
    // Long enough for a busy machine to answer one that is to be answered.
    pingTimeoutMs: 300,
    restartPausesMs: [0],
    createWorker: () => {
      const worker = new FakeWorker(behaviours[Math.min(workers.length, behaviours.length - 1)]);
      workers.push(worker);
      return worker;
    },
    ...options,
  });
  clients.push(client);
  return { client, workers };
}

/** Let no time pass but what the test lets pass; messages go their way meanwhile. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
}
afterEach(() => {
  vi.useRealTimers();
});

/** Wait for a message to arrive, by the test's own limit alone. */
export async function arrival(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
}

export const ready = (state: BootState) => state.phase === "ready";
export const NEVER = new Promise<never>(() => undefined);
