/** Stored texts back to values; one damaged record never costs the others. */
import type { WorkoutSession } from "../contract/contract.js";
import { primeHash } from "./hash.js";
import type { Documents, LogRecord } from "./types.js";

/** Parse the records, and remember the hash that was stored with each. */
export function readSessions(records: readonly LogRecord[]): {
  sessions: WorkoutSession[];
  damaged: string[];
} {
  const sessions: WorkoutSession[] = [];
  const damaged: string[] = [];
  for (const { id, hash, text } of records) {
    const session = parse(text);
    if (typeof session === "object" && session !== null && !Array.isArray(session)) {
      primeHash(session, hash);
      sessions.push(session as WorkoutSession);
    } else damaged.push(id);
  }
  return { sessions, damaged };
}

/** Parse a document into `documents`, or note its name as damaged. */
export function readDocument(
  documents: Documents,
  damaged: string[],
  name: string,
  text: string,
): void {
  const value = parse(text);
  if (value === undefined) damaged.push(name);
  else documents[name] = value;
}

/** The value of a JSON text; undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
