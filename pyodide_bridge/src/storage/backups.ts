/** Copies of the whole log, from before it was changed as a whole. */
import { EngineError } from "../errors.js";
import { nextRevision } from "./changes.js";
import { newId } from "./ids.js";
import type { LogMeta, StoredDocument, StoredRecord } from "./schema.js";
import { together } from "./settle.js";
import type { LogTables } from "./tables.js";
import type { BackupEntry, LogRecord } from "./types.js";

/** How many backups are kept. */
export const KEPT_BACKUPS = 2;

/** Which backups stay, newest first, and which have to go. */
export function newestKept(entries: readonly BackupEntry[]): {
  kept: BackupEntry[];
  gone: BackupEntry[];
} {
  // The one made last comes last, and is the newer one of the same millisecond.
  const sorted = [...entries].reverse().sort((a, b) => b.at - a.at);
  return { kept: sorted.slice(0, KEPT_BACKUPS), gone: sorted.slice(KEPT_BACKUPS) };
}

/** Keep a copy of what is there; the oldest one goes. */
export async function makeBackup(
  tables: LogTables,
  reason: BackupEntry["reason"],
  fromVersion: number,
): Promise<void> {
  const [records, documents, heads] = await Promise.all([
    tables.sessions.all(),
    tables.documents.all(),
    tables.backups.all(),
  ]);
  const id = newId();
  const texts = [...records, ...documents].map(({ text }) => text.length);
  const entry: BackupEntry = {
    id,
    at: Date.now(),
    reason,
    fromVersion,
    sessions: records.length,
    documents: documents.length,
    bytes: texts.reduce((sum, length) => sum + length, 0),
  };
  const data = {
    id,
    records: records.map(({ id, hash, startTime, text }) => ({ id, hash, startTime, text })),
    documents: documents.map(({ name, text }): [string, string] => [name, text]),
  };
  await together(
    (function* () {
      yield tables.backups.put(entry);
      yield tables.backupData.put(data);
      for (const old of newestKept([...heads, entry]).gone) {
        yield tables.backups.delete(old.id);
        yield tables.backupData.delete(old.id);
      }
    })(),
  );
}

/** Replace sessions and documents by a backup, after a backup of what is there now. */
export async function restoreBackup(
  tables: LogTables,
  id: string,
  version: number,
): Promise<{ meta: LogMeta; records: StoredRecord[]; documents: StoredDocument[] }> {
  const data = await tables.backupData.get(id);
  if (!data) throw unknown("backup", id);
  await makeBackup(tables, "restore", version);
  const meta = await nextRevision(tables);
  const { revision } = meta;
  const whole = { ...meta, replaced: revision };
  const records = data.records.map((record: LogRecord) => ({ ...record, revision }));
  const documents = data.documents.map(([name, text]) => ({ name, text, revision }));
  await together(
    (function* () {
      yield tables.meta.put(whole);
      // The journal was about records that are replaced now.
      for (const name of ["sessions", "documents", "tombstones", "imports", "importUndo"] as const)
        yield tables[name].clear();
      for (const record of records) yield tables.sessions.put(record);
      for (const document of documents) yield tables.documents.put(document);
    })(),
  );
  return { meta: whole, records, documents };
}

/** The answer to an id that nothing has. */
export function unknown(what: string, id: string): EngineError {
  return new EngineError("invalid_request", `there is no ${what} with this id`, {
    expected: `the id of a kept ${what}`,
    received: id,
  });
}
