/** The two databases, their object stores and how each version comes about. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { LogRecord } from "./types.js";

/** The lifter's log: the truth, owned by the page. */
export interface LogSchema extends DBSchema {
  /** One record a session; the JSON text is what costs IndexedDB least (and is exact). */
  sessions: { key: string; value: LogRecord };
  documents: { key: string; value: string };
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
}

export type Migration<S extends DBSchema> = (
  database: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
) => void | Promise<void>;

export const LOG_DATABASE: DatabaseSpec<LogSchema> = {
  name: "voltlift-log",
  migrations: [
    (database) => {
      database.createObjectStore("sessions", { keyPath: "id" });
      database.createObjectStore("documents");
    },
  ],
};

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

/** Run the steps between two versions, in order. */
export async function migrate<S extends DBSchema>(
  spec: DatabaseSpec<S>,
  database: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
  oldVersion: number,
): Promise<void> {
  for (const step of spec.migrations.slice(oldVersion)) await step(database, transaction);
}
