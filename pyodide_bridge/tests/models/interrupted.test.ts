// Updates that end before they are complete: a tab that is closed, a stop, a full device.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openModelDatabase } from "../../src/models/database.js";
import { IndexedModelRegistry, openModelRegistry } from "../../src/models/registry.js";
import type { UpdateProgress } from "../../src/models/update.js";
import { FakeLocks } from "../support/fake-locks.js";
import { devices, stepped } from "./device.js";
import { noise } from "./release.js";

const device = devices();

const models = (version: string, seed: number) => [
  { model: "ranker", version, files: { "ranker.npz": noise(3_000, seed) } },
  { model: "load", version, files: { "load.npz": noise(4_000, seed + 100) } },
];

const OLD = ["load 1", "ranker 1"];
const NEW = ["load 2", "ranker 2"];

beforeEach(async () => {
  device().publish({ sequence: 1, models: models("1", 1) });
  await device().update();
  device().publish({ sequence: 2, models: models("2", 2) });
});

/** A step of a tab that is not there any more. */
const never = <T>() => new Promise<T>(() => undefined);

describe("a tab that is closed", () => {
  /** A tab that dies at a step: before it is made, or after it without learning of it. */
  async function mortalTab(lives: number, when: "before" | "after") {
    let steps = 0;
    let died: () => void = () => undefined;
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    const step = async <T>(act: () => Promise<T>): Promise<T> => {
      const last = steps++ === lives;
      if (steps - 1 > lives || (last && when === "before")) {
        died();
        return never();
      }
      const result = await act();
      if (!last) return result;
      died();
      return never();
    };
    const inner = await openModelDatabase();
    const run = device().update({
      registry: new IndexedModelRegistry(stepped(inner, step)),
      fetch: (...args) => step(() => fetch(...args)),
    });
    const ended = await Promise.race([run.then(() => true), death.then(() => false)]);
    inner.close();
    return ended;
  }

  it.each(["before", "after"] as const)(
    "leaves the old models or the new ones at any step (%s it)",
    async (when) => {
      let lives = 0;
      let sawNew = false;
      for (let ended = false; !ended; lives++) {
        // A world of its own for each death, in which the first release is in use.
        const name = indexedDB;
        vi.stubGlobal("indexedDB", new (name.constructor as new () => IDBFactory)());
        await device().reload();
        device().publish({ sequence: 1, models: models("1", 1) });
        await device().update();
        device().publish({ sequence: 2, models: models("2", 2) });

        ended = await mortalTab(lives, when);

        // The browser gives the locks of a closed tab to others.
        vi.stubGlobal("navigator", { locks: new FakeLocks() });
        await device().reload();
        const active = await device().active();
        expect([OLD, NEW]).toContainEqual(active);
        const complete = active[0] === NEW[0];
        sawNew ||= complete && !ended;
        const next = await device().update();
        expect(next.outcome).toBe(complete ? "unchanged" : "updated");
        expect(await device().active()).toEqual(NEW);
        expect(await device().registry.rollBack("ranker")).toBe("1");
        const failures = await device().registry.failures();
        const begun = lives > 1 || (lives === 1 && when === "after");
        expect(failures.map(({ code }) => code)).toEqual(complete || !begun ? [] : ["interrupted"]);
      }
      expect(lives).toBeGreaterThan(15);
      // Dying after the last write is dying with everything in place.
      expect(sawNew).toBe(when === "after");
    },
    30_000,
  );
});

