import { afterEach, describe, expect, it, vi } from "vitest";
import { openFeatureStore } from "../../src/storage/feature-store.js";
import type { FeatureEntry, FeatureStore } from "../../src/storage/types.js";
import { freshIndexedDb } from "../support/indexed-db.js";

freshIndexedDb();

const stores: FeatureStore[] = [];
async function open(): Promise<FeatureStore> {
  const store = await openFeatureStore();
  stores.push(store);
  return store;
}
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

function entry(header: string, bytes = 4): FeatureEntry {
  return { header, data: new Uint8Array(bytes).fill(bytes % 251).buffer };
}

describe.each(["IndexedDB", "memory"])("the feature store in %s", (place) => {
  async function make(): Promise<FeatureStore> {
    if (place === "memory") vi.stubGlobal("indexedDB", undefined);
    const store = await open();
    expect(store.durable).toBe(place === "IndexedDB");
    return store;
  }

  it("gives back what was written, in key order, by prefix", async () => {
    const store = await make();
    const all = ["user/b", "user/a", "exercise/x", "session/s", "log/2", "log/10", "other"];
    await store.write(new Map(all.map((key) => [key, entry(key, key.length)])));
    expect([...(await store.read("")).keys()]).toEqual([...all].sort());
    expect([...(await store.read("user/")).keys()]).toEqual(["user/a", "user/b"]);
    expect([...(await store.read("log/1")).keys()]).toEqual(["log/10"]);
    expect([...(await store.read("u")).keys()]).toEqual(["user/a", "user/b"]);
    expect([...(await store.read("nothing")).keys()]).toEqual([]);
    expect((await store.read("log/2")).get("log/2")).toEqual(entry("log/2", 5));
  });

  it("replaces and deletes in one go", async () => {
    const store = await make();
    await store.write(new Map([["log/1", entry("old")]]));
    await store.write(new Map([["log/2", entry("new")]]), ["log/1", "log/unknown"]);
    expect([...(await store.read("log/")).keys()]).toEqual(["log/2"]);
    await store.erase();
    expect((await store.read("")).size).toBe(0);
  });

  it("finds keys with any characters behind the prefix", async () => {
    const store = await make();
    const keys = ["log/\uffff\uffff", "log/ä", "log/\u{1F3CB}", "log/"];
    await store.write(new Map(keys.map((key) => [key, entry(key)])));
    await store.write(
      new Map([
        ["lo\uffff", entry("x")],
        ["log0", entry("x")],
      ]),
    );
    expect([...(await store.read("log/")).keys()].sort()).toEqual([...keys].sort());
    expect([...(await store.read("lo\uffff")).keys()]).toEqual(["lo\uffff"]);
  });
});

describe("budgets", () => {
  it.each([
    ["user/", 5_000],
    ["exercise/", 50_000],
    ["session/", 10_000],
  ])("of %s are kept by dropping the oldest entries", async (prefix, budget) => {
    const store = await open();
    let time = 1;
    vi.spyOn(Date, "now").mockImplementation(() => time++);
    for (let i = 0; i < 12; i++) {
      await store.write(new Map([[`${prefix}${i}`, entry("{}", budget / 5)]]));
    }
    const left = await store.read(prefix);
    expect([...left.keys()].map((key) => key.slice(prefix.length)).sort()).toEqual(
      ["8", "9", "10", "11"].sort(),
    );
    const bytes = [...left].map(
      ([key, { header, data }]) => key.length + header.length + data.byteLength,
    );
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(budget);
  });

  it("leave the history columns alone", async () => {
    const store = await open();
    await store.write(new Map([["log/chunk", entry("{}", 2_000_000)]]));
    expect((await store.read("log/")).get("log/chunk")?.data.byteLength).toBe(2_000_000);
  });
});
