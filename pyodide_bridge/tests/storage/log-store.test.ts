import { afterEach, describe, expect, it, vi } from "vitest";
import { contentHash } from "../../src/storage/hash.js";
import { openLogStore } from "../../src/storage/log-store.js";
import type { LogStore } from "../../src/storage/types.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { random, session } from "../support/sessions.js";

freshIndexedDb();

const stores: LogStore[] = [];
async function open(options?: { blockedMs: number }): Promise<LogStore> {
  const store = await openLogStore(options);
  stores.push(store);
  return store;
}
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

describe("the log store", () => {
  it("keeps sessions and documents over a reopening, newest first", async () => {
    const store = await open();
    const [old, recent] = [session("old", 1_000), session("recent", 2_000)];
    await store.write({ sessions: [old, recent] });
    await store.writeDocument("settings", { units: "kg" });
    store.close();
    const again = await open();
    expect(again).toMatchObject({ durable: true });
    expect(again.reason).toBeUndefined();
    expect(await again.load()).toEqual({
      sessions: [recent, old],
      documents: { settings: { units: "kg" } },
      damaged: [],
    });
  });

  it("gives loaded sessions the hash they were stored with", async () => {
    const store = await open();
    const stored = { id: "a", hash: "as-stored", startTime: 1, text: '{"id": "a"}' };
    await store.writeRecords([stored]);
    expect(await store.manifest()).toEqual({ a: "as-stored" });
    expect(await store.readRecords(["missing", "a"])).toEqual([stored]);
    const { sessions } = await store.load();
    expect(contentHash(sessions[0])).toBe("as-stored");
  });

  it("equals a map after any sequence of writes", async () => {
    const store = await open();
    const model = new Map<string, ReturnType<typeof session>>();
    const next = random(7);
    for (let step = 0; step < 60; step++) {
      const ids = Array.from({ length: 4 }, () => `s${Math.floor(next() * 12)}`);
      const deleted = ids.slice(0, Math.floor(next() * 3));
      const sessions = [...new Set(ids.slice(2))].map((id) => session(id, next() * 1e6));
      await store.write({ sessions, deleted });
      for (const id of deleted) model.delete(id);
      for (const item of sessions) model.set(item.id, item);
    }
    const { sessions } = await store.load();
    const expected = [...model.values()].sort((a, b) => b.startTime - a.startTime);
    expect(sessions).toEqual(expected);
    const hashes = [...model].map(([id, item]) => [id, contentHash(item)]);
    expect(await store.manifest()).toEqual(Object.fromEntries(hashes));
  });

  it("writes all or nothing, and says that it could not", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    const bad = { id: "b", hash: "h", startTime: 1, text: Symbol("text") as unknown as string };
    const good = { id: "c", hash: "h", startTime: 1, text: "{}" };
    const failure = store.writeRecords([good, bad], ["a"]);
    await expect(failure).rejects.toMatchObject({ code: "storage", details: { reason: "failed" } });
    expect(Object.keys(await store.manifest())).toEqual(["a"]);
    await store.writeRecords([good]);
    expect(Object.keys(await store.manifest())).toEqual(["a", "c"]);
  });

  it("writes sessions and documents together, or neither", async () => {
    const store = await open();
    await store.write({
      sessions: [session("a", 1)],
      documents: { settings: 1, unset: undefined },
    });
    expect((await store.load()).documents).toEqual({ settings: 1 });
    const circle: { self?: object } = {};
    circle.self = circle;
    const change = { deleted: ["a"], documents: { settings: 2, circle } };
    await expect(store.write(change)).rejects.toMatchObject({ code: "storage" });
    const symbol = Symbol("name") as unknown as string;
    await expect(
      store.writeRecords([{ id: "b", hash: symbol, startTime: 1, text: "{}" }], ["a"]),
    ).rejects.toMatchObject({ code: "storage" });
    const { sessions, documents } = await store.load();
    expect([sessions.map(({ id }) => id), documents]).toEqual([["a"], { settings: 1 }]);
  });

  it("names a full device as such and keeps what was there", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(
      store.write({ sessions: [session("b", 2)], deleted: ["a"] }),
    ).rejects.toMatchObject({
      code: "storage",
      details: { reason: "quota", remedy: expect.stringMatching(/space/) },
    });
    vi.restoreAllMocks();
    expect(Object.keys(await store.manifest())).toEqual(["a"]);
  });

  it("loads the rest where one record is damaged, and leaves that one alone", async () => {
    const store = await open();
    await store.write({ sessions: [session("good", 1)] });
    await store.writeRecords([
      { id: "cut", hash: "h", startTime: 2, text: '{"id":"cu' },
      { id: "number", hash: "h", startTime: 3, text: "7" },
    ]);
    await store.writeDocumentText("settings", "{");
    const content = await store.load();
    expect(content.sessions.map(({ id }) => id)).toEqual(["good"]);
    expect(content.documents).toEqual({});
    expect(content.damaged.sort()).toEqual(["cut", "number", "settings"]);
    expect(Object.keys(await store.manifest())).toHaveLength(3);
  });

  it("accepts hostile ids and times that are no numbers", async () => {
    const store = await open();
    const ids = ["__proto__", "a/b", "", "ключ", "constructor"];
    await store.write({ sessions: ids.map((id) => session(id, Number.NaN)) });
    const { sessions } = await store.load();
    expect(sessions.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(Object.keys(await store.manifest()).sort()).toEqual([...ids].sort());
  });

  it("erases everything", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    await store.writeDocument("settings", {});
    await store.erase();
    expect(await store.load()).toEqual({ sessions: [], documents: {}, damaged: [] });
  });
});