describe("a stop", () => {
  const stages: UpdateProgress["stage"][] = ["checking", "downloading", "trying", "installing"];

  it.each(stages)("while %s leaves the old models, and says so", async (stage) => {
    const controller = new AbortController();
    const result = await device().update({
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.stage === stage) controller.abort();
      },
    });
    // What is being installed is one transaction: it is not broken off any more.
    const over = stage === "installing";
    expect(result.failure?.code).toBe(over ? undefined : "interrupted");
    expect(await device().active()).toEqual(over ? NEW : OLD);
    const failures = await device().registry.failures();
    expect(failures.map(({ code }) => code)).toEqual(over ? [] : ["interrupted"]);
    expect((await device().update()).outcome).toBe(over ? "unchanged" : "updated");
    expect(await device().active()).toEqual(NEW);
  });

  it("during any request or probe leaves the old models", async () => {
    for (let count = 0; count < 8; count++) {
      const controller = new AbortController();
      let left = count;
      const tick = () => {
        if (left-- === 0) controller.abort();
      };
      const result = await device().update({
        signal: controller.signal,
        fetch: (...args) => {
          tick();
          return fetch(...args);
        },
        probe: () => {
          controller.abort(); // At the latest: files of earlier tries are not asked for again.
          return never();
        },
      });
      expect(result.failure?.code).toBe("interrupted");
      expect(await device().active()).toEqual(OLD);
    }
    expect((await device().update()).outcome).toBe("updated");
  });

  it("while another tab is at it ends the waiting, and not the other one", async () => {
    const controller = new AbortController();
    const first = device().update({
      fetch: (...args) => {
        controller.abort();
        return fetch(...args);
      },
    });
    const second = device().update({ signal: controller.signal });
    expect((await second).failure?.code).toBe("interrupted");
    expect((await first).outcome).toBe("updated");
    expect(await device().active()).toEqual(NEW);
    expect(await device().registry.failures()).toEqual([]);
  });
});

describe("a device that is full", () => {
  afterEach(() => vi.restoreAllMocks());

  /** The device is full when this many entries have been written to a table. */
  function fullAfter(entries: number, table: string) {
    const put = IDBObjectStore.prototype.put;
    let left = entries;
    const seen: string[] = [];
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (this.name === table) {
        seen.push(this.name);
        if (left-- <= 0) throw new DOMException("full", "QuotaExceededError");
      }
      return put.apply(this, args);
    });
    return seen;
  }

  it.each([
    ["downloads", 0],
    ["downloads", 3],
    ["blobs", 0],
    ["blobs", 2],
    ["artefacts", 1],
    ["pointers", 1],
  ])("while %s is written (%i entries in) keeps the old models", async (table, entries) => {
    const seen = fullAfter(entries, table);
    const result = await device().update();
    expect(seen.length).toBeGreaterThan(entries);
    expect(result.failure).toMatchObject({ code: "storage", manifestSequence: 2 });
    expect(result.failure?.message).toMatch(/full.*quota/);
    vi.restoreAllMocks();
    await device().reload();
    expect(await device().active()).toEqual(OLD);
    expect(await device().registry.failures()).toEqual([result.failure]);
    expect(await waiting()).toBe(0);
    expect((await device().update()).outcome).toBe("updated");
    expect(await device().active()).toEqual(NEW);
  });

  it("of which only the transaction knows keeps the old models", async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = put.apply(this, args);
      if (this.name === "blobs") {
        // As a browser does where the disk turns out to be full while it commits.
        const transaction = this.transaction as unknown as { _abort(name: string): void };
        transaction._abort("QuotaExceededError");
      }
      return request;
    });
    expect((await device().update()).failure).toMatchObject({ code: "storage" });
    vi.restoreAllMocks();
    expect(await device().active()).toEqual(OLD);
  });

  it("where not even the reason can be stored tells it in the answer", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect((await device().update()).failure).toMatchObject({ code: "storage" });
    vi.restoreAllMocks();
    expect(await device().active()).toEqual(OLD);
  });

  /** Files that wait for their release. */
  async function waiting(): Promise<number> {
    const database = await openModelDatabase();
    const rows = await database.read("count", (tables) => tables.downloads.all());
    database.close();
    return rows.length;
  }
});

it("bytes that no artefact holds any more are let go", async () => {
  for (let version = 2; version < 6; version++) {
    device().publish({ sequence: version, models: models(String(version), version) });
    await device().update();
  }
  const registry = await openModelRegistry();
  for (const { name, version, active } of await registry.list()) {
    if (!active) await registry.remove(name, version);
  }
  registry.close();
  const database = await openModelDatabase();
  const blobs = await database.read("count", (tables) => tables.blobs.all());
  database.close();
  // A file of each model's own, and the one that they share.
  expect(blobs.map(({ data }) => data.byteLength).sort((a, b) => a - b)).toEqual([
    22, 3_000, 4_000,
  ]);
});
