import { openDB } from "idb";
import { describe, expect, it, vi } from "vitest";
import { DatabaseConnection } from "../../src/storage/connection.js";
import { hashText } from "../../src/storage/hash.js";
import { Home } from "../../src/storage/home.js";
import { LogCore } from "../../src/storage/log-core.js";
import { LOG_DATABASE } from "../../src/storage/log-database.js";
import type { DatabaseSpec, LogSchema } from "../../src/storage/schema.js";
import type { ForeignChange } from "../../src/storage/types.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";
import { logStores } from "../support/stores.js";

freshIndexedDb();
const open = logStores();

/** The database as the first version of the page has left it. */
async function versionOne(texts: { [id: string]: string }, settings: string): Promise<void> {
  const database = await openDB(LOG_DATABASE.name, 1, {
    upgrade(old) {
      old.createObjectStore("sessions", { keyPath: "id" });
      old.createObjectStore("documents");
    },
  });
  const transaction = database.transaction(["sessions", "documents"], "readwrite");
  for (const [id, text] of Object.entries(texts)) {
    await transaction.objectStore("sessions").put({ id, hash: hashText(text), startTime: 1, text });
  }
  await transaction.objectStore("documents").put(settings, "settings");
  await transaction.done;
  database.close();
}

const later = (steps: DatabaseSpec<LogSchema>["migrations"]): DatabaseSpec<LogSchema> => ({
  ...LOG_DATABASE,
  migrations: [...LOG_DATABASE.migrations, ...steps],
});

describe("a migration", () => {
  it("from version 1 keeps everything, and a backup of it as it was", async () => {
    const [a, b] = [JSON.stringify(session("a", 1)), '{"id": "damaged'];
    await versionOne({ a, b }, '{"units":"kg"}');
    const store = await open();
    expect(store.durable).toBe(true);
    const content = await store.load();
    expect(content).toEqual({
      sessions: [session("a", 1)],
      documents: { settings: { units: "kg" } },
      damaged: ["b"],
    });
    const [backup, ...others] = await store.backups();
    expect(others).toEqual([]);
    expect(backup).toMatchObject({
      reason: "migration",
      fromVersion: 1,
      sessions: 2,
      documents: 1,
      bytes: a.length + b.length + '{"units":"kg"}'.length,
    });
    await store.write({ sessions: [session("new", 2)], documents: { settings: 1, more: 2 } });
    await store.write({ deleted: ["a"] });
    expect(await store.restoreBackup(backup?.id ?? "")).toEqual(content);
    expect(await (await open()).load()).toEqual(content);
    expect(await store.readRecords(["b"])).toMatchObject([{ text: b }]);
  });

  it("that fails changes nothing; the log is shown from memory, and the reason is said", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)], documents: { settings: { units: "kg" } } });
    store.close();
    const failing = later([
      async (_database, transaction) => {
        await transaction.objectStore("sessions").clear?.();
        throw new Error("a step that fails");
      },
    ]);
    const home = new Home(failing, {});
    await home.open();
    expect(home.status).toEqual({ durable: false, reason: "upgrade_failed" });
    const shown = await home.run("read", "readonly", ["sessions"], (t) => t.sessions.all());
    expect(shown.map(({ id }) => id)).toEqual(["a"]);
    home.close();
    const again = await open();
    expect(again.durable).toBe(true);
    expect((await again.load()).sessions).toEqual([session("a", 1)]);
    expect(await again.backups()).toEqual([]);
  });

  it("that failed is made up for by a version that works, with what was logged meanwhile", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    store.close();
    let broken = true;
    const sometimes = later([
      () => {
        if (broken) throw new Error("not yet");
      },
    ]);
    const home = new Home(sometimes, {});
    await home.open();
    class Core extends LogCore {
      readonly open = () => this.loadNow();
      readonly add = () => this.writeNow(this.known.prepare({ sessions: [session("b", 2)] }));
    }
    const core = new Core(home);
    await core.open();
    await core.add();
    broken = false;
    expect(await home.retry()).toBe(true);
    expect((await core.open()).sessions.map(({ id }) => id)).toEqual(["b", "a"]);
    home.close();
  });

  it("keeps the last two backups, newest first", async () => {
    const clock = vi.spyOn(Date, "now");
    for (let version = 0; version < 4; version++) {
      clock.mockReturnValue(1_000 + version);
      const spec = later(Array.from({ length: version }, () => () => undefined));
      const connection = new DatabaseConnection(spec);
      await connection.run("write", (database) =>
        database.put("sessions", {
          id: `v${version}`,
          hash: "h",
          startTime: 1,
          text: "{}",
          revision: version,
        }),
      );
      connection.close();
    }
    const database = await openDB(LOG_DATABASE.name);
    const heads = await database.getAll("backups");
    const data = await database.getAllKeys("backupData");
    database.close();
    const sorted = heads.sort((a, b) => b.at - a.at);
    expect(sorted.map(({ at, fromVersion, sessions }) => [at, fromVersion, sessions])).toEqual([
      [1_003, 4, 3],
      [1_002, 3, 2],
    ]);
    expect(data.sort()).toEqual(heads.map(({ id }) => id).sort());
  });
});

describe("restoring a backup", () => {
  it("can itself be taken back", async () => {
    await versionOne({ a: JSON.stringify(session("a", 1)) }, "{}");
    const store = await open();
    await store.write({ sessions: [session("b", 2)], deleted: ["a"] });
    const before = await store.load();
    const [first] = await store.backups();
    await store.restoreBackup(first?.id ?? "");
    const [newest] = await store.backups();
    expect(newest).toMatchObject({ reason: "restore", sessions: 1 });
    expect(await store.restoreBackup(newest?.id ?? "")).toEqual(before);
    expect(await store.backups()).toHaveLength(2);
  });

  it("is heard of by other tabs as a whole", async () => {
    await versionOne({ a: JSON.stringify(session("a", 1)) }, '{"units":"kg"}');
    const [here, there] = [await open(), await open()];
    await here.write({ sessions: [session("b", 2)] });
    await there.load();
    const heard: ForeignChange[] = [];
    there.subscribe((change) => heard.push(change));
    const [backup] = await here.backups();
    await here.restoreBackup(backup?.id ?? "");
    await expect
      .poll(() => heard)
      .toEqual([
        {
          sessions: [session("a", 1)],
          deleted: [],
          documents: { settings: { units: "kg" } },
          erased: true,
        },
      ]);
  });

  it("that is not there changes nothing", async () => {
    const store = await open();
    await store.write({ sessions: [session("a", 1)] });
    await expect(store.restoreBackup("none")).rejects.toMatchObject({ code: "invalid_request" });
    expect(await store.manifest()).toHaveProperty("a");
    expect(await store.backups()).toEqual([]);
  });
});
