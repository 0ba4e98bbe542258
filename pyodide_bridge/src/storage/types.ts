import type { WorkoutSession } from "../contract/contract.js";

/** Why nothing can be stored durably, or why one write failed. */
export type StorageReason = "missing" | "denied" | "blocked" | "newer_version" | "quota" | "failed";

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

export interface LogChange {
  /** Sessions inserted or replaced. */
  sessions?: readonly WorkoutSession[];
  /** Ids of sessions to delete. */
  deleted?: readonly string[];
  /** Documents inserted or replaced. */
  documents?: Documents;
}

/** What another tab changed, already read back. */
export interface ForeignChange {
  sessions: WorkoutSession[];
  deleted: string[];
  documents: Documents;
  /** True where the other tab erased everything. */
  erased: boolean;
}

/** One stored session: its content hash and its JSON text. */
export interface LogRecord {
  id: string;
  hash: string;
  startTime: number;
  text: string;
}

/**
 * The durable log. Every method resolves once its effect is durable (or, where `durable`
 * is false, held in memory) and rejects with an `EngineError` of code `storage`, in which
 * case the previous state is still there.
 */
export interface LogStore {
  readonly durable: boolean;
  /** Why it is not durable. */
  readonly reason?: StorageReason;
  load(): Promise<LogContent>;
  /** Apply a change, all of it or nothing. */
  write(change: LogChange): Promise<void>;
  writeDocument(name: string, value: unknown): Promise<void>;
  /** Delete every session and document. */
  erase(): Promise<void>;
  /** Content hash by session id. */
  manifest(): Promise<{ [id: string]: string }>;
  /** Raw records of these ids, in that order; unknown ones are left out. */
  readRecords(ids: readonly string[]): Promise<LogRecord[]>;
  /** Insert or replace raw records and delete ids, all of it or nothing. */
  writeRecords(records: readonly LogRecord[], deleted?: readonly string[]): Promise<void>;
  /** A document's JSON text; undefined where there is none. */
  readDocumentText(name: string): Promise<string | undefined>;
  writeDocumentText(name: string, text: string): Promise<void>;
  /** Hear of changes that other tabs make. */
  subscribe(listener: (change: ForeignChange) => void): () => void;
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
  erase(): Promise<void>;
  close(): void;
}
