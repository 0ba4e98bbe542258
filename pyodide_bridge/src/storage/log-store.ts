/** The durable log over IndexedDB; in memory, with the reason stated, where there is none. */
import { restoreBackup } from "./backups.js";
import { ALL_TABLES, eraseAll, LOG_TABLES } from "./changes.js";
import { storageError } from "./errors.js";
import { exportState, markExported, measure } from "./export.js";
import { openFeatureStore } from "./feature-store.js";
import { Home } from "./home.js";
import { undoImport } from "./journal.js";
import type { Prepared } from "./known.js";
import { documentsOf, LogCore } from "./log-core.js";
import { LOG_DATABASE } from "./log-database.js";
import { readSessions } from "./reading.js";
import type { StoredRecord } from "./schema.js";
import type {
  BackupEntry,
  ExportState,
  ForeignChange,
  ImportEntry,
  LogChange,
  LogContent,
  LogRecord,
  LogStore,
  OpenOptions,
  StorageStatus,
  TableSize,
  UndoneImport,
  Written,
} from "./types.js";

/** Open the log. Never rejects: without a usable IndexedDB the log is kept in memory. */
export async function openLogStore(options: OpenOptions = {}): Promise<LogStore> {
  const home = new Home({ ...LOG_DATABASE, name: options.name ?? LOG_DATABASE.name }, options);
  await home.open();
  return new TabbedLogStore(home);
}

class TabbedLogStore extends LogCore implements LogStore {
  load(): Promise<LogContent> {
    return this.inTurn(() => this.loadNow());
  }

  write(change: LogChange): Promise<Written> {
    let prepared: Prepared;
    try {
      prepared = this.known.prepare(change);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.inTurn(() => this.writeNow(prepared, change));
  }

  async writeDocument(name: string, value: unknown): Promise<void> {
    await this.write({ documents: { [name]: value ?? null } });
  }

  async erase(): Promise<void> {
    await this.inTurn(async () => {
      if (this.home.hidden) throw storageError("erase the log", null, this.reason ?? "failed");
      const meta = await this.home.run("erase the log", "readwrite", ALL_TABLES, eraseAll);
      this.known.clear();
      this.home.unsaved.clear();
      this.revisions.start(meta.revision, meta.epoch);
      this.tellTabs(meta.revision);
    });
    if (this.home.name === LOG_DATABASE.name) await eraseDerived();
  }

  async manifest(): Promise<{ [id: string]: string }> {
    const records = await this.read("read the log", "sessions", (table) => table.all());
    return Object.fromEntries(records.map(({ id, hash }) => [id, hash]));
  }

  async readRecords(ids: readonly string[]): Promise<LogRecord[]> {
    const records = await this.read("read sessions", "sessions", (table) =>
      Promise.all(ids.map((id) => table.get(id))),
    );
    return records.flatMap((record) => (record ? [withoutRevision(record)] : []));
  }

  async writeRecords(records: readonly LogRecord[], deleted: readonly string[] = []) {
    const puts = records.map((record) => ({ record }));
    const prepared = { puts, deletions: deleted.map((id) => ({ id })), documents: [] };
    await this.inTurn(() => this.writeNow(prepared));
  }

  async readDocumentText(name: string): Promise<string | undefined> {
    return (await this.read(`read ${name}`, "documents", (table) => table.get(name)))?.text;
  }

  async writeDocumentText(name: string, text: string): Promise<void> {
    const prepared = { puts: [], deletions: [], documents: [{ name, text }] };
    await this.inTurn(() => this.writeNow(prepared));
  }

  async imports(): Promise<ImportEntry[]> {
    const entries = await this.read("read the imports", "imports", (table) => table.all());
    return entries.sort((a, b) => b.at - a.at);
  }

  undoImport(id: string): Promise<UndoneImport> {
    return this.inTurn(async () => {
      const undone = await this.home.run("undo the import", "readwrite", ALL_TABLES, (tables) =>
        undoImport(tables, id, Date.now()),
      );
      const { sessions: restored } = readSessions(undone.restored);
      this.known.drop(undone.removed);
      this.known.take(restored, undone.documents);
      for (const name of undone.gone) this.known.documents.delete(name);
      this.wrote(undone.revision);
      const documents = documentsOf(undone.documents);
      for (const name of undone.gone) documents[name] = undefined;
      return { removed: undone.removed, restored, kept: undone.kept, documents };
    });
  }

  async backups(): Promise<BackupEntry[]> {
    const entries = await this.read("read the backups", "backups", (table) => table.all());
    return entries.reverse().sort((a, b) => b.at - a.at);
  }

  restoreBackup(id: string): Promise<LogContent> {
    return this.inTurn(async () => {
      const version = LOG_DATABASE.migrations.length;
      const { meta } = await this.home.run("restore the backup", "readwrite", ALL_TABLES, (t) =>
        restoreBackup(t, id, version),
      );
      this.wrote(meta.revision);
      return this.loadNow();
    });
  }

  async markExported(at: number = Date.now()): Promise<void> {
    await this.inTurn(() =>
      this.home.run("note the export", "readwrite", ["meta"], (t) => markExported(t, at)),
    );
  }

  exportState(): Promise<ExportState> {
    return this.home.run("look for an export", "readonly", LOG_TABLES, exportState);
  }

  async damaged(): Promise<string[]> {
    const [records, stored] = await this.home.run("look for damage", "readonly", LOG_TABLES, (t) =>
      Promise.all([t.sessions.all(), t.documents.all()]),
    );
    const damaged: string[] = readSessions(records).damaged;
    documentsOf(stored, damaged);
    return damaged;
  }

  sizes(): Promise<TableSize[]> {
    return this.home.run("measure what is stored", "readonly", ALL_TABLES, measure);
  }

  retry(): Promise<boolean> {
    return this.inTurn(async () => {
      if (this.durable) return true;
      const before = this.home.status.reason;
      const back = await this.home.retry();
      if (!back) {
        if (this.reason !== before) this.tellStatus();
        return false;
      }
      const had = [...this.known.sessions.keys()];
      const { sessions, documents } = await this.loadNow();
      const present = new Set(sessions.map(({ id }) => id));
      const deleted = had.filter((id) => !present.has(id));
      this.tellTabs(this.revisions.seen);
      this.tellStatus();
      this.notify({ sessions, deleted, documents, erased: false });
      return true;
    });
  }

  refresh(): Promise<void> {
    return this.look();
  }

  subscribe(listener: (change: ForeignChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onStatus(listener: (status: StorageStatus) => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  close(): void {
    this.listeners.clear();
    this.statusListeners.clear();
    this.tabs.close();
    this.home.close();
  }
}

/** Derived data goes with what it was derived from; what cannot be deleted now fits no more. */
async function eraseDerived(): Promise<void> {
  const features = await openFeatureStore();
  await features.erase().catch(() => undefined);
  features.close();
}

function withoutRevision({ id, hash, startTime, text }: StoredRecord): LogRecord {
  return { id, hash, startTime, text };
}
