/** What of the state the engine does not know yet. */
import type { Delta } from "../contract/contract.js";
import { contentHash } from "../storage/hash.js";
import type { SyncedState } from "./connection.js";

/** What the engine is known to know. */
export interface Known {
  /** Content hash by session id. */
  hashes: Map<string, string>;
  /** Session objects by id, for the comparison by reference. */
  references: Map<string, object>;
  /** Last references (and hashes) of the parts that are not sessions. */
  settings: unknown;
  dailyLogs: SyncedState["dailyLogs"];
  customExercises: SyncedState["customExercises"];
  /** Days that the engine may know, also from requests whose outcome is not known. */
  days: Set<string>;
}

/** Nothing is known for sure but these sessions. */
export function knownSessions(
  hashes: { readonly [id: string]: string },
  days: Iterable<string> = [],
): Known {
  return {
    hashes: new Map(Object.entries(hashes)),
    references: new Map(),
    settings: undefined,
    dailyLogs: undefined,
    customExercises: undefined,
    days: new Set(days),
  };
}

/** One request's worth of changes, and what is known once the engine has taken it in. */
export interface Part {
  delta: Delta;
  sessions: number;
  commit(known: Known): void;
}

const NOT_TRAINING = new Set(["active", "template", "draft"]);

/** Sessions that can be training history; what is going on now comes with each request. */
function* training(state: SyncedState): Generator<{ readonly id: string }> {
  for (const session of state.history) {
    const { status } = session as { status?: unknown };
    if (typeof session?.id === "string" && !NOT_TRAINING.has(status as string)) yield session;
  }
}

/**
 * Return the changes from `known` to `state` in parts of at most `chunk` sessions; none where
 * nothing changed. Sessions are compared by reference first, then by content hash; missing
 * ids are deletions.
 */
export function changes(known: Known, state: SyncedState, chunk: number): Part[] {
  const present = new Map<string, { readonly id: string }>();
  for (const session of training(state)) present.set(session.id, session);
  const changed: { id: string; session: object; hash: string }[] = [];
  for (const [id, session] of present) {
    if (known.references.get(id) === session) continue;
    const hash = contentHash(session);
    if (known.hashes.get(id) === hash) known.references.set(id, session);
    else changed.push({ id, session, hash });
  }
  const deleted = [...known.hashes.keys()].filter((id) => !present.has(id));
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
      for (const { id, session, hash } of items) {
        known.hashes.set(id, hash);
        known.references.set(id, session);
      }
    },
  };
}

/** Settings, daily logs and custom exercises, where their reference and content changed. */
function rest(known: Known, state: SyncedState): Part {
  const delta: Delta = {};
  const { settings, dailyLogs, customExercises } = state;
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
      if (dailyLogs !== undefined) {
        next.dailyLogs = dailyLogs;
        next.days = new Set(Object.keys(dailyLogs));
      }
      next.customExercises = customExercises ?? next.customExercises;
    },
  };
}

function merge(first: Part, deleted: readonly string[], second: Part | undefined): Part {
  return {
    delta: { ...second?.delta, ...first.delta },
    sessions: second?.sessions ?? 0,
    commit(known) {
      for (const id of deleted) {
        known.hashes.delete(id);
        known.references.delete(id);
      }
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
