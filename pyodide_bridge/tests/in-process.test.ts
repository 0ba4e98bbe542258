import { describe, expect, it } from "vitest";
import { createInProcessClient, type EngineHost } from "../src/in-process.js";
import { DESCRIPTION } from "./support/fake-worker.js";
import { until } from "./support/wait.js";

const NEVER = new Promise<never>(() => undefined);

/** A client whose engines behave as listed, the last one for all that follow. */
function start(...engines: (Partial<EngineHost> | Promise<EngineHost>)[]) {
  let made = 0;
  return createInProcessClient({
    runtimeUrl: "file:///runtime/",
    start: async () => {
      const engine = engines[Math.min(made++, engines.length - 1)];
      if (engine instanceof Promise) return engine;
      return {
        call: async (_wire, json) => `{"ok":${json}}`,
        describe: () => JSON.stringify(DESCRIPTION),
        settle: async () => undefined,
        ...engine,
      };
    },
  });
}

describe("the client on this thread", () => {
  it("answers open requests with aborted once it is disposed", async () => {
    const client = start({ call: () => NEVER });
    const [open, waiting] = [client.call("catalogue", {}), client.call("manifest", {})];
    const settled = Promise.allSettled([open, waiting]);
    await until(client.boot, ({ phase }) => phase === "ready");
    client.dispose();
    expect(await settled).toMatchObject([
      { status: "rejected", reason: { code: "aborted" } },
      { status: "rejected", reason: { code: "aborted" } },
    ]);
  });

  it("answers what waits for an engine that does not start with the next one", async () => {
    const client = start(NEVER, {});
    const answer = client.call("explain", { now: 3, exerciseId: "x" });
    await new Promise((resolve) => setTimeout(resolve, 2));
    client.restart();
    await expect(answer).resolves.toMatchObject({ now: 3 });
  });

  it("answers others while a replay is on its way, which began after what was asked before", async () => {
    const order: string[] = [];
    let release = (_text: string) => {};
    const client = start({
      call: async (wire, json) => {
        order.push(wire);
        if (wire === "replay")
          return new Promise<string>((resolve) => {
            release = resolve;
          });
        await new Promise((resolve) => setTimeout(resolve, 2));
        order.push(`${wire} answered`);
        return `{"ok":${json}}`;
      },
    });
    const before = client.call("catalogue", {});
    const replay = client.call("replay", { now: 1 });
    await expect(client.call("manifest", {})).resolves.toEqual({});
    await before;
    expect(order).toEqual([
      "catalogue",
      "catalogue answered",
      "replay",
      "manifest",
      "manifest answered",
    ]);
    release('{"ok":{"tasks":[]}}');
    await expect(replay).resolves.toEqual({ tasks: [] });
  });

  it("says that the engine broke where it throws instead of answering", async () => {
    const client = start({
      call: async () => {
        throw new Error("Pyodide already fatally failed");
      },
    });
    await expect(client.call("catalogue", {})).rejects.toMatchObject({ code: "worker_crashed" });
  });

  it("stays failed whatever a boot that failed still reports", async () => {
    let report = (_phase: "starting") => {};
    const client = createInProcessClient({
      runtimeUrl: "file:///runtime/",
      start: async (onProgress) => {
        report = (phase) => onProgress({ phase, done: 0, total: 0 });
        throw new Error("no runtime");
      },
    });
    await until(client.boot, ({ phase }) => phase === "failed");
    report("starting");
    expect(client.boot.get().phase).toBe("failed");
  });

  it("says why it does not start", async () => {
    const client = start(Promise.reject(new Error("no runtime")));
    await expect(client.call("catalogue", {})).rejects.toMatchObject({ code: "boot_failed" });
    expect(client.boot.get().phase).toBe("failed");
  });
});
