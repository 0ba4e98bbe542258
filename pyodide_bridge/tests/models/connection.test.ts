// From releases to models that the engine has loaded: in which order, and until when.
import { describe, expect, it, vi } from "vitest";
import { until } from "../support/wait.js";
import { LOAD, pages } from "./page.js";

const page = pages();

describe("a first visit", () => {
  it("asks for nothing before the first answer, then loads, fetches, tries and loads", async () => {
    let answered = () => {};
    const after = new Promise<void>((resolve) => {
      answered = resolve;
    });
    page.open({ after });
    await until(page.engine.client.boot, ({ phase }) => phase === "ready");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(page.engine.calls).toEqual([]);
    expect(page.device.server.asked()).toEqual([]);
    expect(page.models.state.get()).toMatchObject({ phase: "waiting", checked: null });
    expect(page.models.settled.get()).toBe(false);

    const phases: string[] = [];
    page.models.state.subscribe(() => {
      const { phase } = page.models.state.get();
      if (phases.at(-1) !== phase) phases.push(phase);
    });
    answered();
    await until(page.models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    const tried = ["try_model model.json", "try_model model.json"];
    expect(page.engine.calls).toEqual(["load_models", ...tried, "load_models"]);
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    const steps = ["loading", "checking", "downloading", "trying", "installing", "loading", "idle"];
    expect(phases.filter((phase) => phase !== "waiting")).toEqual(
      expect.arrayContaining([...new Set(steps)]),
    );
    expect(phases.indexOf("downloading")).toBeLessThan(phases.indexOf("trying"));
  });

  it("says what there is, what is offered and how much room it takes", async () => {
    await page.start();
    const { installed, released, offered, sizes, sequence, failures } = page.models.state.get();
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
    expect(page.models.settled.get()).toBe(true);
  });

  it("has whoever follows ask again once models are there", async () => {
    page.open();
    const asked: string[][] = [];
    page.models.revision.subscribe(() => asked.push(page.loaded()));
    await until(page.models.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    expect(asked).toEqual([[], ["ranker 1.0.0", "load 1.0.0"]]);
  });
});

describe("a later visit", () => {
  it("loads what is here, and fetches nothing that is not new", async () => {
    await page.start();
    await page.reload();
    page.device.server.asked();
    await page.start();
    expect(page.loaded()).toHaveLength(2);
    expect(page.engine.calls).toEqual(["load_models"]);
    expect(page.device.server.asked()).toEqual(["manifest.json"]);
    expect(page.models.state.get().offered).toHaveLength(1);
  });

  it("without a network loads what is here, and looks when there is one", async () => {
    await page.start();
    await page.reload();
    page.device.server.asked();
    const { locks } = navigator;
    vi.stubGlobal("navigator", { locks, onLine: false });
    const events = new EventTarget();
    vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
    vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
    page.open();
    await page.rested();
    expect(page.loaded()).toHaveLength(2);
    expect(page.device.server.asked()).toEqual([]);
    expect(page.models.state.get().failures).toEqual([]);
    const before = page.models.state.get().checked;
    await new Promise((resolve) => setTimeout(resolve, 5));
    events.dispatchEvent(new Event("online"));
    await until(page.models.state, ({ checked }) => checked !== before);
    expect(page.device.server.asked()).toEqual(["manifest.json"]);
  });

  it("looks again and again while the page stays open", async () => {
    await page.start({ everyMs: 50 });
    page.device.publish({ sequence: 2, models: [{ ...LOAD, version: "2.0.0" }] });
    await until(page.models.state, ({ loaded }) =>
      loaded.some(({ version }) => version === "2.0.0"),
    );
    expect(page.loaded()).toEqual(["load 2.0.0"]);
  });
});

describe("a connection that was ended", () => {
  it("before its registry was there hears nothing of it", async () => {
    const { registry } = page.device;
    const subscribe = vi.spyOn(registry, "subscribe");
    page.open({ registry: Promise.resolve(registry) });
    page.models.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(subscribe).not.toHaveBeenCalled();
    expect(page.engine.calls).toEqual([]);
  });

  it("asks for nothing any more", async () => {
    await page.start({ everyMs: 10 });
    page.models.dispose();
    const before = page.models.state.get();
    await new Promise((resolve) => setTimeout(resolve, 10));
    page.engine.calls.length = 0;
    page.device.server.asked();
    await page.device.registry.deactivate("load");
    page.engine.client.restart();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(page.engine.calls).toEqual([]);
    expect(page.device.server.asked()).toEqual([]);
    expect(page.models.state.get()).toBe(before);
  });
});
