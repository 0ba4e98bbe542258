import type { WorkoutSession } from "../contract/contract.js";

/**
 * Why nothing can be stored durably, or why one write failed. `evicted` comes beside a store
 * that is durable: the browser had deleted it, and what this page knew was written again.
 */
export type StorageReason =
  | "missing"
  | "denied"
  | "blocked"
  | "newer_version"
  | "upgrade_failed"
  | "quota"
  | "evicted"
  | "failed";

export interface OpenOptions {
  /** Name of the database; an app that keeps several lifters apart gives each one its own. */
  name?: string;
  /** How long another tab may hold an older version before memory is used. Default 3 s. */
  blockedMs?: number;
}

/** App-state parts that are not sessions, by name: `settings`, `dailyLogs`, … */
export type Documents = { [name: string]: unknown };

/** Everything that is stored. Sessions are newest first. */
export interface LogContent {
  sessions: WorkoutSession[];
  documents: Documents;
  /** Ids of records whose text could not be read; they stay stored, untouched. */
  damaged: string[];
}

/** A change of the log: all of it is stored, or nothing. */
export interface LogChange {
  /** Sessions inserted or replaced. */
  sessions?: readonly WorkoutSession[];
  /** Ids of sessions to delete. */
  deleted?: readonly string[];
  /** Documents inserted or replaced. */
  documents?: Documents;
  /** Note this write in the journal of imports, with what it replaces, so that it can be undone. */
  import?: ImportSource;
  /**
   * What the sessions and documents were made from (or, of those deleted, the versions that
   * the lifter saw), by which the work of other tabs is told apart and kept; what is not in
   * here was made from nothing. Default: what this store gave or took last.
   */
  bases?: { sessions?: readonly WorkoutSession[]; documents?: Documents };
  /**
   * Where it cannot be stored now, keep it aside (in localStorage) until it can be, over a
   * reload too. For what is shown at once, like the workout that is going on.
   */
  keepUnsaved?: boolean;
}

/** What became of a change where another tab had changed the same things. */
export interface Written {
  /** Sessions that were stored differently from how they were given: merged, set by set. */
  merged: WorkoutSession[];
  /** The same for documents. */
  documents: Documents;
  /** Ids that were not deleted, since another tab had changed them; `merged` has them. */
  kept: string[];
}

/** Where an import came from. */
export interface ImportSource {
  id: string;
  fileName: string;
  app: string;
  at: number;
}

/** An import in the journal. */
export interface ImportEntry extends ImportSource {
  sessionIds: string[];
  /** Sessions that were not there before, and those that were. */
  added: number;
  replaced: number;
  /** Names of the documents that it changed. */
  documents: string[];
  /** When it was undone. */
  undoneAt?: number;
}

/** What undoing an import did. */
export interface UndoneImport {
  /** Ids of sessions that are gone again. */
  removed: string[];
  /** Sessions as they were before the import. */
  restored: WorkoutSession[];
  /** Ids that were edited or deleted since the import, and therefore left as they are. */
  kept: string[];
  /** The documents that it had changed, as they are now; undefined: not there any more. */
  documents: Documents;
}

/** A copy of all sessions and documents, made before they were changed as a whole. */
export interface BackupEntry {
  id: string;
  at: number;
  reason: "migration" | "restore";
  /** The version of the database at that time. */
  fromVersion: number;
  sessions: number;
  documents: number;
  /** Length of all texts. */
  bytes: number;
}

/** What decides whether an export is due. */
export interface ExportState {
  /** When the last one was made; null: never. */
  lastExport: number | null;
  /** Workouts that are new or were changed since then. */
  changedSince: number;
  /** When the first thing was stored. */
  firstStored: number | null;
  workouts: number;
}

/** What another tab changed, already read back. */
export interface ForeignChange {
  sessions: WorkoutSession[];
  deleted: string[];
  documents: Documents;
  /** True where everything was erased or replaced: what is not in here is gone. */
  erased: boolean;
}

