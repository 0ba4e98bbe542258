/** The two databases, their object stores and how each version comes about. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { BackupEntry, ImportEntry, LogRecord } from "./types.js";

/** A session as stored. `revision` is the write that stored it; records of version 1 have none. */
export interface StoredRecord extends LogRecord {
  revision?: number;
}

export interface StoredDocument {
  name: string;
  text: string;
  revision: number;
}

/** What was deleted, and by which write: other tabs learn of it even if they were asleep. */
export interface Tombstone {
  id: string;
  revision: number;
}

/** What an import has replaced, so that it can be undone. Null: was not there. */
export interface ImportUndo {
  id: string;
  sessions: { id: string; after: string; before: LogRecord | null }[];
  documents: { name: string; after: string; before: string | null }[];
}

/** Sessions and documents as they were: texts only, so that any later version can read them. */
export interface BackupData {
  id: string;
  records: LogRecord[];
  documents: [name: string, text: string][];
}

/** One counter of writes over all tabs, and what came of them. */
export interface LogMeta {
  key: "log";
  /** Made up when the database is: another one means that the browser deleted it. */
  epoch: string;
  revision: number;
  /** The revision that erased or replaced everything, 0 where none did. */
  replaced: number;
  created: number;
}

export interface ExportMeta {
  key: "export";
  at: number;
  revision: number;
}

/** The lifter's log: the truth, owned by the page. */
export interface LogSchema extends DBSchema {
  /** One record a session; the JSON text is what costs IndexedDB least (and is exact). */
  sessions: { key: string; value: StoredRecord; indexes: { revision: number } };
  documents: { key: string; value: StoredDocument; indexes: { revision: number } };
  tombstones: { key: string; value: Tombstone; indexes: { revision: number } };
  imports: { key: string; value: ImportEntry };
  importUndo: { key: string; value: ImportUndo };
  backups: { key: string; value: BackupEntry };
  backupData: { key: string; value: BackupData };
  meta: { key: string; value: LogMeta | ExportMeta };
}

/** A stored derived value. `written` orders the evictions. */
export interface StoredFeature {
  header: string;
  data: ArrayBuffer;
  written: number;
}

interface FeatureTable {
  key: string;
  value: StoredFeature;
}

/** Derived data: everything here may be lost and is rebuilt from the log. */
export interface FeatureSchema extends DBSchema {
  userVectors: FeatureTable;
  exerciseStats: FeatureTable;
  sessionCache: FeatureTable;
  historyColumns: FeatureTable;
}

export type FeatureTableName = StoreNames<FeatureSchema>;

export interface DatabaseSpec<S extends DBSchema> {
  name: string;
  /** Step `i` makes version `i + 1` of version `i`; steps are only ever added. */
  migrations: readonly Migration<S>[];
  /** Keeps what is there before the first step touches it, in the same transaction. */
  backup?: (...args: [...Parameters<Migration<S>>, oldVersion: number]) => Promise<void>;
}

export type Migration<S extends DBSchema> = (
  database: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
) => void | Promise<void>;

export const FEATURE_DATABASE: DatabaseSpec<FeatureSchema> = {
  name: "voltlift-features",
  migrations: [
    (database) => {
      for (const name of [
        "userVectors",
        "exerciseStats",
        "sessionCache",
        "historyColumns",
      ] as const)
        database.createObjectStore(name);
    },
  ],
};

/** Run the steps between two versions, in order, after what is there has been kept. */
export async function migrate<S extends DBSchema>(
  spec: DatabaseSpec<S>,
  database: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
  oldVersion: number,
): Promise<void> {
  if (oldVersion > 0) await spec.backup?.(database, transaction, oldVersion);
  for (const step of spec.migrations.slice(oldVersion)) await step(database, transaction);
}
