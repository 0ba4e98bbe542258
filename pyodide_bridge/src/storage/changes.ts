/** What is done to the log's tables, each function inside one transaction. */
import type { WorkoutSession } from "../contract/contract.js";
import { hashAndText } from "./hash.js";
import { newId } from "./ids.js";
import { merge } from "./merge.js";
import { parse } from "./reading.js";
import type { LogMeta, StoredDocument, StoredRecord, Tombstone } from "./schema.js";
import { together } from "./settle.js";
import type { LogTables, TableName } from "./tables.js";
import type { LogRecord } from "./types.js";

/** The tables of every write. */
export const LOG_TABLES = ["sessions", "documents", "tombstones", "meta"] as const;
export const ALL_TABLES: readonly TableName[] = [
  ...LOG_TABLES,
  "imports",
  "importUndo",
  "backups",
  "backupData",
];

/** A session to store. */
export interface Put {
  record: LogRecord;
  /** The value that the record holds, where the page has it. */
  session?: WorkoutSession;
  /** What it was made from, with its hash; without it, what is stored is replaced as it is. */
  base?: { hash: string; value: unknown } | undefined;
}

export interface DocumentPut {
  name: string;
  text: string;
  base?: { text: string } | undefined;
}

export interface Deletion {
  id: string;
  /** The version that is meant; another one is not deleted. Undefined: whichever it is. */
  hash?: string | undefined;
}

export interface Applied {
  revision: number;
  epoch: string;
  /** Records as they are stored now, in the order of the puts. */
  records: StoredRecord[];
  documents: StoredDocument[];
  /** Records that were not deleted. */
  kept: StoredRecord[];
  /** What was there before, for the journal. */
  before: { records: (StoredRecord | undefined)[]; documents: (StoredDocument | undefined)[] };
}

export async function readMeta(tables: Pick<LogTables, "meta">): Promise<LogMeta> {
  const meta = await tables.meta.get("log");
  if (meta?.key === "log") return meta;
  const epoch = newId();
  return { key: "log", epoch, revision: 0, replaced: 0, created: Date.now() };
}

/** Count a write; every write does, so that other tabs can tell what is new to them. */
export async function nextRevision(
  tables: Pick<LogTables, "meta">,
  change: Partial<LogMeta> = {},
): Promise<LogMeta> {
  const before = await readMeta(tables);
  const meta = { ...before, ...change, revision: before.revision + 1 };
  await tables.meta.put(meta);
  return meta;
}

/** Apply a change, merging it with what other tabs stored meanwhile. */
export async function applyChange(
  tables: LogTables,
  change: { puts: readonly Put[]; deletions: readonly Deletion[]; documents: DocumentPut[] },
): Promise<Applied> {
  const { sessions, documents, tombstones } = tables;
  const { revision, epoch } = await nextRevision(tables);
  const [doomed, currents, texts] = await Promise.all([
    Promise.all(change.deletions.map(({ id }) => sessions.get(id))),
    Promise.all(change.puts.map(({ record }) => sessions.get(record.id))),
    Promise.all(change.documents.map(({ name }) => documents.get(name))),
  ]);
  const kept = doomed.filter((current, i): current is StoredRecord => {
    const hash = change.deletions[i]?.hash;
    return current !== undefined && hash !== undefined && hash !== current.hash;
  });
  const keptIds = new Set(kept.map(({ id }) => id));
  const gone = change.deletions.filter(({ id }) => !keptIds.has(id));
  const records = change.puts.map((put, i) => ({ ...mergedRecord(put, currents[i]), revision }));
  const stored = change.documents.map(({ name, text, base }, i) => ({
    name,
    text: mergedText(text, base, texts[i]),
    revision,
  }));
  await together(
    (function* () {
      for (const { id } of gone) {
        yield sessions.delete(id);
        yield tombstones.put({ id, revision });
      }
      for (const record of records) yield sessions.put(record);
      for (const document of stored) yield documents.put(document);
    })(),
  );
  const before = { records: currents, documents: texts };
  return { revision, epoch, records, documents: stored, kept, before };
}

function mergedRecord({ record, base }: Put, current: StoredRecord | undefined): LogRecord {
  if (!base || !current || current.hash === base.hash) return record;
  if (current.hash === record.hash) return record;
  const theirs = parse(current.text);
  if (typeof theirs !== "object" || theirs === null) return record; // Damaged.
  const value = merge(base.value, parse(record.text), theirs) as WorkoutSession;
  const startTime = Number(value.startTime);
  return {
    id: record.id,
    startTime: Number.isFinite(startTime) ? startTime : 0,
    ...hashAndText(value),
  };
}

function mergedText(
  text: string,
  base: { text: string } | undefined,
  current: StoredDocument | undefined,
): string {
  if (!base || !current || current.text === base.text || current.text === text) return text;
  const theirs = parse(current.text);
  return theirs === undefined ? text : JSON.stringify(merge(parse(base.text), parse(text), theirs));
}

/** What was written after a revision. */
export interface Changes {
  meta: LogMeta;
  records: StoredRecord[];
  documents: StoredDocument[];
  deleted: Tombstone[];
}

export async function changesSince(tables: LogTables, revision: number): Promise<Changes> {
  const [meta, records, documents, tombstones] = await Promise.all([
    readMeta(tables),
    tables.sessions.since(revision),
    tables.documents.since(revision),
    tables.tombstones.since(revision),
  ]);
  // A session that came back after it was deleted is there.
  const present = await Promise.all(tombstones.map(({ id }) => tables.sessions.get(id)));
  const deleted = tombstones.filter((_, i) => !present[i]);
  return { meta, records, documents, deleted };
}

/** Delete everything there is. */
export async function eraseAll(tables: LogTables): Promise<LogMeta> {
  const { revision, created, epoch } = await readMeta(tables);
  await together(ALL_TABLES.map((name) => tables[name].clear()));
  const meta: LogMeta = {
    key: "log",
    epoch,
    revision: revision + 1,
    replaced: revision + 1,
    created,
  };
  await tables.meta.put(meta);
  return meta;
}
