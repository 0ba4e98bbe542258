/** What this page knows of the log: what the store gave it or took from it last. */
import type { WorkoutSession } from "../contract/contract.js";
import type { Deletion, DocumentPut, Put } from "./changes.js";
import { storageError } from "./errors.js";
import { contentHash, hashAndText, hashText } from "./hash.js";
import type { StoredDocument } from "./schema.js";
import type { LogChange, LogRecord } from "./types.js";
import type { Unsaved } from "./unsaved.js";

/** A change as the tables take it. */
export interface Prepared {
  puts: Put[];
  deletions: Deletion[];
  documents: DocumentPut[];
}

/** What a new session is made from: whatever is stored under its id, another tab has made. */
const NOTHING = { hash: "", value: undefined };

export class Known {
  readonly sessions = new Map<string, WorkoutSession>();
  readonly documents = new Map<string, string>();
  /** True once the whole log was read: only then does this page know everything. */
  complete = false;

  clear(): void {
    this.sessions.clear();
    this.documents.clear();
  }

  take(sessions: readonly WorkoutSession[], documents: readonly StoredDocument[]): void {
    for (const session of sessions) this.sessions.set(session.id, session);
    for (const { name, text } of documents) this.documents.set(name, text);
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.sessions.delete(id);
  }

  /** Everything that is known, as records. */
  records(): LogRecord[] {
    return [...this.sessions.values()].map(toRecord);
  }

  /**
   * A change with what it was made from as of now: what other tabs store from now on is
   * theirs. @throws {EngineError} `storage` where a value is not JSON.
   */
  prepare({ sessions = [], deleted = [], documents = {}, bases = {} }: LogChange): Prepared {
    const given = new Map(bases.sessions?.map((session) => [session.id, session]));
    const base = (id: string) => (bases.sessions ? given : this.sessions).get(id);
    const baseText = (name: string) => {
      if (!bases.documents) return this.documents.get(name);
      return JSON.stringify(bases.documents[name]) as string | undefined;
    };
    try {
      return {
        puts: sessions.map((session) => {
          const from = base(session.id);
          // The hash first: it may be of the very object that is to be hashed anew below.
          const made = from ? { hash: contentHash(from), value: from } : NOTHING;
          return { record: toRecord(session), session, base: made };
        }),
        deletions: deleted.map((id) => {
          const meant = base(id);
          return { id, hash: meant && contentHash(meant) };
        }),
        documents: Object.entries(documents)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => ({
            name,
            text: JSON.stringify(value),
            base: { text: baseText(name) ?? "null" },
          })),
      };
    } catch (error) {
      throw storageError("store a value that is not JSON", error);
    }
  }
}

/** The same change as entries that can be kept aside. */
export function unsavedEntries({ puts, deletions, documents }: Prepared): Unsaved[] {
  return [
    ...puts.map(({ record, base }): Unsaved => {
      const from = base?.value === undefined ? null : JSON.stringify(base.value);
      return { kind: "session", name: record.id, text: record.text, base: from };
    }),
    ...deletions.map(({ id, hash }): Unsaved => {
      return { kind: "session", name: id, text: null, base: hash ?? null };
    }),
    ...documents.map(
      ({ name, text, base }): Unsaved => ({
        kind: "document",
        name,
        text,
        base: base?.text ?? null,
      }),
    ),
  ];
}

/** Entries that were kept aside, as a change. What cannot be read is left out. */
export function preparedFrom(entries: readonly Unsaved[]): Prepared {
  const prepared: Prepared = { puts: [], deletions: [], documents: [] };
  for (const { kind, name, text, base } of entries) {
    if (kind === "document") {
      if (text !== null) {
        prepared.documents.push({ name, text, base: base === null ? undefined : { text: base } });
      }
    } else if (text === null) prepared.deletions.push({ id: name, hash: base ?? undefined });
    else {
      const session = readObject(text) as WorkoutSession | null;
      if (!session) continue;
      const value = base === null ? null : readObject(base);
      prepared.puts.push({
        record: { ...toRecord({ ...session, id: name }), text, hash: hashText(text) },
        base: base === null || !value ? NOTHING : { hash: hashText(base), value },
      });
    }
  }
  return prepared;
}

export function toRecord(session: WorkoutSession): LogRecord {
  const startTime = Number(session.startTime);
  return {
    id: session.id,
    startTime: Number.isFinite(startTime) ? startTime : 0,
    ...hashAndText(session),
  };
}

function readObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
