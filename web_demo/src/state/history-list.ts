/** The history as a list: searched, by year, in months; made for thousands of workouts. */
import type { ExerciseLog, WorkoutSession } from "@voltlift/bridge";
import { fold } from "./words.ts";
import { completedSets, countSets, logsOf } from "./workout.ts";

export interface Month {
  /** "2025-03": unique and sortable. */
  key: string;
  /** The first of the month. */
  first: Date;
  sessions: WorkoutSession[];
}

/** The year of a workout where it was done. */
export function yearOf(session: WorkoutSession): number {
  return localDate(session).getUTCFullYear();
}

/** The years with workouts, newest first. */
export function yearsOf(history: readonly WorkoutSession[]): number[] {
  return [...new Set(history.map(yearOf))].sort((a, b) => b - a);
}

/** Workouts in months, in the order in which they come. */
export function byMonth(sessions: readonly WorkoutSession[]): Month[] {
  const months: Month[] = [];
  for (const session of sessions) {
    const date = localDate(session);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const key = `${year}-${String(month + 1).padStart(2, "0")}`;
    const last = months.at(-1);
    if (last?.key === key) last.sessions.push(session);
    else months.push({ key, first: new Date(year, month, 1), sessions: [session] });
  }
  return months;
}

/** Workouts and sets of a month's whole list, by month. */
export function monthTotals(
  sessions: readonly WorkoutSession[],
): Map<string, { workouts: number; sets: number }> {
  return new Map(
    byMonth(sessions).map(({ key, sessions }) => [
      key,
      {
        workouts: sessions.length,
        sets: sessions.reduce((sum, session) => sum + countSets(session), 0),
      },
    ]),
  );
}

function localDate({ startTime, utcOffsetMinutes }: WorkoutSession): Date {
  // Old records without an offset are taken to be from here.
  const offset = utcOffsetMinutes ?? -new Date(startTime).getTimezoneOffset();
  return new Date(startTime + offset * 60_000);
}

export interface Search {
  /** True for a workout with an exercise, a name or a note that has all the words. */
  matches(session: WorkoutSession): boolean;
  /** The exercises of a workout that were searched; none where its name was. */
  hits(session: WorkoutSession): ExerciseLog[];
}

/**
 * A search for workouts; null for an empty text. Names of exercises are folded once each,
 * however many workouts have them.
 */
export function createSearch(text: string, nameOf: (exerciseId: string) => string): Search | null {
  const words = fold(text).split(" ").filter(Boolean);
  if (words.length === 0) return null;
  const known = new Map<string, boolean>();
  const has = (haystack: string): boolean => {
    const folded = ` ${fold(haystack)}`;
    return words.every((word) => folded.includes(` ${word}`));
  };
  const isHit = ({ exerciseId }: ExerciseLog): boolean => {
    let answer = known.get(exerciseId);
    if (answer === undefined) {
      answer = has(nameOf(exerciseId));
      known.set(exerciseId, answer);
    }
    return answer;
  };
  const hits = (session: WorkoutSession): ExerciseLog[] =>
    logsOf(session).filter((log) => isHit(log) && completedSets(log).length > 0);
  return {
    hits,
    matches: (session) =>
      logsOf(session).some((log) => isHit(log) && completedSets(log).length > 0) ||
      has(session.name) ||
      (session.notes ? has(session.notes) : false) ||
      logsOf(session).some(({ notes }) => (notes ? has(notes) : false)),
  };
}
