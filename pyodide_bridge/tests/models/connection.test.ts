// From releases to models that the engine has loaded: in which order, and what stays when a step fails.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineError } from "../../src/errors.js";
import { connectModels } from "../../src/models/connection.js";
import { sha256 } from "../../src/models/hashing.js";
import type { IndexedModelRegistry } from "../../src/models/registry.js";
import { openModelRegistry } from "../../src/models/registry.js";
import type { ConnectModelsOptions, ModelConnection } from "../../src/models/state.js";
import { until } from "../support/wait.js";
import { devices } from "./device.js";
import { ModelEngine } from "./engine.js";
import { noise } from "./release.js";

const device = devices();

const RANKER = { model: "ranker", files: { "ranker.npz": noise(5_000) } };
const LOAD = { model: "load", weights: [1, 1, 1] };
const NET = { model: "exercise-net", default: false, weights: [2, 2, 2] };

let engine: ModelEngine;
let models: ModelConnection;
const opened: { dispose(): void }[] = [];
const registries: IndexedModelRegistry[] = [];

beforeEach(() => {
  engine = new ModelEngine();
  opened.push(engine.client);
  device().publish({ sequence: 1, models: [RANKER, LOAD, NET] });
});
afterEach(() => {
  for (const open of opened.splice(0)) open.dispose();
  for (const registry of registries.splice(0)) registry.close();
});

/** Connect, as a page does when it opens. */
function connect(more: Partial<ConnectModelsOptions> = {}, own = engine): ModelConnection {
  const { registry, baseUrl, keys, retries, backOffMs, idleMs } = device().options();
  const given = { registry, baseUrl, keys, retries, backOffMs, idleMs } as ConnectModelsOptions;
  const connection = connectModels(own.client, { ...given, ...more });
  opened.push(connection);
  return connection;
}

/** Nothing is going on any more, and something was. */
async function rested(connection = models): Promise<void> {
  await until(connection.state, ({ phase }) => phase === "idle" || phase === "off");
  await new Promise((resolve) => setTimeout(resolve, 20));
  await until(connection.state, ({ phase }) => phase === "idle" || phase === "off");
}

async function start(more: Partial<ConnectModelsOptions> = {}): Promise<void> {
  models = connect(more);
  await until(models.state, ({ checked, phase }) => checked !== null && phase === "idle");
}

const loaded = ({ state } = models) =>
  state.get().loaded.map(({ name, version }) => `${name} ${version}`);

/** A page that opens later, with an engine of its own. */
async function reload(): Promise<void> {
  for (const open of opened.splice(0)) open.dispose();
  await device().reload();
  engine = new ModelEngine();
  opened.push(engine.client);
}

