/** How the log's database comes about, version by version. */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { newestKept } from "./backups.js";
import { newId } from "./ids.js";
import type { DatabaseSpec, LogSchema, StoredDocument } from "./schema.js";
import type { BackupEntry, LogRecord } from "./types.js";

type Upgrade = IDBPTransaction<LogSchema, StoreNames<LogSchema>[], "versionchange">;

export const LOG_DATABASE: DatabaseSpec<LogSchema> = {
  name: "voltlift-log",
  backup: backUp,
  migrations: [
    (database) => {
      database.createObjectStore("sessions", { keyPath: "id" });
      database.createObjectStore("documents");
    },
    // 2: revisions, by which tabs find what others wrote; deletions, imports and backups.
    async (database, transaction) => {
      const documents = await readDocuments(transaction);
      database.deleteObjectStore("documents");
      transaction.objectStore("sessions").createIndex("revision", "revision");
      const stored = database.createObjectStore("documents", { keyPath: "name" });
      stored.createIndex("revision", "revision");
      const tombstones = database.createObjectStore("tombstones", { keyPath: "id" });
      tombstones.createIndex("revision", "revision");
      for (const name of ["imports", "importUndo"] as const) {
        database.createObjectStore(name, { keyPath: "id" });
      }
      createBackupStores(database);
      database.createObjectStore("meta", { keyPath: "key" });
      for (const [name, text] of documents) await stored.put({ name, text, revision: 0 });
    },
  ],
};

/** Keep records and documents as they are before the first step of a migration. */
async function backUp(
  database: IDBPDatabase<LogSchema>,
  transaction: Upgrade,
  oldVersion: number,
): Promise<void> {
  createBackupStores(database);
  const names = database.objectStoreNames;
  if (!names.contains("sessions") || !names.contains("documents")) return; // Nothing of ours.
  const records: LogRecord[] = (await transaction.objectStore("sessions").getAll()).map(
    ({ id, hash, startTime, text }) => ({ id, hash, startTime, text }),
  );
  const documents = await readDocuments(transaction);
  const id = newId();
  const entry: BackupEntry = {
    id,
    at: Date.now(),
    reason: "migration",
    fromVersion: oldVersion,
    sessions: records.length,
    documents: documents.length,
    bytes: [...records.map(({ text }) => text), ...documents.map(([, text]) => text)].join("")
      .length,
  };
  const heads = transaction.objectStore("backups");
  const { gone } = newestKept([...(await heads.getAll()), entry]);
  await heads.put?.(entry);
  await transaction.objectStore("backupData").put?.({ id, records, documents });
  for (const old of gone) {
    await heads.delete?.(old.id);
    await transaction.objectStore("backupData").delete?.(old.id);
  }
}

function createBackupStores(database: IDBPDatabase<LogSchema>): void {
  for (const name of ["backups", "backupData"] as const) {
    if (!database.objectStoreNames.contains(name)) {
      database.createObjectStore(name, { keyPath: "id" });
    }
  }
}

/** Documents in whichever form they are stored: bare texts in version 1, objects after it. */
async function readDocuments(
  transaction: IDBPTransaction<LogSchema, StoreNames<LogSchema>[], "versionchange" | "readonly">,
): Promise<[name: string, text: string][]> {
  const store = transaction.objectStore("documents");
  const [keys, values] = [await store.getAllKeys(), await store.getAll()];
  return documentTexts(keys, values);
}

/** Names and texts of documents as any version stored them. */
export function documentTexts(
  keys: readonly string[],
  values: readonly (StoredDocument | string)[],
): [name: string, text: string][] {
  return keys.map((name, i) => {
    const value = values[i];
    return [name, typeof value === "string" ? value : (value?.text ?? "")];
  });
}
