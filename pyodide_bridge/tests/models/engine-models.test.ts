// Models and the engines that run them: given to each that takes over, but for what it died of.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sha256 } from "../../src/models/hashing.js";
import { until } from "../support/wait.js";
import { pages } from "./page.js";
import { noise } from "./release.js";

const page = pages();

describe("an engine that takes over", () => {
  beforeEach(() => page.start());

  it("is given the models too, and asked again", async () => {
    const before = page.models.revision.get();
    page.engine.calls.length = 0;
    page.engine.worker.crash("no more memory");
    await until(
      page.engine.client.boot,
      ({ generation, phase }) => generation > 1 && phase === "ready",
    );
    await until(page.models.revision, (revision) => revision > before);
    expect(page.engine.calls).toEqual(["load_models"]);
    expect(page.loaded()).toHaveLength(2);
  });

  it("is not given one that it died of twice, and the reason is kept", async () => {
    await page.models.add("exercise-net");
    page.engine.poison = "exercise-net";
    page.engine.worker.crash("trap");
    await until(page.models.state, ({ failures }) => failures.length > 0);
    await until(page.models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    expect(page.engine.client.boot.get().phase).toBe("ready");
    const [failure] = page.models.state.get().failures;
    expect(failure).toMatchObject({ code: "hung", times: 1 });
    expect(failure?.message).toContain("exercise-net");
    // No update brings it back either.
    await page.models.update();
    expect(page.loaded()).toHaveLength(2);
  });

  it("keeps its own models, however often it dies", async () => {
    for (let death = 2; death < 5; death++) {
      page.engine.worker.crash("trap");
      await until(page.engine.client.boot, ({ generation }) => generation === death);
      await until(page.models.settled, (settled) => settled);
    }
    expect(page.models.state.get().failures).toEqual([]);
    expect(page.loaded()).toHaveLength(2);
  });

  it("keeps its rules, whatever it dies of", async () => {
    const data = noise(100).buffer;
    const rules = { name: "rules", version: "1.0.0", sha256: await sha256(data), data, card: {} };
    await page.device.registry.install({ ...rules, files: new Map() });
    await page.models.activate("rules", "1.0.0");
    for (const generation of [2, 3]) {
      page.engine.worker.crash("trap");
      await until(page.engine.client.boot, (boot) => boot.generation === generation);
      await until(page.models.settled, (settled) => settled);
    }
    expect(page.models.state.get().failures).toEqual([]);
    expect(page.loaded()).toContain("rules 1.0.0");
  });

  it("is not suspected where the page wanted it", async () => {
    await page.models.add("exercise-net");
    for (const generation of [2, 3, 4]) {
      page.engine.client.restart();
      await until(page.engine.client.boot, (boot) => boot.generation === generation);
      await until(page.models.settled, (settled) => settled);
    }
    expect(page.models.state.get().failures).toEqual([]);
    expect(page.loaded()).toHaveLength(3);
  });
});

describe("what runs other models", () => {
  it("is fetched before they are tried and before they are loaded, and only then", async () => {
    const prefetch = vi.fn(async (files: readonly string[]) => {
      page.engine.calls.push(`fetch ${files.join()}`);
    });
    await page.start({ prefetch });
    expect(prefetch).not.toHaveBeenCalled();
    page.engine.calls.length = 0;
    await page.models.add("exercise-net");
    expect(page.engine.calls.filter((call) => call !== "try_model ranker.npz")).toEqual([
      "fetch model.json",
      "try_model model.json",
      "fetch model.json",
      "load_models",
    ]);
  });

  it("may be missing: then such a model is not brought in", async () => {
    await page.start({ prefetch: () => Promise.reject(new Error("HTTP status 404")) });
    expect(page.loaded()).toHaveLength(2);
    expect(await page.models.add("exercise-net")).toMatchObject({
      outcome: "failed",
      failure: { code: "offline", message: expect.stringContaining("HTTP status 404") },
    });
    expect(page.loaded()).toHaveLength(2);
  });
});

describe("a model of another runtime", () => {
  const limits = () => {
    const calls: (number | undefined)[] = [];
    const { call } = page.engine.client;
    vi.spyOn(page.engine.client, "call").mockImplementation((method, request, options) => {
      if (method === "loadModels") calls.push(options?.timeoutMs);
      return call.call(page.engine.client, method, request, options) as never;
    });
    return calls;
  };

  it("is given the time that its runtime may take to open", async () => {
    const calls = limits();
    await page.start();
    expect(new Set(calls)).toEqual(new Set([undefined]));
    calls.length = 0;
    await page.models.add("exercise-net");
    expect(Math.min(...calls.map(Number))).toBeGreaterThan(15_000);
  });
});