describe("a first visit", () => {
  it("asks for nothing before the first answer, then loads, fetches, tries and loads", async () => {
    let answered = () => {};
    const after = new Promise<void>((resolve) => {
      answered = resolve;
    });
    models = connect({ after });
    await until(engine.client.boot, ({ phase }) => phase === "ready");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(engine.calls).toEqual([]);
    expect(device().server.asked()).toEqual([]);
    expect(models.state.get()).toMatchObject({ phase: "waiting", checked: null });
    expect(models.settled.get()).toBe(false);

    const phases: string[] = [];
    models.state.subscribe(() => {
      const { phase } = models.state.get();
      if (phases.at(-1) !== phase) phases.push(phase);
    });
    answered();
    await until(models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    const tried = ["try_model model.json", "try_model model.json"];
    expect(engine.calls).toEqual(["load_models", ...tried, "load_models"]);
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    const steps = ["loading", "checking", "downloading", "trying", "installing", "loading", "idle"];
    expect(phases.filter((phase) => phase !== "waiting")).toEqual(
      expect.arrayContaining([...new Set(steps)]),
    );
    expect(phases.indexOf("downloading")).toBeLessThan(phases.indexOf("trying"));
  });

  it("says what there is, what is offered and how much room it takes", async () => {
    await start();
    const { installed, released, offered, sizes, sequence, failures } = models.state.get();
    expect(installed.map(({ name, active }) => [name, active])).toEqual([
      ["ranker", true],
      ["load", true],
    ]);
    expect(released.map(({ model }) => model)).toEqual(["ranker", "load", "exercise-net"]);
    expect(offered).toEqual([
      { model: "exercise-net", version: "1.0.0", task: "T1", bytes: 19, default: false },
    ]);
    expect(sizes.active).toBe(installed.reduce((sum, { bytes }) => sum + bytes, 0));
    expect([sequence, failures]).toEqual([1, []]);
    expect(models.settled.get()).toBe(true);
  });

  it("has whoever follows ask again once models are there", async () => {
    models = connect();
    const asked: string[][] = [];
    models.revision.subscribe(() => asked.push(loaded()));
    await until(models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    expect(asked).toEqual([[], ["ranker 1.0.0", "load 1.0.0"]]);
  });
});

describe("a later visit", () => {
  it("loads what is here, and fetches nothing that is not new", async () => {
    await start();
    await reload();
    device().server.asked();
    await start();
    expect(loaded()).toHaveLength(2);
    expect(engine.calls).toEqual(["load_models"]);
    expect(device().server.asked()).toEqual(["manifest.json"]);
    expect(models.state.get().offered).toHaveLength(1);
  });

  it("without a network loads what is here, and looks when there is one", async () => {
    await start();
    await reload();
    device().server.asked();
    const { locks } = navigator;
    vi.stubGlobal("navigator", { locks, onLine: false });
    const events = new EventTarget();
    vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
    vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
    models = connect();
    await rested();
    expect(loaded()).toHaveLength(2);
    expect(device().server.asked()).toEqual([]);
    expect(models.state.get().failures).toEqual([]);
    const before = models.state.get().checked;
    await new Promise((resolve) => setTimeout(resolve, 5));
    events.dispatchEvent(new Event("online"));
    await until(models.state, ({ checked }) => checked !== before);
    expect(device().server.asked()).toEqual(["manifest.json"]);
  });

  it("looks again and again while the page stays open", async () => {
    await start({ everyMs: 50 });
    device().publish({ sequence: 2, models: [{ ...LOAD, version: "2.0.0" }] });
    await until(models.state, ({ loaded }) => loaded.some(({ version }) => version === "2.0.0"));
    expect(loaded()).toEqual(["load 2.0.0"]);
  });
});

describe("where a step fails", () => {
  const failure = new EngineError("internal", "load_models failed unexpectedly");

  it("an engine that cannot load answers by rules, and is given them once it can", async () => {
    engine.failing.set("load_models", failure);
    models = connect();
    await rested();
    expect(models.state.get()).toMatchObject({ loaded: [], error: { code: "internal" } });
    // Whoever waits for models need not wait any longer.
    expect(models.settled.get()).toBe(true);
    expect(models.revision.get()).toBe(1);
    engine.failing.clear();
    expect(await models.update()).toMatchObject({ outcome: "updated" });
    expect(loaded()).toHaveLength(2);
    expect(models.state.get().error).toBeNull();
  });

  it("what an engine that took over could not load is loaded by the next look", async () => {
    await start();
    engine.failing.set("load_models", failure);
    engine.worker.crash("no more memory");
    await until(models.state, ({ error, phase }) => error !== null && phase === "idle");
    expect(loaded()).toEqual([]);
    engine.failing.clear();
    expect(await models.update()).toMatchObject({ outcome: "unchanged" });
    expect(models.state.get().error).toBeNull();
    expect(loaded()).toHaveLength(2);
  });

  it("an engine without models says that they are off", async () => {
    engine.failing.set("load_models", new EngineError("not_available", "no models here"));
    models = connect();
    await rested();
    expect(models.state.get()).toMatchObject({ phase: "off", reason: "not_available" });
    expect(await models.update()).toBeNull();
    expect(device().server.asked()).toEqual([]);
  });

  it("a model that does not answer as its card says leaves the rules, with the reason", async () => {
    device().publish({ sequence: 2, models: [{ ...LOAD, outputs: [0, 0, 0] }] });
    models = connect();
    await until(models.state, ({ failures }) => failures.length > 0);
    await rested();
    expect(models.state.get().failures[0]).toMatchObject({ code: "probe_differs" });
    expect(loaded()).toEqual([]);
    expect(engine.calls.filter((call) => call === "load_models")).toHaveLength(1);
  });

  it("what is loaded goes on where the server has nothing", async () => {
    await start();
    device().server.serve(null);
    const result = await models.update();
    expect(result).toMatchObject({ outcome: "failed", failure: { code: "http" } });
    expect(loaded()).toHaveLength(2);
    expect(models.state.get().failures[0]).toMatchObject({ code: "http" });
    expect(models.state.get().phase).toBe("idle");
  });

  it("a failure that a full device cannot note is known while the page is open", async () => {
    await start();
    device().server.serve(null);
    const full = new EngineError("storage", "the device is full");
    vi.spyOn(device().registry.journal, "failed").mockRejectedValue(full);
    const { failure } = (await models.update()) ?? {};
    expect(failure).toMatchObject({ code: "http" });
    expect(models.state.get().failures).toEqual([failure]);
    expect(await device().registry.failures()).toEqual([]);
  });

  it("a model that the engine cannot use is named, and the others answer", async () => {
    engine.leftOut = [{ name: "load", version: "1.0.0", code: "corrupt_data", message: "bad" }];
    await start();
    expect(models.state.get().leftOut).toEqual(engine.leftOut);
    expect(loaded()).toContain("ranker 1.0.0");
  });

  it("what is not for this device stays said, also where the server has nothing new", async () => {
    const others = { ...LOAD, version: "2.0.0", specHash: "6".repeat(64) };
    device().publish({ sequence: 2, models: [RANKER, others] });
    await start();
    const left = [{ model: "load", version: "2.0.0", code: "other_spec" }];
    expect(models.state.get().left).toMatchObject(left);
    expect(await models.update()).toMatchObject({ outcome: "unchanged", left });
    expect(models.state.get().left).toMatchObject(left);
    await reload();
    await start();
    expect(models.state.get().left).toMatchObject(left);
    device().publish({ sequence: 3, models: [RANKER, LOAD] });
    await models.update();
    expect(models.state.get().left).toEqual([]);
  });

  it("a build without keys uses what is here, and asks nobody", async () => {
    await start();
    await reload();
    device().server.asked();
    models = connect({ keys: { current: "", next: "" } });
    await until(models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "off");
    expect(models.state.get()).toMatchObject({ phase: "off", reason: "no_keys" });
    expect(await models.update()).toBeNull();
    expect(device().server.asked()).toEqual([]);
  });

  it("a device that keeps nothing has rules", async () => {
    vi.stubGlobal("indexedDB", undefined);
    models = connect({ registry: openModelRegistry() });
    await until(models.settled, (settled) => settled);
    await until(models.state, ({ phase }) => phase === "off");
    expect(models.state.get()).toMatchObject({ reason: "no_storage", loaded: [] });
    expect(device().server.asked()).toEqual([]);
  });

  it("a registry that cannot be read keeps nobody waiting", async () => {
    await start();
    await reload();
    vi.spyOn(device().registry, "list").mockRejectedValue(new EngineError("storage", "gone"));
    models = connect();
    await until(models.settled, (settled) => settled);
    expect(models.revision.get()).toBe(1);
    const error = { code: "storage" };
    await until(models.state, ({ phase }) => phase === "idle");
    expect(models.state.get()).toMatchObject({ loaded: [], error });
    expect(await models.update()).toBeNull();
  });

  it("an update that is cancelled leaves what was in use", async () => {
    await start();
    device().publish({ sequence: 2, models: [{ ...LOAD, version: "2.0.0" }] });
    // A file that never comes.
    device().server.fault = (_request, _response, path) => path.startsWith("files/");
    const result = models.update();
    await until(models.state, ({ phase }) => phase === "downloading");
    models.cancel();
    expect(await result).toMatchObject({ outcome: "failed", failure: { code: "interrupted" } });
    expect(loaded()).toHaveLength(2);
    expect(models.state.get().phase).toBe("idle");
  });
});

describe("what the lifter chooses", () => {
  beforeEach(() => start());

  it("is followed at once, and no update takes it back", async () => {
    await models.deactivate("load");
    expect(loaded()).toEqual(["ranker 1.0.0"]);
    device().publish({ sequence: 2, models: [RANKER, { ...LOAD, version: "2.0.0" }] });
    await models.update();
    expect(loaded()).toEqual(["ranker 1.0.0"]);
    await models.activate("load", "1.0.0");
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    await models.pin("load", false);
    await models.update();
    expect(loaded()).toEqual(["ranker 1.0.0", "load 2.0.0"]);
    expect(await models.rollBack("load")).toBe("1.0.0");
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
  });

  it("is refused with the registry's own words, and nothing changes", async () => {
    await expect(models.rollBack("ranker")).rejects.toMatchObject({ code: "invalid_request" });
    await expect(models.remove("load", "1.0.0")).rejects.toMatchObject({ code: "invalid_request" });
    expect(loaded()).toHaveLength(2);
  });

  it("may be a model that is no default, from then on and after a reload", async () => {
    expect(await models.add("exercise-net")).toMatchObject({ activated: ["exercise-net"] });
    expect(loaded()).toContain("exercise-net 1.0.0");
    expect(models.state.get().offered).toEqual([]);
    await reload();
    device().publish({ sequence: 2, models: [RANKER, LOAD, { ...NET, version: "2.0.0" }] });
    models = connect();
    await until(models.state, ({ loaded, phase }) => loaded.length === 3 && phase === "idle");
    await until(models.state, ({ sequence, phase }) => sequence === 2 && phase === "idle");
    expect(loaded()).toContain("exercise-net 2.0.0");
  });

  it("may be to be rid of it for good, or to have it again", async () => {
    await models.add("exercise-net");
    await models.deactivate("exercise-net");
    await models.remove("exercise-net", "1.0.0");
    expect(models.state.get().offered.map(({ model }) => model)).toEqual(["exercise-net"]);
    await models.update();
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    await models.add("exercise-net");
    expect(loaded()).toContain("exercise-net 1.0.0");
  });

  it("may be to have nothing: all goes, and comes back when it is asked for", async () => {
    await models.add("exercise-net");
    await models.erase();
    expect(loaded()).toEqual([]);
    expect(models.state.get().sizes.stored).toBe(0);
    await models.update();
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
  });

  it("counts in the other tab as well", async () => {
    const other = new ModelEngine();
    opened.push(other.client);
    const registry = await openModelRegistry();
    registries.push(registry);
    const tab = connect({ registry }, other);
    await until(tab.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    await models.deactivate("load");
    await until(tab.state, ({ loaded }) => loaded.length === 1);
    expect(loaded(tab)).toEqual(["ranker 1.0.0"]);
    device().publish({ sequence: 2, models: [{ ...RANKER, version: "2.0.0" }, LOAD] });
    await Promise.all([models.update(), tab.update()]);
    for (const each of [models, tab]) {
      await until(each.state, ({ loaded }) => loaded[0]?.version === "2.0.0");
    }
    const files = device().server.requests.filter((path) => path.endsWith(".npz"));
    expect(files).toHaveLength(new Set(files).size);
  });
});

describe("an engine that takes over", () => {
  beforeEach(() => start());

  it("is given the models too, and asked again", async () => {
    const before = models.revision.get();
    engine.calls.length = 0;
    engine.worker.crash("no more memory");
    await until(engine.client.boot, ({ generation, phase }) => generation > 1 && phase === "ready");
    await until(models.revision, (revision) => revision > before);
    expect(engine.calls).toEqual(["load_models"]);
    expect(loaded()).toHaveLength(2);
  });

  it("is not given one that it died of twice, and the reason is kept", async () => {
    await models.add("exercise-net");
    engine.poison = "exercise-net";
    engine.worker.crash("trap");
    await until(models.state, ({ failures }) => failures.length > 0);
    await until(models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    expect(loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    expect(engine.client.boot.get().phase).toBe("ready");
    const [failure] = models.state.get().failures;
    expect(failure).toMatchObject({ code: "hung", times: 1 });
    expect(failure?.message).toContain("exercise-net");
    // No update brings it back either.
    await models.update();
    expect(loaded()).toHaveLength(2);
  });

  it("keeps its own models, however often it dies", async () => {
    for (let death = 2; death < 5; death++) {
      engine.worker.crash("trap");
      await until(engine.client.boot, ({ generation }) => generation === death);
      await until(models.settled, (settled) => settled);
    }
    expect(models.state.get().failures).toEqual([]);
    expect(loaded()).toHaveLength(2);
  });

  it("keeps its rules, whatever it dies of", async () => {
    const data = noise(100).buffer;
    const rules = { name: "rules", version: "1.0.0", sha256: await sha256(data), data, card: {} };
    await device().registry.install({ ...rules, files: new Map() });
    await models.activate("rules", "1.0.0");
    for (const generation of [2, 3]) {
      engine.worker.crash("trap");
      await until(engine.client.boot, (boot) => boot.generation === generation);
      await until(models.settled, (settled) => settled);
    }
    expect(models.state.get().failures).toEqual([]);
    expect(loaded()).toContain("rules 1.0.0");
  });

  it("is not suspected where the page wanted it", async () => {
    await models.add("exercise-net");
    for (const generation of [2, 3, 4]) {
      engine.client.restart();
      await until(engine.client.boot, (boot) => boot.generation === generation);
      await until(models.settled, (settled) => settled);
    }
    expect(models.state.get().failures).toEqual([]);
    expect(loaded()).toHaveLength(3);
  });
});

describe("what runs other models", () => {
  it("is fetched before they are tried and before they are loaded, and only then", async () => {
    const prefetch = vi.fn(async (files: readonly string[]) => {
      engine.calls.push(`fetch ${files.join()}`);
    });
    await start({ prefetch });
    expect(prefetch).not.toHaveBeenCalled();
    engine.calls.length = 0;
    await models.add("exercise-net");
    expect(engine.calls.filter((call) => call !== "try_model ranker.npz")).toEqual([
      "fetch model.json",
      "try_model model.json",
      "fetch model.json",
      "load_models",
    ]);
  });

  it("may be missing: then such a model is not brought in", async () => {
    await start({ prefetch: () => Promise.reject(new Error("HTTP status 404")) });
    expect(loaded()).toHaveLength(2);
    expect(await models.add("exercise-net")).toMatchObject({
      outcome: "failed",
      failure: { code: "offline", message: expect.stringContaining("HTTP status 404") },
    });
    expect(loaded()).toHaveLength(2);
  });
});

describe("a model of another runtime", () => {
  const limits = () => {
    const calls: (number | undefined)[] = [];
    const { call } = engine.client;
    vi.spyOn(engine.client, "call").mockImplementation((method, request, options) => {
      if (method === "loadModels") calls.push(options?.timeoutMs);
      return call.call(engine.client, method, request, options) as never;
    });
    return calls;
  };

  it("is given the time that its runtime may take to open", async () => {
    const calls = limits();
    await start();
    expect(new Set(calls)).toEqual(new Set([undefined]));
    calls.length = 0;
    await models.add("exercise-net");
    expect(Math.min(...calls.map(Number))).toBeGreaterThan(15_000);
  });
});

describe("a connection that was ended", () => {
  it("before its registry was there hears nothing of it", async () => {
    const { registry } = device();
    const subscribe = vi.spyOn(registry, "subscribe");
    models = connect({ registry: Promise.resolve(registry) });
    models.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(subscribe).not.toHaveBeenCalled();
    expect(engine.calls).toEqual([]);
  });

  it("asks for nothing any more", async () => {
    await start({ everyMs: 10 });
    models.dispose();
    const before = models.state.get();
    await new Promise((resolve) => setTimeout(resolve, 10));
    engine.calls.length = 0;
    device().server.asked();
    await device().registry.deactivate("load");
    engine.client.restart();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(engine.calls).toEqual([]);
    expect(device().server.asked()).toEqual([]);
    expect(models.state.get()).toBe(before);
  });
});
