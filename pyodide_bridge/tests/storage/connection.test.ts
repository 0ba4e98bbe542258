import { openDB } from "idb";
import { afterEach, describe, expect, it } from "vitest";
import { DatabaseConnection } from "../../src/storage/connection.js";
import { LOG_DATABASE } from "../../src/storage/log-database.js";
import { openLogStore } from "../../src/storage/log-store.js";
import { type DatabaseSpec, FEATURE_DATABASE, type LogSchema } from "../../src/storage/schema.js";
import { freshIndexedDb } from "../support/indexed-db.js";

freshIndexedDb();

const settings = (text: string) => ({ name: "settings", text, revision: 1 });

const open: { close(): void }[] = [];
const kept = <T extends { close(): void }>(item: T): T => {
  open.push(item);
  return item;
};
afterEach(() => {
  for (const item of open.splice(0)) item.close();
});

describe("migrations", () => {
  it("make all object stores", async () => {
    const log = await kept(new DatabaseConnection(LOG_DATABASE)).database();
    expect([...log.objectStoreNames]).toEqual([
      "backupData",
      "backups",
      "documents",
      "importUndo",
      "imports",
      "meta",
      "sessions",
      "tombstones",
    ]);
    expect(log.version).toBe(LOG_DATABASE.migrations.length);
    const features = await kept(new DatabaseConnection(FEATURE_DATABASE)).database();
    expect([...features.objectStoreNames]).toEqual([
      "exerciseStats",
      "historyColumns",
      "sessionCache",
      "userVectors",
    ]);
  });

  it("run only the steps that are missing, in order, and keep the data", async () => {
    const first: DatabaseSpec<LogSchema> = LOG_DATABASE;
    const old = kept(new DatabaseConnection(first));
    await old.run("write", (database) => database.put("documents", settings("kept")));
    old.close();
    const steps: number[] = [];
    const second: DatabaseSpec<LogSchema> = {
      name: first.name,
      migrations: [
        ...first.migrations,
        async (_database, transaction) => {
          steps.push(3);
          const documents = transaction.objectStore("documents");
          const text = (await documents.get("settings"))?.text;
          await documents.put?.(settings(`${text} and migrated`));
        },
        () => {
          steps.push(4);
        },
      ],
    };
    const now = kept(new DatabaseConnection(second));
    const text = await now.run("read", (database) => database.get("documents", "settings"));
    expect(steps).toEqual([3, 4]);
    expect(text).toMatchObject({ text: "kept and migrated" });
  });
});

describe("other tabs", () => {
  it("with a newer version leave this one in memory, with the reason", async () => {
    kept(await openDB(LOG_DATABASE.name, 99));
    const store = kept(await openLogStore());
    expect(store).toMatchObject({ durable: false, reason: "newer_version" });
  });

  it("that hold an older version and do not let go leave this one in memory", async () => {
    const older = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(LOG_DATABASE.name, LOG_DATABASE.migrations.length);
      request.onsuccess = () => resolve(request.result);
    });
    kept(older);
    const spec = { ...LOG_DATABASE, migrations: [...LOG_DATABASE.migrations, () => {}] };
    const connection = kept(new DatabaseConnection(spec, 20));
    await expect(connection.database()).rejects.toMatchObject({
      code: "storage",
      details: { reason: "blocked" },
    });
    // Once the other tab is gone, the same connection opens.
    older.close();
    await expect
      .poll(() => connection.database().then((database) => database.version))
      .toBe(spec.migrations.length);
  });
});

describe("a connection that the browser closed", () => {
  it("is opened anew, and the call succeeds", async () => {
    const connection = kept(new DatabaseConnection(LOG_DATABASE));
    (await connection.database()).close();
    await connection.run("write", (database) => database.put("documents", settings("{}")));
    const names = await connection.run("read", (database) => database.getAllKeys("documents"));
    expect(names).toEqual(["settings"]);
  });

  it("is a storage error where it stays closed", async () => {
    const connection = new DatabaseConnection(LOG_DATABASE);
    await connection.database();
    connection.close();
    await expect(
      connection.run("read the log", (database) => database.getAll("sessions")),
    ).rejects.toMatchObject({ code: "storage" });
  });
});
