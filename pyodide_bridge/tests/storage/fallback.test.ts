// What goes wrong with storage, what is said then, and that nothing is lost on the way.
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LOG_TABLES } from "../../src/storage/changes.js";
import { Home } from "../../src/storage/home.js";
import { LOG_DATABASE } from "../../src/storage/log-database.js";
import type { ForeignChange, LogStore, StorageStatus } from "../../src/storage/types.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";
import { logStores, memoryStorage } from "../support/stores.js";

freshIndexedDb();
const open = logStores();
const ids = async (store: LogStore) => (await store.load()).sessions.map(({ id }) => id).sort();

const raw: { close(): void }[] = [];
beforeEach(() => {
  vi.stubGlobal("localStorage", memoryStorage());
});
afterEach(() => {
  for (const database of raw.splice(0)) database.close();
});

/** The database as a later version of this page has it. */
async function newerVersion(): Promise<IDBPDatabase> {
  const database = await openDB(LOG_DATABASE.name, 99);
  raw.push(database);
  return database;
}

describe("without a usable IndexedDB", () => {
  const refusals: [string, () => void][] = [
    ["missing", () => vi.stubGlobal("indexedDB", undefined)],
    [
      "denied",
      () =>
        vi.spyOn(indexedDB, "open").mockImplementation(() => {
          throw new DOMException("private", "SecurityError");
        }),
    ],
  ];
  it.each(refusals)("keeps the log in memory and says why: %s", async (reason, refuse) => {
    refuse();
    const store = await open();
    expect(store).toMatchObject({ durable: false, reason });
    await store.write({ sessions: [session("a", 1), session("b", 2)], deleted: ["a"] });
    await store.writeDocument("settings", { units: "kg" });
    const content = await store.load();
    expect(content.sessions.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(content.documents).toEqual({ settings: { units: "kg" } });
    const imported = { id: "i", fileName: "f", app: "Strong", at: 1 };
    await store.write({ sessions: [session("c", 3)], import: imported });
    expect((await store.undoImport("i")).removed).toEqual(["c"]);
    await store.erase();
    expect(await store.manifest()).toEqual({});
  });

  it("writes what memory holds once storage is there", async () => {
    const refusing = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("private", "SecurityError");
    });
    const store = await open();
    await store.load();
    const imported = { id: "i", fileName: "f", app: "Strong", at: 1 };
    await store.write({ sessions: [session("a", 1)], documents: { settings: 1 } });
    await store.write({ sessions: [session("b", 1)], import: imported });
    expect(await store.retry()).toBe(false);
    refusing.mockRestore();
    const statuses: StorageStatus[] = [];
    store.onStatus((status) => statuses.push(status));
    expect(await store.retry()).toBe(true);
    expect(statuses).toEqual([{ durable: true }]);
    const again = await open();
    expect(again).toMatchObject({ durable: true });
    expect(await ids(again)).toEqual(["a", "b"]);
    expect((await again.load()).documents).toEqual({ settings: 1 });
    expect((await again.undoImport("i")).removed).toEqual(["b"]);
  });
});

describe("a newer version in another tab", () => {
  it("that upgrades gets its way; this one goes on in memory, and says so", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    await store.load();
    const newer = await newerVersion();
    const statuses: StorageStatus[] = [];
    store.onStatus((status) => statuses.push(status));
    await store.write({ sessions: [session("b", 2)] });
    expect(statuses).toEqual([{ durable: false, reason: "newer_version" }]);
    expect(await ids(store)).toEqual(["a", "b"]);
    expect(await newer.getAllKeys("sessions")).toEqual(["a"]);
    // Erasing what cannot be reached would only look like it.
    await expect(store.erase()).rejects.toMatchObject({ details: { reason: "newer_version" } });
  });

  it("finds what this one could not store any more", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1), session("gone", 1)] });
    await store.load();
    await newerVersion();
    await store.write({ sessions: [session("b", 2)], documents: { settings: { units: "lbs" } } });
    await store.write({ sessions: [session("a", 1, 99)], deleted: ["gone"] });
    store.close();
    for (const database of raw.splice(0)) database.close();
    // The page of the newer version takes it up when it opens.
    const steps = Array.from({ length: 99 }, (_, i) => LOG_DATABASE.migrations[i] ?? (() => {}));
    const home = new Home({ ...LOG_DATABASE, migrations: steps }, {});
    await home.open();
    expect(home.status).toEqual({ durable: true });
    const [sessions, documents] = await home.run("read", "readonly", LOG_TABLES, (tables) =>
      Promise.all([tables.sessions.all(), tables.documents.all()]),
    );
    expect(sessions.map(({ text }) => JSON.parse(text))).toEqual([
      session("a", 1, 99),
      session("b", 2),
    ]);
    expect(documents).toMatchObject([{ name: "settings", text: '{"units":"lbs"}' }]);
    expect(localStorage.length).toBe(0);
    home.close();
  });

  it("that was there first leaves this one in memory, with what is stored in sight", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)], documents: { settings: { units: "kg" } } });
    store.close();
    await newerVersion();
    const late = await open();
    expect(late).toMatchObject({ durable: false, reason: "newer_version" });
    expect(await ids(late)).toEqual(["a"]);
    expect((await late.load()).documents).toEqual({ settings: { units: "kg" } });
  });
});

