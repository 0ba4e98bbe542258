/** Derived data over IndexedDB, within the budgets of the feature cache. */
import type { IDBPTransaction } from "idb";
import { DatabaseConnection } from "./connection.js";
import { storageReason } from "./errors.js";
import { MemoryFeatureStore } from "./memory.js";
import { FEATURE_DATABASE, type FeatureSchema, type FeatureTableName } from "./schema.js";
import { settle, together } from "./settle.js";
import type { FeatureEntry, FeatureStore, OpenOptions, TableSize } from "./types.js";

/** Which object store holds the keys of a prefix; every other key goes to `historyColumns`. */
const TABLES: readonly { prefix: string; table: FeatureTableName }[] = [
  { prefix: "user/", table: "userVectors" },
  { prefix: "exercise/", table: "exerciseStats" },
  { prefix: "session/", table: "sessionCache" },
  { prefix: "", table: "historyColumns" },
];

/** Most bytes per object store; the history columns grow with the log. */
export const FEATURE_BUDGETS: { readonly [table in FeatureTableName]?: number } = {
  userVectors: 5_000,
  exerciseStats: 50_000,
  sessionCache: 10_000,
};

/** Open the feature store. Never rejects: without IndexedDB entries are kept in memory. */
export async function openFeatureStore(options: OpenOptions = {}): Promise<FeatureStore> {
  const spec = { ...FEATURE_DATABASE, name: options.name ?? FEATURE_DATABASE.name };
  const connection = new DatabaseConnection(spec, options.blockedMs);
  try {
    await connection.database();
    return new IndexedFeatureStore(connection);
  } catch (error) {
    connection.close();
    return new MemoryFeatureStore(storageReason(error));
  }
}

type Write = IDBPTransaction<FeatureSchema, FeatureTableName[], "readwrite">;

class IndexedFeatureStore implements FeatureStore {
  readonly durable = true;
  readonly #connection: DatabaseConnection<FeatureSchema>;

  constructor(connection: DatabaseConnection<FeatureSchema>) {
    this.#connection = connection;
  }

  read(prefix: string): Promise<Map<string, FeatureEntry>> {
    return this.#connection.run("read derived data", async (database) => {
      const tables = tablesFor(prefix);
      const range = prefixRange(prefix);
      const transaction = database.transaction(tables);
      const parts = await Promise.all(
        tables.map(async (table) => {
          const store = transaction.objectStore(table);
          const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
          return keys.map((key, i) => [key, values[i]] as const);
        }),
      );
      await transaction.done;
      const entries = parts.flat().sort(([a], [b]) => (a < b ? -1 : 1));
      return new Map(
        entries.flatMap(([key, value]) =>
          value ? [[key, { header: value.header, data: value.data }]] : [],
        ),
      );
    });
  }

  write(
    entries: ReadonlyMap<string, FeatureEntry>,
    deleted: readonly string[] = [],
  ): Promise<void> {
    if (entries.size === 0 && deleted.length === 0) return Promise.resolve();
    return this.#connection.run("store derived data", async (database) => {
      const keys = [...entries.keys(), ...deleted];
      const tables = [...new Set(keys.map(tableFor))];
      const transaction = database.transaction(tables, "readwrite");
      const written = Date.now();
      const evict = (table: FeatureTableName) => this.#evict(transaction, table);
      const requests = function* () {
        for (const key of deleted) yield transaction.objectStore(tableFor(key)).delete(key);
        for (const [key, { header, data }] of entries) {
          yield transaction.objectStore(tableFor(key)).put({ header, data, written }, key);
        }
        for (const table of tables) yield evict(table);
      };
      await settle(transaction, () => together(requests()));
    });
  }

  sizes(): Promise<TableSize[]> {
    return this.#connection.run("measure derived data", async (database) => {
      const tables = TABLES.map(({ table }) => table);
      const transaction = database.transaction(tables);
      return settle(transaction, () =>
        Promise.all(
          tables.map(async (name) => {
            const values = await transaction.objectStore(name).getAll();
            const bytes = values.map(({ header, data }) => header.length + data.byteLength);
            return { name, entries: bytes.length, bytes: bytes.reduce((sum, n) => sum + n, 0) };
          }),
        ),
      );
    });
  }

  erase(): Promise<void> {
    return this.#connection.run("erase derived data", async (database) => {
      const tables = TABLES.map(({ table }) => table);
      const transaction = database.transaction(tables, "readwrite");
      await settle(transaction, () =>
        together(tables.map((table) => transaction.objectStore(table).clear())),
      );
    });
  }

  close(): void {
    this.#connection.close();
  }

  /** Delete the oldest entries until the rest fits the budget. */
  async #evict(transaction: Write, table: FeatureTableName): Promise<void> {
    const budget = FEATURE_BUDGETS[table];
    if (budget === undefined) return;
    const store = transaction.objectStore(table);
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    const items = keys.map((key, i) => {
      const value = values[i];
      const bytes = key.length + (value ? value.header.length + value.data.byteLength : 0);
      return { key, bytes, written: value?.written ?? 0 };
    });
    let used = items.reduce((sum, item) => sum + item.bytes, 0);
    items.sort((a, b) => a.written - b.written);
    for (const item of items) {
      if (used <= budget) return;
      await store.delete(item.key);
      used -= item.bytes;
    }
  }
}

function tableFor(key: string): FeatureTableName {
  return TABLES.find(({ prefix }) => key.startsWith(prefix))?.table ?? "historyColumns";
}

function tablesFor(prefix: string): FeatureTableName[] {
  const named = TABLES.find((entry) => entry.prefix && prefix.startsWith(entry.prefix));
  if (named) return [named.table];
  // A shorter prefix ("us", "") may reach into several stores.
  return TABLES.filter((entry) => entry.prefix.startsWith(prefix) || !entry.prefix).map(
    ({ table }) => table,
  );
}

/** All keys that start with `prefix`; null (everything) for the empty one. */
function prefixRange(prefix: string): IDBKeyRange | null {
  if (prefix === "") return null;
  for (let end = prefix.length; end > 0; end--) {
    const last = prefix.charCodeAt(end - 1);
    if (last === 0xffff) continue;
    const next = prefix.slice(0, end - 1) + String.fromCharCode(last + 1);
    return IDBKeyRange.bound(prefix, next, false, true);
  }
  return IDBKeyRange.lowerBound(prefix);
}
