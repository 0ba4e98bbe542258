/** What every operation on the log goes through: turns, revisions, other tabs, fallback. */
import {
  ALL_TABLES,
  type Applied,
  applyChange,
  changesSince,
  LOG_TABLES,
  readMeta,
} from "./changes.js";
import { storageReason } from "./errors.js";
import type { Home } from "./home.js";
import { noteImport } from "./journal.js";
import { Known, type Prepared, unsavedEntries } from "./known.js";
import { readDocument, readSessions } from "./reading.js";
import type { StoredDocument } from "./schema.js";
import { SeenRevisions } from "./tab-sync.js";
import type { LogTables } from "./tables.js";
import { TabChannel } from "./tabs.js";
import type {
  Documents,
  ForeignChange,
  LogChange,
  LogContent,
  StorageReason,
  StorageStatus,
  Written,
} from "./types.js";

export class LogCore {
  protected readonly home: Home;
  protected readonly tabs: TabChannel;
  protected readonly known = new Known();
  protected readonly revisions = new SeenRevisions();
  protected readonly listeners = new Set<(change: ForeignChange) => void>();
  protected readonly statusListeners = new Set<(status: StorageStatus) => void>();
  #turn: Promise<unknown> = Promise.resolve();
  #looking = false;

  constructor(home: Home) {
    this.home = home;
    // What is told is only that there is something: it is looked up in turn with our writes.
    this.tabs = new TabChannel(home.name, () => void this.look().catch(() => undefined));
  }

  get durable(): boolean {
    return this.home.status.durable;
  }

  get reason(): StorageReason | undefined {
    return this.home.status.reason;
  }

  /** Writes, and looks for the writes of others, run one after the other. */
  protected inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(action);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  protected read<N extends "sessions" | "documents" | "imports" | "backups", T>(
    what: string,
    name: N,
    action: (table: LogTables[N]) => Promise<T>,
  ): Promise<T> {
    return this.home.run(what, "readonly", [name], (tables) => action(tables[name])) as Promise<T>;
  }

  protected async loadNow(): Promise<LogContent> {
    const [records, stored, meta] = await this.home.run(
      "read the log",
      "readonly",
      LOG_TABLES,
      (tables) => Promise.all([tables.sessions.all(), tables.documents.all(), readMeta(tables)]),
    );
    records.sort((a, b) => b.startTime - a.startTime || (a.id < b.id ? -1 : 1));
    const { sessions, damaged } = readSessions(records);
    const documents = documentsOf(stored, damaged);
    this.known.clear();
    this.known.take(sessions, stored);
    this.known.complete = true;
    this.revisions.start(meta.revision, meta.revision > 0 ? meta.epoch : null);
    return { sessions, documents, damaged };
  }

  protected async writeNow(prepared: Prepared, change: LogChange = {}): Promise<Written> {
    const { puts, deletions, documents } = prepared;
    const nothing: Written = { merged: [], documents: {}, kept: [] };
    if (puts.length + deletions.length + documents.length === 0 && !change.import) return nothing;
    let applied: Applied;
    try {
      applied = await this.#apply(prepared, change);
    } catch (error) {
      const reason = storageReason(error);
      if (!this.home.canLeave(reason) || !this.known.complete) {
        if (change.keepUnsaved) this.home.keepAside(unsavedEntries(prepared));
        throw error;
      }
      // The device is lost to us for now: go on in memory, from what this page knows.
      await this.home.leave(reason, this.known, this.revisions.epoch);
      this.revisions.start(0, null);
      applied = await this.#apply(prepared, change);
      this.tellStatus();
    }
    if (!this.durable) this.home.keepAside(unsavedEntries(prepared));
    else this.home.forgetAside(unsavedEntries(prepared));
    return this.#took(prepared, applied);
  }