export interface StorageStatus {
  durable: boolean;
  reason?: StorageReason;
}

/** One stored session: its content hash and its JSON text. */
export interface LogRecord {
  id: string;
  hash: string;
  startTime: number;
  text: string;
}

/** How much is stored of something. */
export interface TableSize {
  name: string;
  entries: number;
  bytes: number;
}

/**
 * The durable log. Every method resolves once its effect is durable (or, where `durable`
 * is false, held in memory) and rejects with an `EngineError` of code `storage`, in which
 * case the previous state is still there.
 */
export interface LogStore {
  /** False while storage cannot be used; see `onStatus`. */
  readonly durable: boolean;
  /** Why it is not durable. */
  readonly reason?: StorageReason | undefined;
  load(): Promise<LogContent>;
  /** Apply a change, all of it or nothing; what other tabs wrote meanwhile is kept. */
  write(change: LogChange): Promise<Written>;
  writeDocument(name: string, value: unknown): Promise<void>;
  /** Delete everything: sessions, documents, journal, backups and derived data. */
  erase(): Promise<void>;
  /** Content hash by session id. */
  manifest(): Promise<{ [id: string]: string }>;
  /** Raw records of these ids, in that order; unknown ones are left out. */
  readRecords(ids: readonly string[]): Promise<LogRecord[]>;
  /** Insert or replace raw records and delete ids, all of it or nothing; nothing is merged. */
  writeRecords(records: readonly LogRecord[], deleted?: readonly string[]): Promise<void>;
  /** A document's JSON text; undefined where there is none. */
  readDocumentText(name: string): Promise<string | undefined>;
  writeDocumentText(name: string, text: string): Promise<void>;
  /** Imports, newest first; those that were undone included. */
  imports(): Promise<ImportEntry[]>;
  /**
   * Restore what was there before an import, except for what was edited since.
   * @throws {EngineError} `invalid_request` where the import is unknown or undone already.
   */
  undoImport(id: string): Promise<UndoneImport>;
  /** The backups that are kept, newest first. */
  backups(): Promise<BackupEntry[]>;
  /**
   * Replace everything by a backup, after a backup of what is there now.
   * @throws {EngineError} `invalid_request` where there is no such backup.
   */
  restoreBackup(id: string): Promise<LogContent>;
  /** Note that the lifter has taken a copy away. */
  markExported(at?: number): Promise<void>;
  exportState(): Promise<ExportState>;
  /** Ids of records and names of documents that are kept although they cannot be read. */
  damaged(): Promise<string[]>;
  /** How much is stored, by table. */
  sizes(): Promise<TableSize[]>;
  /** Where the log is in memory: try storage again, and write what memory holds. */
  retry(): Promise<boolean>;
  /** Look now for what other tabs wrote, and tell the subscribers. */
  refresh(): Promise<void>;
  /** Hear of changes that other tabs make. */
  subscribe(listener: (change: ForeignChange) => void): () => void;
  /** Hear when the log goes to memory, and when it is back on the device. */
  onStatus(listener: (status: StorageStatus) => void): () => void;
  close(): void;
}

/** A derived value: a JSON header that says what it is, and opaque bytes. */
export interface FeatureEntry {
  header: string;
  data: ArrayBuffer;
}

/** Derived data, by key; the engine can rebuild all of it. */
export interface FeatureStore {
  readonly durable: boolean;
  readonly reason?: StorageReason;
  /** Entries whose key starts with `prefix`, in key order. */
  read(prefix: string): Promise<Map<string, FeatureEntry>>;
  /** Insert or replace entries and delete keys, all of it or nothing. */
  write(entries: ReadonlyMap<string, FeatureEntry>, deleted?: readonly string[]): Promise<void>;
  /** How much is stored, by table. */
  sizes(): Promise<TableSize[]>;
  erase(): Promise<void>;
  close(): void;
}
