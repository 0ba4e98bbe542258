/** What of the state the engine does not know yet. */
import type { Delta } from "../contract/contract.js";
import { contentHash } from "../storage/hash.js";
import type { SyncedState } from "./connection.js";

/** What the engine is known to know. */
export interface Known {
  /** Content hash by session id. */
  hashes: Map<string, string>;
  /** Last references (and hashes) of the parts that are not sessions. */
  settings: unknown;
  dailyLogs: SyncedState["dailyLogs"];
  customExercises: SyncedState["customExercises"];
  /** Days that the engine may know, also from requests whose outcome is not known. */
  readonly days: Set<string>;
}

/** Nothing is known for sure but these sessions; these days may be known. */
export function knownSessions(hashes: { readonly [id: string]: string }, days: Set<string>): Known {
  return {
    hashes: new Map(Object.entries(hashes)),
    settings: undefined,
    dailyLogs: undefined,
    customExercises: undefined,
    days,
  };
}

/** One request's worth of changes, and what is known once the engine has taken it in. */
export interface Part {
  delta: Delta;
  sessions: number;
  commit(known: Known): void;
}

/** What of the history is a session with an id; stored states hold all kinds of things. */
export function sessionsOf({ history }: SyncedState): readonly { readonly id: string }[] {
  return Array.isArray(history) ? history.filter((item) => typeof item?.id === "string") : [];
}

const NOT_TRAINING = new Set(["active", "template", "draft"]);

/** Sessions that can be training history; what is going on now comes with each request. */
function* training(state: SyncedState): Generator<{ readonly id: string }> {
  for (const session of sessionsOf(state)) {
    const { status } = session as { status?: unknown };
    if (!NOT_TRAINING.has(status as string)) yield session;
  }
}

/**
 * Return the changes from `known` to `state` in parts of at most `chunk` sessions; none where
 * nothing changed. Sessions are compared by content hash, which is remembered by reference;
 * missing ids are deletions.
 */
export function changes(known: Known, state: SyncedState, chunk: number): Part[] {
  const present = new Map<string, { readonly id: string }>();
  for (const session of training(state)) present.set(session.id, session);
  const changed: { id: string; session: object; hash: string }[] = [];
  for (const [id, session] of present) {
    // Not by reference: the log remembers a new hash of what it writes, also of objects that
    // were changed in place, and where nothing changed a remembered hash is as fast.
    const hash = contentHash(session);
    if (known.hashes.get(id) !== hash) changed.push({ id, session, hash });
  }
  // A history that is missing is not an empty one.
  const gone = (id: string) => state.history && !present.has(id);
  const deleted = [...known.hashes.keys()].filter(gone);
  const first = rest(known, state);
  if (deleted.length > 0) first.delta.deletedSessions = deleted;
  const parts: Part[] = [];
  for (let start = 0; start < changed.length; start += chunk) {
    parts.push(sessionsPart(changed.slice(start, start + chunk)));
  }
  if (Object.keys(first.delta).length === 0) return parts;
  return [merge(first, deleted, parts[0]), ...parts.slice(1)];
}

function sessionsPart(items: readonly { id: string; session: object; hash: string }[]): Part {
  return {
    delta: {
      sessions: items.map(({ session }) => session),
      hashes: Object.fromEntries(items.map(({ id, hash }) => [id, hash])),
    },
    sessions: items.length,
    commit(known) {
      for (const { id, hash } of items) known.hashes.set(id, hash);
    },
  };
}

/** Settings, daily logs and custom exercises, where their reference and content changed. */
function rest(known: Known, state: SyncedState): Part {
  const delta: Delta = {};
  const settings = state.settings ?? undefined;
  const dailyLogs = state.dailyLogs ?? undefined;
  const customExercises = state.customExercises ?? undefined;
  if (settings !== undefined && differs(known.settings, settings)) delta.settings = settings;
  if (customExercises !== undefined && differs(known.customExercises, customExercises)) {
    delta.customExercises = [...customExercises];
  }
  if (dailyLogs !== undefined && differs(known.dailyLogs, dailyLogs)) {
    delta.dailyLogs = changedDays(known, dailyLogs);
    for (const day of Object.keys(dailyLogs)) known.days.add(day);
  }
  return {
    delta,
    sessions: 0,
    commit(next) {
      next.settings = settings ?? next.settings;
      next.dailyLogs = dailyLogs ?? next.dailyLogs;
      next.customExercises = customExercises ?? next.customExercises;
      for (const [day, log] of Object.entries(delta.dailyLogs ?? {})) {
        if (log === null) next.days.delete(day);
      }
    },
  };
}

function merge(first: Part, deleted: readonly string[], second: Part | undefined): Part {
  return {
    delta: { ...second?.delta, ...first.delta },
    sessions: second?.sessions ?? 0,
    commit(known) {
      for (const id of deleted) known.hashes.delete(id);
      first.commit(known);
      second?.commit(known);
    },
  };
}

function differs(before: unknown, now: unknown): boolean {
  return before !== now && (before === undefined || contentHash(before) !== contentHash(now));
}

type Days = NonNullable<SyncedState["dailyLogs"]>;

/** Days that are new or differ; null for those that are gone. */
function changedDays(known: Known, now: Days): { [day: string]: unknown } {
  const before = known.dailyLogs ?? {};
  const delta: { [day: string]: unknown } = {};
  for (const [day, log] of Object.entries(now)) {
    if (!Object.hasOwn(before, day) || differs(before[day], log)) delta[day] = log;
  }
  for (const day of known.days) if (!Object.hasOwn(now, day)) delta[day] = null;
  return delta;
}
