// What the lifter chooses: followed at once, in every tab, and left alone by updates.
import { beforeEach, describe, expect, it } from "vitest";
import { until } from "../support/wait.js";
import { LOAD, NET, pages, RANKER } from "./page.js";

const page = pages();

describe("what the lifter chooses", () => {
  beforeEach(() => page.start());

  it("is followed at once, and no update takes it back", async () => {
    await page.models.deactivate("load");
    expect(page.loaded()).toEqual(["ranker 1.0.0"]);
    page.device.publish({ sequence: 2, models: [RANKER, { ...LOAD, version: "2.0.0" }] });
    await page.models.update();
    expect(page.loaded()).toEqual(["ranker 1.0.0"]);
    await page.models.activate("load", "1.0.0");
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    await page.models.pin("load", false);
    await page.models.update();
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 2.0.0"]);
    expect(await page.models.rollBack("load")).toBe("1.0.0");
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
  });

  it("is refused with the registry's own words, and nothing changes", async () => {
    await expect(page.models.rollBack("ranker")).rejects.toMatchObject({ code: "invalid_request" });
    await expect(page.models.remove("load", "1.0.0")).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(page.loaded()).toHaveLength(2);
  });

  it("may be a model that is no default, from then on and after a reload", async () => {
    expect(await page.models.add("exercise-net")).toMatchObject({ activated: ["exercise-net"] });
    expect(page.loaded()).toContain("exercise-net 1.0.0");
    expect(page.models.state.get().offered).toEqual([]);
    await page.reload();
    page.device.publish({ sequence: 2, models: [RANKER, LOAD, { ...NET, version: "2.0.0" }] });
    page.open();
    await until(page.models.state, ({ loaded, phase }) => loaded.length === 3 && phase === "idle");
    await until(page.models.state, ({ sequence, phase }) => sequence === 2 && phase === "idle");
    expect(page.loaded()).toContain("exercise-net 2.0.0");
  });

  it("may be to be rid of it for good, or to have it again", async () => {
    await page.models.add("exercise-net");
    await page.models.deactivate("exercise-net");
    await page.models.remove("exercise-net", "1.0.0");
    expect(page.models.state.get().offered.map(({ model }) => model)).toEqual(["exercise-net"]);
    await page.models.update();
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
    await page.models.add("exercise-net");
    expect(page.loaded()).toContain("exercise-net 1.0.0");
  });

  it("may be to have nothing: all goes, and comes back when it is asked for", async () => {
    await page.models.add("exercise-net");
    await page.models.erase();
    expect(page.loaded()).toEqual([]);
    expect(page.models.state.get().sizes.stored).toBe(0);
    await page.models.update();
    expect(page.loaded()).toEqual(["ranker 1.0.0", "load 1.0.0"]);
  });

  it("counts in the other tab as well", async () => {
    const tab = await page.tab();
    await until(tab.state, ({ loaded, phase }) => loaded.length === 2 && phase === "idle");
    await page.models.deactivate("load");
    await until(tab.state, ({ loaded }) => loaded.length === 1);
    expect(page.loaded(tab)).toEqual(["ranker 1.0.0"]);
    page.device.publish({ sequence: 2, models: [{ ...RANKER, version: "2.0.0" }, LOAD] });
    await Promise.all([page.models.update(), tab.update()]);
    for (const each of [page.models, tab]) {
      await until(each.state, ({ loaded }) => loaded[0]?.version === "2.0.0");
    }
    const files = page.device.server.requests.filter((path) => path.endsWith(".npz"));
    expect(files).toHaveLength(new Set(files).size);
  });
});
