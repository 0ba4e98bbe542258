// A step that fails on the way from a release to models in use: what stays, and what is said.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EngineError } from "../../src/errors.js";
import { DeliveryJournal } from "../../src/models/journal.js";
import { openModelRegistry } from "../../src/models/registry.js";
import { until } from "../support/wait.js";
import { LOAD, pages, RANKER } from "./page.js";

const page = pages();

describe("where a step fails", () => {
  const failure = new EngineError("internal", "load_models failed unexpectedly");

  it("an engine that cannot load answers by rules, and is given them once it can", async () => {
    page.engine.failing.set("load_models", failure);
    page.open();
    await page.rested();
    expect(page.models.state.get()).toMatchObject({ loaded: [], error: { code: "internal" } });
    // Whoever waits for models need not wait any longer.
    expect(page.models.settled.get()).toBe(true);
    expect(page.models.revision.get()).toBe(1);
    page.engine.failing.clear();
    expect(await page.models.update()).toMatchObject({ outcome: "updated" });
    expect(page.loaded()).toHaveLength(2);
    expect(page.models.state.get().error).toBeNull();
  });

  it("what an engine that took over could not load is loaded by the next look", async () => {
    await page.start();
    page.engine.failing.set("load_models", failure);
    page.engine.worker.crash("no more memory");
    await until(page.models.state, ({ error, phase }) => error !== null && phase === "idle");
    expect(page.loaded()).toEqual([]);
    page.engine.failing.clear();
    expect(await page.models.update()).toMatchObject({ outcome: "unchanged" });
    expect(page.models.state.get().error).toBeNull();
    expect(page.loaded()).toHaveLength(2);
  });

  it("an engine without models says that they are off", async () => {
    page.engine.failing.set("load_models", new EngineError("not_available", "no models here"));
    page.open();
    await page.rested();
    expect(page.models.state.get()).toMatchObject({ phase: "off", reason: "not_available" });
    expect(await page.models.update()).toBeNull();
    expect(page.device.server.asked()).toEqual([]);
  });

  it("a model that does not answer as its card says leaves the rules, with the reason", async () => {
    page.device.publish({ sequence: 2, models: [{ ...LOAD, outputs: [0, 0, 0] }] });
    page.open();
    await until(page.models.state, ({ failures }) => failures.length > 0);
    await page.rested();
    expect(page.models.state.get().failures[0]).toMatchObject({ code: "probe_differs" });
    expect(page.loaded()).toEqual([]);
    expect(page.engine.calls.filter((call) => call === "load_models")).toHaveLength(1);
  });

  it("what is loaded goes on where the server has nothing", async () => {
    await page.start();
    page.device.server.serve(null);
    const result = await page.models.update();
    expect(result).toMatchObject({ outcome: "failed", failure: { code: "http" } });
    expect(page.loaded()).toHaveLength(2);
    expect(page.models.state.get().failures[0]).toMatchObject({ code: "http" });
    expect(page.models.state.get().phase).toBe("idle");
  });

  it("a failure that a full device cannot note is known while the page is open", async () => {
    await page.start();
    page.device.server.serve(null);
    const full = new EngineError("storage", "the device is full");
    vi.spyOn(DeliveryJournal.prototype, "failed").mockRejectedValue(full);
    const { failure } = (await page.models.update()) ?? {};
    expect(failure).toMatchObject({ code: "http" });
    expect(page.models.state.get().failures).toEqual([failure]);
    expect(await page.device.registry.failures()).toEqual([]);
    // Also once the registry was looked at again.
    await page.models.pin("ranker", true);
    expect(page.models.state.get().failures).toEqual([failure]);
  });

  it("a model that the engine cannot use is named, and the others answer", async () => {
    page.engine.leftOut = [
      { name: "load", version: "1.0.0", code: "corrupt_data", message: "bad" },
    ];
    await page.start();
    expect(page.models.state.get().leftOut).toEqual(page.engine.leftOut);
    expect(page.loaded()).toContain("ranker 1.0.0");
  });

  it("what is not for this device stays said, also where the server has nothing new", async () => {
    const others = { ...LOAD, version: "2.0.0", specHash: "6".repeat(64) };
    page.device.publish({ sequence: 2, models: [RANKER, others] });
    await page.start();
    const left = [{ model: "load", version: "2.0.0", code: "other_spec" }];
    expect(page.models.state.get().left).toMatchObject(left);
    expect(await page.models.update()).toMatchObject({ outcome: "unchanged", left });
    expect(page.models.state.get().left).toMatchObject(left);
    await page.reload();
    await page.start();
    expect(page.models.state.get().left).toMatchObject(left);
    page.device.publish({ sequence: 3, models: [RANKER, LOAD] });
    await page.models.update();
    expect(page.models.state.get().left).toEqual([]);
  });

  it("a build without keys uses what is here, and asks nobody", async () => {
    await page.start();
    await page.reload();
    page.device.server.asked();
    page.open({ keys: { current: "", next: "" } });
    await until(page.models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "off");
    expect(page.models.state.get()).toMatchObject({ phase: "off", reason: "no_keys" });
    expect(await page.models.update()).toBeNull();
    expect(page.device.server.asked()).toEqual([]);
  });

  it("a device that keeps nothing has rules", async () => {
    vi.stubGlobal("indexedDB", undefined);
    page.open({ registry: openModelRegistry() });
    await until(page.models.settled, (settled) => settled);
    await until(page.models.state, ({ phase }) => phase === "off");
    expect(page.models.state.get()).toMatchObject({ reason: "no_storage", loaded: [] });
    expect(page.device.server.asked()).toEqual([]);
  });

  it("a registry that cannot be read keeps nobody waiting", async () => {
    await page.start();
    await page.reload();
    vi.spyOn(page.device.registry, "list").mockRejectedValue(new EngineError("storage", "gone"));
    page.open();
    await until(page.models.settled, (settled) => settled);
    expect(page.models.revision.get()).toBe(1);
    const error = { code: "storage" };
    await until(page.models.state, ({ phase }) => phase === "idle");
    expect(page.models.state.get()).toMatchObject({ loaded: [], error });
    expect(await page.models.update()).toBeNull();
  });

  it("an update that is cancelled leaves what was in use", async () => {
    await page.start();
    page.device.publish({ sequence: 2, models: [{ ...LOAD, version: "2.0.0" }] });
    // A file that never comes.
    page.device.server.fault = (_request, _response, path) => path.startsWith("files/");
    const result = page.models.update();
    await until(page.models.state, ({ phase }) => phase === "downloading");
    page.models.cancel();
    expect(await result).toMatchObject({ outcome: "failed", failure: { code: "interrupted" } });
    expect(page.loaded()).toHaveLength(2);
    expect(page.models.state.get().phase).toBe("idle");
  });
});

