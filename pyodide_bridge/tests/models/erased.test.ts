// Everything is erased while an update is going on in another tab: nothing of it comes back.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openModelDatabase } from "../../src/models/database.js";
import { IndexedModelRegistry, openModelRegistry } from "../../src/models/registry.js";
import type { UpdateOptions } from "../../src/models/update.js";
import { until } from "../support/wait.js";
import { devices, stepped } from "./device.js";
import { NET, Page } from "./page.js";
import { noise } from "./release.js";

const device = devices();

const models = (version: string, seed: number) => [
  { model: "ranker", version, files: { "ranker.npz": noise(3_000, seed) } },
  { model: "load", version, files: { "load.npz": noise(4_000, seed + 100) } },
];

const NEW = ["load 2", "ranker 2"];

beforeEach(async () => {
  device().publish({ sequence: 1, models: models("1", 1) });
  await device().update();
  device().publish({ sequence: 2, models: models("2", 2) });
});

/** Erase everything, in a tab of its own. */
async function erase(): Promise<void> {
  const registry = await openModelRegistry();
  await registry.erase();
  registry.close();
}

/** What is stored of models, but for what is known of releases. */
async function stored(): Promise<object> {
  const database = await openModelDatabase();
  const found = await database.read("count", async (tables) => {
    const { artefacts, pointers, blobs, downloads, failures, meta } = tables;
    const all = [artefacts, pointers, blobs, downloads, failures];
    const [rows, running] = await Promise.all([
      Promise.all(all.map(async (table) => (await table.all()).length)),
      meta.get("running"),
    ]);
    return { rows, running };
  });
  database.close();
  return found;
}

const NOTHING = { rows: [0, 0, 0, 0, 0], running: undefined };

/** The tab that updates: `act` runs before the step of this number, if there are so many. */
async function tab(number: number, act: () => Promise<void>) {
  let steps = 0;
  const step = async <T>(next: () => Promise<T>): Promise<T> => {
    if (steps++ === number) await act();
    return next();
  };
  const inner = await openModelDatabase();
  // It hears of nothing: what it may write is all that counts.
  const database = { ...stepped(inner, step), subscribe: () => () => undefined };
  const options: Partial<UpdateOptions> = {
    registry: new IndexedModelRegistry(database),
    fetch: (...args) => step(() => fetch(...args)),
  };
  const result = await device().update(options);
  inner.close();
  return { result, isOver: steps <= number };
}

describe("an erase", () => {
  it.each(["with locks", "without locks"])(
    "at any step of another tab's update leaves nothing (%s)",
    async (which) => {
      if (which === "without locks") vi.stubGlobal("navigator", {});
      let ends = 0;
      for (let number = 1; ; number++) {
        vi.stubGlobal("indexedDB", new (indexedDB.constructor as new () => IDBFactory)());
        await device().reload();
        device().publish({ sequence: 1, models: models("1", 1) });
        await device().update();
        device().publish({ sequence: 2, models: models("2", 2) });

        const { result, isOver } = await tab(number, erase);
        if (isOver) break;
        ends++;
        expect(result).toMatchObject({ outcome: "failed", failure: { code: "interrupted" } });
        expect(result.failure?.message).toContain("erased");
        expect(await stored()).toEqual(NOTHING);
        // They come anew as on a first visit.
        expect((await device().update()).activated).toEqual(["ranker", "load"]);
        expect(await device().active()).toEqual(NEW);
      }
      expect(ends).toBeGreaterThan(15);
    },
    60_000,
  );

  it("ends an update that was asked for before and waits for its turn", async () => {
    let isWaiting = () => {};
    const waiting = new Promise<void>((resolve) => {
      isWaiting = resolve;
    });
    const first = device().update({
      fetch: async (...args) => {
        await waiting;
        return fetch(...args);
      },
    });
    const registry = await openModelRegistry();
    const second = device().update({ registry });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await erase();
    isWaiting();
    expect((await first).failure?.code).toBe("interrupted");
    expect((await second).failure?.code).toBe("interrupted");
    registry.close();
    expect(await stored()).toEqual(NOTHING);
  });

  it("does not let it wait for what a server does not send", async () => {
    // A file that never comes.
    device().server.fault = (_request, _response, path) => path.startsWith("files/");
    let stage = "";
    const update = device().update({
      idleMs: 60_000,
      onProgress: (progress) => {
        stage = progress.stage;
      },
    });
    await vi.waitFor(() => expect(stage).toBe("downloading"));
    await erase();
    expect((await update).failure?.code).toBe("interrupted");
    expect(await stored()).toEqual(NOTHING);
  });

  it("leaves of a release its number alone", async () => {
    const before = await device().registry.journal.known();
    expect(before).toMatchObject({ sequence: 1, released: [{}, {}] });
    await erase();
    const { sequence, checked, released, left, wanted } = await device().registry.journal.known();
    expect({ sequence, checked, released, left, wanted }).toEqual({
      sequence: 1,
      checked: 0,
      released: [],
      left: [],
      wanted: [],
    });
  });
});

describe("pages in two tabs", () => {
  const page = new Page(device);

  it("agree that nothing is there, though one was at it, and have it anew when asked", async () => {
    page.begin();
    device().publish({ sequence: 2, models: [...models("2", 2), NET] });
    device().server.fault = (_request, _response, path) => path.startsWith("files/");
    const other = await page.tab();
    await until(other.state, ({ phase }) => phase === "downloading");
    page.open();
    await until(page.models.state, ({ phase }) => phase === "checking");
    await page.models.erase();
    for (const { state } of [page.models, other]) {
      await until(state, ({ phase, installed }) => phase === "idle" && installed.length === 0);
      expect(state.get()).toMatchObject({ loaded: [], checked: null, offered: [] });
    }
    expect(await stored()).toEqual(NOTHING);
    device().server.fault = null;
    expect((await other.update())?.activated).toEqual(["ranker", "load"]);
    for (const { state } of [page.models, other]) {
      await until(state, ({ loaded }) => loaded.length === 2);
    }
    page.end();
  });

  it("forget together what was wanted besides", async () => {
    page.begin();
    device().publish({ sequence: 2, models: [...models("2", 2), NET] });
    await page.start();
    // Asked for while an update is going on, which the erase ends.
    device().server.fault = (_request, _response, path) => path === "manifest.json";
    const going = page.models.update();
    await until(page.models.state, ({ phase }) => phase === "checking");
    const added = page.models.add("exercise-net");
    await page.models.erase();
    device().server.fault = null;
    expect((await going)?.failure?.code).toBe("interrupted");
    expect((await added)?.failure?.code).toBe("interrupted");
    expect(await stored()).toEqual(NOTHING);
    await page.models.update();
    expect(page.loaded()).toEqual(["ranker 2", "load 2"]);
    page.end();
  });
});
