/** The models' tables, in IndexedDB or in memory. */
import { DatabaseConnection } from "../storage/connection.js";
import { storageReason } from "../storage/errors.js";
import { MemoryTables } from "../storage/memory.js";
import {
  MODEL_DATABASE,
  MODEL_KEYS,
  type ModelSchema,
  type ModelTable,
  type ModelTables,
} from "../storage/model-database.js";
import { settle } from "../storage/settle.js";
import { DURABLE, indexedTables } from "../storage/tables.js";
import { TabChannel } from "../storage/tabs.js";
import type { OpenOptions, StorageReason } from "../storage/types.js";

const NAMES = Object.keys(MODEL_KEYS) as ModelTable[];

/** Runs actions on the tables, each in one transaction: all of it or nothing. */
export interface ModelDatabase {
  /** Names the database, and with it the lock of its updates. */
  readonly name: string;
  readonly durable: boolean;
  readonly reason?: StorageReason;
  /** @param action may await nothing but the tables. */
  read<T>(what: string, action: (tables: ModelTables) => Promise<T>): Promise<T>;
  write<T>(what: string, action: (tables: ModelTables) => Promise<T>): Promise<T>;
  /** Tell other tabs that what is installed or in use has changed. */
  tell(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Open the database. Never rejects: without IndexedDB its tables are in memory. */
export async function openModelDatabase(options: OpenOptions = {}): Promise<ModelDatabase> {
  const spec = { ...MODEL_DATABASE, name: options.name ?? MODEL_DATABASE.name };
  const connection = new DatabaseConnection(spec, options.blockedMs);
  try {
    await connection.database();
    return indexed(spec.name, connection);
  } catch (error) {
    connection.close();
    const memory = new MemoryTables<ModelTables>(MODEL_KEYS);
    return {
      name: spec.name,
      durable: false,
      reason: storageReason(error),
      read: (_what, action) => memory.run(action),
      write: (_what, action) => memory.run(action),
      tell: () => undefined,
      subscribe: () => () => undefined,
      close: () => undefined,
    };
  }
}

function indexed(name: string, connection: DatabaseConnection<ModelSchema>): ModelDatabase {
  const run = <T>(
    what: string,
    mode: "readonly" | "readwrite",
    action: (tables: ModelTables) => Promise<T>,
  ) =>
    connection.run(what, (database) => {
      const transaction = database.transaction(
        NAMES,
        mode,
        mode === "readwrite" ? DURABLE : undefined,
      );
      const tables = indexedTables<ModelTables>(transaction, NAMES);
      return settle(transaction, () => action(tables));
    });
  const listeners = new Set<() => void>();
  const channel = new TabChannel(`${name}-changes`, () => {
    for (const listener of listeners) listener();
  });
  return {
    name,
    durable: true,
    read: (what, action) => run(what, "readonly", action),
    write: (what, action) => run(what, "readwrite", action),
    tell: () => channel.tell({ revision: 0 }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      channel.close();
      connection.close();
    },
  };
}
