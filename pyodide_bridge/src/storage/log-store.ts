/** The durable log over IndexedDB; in memory, with the reason stated, where there is none. */
import type { WorkoutSession } from "../contract/contract.js";
import { DatabaseConnection } from "./connection.js";
import { storageError, storageReason } from "./errors.js";
import { hashAndText } from "./hash.js";
import { IndexedLogTables } from "./log-tables.js";
import { MemoryLogTables } from "./memory.js";
import { readDocument, readSessions } from "./reading.js";
import { LOG_DATABASE } from "./schema.js";
import { TabChannel, type TabMessage } from "./tabs.js";
import type {
  Documents,
  ForeignChange,
  LogChange,
  LogContent,
  LogRecord,
  LogStore,
  OpenOptions,
  StorageReason,
} from "./types.js";

/** What a log store needs of the place where it keeps its records. */
export interface LogTables {
  all(): Promise<{ records: LogRecord[]; documents: Map<string, string> }>;
  read(ids: readonly string[]): Promise<LogRecord[]>;
  readDocument(name: string): Promise<string | undefined>;
  write(
    records: readonly LogRecord[],
    deleted: readonly string[],
    documents: ReadonlyMap<string, string>,
  ): Promise<void>;
  erase(): Promise<void>;
  close(): void;
}

/** Open the log. Never rejects: without a usable IndexedDB the log is kept in memory. */
export async function openLogStore(options: OpenOptions = {}): Promise<LogStore> {
  const spec = { ...LOG_DATABASE, name: options.name ?? LOG_DATABASE.name };
  const connection = new DatabaseConnection(spec, options.blockedMs);
  try {
    await connection.database();
    return new TabbedLogStore(spec.name, new IndexedLogTables(connection, spec.name));
  } catch (error) {
    connection.close();
    return new TabbedLogStore(spec.name, new MemoryLogTables(), storageReason(error));
  }
}

class TabbedLogStore implements LogStore {
  readonly durable: boolean;
  readonly reason?: StorageReason;
  readonly #tables: LogTables;
  readonly #tabs: TabChannel | null;
  readonly #listeners = new Set<(change: ForeignChange) => void>();
  #hearing: Promise<void> = Promise.resolve();

  constructor(name: string, tables: LogTables, reason?: StorageReason) {
    this.#tables = tables;
    this.durable = reason === undefined;
    if (reason !== undefined) this.reason = reason;
    // One after the other: what is told last must be heard last.
    const hear = (message: TabMessage) => {
      this.#hearing = this.#hearing.then(() => this.#hear(message));
    };
    this.#tabs = this.durable ? new TabChannel(name, hear) : null;
  }

  async load(): Promise<LogContent> {
    const { records, documents: texts } = await this.#tables.all();
    records.sort((a, b) => b.startTime - a.startTime || (a.id < b.id ? -1 : 1));
    const { sessions, damaged } = readSessions(records);
    const documents: Documents = {};
    for (const [name, text] of texts) readDocument(documents, damaged, name, text);
    return { sessions, documents, damaged };
  }

  async write({ sessions = [], deleted = [], documents = {} }: LogChange): Promise<void> {
    const values = Object.entries(documents).filter(([, value]) => value !== undefined);
    const [records, texts] = serialise(() => [
      sessions.map(toRecord),
      new Map(values.map(([name, value]) => [name, JSON.stringify(value)])),
    ]);
    await this.#write(records, deleted, texts);
  }

  async writeDocument(name: string, value: unknown): Promise<void> {
    await this.write({ documents: { [name]: value ?? null } });
  }

  async erase(): Promise<void> {
    await this.#tables.erase();
    this.#tabs?.tell({ erased: true });
  }

  async manifest(): Promise<{ [id: string]: string }> {
    const { records } = await this.#tables.all();
    return Object.fromEntries(records.map(({ id, hash }) => [id, hash]));
  }

  readRecords(ids: readonly string[]): Promise<LogRecord[]> {
    return this.#tables.read(ids);
  }

  writeRecords(records: readonly LogRecord[], deleted: readonly string[] = []): Promise<void> {
    return this.#write(records, deleted, new Map());
  }

  readDocumentText(name: string): Promise<string | undefined> {
    return this.#tables.readDocument(name);
  }

  writeDocumentText(name: string, text: string): Promise<void> {
    return this.#write([], [], new Map([[name, text]]));
  }

  subscribe(listener: (change: ForeignChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#tabs?.close();
    this.#tables.close();
  }

  async #write(
    records: readonly LogRecord[],
    deleted: readonly string[],
    documents: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (records.length + deleted.length + documents.size === 0) return;
    await this.#tables.write(records, deleted, documents);
    const stored = new Set(records.map(({ id }) => id));
    this.#tabs?.tell({
      sessions: [...stored],
      deleted: deleted.filter((id) => !stored.has(id)),
      documents: [...documents.keys()],
    });
  }

  async #hear(message: TabMessage): Promise<void> {
    if (this.#listeners.size === 0) return;
    try {
      const { sessions } = readSessions(await this.#tables.read(message.sessions));
      const documents: Documents = {};
      for (const name of message.documents) {
        const text = await this.#tables.readDocument(name);
        if (text !== undefined) readDocument(documents, [], name, text);
      }
      const change = { sessions, deleted: message.deleted, documents, erased: message.erased };
      for (const listener of [...this.#listeners]) listener(change);
    } catch {
      // The other tab's change is stored all the same; the next load finds it.
    }
  }
}

/** Run what may fail on a value that JSON cannot hold. */
function serialise<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageError("store a value that is not JSON", error);
  }
}

function toRecord(session: WorkoutSession): LogRecord {
  const startTime = Number(session.startTime);
  return {
    id: session.id,
    startTime: Number.isFinite(startTime) ? startTime : 0,
    ...hashAndText(session),
  };
}
