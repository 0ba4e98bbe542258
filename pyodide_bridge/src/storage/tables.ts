/** The log's tables, over IndexedDB; `memory.ts` has the same without it. */
import type { StoreNames } from "idb";
import type { DatabaseConnection } from "./connection.js";
import type { LogSchema } from "./schema.js";
import { settle } from "./settle.js";
import { exclusively } from "./tabs.js";

export type TableName = StoreNames<LogSchema>;

/** What the operations on the log need of a table. Values carry their key. */
export interface Table<V> {
  get(key: string): Promise<V | undefined>;
  all(): Promise<V[]>;
  /** Values that a write after this revision stored; for tables that have revisions. */
  since(revision: number): Promise<V[]>;
  put(value: V): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  clear(): Promise<unknown>;
}

export type LogTables = { readonly [name in TableName]: Table<LogSchema[name]["value"]> };

/** Runs actions on tables, each in one transaction. */
export interface LogDatabase {
  /**
   * @param what names the action in errors: "store the change".
   * @param names the tables that it may use.
   * @param action may await nothing but the tables.
   */
  run<T>(
    what: string,
    mode: "readonly" | "readwrite",
    names: readonly TableName[],
    action: (tables: LogTables) => Promise<T>,
  ): Promise<T>;
  close(): void;
}

/** What is ticked off as stored survives a phone that dies now. */
export const DURABLE = { durability: "strict" } as const;

/** In IndexedDB; writes of all tabs one after the other, under a Web Lock. */
export class IndexedDatabase implements LogDatabase {
  readonly #connection: DatabaseConnection<LogSchema>;
  readonly #lock: string;

  constructor(connection: DatabaseConnection<LogSchema>, lock: string) {
    this.#connection = connection;
    this.#lock = lock;
  }

  run<T>(
    what: string,
    mode: "readonly" | "readwrite",
    names: readonly TableName[],
    action: (tables: LogTables) => Promise<T>,
  ): Promise<T> {
    const run = () =>
      this.#connection.run(what, (database) => {
        const options = mode === "readwrite" ? DURABLE : undefined;
        const transaction = database.transaction(names, mode, options);
        const tables = indexedTables<LogTables>(transaction, names);
        return settle(transaction, () => action(tables));
      });
    return mode === "readwrite" ? exclusively(this.#lock, run) : run();
  }

  close(): void {
    this.#connection.close();
  }
}

/** What is used of an object store, whichever it is. */
interface Store {
  get(key: string): Promise<unknown>;
  getAll(): Promise<unknown[]>;
  put(value: unknown): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  clear(): Promise<unknown>;
  index(name: string): { getAll(range: IDBKeyRange): Promise<unknown[]> };
}

/** The object stores of a transaction as tables. */
export function indexedTables<Tables>(
  transaction: { objectStore(name: never): unknown },
  names: readonly (keyof Tables)[],
): Tables {
  const entries = names.map((name) => [
    name,
    indexedTable(transaction.objectStore(name as never) as Store),
  ]);
  return Object.fromEntries(entries) as Tables;
}

function indexedTable(store: Store): Table<unknown> {
  return {
    get: (key) => store.get(key),
    all: () => store.getAll(),
    since: (revision) => store.index("revision").getAll(IDBKeyRange.lowerBound(revision, true)),
    put: (value) => store.put(value),
    delete: (key) => store.delete(key),
    clear: () => store.clear(),
  };
}
