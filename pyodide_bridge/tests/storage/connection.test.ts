import { deleteDB, openDB } from "idb";
import { afterEach, describe, expect, it } from "vitest";
import { DatabaseConnection } from "../../src/storage/connection.js";
import { openLogStore } from "../../src/storage/log-store.js";
import {
  type DatabaseSpec,
  FEATURE_DATABASE,
  LOG_DATABASE,
  type LogSchema,
} from "../../src/storage/schema.js";
import { freshIndexedDb } from "../support/indexed-db.js";
import { session } from "../support/sessions.js";

freshIndexedDb();

const open: { close(): void }[] = [];
const kept = <T extends { close(): void }>(item: T): T => {
  open.push(item);
  return item;
};
afterEach(() => {
  for (const item of open.splice(0)) item.close();
});

describe("migrations", () => {
  it("make the object stores of version 1", async () => {
    const log = await kept(new DatabaseConnection(LOG_DATABASE)).database();
    expect([...log.objectStoreNames]).toEqual(["documents", "sessions"]);
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
    await old.run("write", (database) => database.put("documents", "kept", "settings"));
    old.close();
    const steps: number[] = [];
    const second: DatabaseSpec<LogSchema> = {
      name: first.name,
      migrations: [
        ...first.migrations,
        async (_database, transaction) => {
          steps.push(2);
          const documents = transaction.objectStore("documents");
          await documents.put?.(`${await documents.get("settings")} and migrated`, "settings");
        },
        () => {
          steps.push(3);
        },
      ],
    };
    const now = kept(new DatabaseConnection(second));
    const text = await now.run("read", (database) => database.get("documents", "settings"));
    expect(steps).toEqual([2, 3]);
    expect(text).toBe("kept and migrated");
  });
});

describe("other tabs", () => {
  it("with a newer version leave this one in memory, with the reason", async () => {
    kept(await openDB(LOG_DATABASE.name, 99));
    const store = kept(await openLogStore());
    expect(store).toMatchObject({ durable: false, reason: "newer_version" });
  });

  it("that upgrade get their way; the next write here names the newer version", async () => {
    const store = kept(await openLogStore());
    await store.write({ sessions: [session("a", 1)] });
    const newer = kept(await openDB(LOG_DATABASE.name, 99));
    expect(newer.version).toBe(99);
    await expect(store.write({ sessions: [session("b", 2)] })).rejects.toMatchObject({
      code: "storage",
      details: { reason: "newer_version", remedy: expect.stringMatching(/Reload/) },
    });
    expect(await newer.getAllKeys("sessions" as never)).toEqual(["a"]);
  });

  it("that hold an older version and do not let go leave this one in memory", async () => {
    const older = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(LOG_DATABASE.name, 1);
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
    await expect.poll(() => connection.database().then((database) => database.version)).toBe(2);
  });

  it("that delete the database are not hindered, and the next call starts afresh", async () => {
    const store = kept(await openLogStore());
    await store.write({ sessions: [session("a", 1)] });
    await deleteDB(LOG_DATABASE.name);
    expect(await store.manifest()).toEqual({});
    await store.write({ sessions: [session("b", 2)] });
    expect(Object.keys(await store.manifest())).toEqual(["b"]);
  });
});

describe("a connection that the browser closed", () => {
  it("is opened anew, and the call succeeds", async () => {
    const connection = kept(new DatabaseConnection(LOG_DATABASE));
    (await connection.database()).close();
    await connection.run("write", (database) => database.put("documents", "{}", "settings"));
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
