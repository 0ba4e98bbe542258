/** The journal of imports: what each one replaced, so that it can be undone. */
import { EngineError } from "../errors.js";
import { unknown } from "./backups.js";
import { type Applied, nextRevision } from "./changes.js";
import { merge } from "./merge.js";
import { parse } from "./reading.js";
import type { ImportUndo, StoredDocument, StoredRecord } from "./schema.js";
import { together } from "./settle.js";
import type { LogTables } from "./tables.js";
import type { ImportEntry, ImportSource } from "./types.js";

/** Note an import beside the change that it made, in the same transaction. */
export async function noteImport(
  tables: LogTables,
  source: ImportSource,
  { records, documents, before }: Applied,
): Promise<void> {
  const { id, fileName, app, at } = source;
  const previous = before.records.map((record) => record && withoutRevision(record));
  const undo: ImportUndo = {
    id,
    sessions: records.map((record, i) => ({
      id: record.id,
      after: record.hash,
      before: previous[i] ?? null,
    })),
    documents: documents.flatMap(({ name, text }, i) => {
      const old = before.documents[i]?.text ?? null;
      return old === text ? [] : [{ name, after: text, before: old }];
    }),
  };
  const replaced = previous.filter(Boolean).length;
  const entry: ImportEntry = {
    id,
    fileName,
    app,
    at,
    sessionIds: records.map((record) => record.id),
    added: records.length - replaced,
    replaced,
    documents: undo.documents.map(({ name }) => name),
  };
  await together([tables.imports.put(entry), tables.importUndo.put(undo)]);
}

export interface Undone {
  revision: number;
  removed: string[];
  restored: StoredRecord[];
  kept: string[];
  documents: StoredDocument[];
  /** Names of documents that are not there any more. */
  gone: string[];
}

/**
 * Take an import back. Sessions that are still as it left them become what they were before;
 * others were edited since and stay. Documents lose what the import brought and keep what
 * came after it; an exercise of the lifter's own that a remaining session uses stays as well.
 */
export async function undoImport(tables: LogTables, id: string, now: number): Promise<Undone> {
  const [entry, undo] = await Promise.all([tables.imports.get(id), tables.importUndo.get(id)]);
  if (!entry) throw unknown("import", id);
  if (!undo) {
    throw new EngineError("invalid_request", "this import has been undone already", {
      received: id,
    });
  }
  const { revision } = await nextRevision(tables);
  const currents = await Promise.all(undo.sessions.map((item) => tables.sessions.get(item.id)));
  const untouched = undo.sessions.filter((item, i) => currents[i]?.hash === item.after);
  const removed = untouched.filter(({ before }) => !before).map((item) => item.id);
  const restored = untouched.flatMap(({ before }) => (before ? [{ ...before, revision }] : []));
  const done = new Set(untouched.map((item) => item.id));
  const kept = undo.sessions.filter((item) => !done.has(item.id)).map((item) => item.id);
  await together(
    (function* () {
      for (const gone of removed) {
        yield tables.sessions.delete(gone);
        yield tables.tombstones.put({ id: gone, revision });
      }
      for (const record of restored) yield tables.sessions.put(record);
      yield tables.imports.put({ ...entry, undoneAt: now });
      yield tables.importUndo.delete(id);
    })(),
  );
  return { revision, removed, restored, kept, ...(await undoDocuments(tables, undo, revision)) };
}

async function undoDocuments(
  tables: LogTables,
  undo: ImportUndo,
  revision: number,
): Promise<{ documents: StoredDocument[]; gone: string[] }> {
  const documents: StoredDocument[] = [];
  const gone: string[] = [];
  for (const { name, after, before } of undo.documents) {
    const current = await tables.documents.get(name);
    if (!current) continue;
    const now = parse(current.text);
    // What the import brought anew and others have added to since loses the import's part only.
    const old = before === null ? (current.text === after ? undefined : empty(now)) : parse(before);
    let value = merge(parse(after), old, now);
    if (name === "customExercises") value = withUsed(value, now, await used(tables));
    if (value === undefined) {
      await tables.documents.delete(name);
      gone.push(name);
    } else {
      const text = JSON.stringify(value);
      await tables.documents.put({ name, text, revision });
      documents.push({ name, text, revision });
    }
  }
  return { documents, gone };
}

/** All texts of sessions, in which a used exercise stands by its id. */
async function used(tables: LogTables): Promise<string> {
  return (await tables.sessions.all()).map(({ text }) => text).join("\n");
}

/** The exercises that stay, and those that would be missed by a session. */
function withUsed(value: unknown, current: unknown, texts: string): unknown {
  if (!Array.isArray(current)) return value;
  const left: unknown[] = Array.isArray(value) ? value : [];
  const known = new Set(left.map(idOf));
  const missed = current.filter((item) => {
    const id = idOf(item);
    return id !== undefined && !known.has(id) && texts.includes(JSON.stringify(id));
  });
  return missed.length > 0 ? [...left, ...missed] : value;
}

function empty(like: unknown): unknown {
  return Array.isArray(like) ? [] : typeof like === "object" && like !== null ? {} : undefined;
}

function idOf(item: unknown): string | undefined {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : undefined;
}

function withoutRevision({ id, hash, startTime, text }: StoredRecord): StoredRecord {
  return { id, hash, startTime, text };
}
