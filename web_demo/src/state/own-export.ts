/**
 * The page's own export: an app state with one workout a line, so that neither writing nor
 * reading it back ever holds the page up.
 */
import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import type { AppState } from "./app-state.ts";
import { breathe } from "./breathe.ts";
import { logsOf, setsOf } from "./workout.ts";

/** The version of the envelope. */
const ENVELOPE_VERSION = 1;

/** What an own export starts with; other app states are read by the engine alone. */
const HEAD = `{"app":"VoltLift","version":${ENVELOPE_VERSION},"state":{`;
const HISTORY = '"history":[';

/** Everything that is stored, as a file of lines. */
export async function writeExport(state: AppState): Promise<Blob> {
  // The page's own circumstances are no data.
  const { opened, savedWorkout, sample, storage, history, ...documents } = state;
  const parts: string[] = [`${HEAD}\n${HISTORY}\n`];
  const pause = breathe();
  for (const [at, session] of history.entries()) {
    parts.push(`${JSON.stringify(session)}${at < history.length - 1 ? "," : ""}\n`);
    await pause();
  }
  const others = Object.entries(documents)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `,\n${JSON.stringify(name)}:${JSON.stringify(value)}`);
  parts.push("]", ...others, "\n}}\n");
  return new Blob(parts, { type: "application/json" });
}

/**
 * The workouts of an own export, word for word, by id; null for any other file. The engine
 * hands on what it knows of a workout; whatever else the page keeps with it is in here.
 */
export async function readExport(file: Blob): Promise<Map<string, WorkoutSession> | null> {
  const head = await file.slice(0, HEAD.length + HISTORY.length + 2).text();
  if (head !== `${HEAD}\n${HISTORY}\n`) return null;
  const sessions = new Map<string, WorkoutSession>();
  const pause = breathe();
  for await (const line of linesOf(file)) {
    if (line.startsWith("]")) break;
    if (!line.startsWith('{"') || line.startsWith(HEAD)) continue;
    const session = parse(line.replace(/,$/, ""));
    if (session) sessions.set(session.id, session);
    await pause();
  }
  return sessions;
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    yield rest;
  } finally {
    await reader.cancel();
  }
}

function parse(line: string): WorkoutSession | null {
  try {
    const value: unknown = JSON.parse(line);
    return isSession(value) ? value : null;
  } catch {
    return null; // Changed by hand: what the engine made of it counts.
  }
}

/** True for what the page can show as a workout, whoever wrote it. */
export function isSession(value: unknown): value is WorkoutSession {
  const { id, name, startTime, notes, logs } = (value ?? {}) as Partial<WorkoutSession>;
  return (
    typeof id === "string" &&
    typeof name === "string" &&
    typeof startTime === "number" &&
    isTextOrNothing(notes) &&
    Array.isArray(logs) &&
    logs.every(
      (log) =>
        typeof log?.id === "string" &&
        typeof log.exerciseId === "string" &&
        isTextOrNothing(log.notes) &&
        Array.isArray(log.sets) &&
        log.sets.every(
          (set) =>
            typeof set?.id === "string" && Number.isFinite(set.weight) && Number.isFinite(set.reps),
        ),
    )
  );
}

const isTextOrNothing = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === "string";

/**
 * What to store of an own export: a workout as it was exported where the engine read the same
 * numbers, else what the engine made of it; and those that the engine had to set aside, which
 * are the lifter's all the same.
 */
export function faithful(
  read: readonly WorkoutSession[],
  raw: ReadonlyMap<string, WorkoutSession>,
  /** Ids that are not wanted: stored already, or left out. */
  without: ReadonlySet<string>,
): WorkoutSession[] {
  const seen = new Set(read.map(({ id }) => id));
  const kept = read.map((session) => {
    const own = raw.get(session.id);
    return own && isSameSession(session, own) ? own : session;
  });
  const aside = [...raw.values()].filter(({ id }) => !seen.has(id) && !without.has(id));
  return [...kept, ...aside];
}

type Fields<T> = ReadonlyArray<readonly [name: keyof T, missing: unknown]>;

/** Texts are shown as they are, so they need no agreement. */
const SESSION_FIELDS: Fields<WorkoutSession> = [
  ["startTime", null],
  ["endTime", null],
  ["status", "completed"],
  ["unit", null],
  ["utcOffsetMinutes", null],
  ["timeKnown", true],
  ["source", "app_state"],
  ["sourceTemplateId", null],
];
const LOG_FIELDS: Fields<ExerciseLog> = [
  ["id", null],
  ["exerciseId", null],
  ["supersetId", null],
];
const SET_FIELDS: Fields<SetLog> = [
  ["id", null],
  ["reps", null],
  ["weight", null],
  ["rpe", null],
  ["type", "N"],
  ["completed", false],
  ["seconds", null],
  ["distanceMeters", null],
];

function agree<T extends object>(a: T, b: T, fields: Fields<T>): boolean {
  return fields.every(([name, missing]) => (a[name] ?? missing) === (b[name] ?? missing));
}

function isSameSession(read: WorkoutSession, raw: WorkoutSession): boolean {
  const logs = logsOf(raw);
  return (
    agree(read, raw, SESSION_FIELDS) &&
    logs.length === logsOf(read).length &&
    logsOf(read).every((log, at) => {
      const other = logs[at];
      return other !== undefined && agree(log, other, LOG_FIELDS) && haveSameSets(log, other);
    })
  );
}

function haveSameSets(read: ExerciseLog, raw: ExerciseLog): boolean {
  const sets = setsOf(raw);
  return (
    sets.length === setsOf(read).length &&
    setsOf(read).every((set, at) => {
      const other = sets[at];
      return other !== undefined && agree(set, other, SET_FIELDS);
    })
  );
}