  async #apply(prepared: Prepared, change: LogChange): Promise<Applied> {
    const tables = change.import ? ALL_TABLES : LOG_TABLES;
    const [applied, evicted] = await this.home.run(
      "store the change",
      "readwrite",
      tables,
      async (tables) => {
        const evicted = await this.#survive(tables);
        const applied = await applyChange(tables, prepared);
        if (change.import) await noteImport(tables, change.import, applied);
        return [applied, evicted] as const;
      },
    );
    if (evicted) {
      // In the new database everything is to be looked up.
      this.revisions.start(0, applied.epoch);
      this.home.evicted();
      this.tellStatus();
    }
    this.revisions.epoch = applied.epoch;
    this.wrote(applied.revision);
    return applied;
  }

  /** Take note of what was stored, and say what became different. */
  #took(prepared: Prepared, { records, documents, kept }: Applied): Written {
    // What was stored as it was given need not be read back.
    const sessions = [...records, ...kept].flatMap((record, i) => {
      const { record: given, session } = prepared.puts[i] ?? {};
      return session && given?.hash === record.hash ? [session] : readSessions([record]).sessions;
    });
    const keptIds = kept.map(({ id }) => id);
    const gone = prepared.deletions.map(({ id }) => id).filter((id) => !keptIds.includes(id));
    const there = new Set(sessions.map(({ id }) => id));
    this.known.drop(gone.filter((id) => !there.has(id)));
    this.known.take(sessions, documents);
    const given = new Map(prepared.puts.map(({ record }) => [record.id, record.hash]));
    const stored = new Map([...records, ...kept].map(({ id, hash }) => [id, hash]));
    return {
      merged: sessions.filter(({ id }) => given.get(id) !== stored.get(id)),
      documents: documentsOf(
        documents.filter(({ text }, i) => text !== prepared.documents[i]?.text),
      ),
      kept: keptIds,
    };
  }

  /** Where the browser deleted the database beneath this page, write what the page knows. */
  async #survive(tables: LogTables): Promise<boolean> {
    const meta = await tables.meta.get("log");
    const { epoch } = this.revisions;
    const same = epoch === null || (meta?.key === "log" && meta.epoch === epoch);
    if (same || !this.known.complete) return false;
    const there = new Set((await tables.sessions.all()).map(({ id }) => id));
    const named = new Set((await tables.documents.all()).map(({ name }) => name));
    await applyChange(tables, {
      puts: this.known.records().flatMap((record) => (there.has(record.id) ? [] : [{ record }])),
      deletions: [],
      documents: [...this.known.documents]
        .filter(([name]) => !named.has(name))
        .map(([name, text]) => ({ name, text })),
    });
    return true;
  }

  /** A write of ours has got this number. */
  protected wrote(revision: number): void {
    if (!this.revisions.wrote(revision)) void this.look().catch(() => undefined);
    this.tellTabs(revision);
  }

  protected look(): Promise<void> {
    if (this.#looking || !this.durable) return Promise.resolve();
    this.#looking = true;
    return this.inTurn(async () => {
      this.#looking = false;
      // A page that has not read the log yet finds all of it when it does.
      if (this.durable && this.listeners.size > 0) await this.#catchUp();
    });
  }

  async #catchUp(): Promise<void> {
    const changes = await this.home.run("read what is new", "readonly", LOG_TABLES, (tables) =>
      changesSince(tables, this.revisions.seen),
    );
    const { epoch } = this.revisions;
    if (epoch !== null && changes.meta.epoch !== epoch && this.known.complete) {
      await this.#apply({ puts: [], deletions: [], documents: [] }, {});
      return;
    }
    const news = this.revisions.news(changes);
    const { records, documents: stored, deleted, erased } = news;
    if (!erased && records.length + stored.length + deleted.length === 0) return;
    const { sessions } = readSessions(records);
    if (erased) this.known.clear();
    this.known.drop(deleted);
    this.known.take(sessions, stored);
    this.notify({ sessions, deleted, documents: documentsOf(stored), erased });
  }

  protected notify(change: ForeignChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }

  protected tellTabs(revision: number): void {
    if (this.durable) this.tabs.tell({ revision });
  }

  protected tellStatus(): void {
    for (const listener of [...this.statusListeners]) listener(this.home.status);
  }
}

export function documentsOf(stored: readonly StoredDocument[], damaged: string[] = []): Documents {
  const documents: Documents = {};
  for (const { name, text } of stored) readDocument(documents, damaged, name, text);
  return documents;
}