describe("an older version in another tab", () => {
  it("that does not let go leaves this one in memory until it does", async () => {
    const older = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(LOG_DATABASE.name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("sessions", { keyPath: "id" });
        const documents = request.result.createObjectStore("documents");
        documents.put('{"units":"kg"}', "settings");
      };
      request.onsuccess = () => resolve(request.result);
    });
    raw.push(older);
    const store = await open({ blockedMs: 20 });
    expect(store).toMatchObject({ durable: false, reason: "blocked" });
    const heard: ForeignChange[] = [];
    store.subscribe((change) => heard.push(change));
    await store.load();
    await store.write({ sessions: [session("here", 1)] });
    older.close();
    await expect.poll(() => store.retry()).toBe(true);
    expect(heard.at(-1)).toMatchObject({ documents: { settings: { units: "kg" } }, erased: false });
    expect(await ids(store)).toEqual(["here"]);
  });
});

describe("a full device", () => {
  const full = () =>
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });

  it("is named as such, and what was there stays", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    full();
    await expect(
      store.write({ sessions: [session("b", 2)], deleted: ["a"] }),
    ).rejects.toMatchObject({
      code: "storage",
      details: { reason: "quota", remedy: expect.stringMatching(/space/) },
    });
    vi.restoreAllMocks();
    expect(await ids(store)).toEqual(["a"]);
    expect(store.durable).toBe(true);
  });

  it("is named as such where only the transaction knows it", async () => {
    const store = await open();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = put.apply(this, args);
      // As a browser does where the disk turns out to be full while it commits.
      (this.transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError");
      return request;
    });
    await expect(store.write({ sessions: [session("b", 2)] })).rejects.toMatchObject({
      details: { reason: "quota" },
    });
  });

  it("keeps the workout that is going on aside until it fits, over a reload", async () => {
    const store = await open();
    await store.write({ sessions: [session("w", 1, 60)] });
    full();
    const change = { sessions: [session("w", 1, 70)], keepUnsaved: true };
    await expect(store.write(change)).rejects.toMatchObject({ details: { reason: "quota" } });
    vi.restoreAllMocks();
    store.close();
    const again = await open();
    expect((await again.load()).sessions).toEqual([session("w", 1, 70)]);
    expect(localStorage.length).toBe(0);
  });

  it("forgets what it kept aside once that is stored", async () => {
    const store = await open();
    const change = { sessions: [session("w", 1, 70)], keepUnsaved: true };
    full();
    await store.write(change).catch(() => undefined);
    expect(localStorage.length).toBe(1);
    vi.restoreAllMocks();
    await store.write(change);
    expect(localStorage.length).toBe(0);
  });
});

describe("a browser that deletes the database beneath an open page", () => {
  it("gets it written again from what the page knows, and the page says so", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)], documents: { settings: 1 } });
    await store.load();
    await deleteDB(LOG_DATABASE.name);
    const statuses: StorageStatus[] = [];
    store.onStatus((status) => statuses.push(status));
    await store.write({ sessions: [session("b", 2)] });
    expect(statuses).toEqual([{ durable: true, reason: "evicted" }]);
    const again = await open();
    expect(await ids(again)).toEqual(["a", "b"]);
    expect((await again.load()).documents).toEqual({ settings: 1 });
  });

  it("is noticed when the page looks, too, and by several tabs at once", async () => {
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("a", 1)] });
    await here.load();
    await there.load();
    for (const store of [here, there]) store.subscribe(() => undefined);
    await there.write({ sessions: [session("b", 1)] });
    await here.refresh();
    await deleteDB(LOG_DATABASE.name);
    await Promise.all([here.refresh(), there.refresh()]);
    expect(await ids(await open())).toEqual(["a", "b"]);
  });

  it("is not what erasing in another tab looks like", async () => {
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("a", 1)] });
    await there.load();
    const heard: ForeignChange[] = [];
    there.subscribe((change) => heard.push(change));
    await here.erase();
    await there.refresh();
    await expect.poll(() => heard.at(-1)?.erased).toBe(true);
    await there.write({ sessions: [session("b", 1)] });
    expect(await ids(await open())).toEqual(["b"]);
  });
});

describe("damaged records", () => {
  it("are reported, kept as they are, and leave the rest alone", async () => {
    const store = await open();
    await store.write({ sessions: [session("good", 1)] });
    const cut = { id: "cut", hash: "h", startTime: 2, text: '{"id":"cu' };
    await store.writeRecords([cut]);
    await store.writeDocumentText("settings", "{");
    expect((await store.load()).damaged.sort()).toEqual(["cut", "settings"]);
    expect((await store.damaged()).sort()).toEqual(["cut", "settings"]);
    await store.write({ sessions: [session("more", 1)] });
    expect(await store.readRecords(["cut"])).toEqual([cut]);
    expect(await store.readDocumentText("settings")).toBe("{");
  });
});
