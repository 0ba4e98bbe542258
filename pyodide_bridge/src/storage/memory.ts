import type { LogTables } from "./log-store.js";
import type { FeatureEntry, FeatureStore, LogRecord, StorageReason } from "./types.js";

/** The log's records in memory: lost with the page, usable until then. */
export class MemoryLogTables implements LogTables {
  #records = new Map<string, LogRecord>();
  #documents = new Map<string, string>();

  async all(): Promise<{ records: LogRecord[]; documents: Map<string, string> }> {
    return { records: [...this.#records.values()], documents: new Map(this.#documents) };
  }

  async read(ids: readonly string[]): Promise<LogRecord[]> {
    return ids.map((id) => this.#records.get(id)).filter((record) => record !== undefined);
  }

  async readDocument(name: string): Promise<string | undefined> {
    return this.#documents.get(name);
  }

  async write(
    records: readonly LogRecord[],
    deleted: readonly string[],
    documents: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const id of deleted) this.#records.delete(id);
    for (const record of records) this.#records.set(record.id, record);
    for (const [name, text] of documents) this.#documents.set(name, text);
  }

  async erase(): Promise<void> {
    this.#records.clear();
    this.#documents.clear();
  }

  close(): void {}
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

  async erase(): Promise<void> {
    this.#entries.clear();
  }

  close(): void {}
}
