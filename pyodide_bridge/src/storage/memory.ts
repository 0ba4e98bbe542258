/** The stores in memory: lost with the page, usable until then. */
import type { LogDatabase, LogTables, Table, TableName } from "./tables.js";
import type { FeatureEntry, FeatureStore, StorageReason, TableSize } from "./types.js";

const KEYS: { readonly [name in TableName]: "id" | "name" | "key" } = {
  sessions: "id",
  documents: "name",
  tombstones: "id",
  imports: "id",
  importUndo: "id",
  backups: "id",
  backupData: "id",
  meta: "key",
};

type Row = { [field: string]: unknown };
type Rows = Map<string, Row>;

/** Tables in memory; an action that fails leaves them as they were. */
export class MemoryTables<Tables> {
  readonly #keys: { readonly [name in keyof Tables]: string };
  #rows = new Map<string, Rows>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @param keys the field of each table that is its key. */
  constructor(keys: { readonly [name in keyof Tables]: string }) {
    this.#keys = keys;
  }

  run<T>(action: (tables: Tables) => Promise<T>): Promise<T> {
    // One after the other, as transactions on the same tables are.
    const turn = this.#turn.then(async () => {
      const copy = new Map([...this.#rows].map(([name, rows]) => [name, new Map(rows)]));
      const result = await action(this.#tablesOver(copy));
      this.#rows = copy;
      return result;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #tablesOver(all: Map<string, Rows>): Tables {
    const keys = Object.entries<string>(this.#keys);
    return Object.fromEntries(
      keys.map(([name, key]) => {
        const rows = all.get(name) ?? new Map<string, Row>();
        all.set(name, rows);
        return [name, memoryTable(rows, key)];
      }),
    ) as Tables;
  }
}

/** The log's tables in memory. */
export class MemoryDatabase implements LogDatabase {
  readonly #tables = new MemoryTables<LogTables>(KEYS);

  run<T>(
    _what: string,
    _mode: "readonly" | "readwrite",
    _names: readonly TableName[],
    action: (tables: LogTables) => Promise<T>,
  ): Promise<T> {
    return this.#tables.run(action);
  }

  close(): void {}
}

function memoryTable(rows: Rows, key: string): Table<Row> {
  return {
    get: async (id) => rows.get(id),
    all: async () => [...rows.values()],
    since: async (revision) =>
      [...rows.values()].filter((row) => ((row.revision as number) ?? 0) > revision),
    put: async (row) => rows.set(row[key] as string, { ...row }),
    delete: async (id) => rows.delete(id),
    clear: async () => rows.clear(),
  };
}

/** Derived data in memory. */
export class MemoryFeatureStore implements FeatureStore {
  readonly durable = false;
  readonly #entries = new Map<string, FeatureEntry>();

  constructor(readonly reason: StorageReason) {}

  async read(prefix: string): Promise<Map<string, FeatureEntry>> {
    const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).sort();
    return new Map(keys.map((key) => [key, this.#entries.get(key) as FeatureEntry]));
  }

  async write(
    entries: ReadonlyMap<string, FeatureEntry>,
    deleted: readonly string[] = [],
  ): Promise<void> {
    for (const key of deleted) this.#entries.delete(key);
    for (const [key, entry] of entries) this.#entries.set(key, entry);
  }

  async sizes(): Promise<TableSize[]> {
    return [];
  }

  async erase(): Promise<void> {
    this.#entries.clear();
  }

  close(): void {}
}