describe("a model that fails while it is asked", () => {
  const scorer = (name: string, status: "used" | "failed", reason: string | null = null) =>
    ({ name, version: "1.0.0", status, part: "habit", reason }) as const;
  const hung = { name: "ranker", version: "1.0.0", reason: "no answer within 2 s" };

  beforeEach(() => page.start());

  it("is known at once, by the answer that was made without it", async () => {
    const { models } = page;
    models.heard({ scorers: [scorer("ranker", "used")] });
    expect(models.state.get().failed).toEqual([]);
    models.heard({ scorers: [scorer("ranker", "failed", hung.reason)] });
    expect(models.state.get().failed).toEqual([hung]);
    expect(page.loaded()).toHaveLength(2);
    // Who follows is told of what is new alone.
    const before = models.state.get();
    models.heard({ scorers: [scorer("ranker", "failed", hung.reason)] });
    // An answer that it has no part in says nothing of it.
    models.heard({ scorers: [scorer("load", "used")] });
    expect(models.state.get()).toBe(before);
    models.heard({ scorers: [scorer("load", "failed")] });
    expect(models.state.get().failed).toEqual([
      { name: "load", version: "1.0.0", reason: "" },
      hung,
    ]);
    models.heard({ scorers: [scorer("ranker", "used")] });
    expect(models.state.get().failed).toMatchObject([{ name: "load" }]);
  });

  it("is asked again once it is loaded anew, and so is whoever follows", async () => {
    const { models } = page;
    models.heard({ scorers: [scorer("ranker", "failed", hung.reason)] });
    const before = models.revision.get();
    page.engine.calls.length = 0;
    await models.reload();
    expect(page.engine.calls).toEqual(["load_models"]);
    expect(models.state.get().failed).toEqual([]);
    expect(models.revision.get()).toBe(before + 1);
    await models.reload();
    expect(models.revision.get()).toBe(before + 1);
  });

  it("is no such model in an engine that takes over", async () => {
    const { models, engine } = page;
    models.heard({ scorers: [scorer("ranker", "failed", hung.reason)] });
    engine.worker.crash("no more memory");
    await until(models.state, ({ failed }) => failed.length === 0);
    expect(page.loaded()).toHaveLength(2);
  });
});
