/** What an app would keep of a history, so that not every request walks through all sets. */
import type { WorkoutSession } from "@voltlift/bridge";

export interface ExerciseSummary {
  /** Workouts with a working set. */
  times: number;
  /** Start of the last of them, epoch milliseconds. */
  last: number;
  working: number;
  planned: number;
}

export interface SessionSummary {
  startTime: number;
  /** Working sets by exercise. */
  sets: Map<string, number>;
}

export interface Summary {
  /** Workouts with a working set, newest first. */
  sessions: SessionSummary[];
  exercises: Map<string, ExerciseSummary>;
}

/** Walk through a history once. */
export function summarise(history: readonly WorkoutSession[]): Summary {
  const sessions: SessionSummary[] = [];
  const exercises = new Map<string, ExerciseSummary>();
  for (const session of history) {
    if (session.status !== undefined && session.status !== "completed") continue;
    const done = new Map<string, number>();
    for (const log of session.logs ?? []) {
      let summary = exercises.get(log.exerciseId);
      if (!summary) {
        summary = { times: 0, last: 0, working: 0, planned: 0 };
        exercises.set(log.exerciseId, summary);
      }
      let working = 0;
      for (const set of log.sets ?? []) {
        if (set.type === "W") continue;
        summary.planned += 1;
        if (set.completed && (set.reps > 0 || (set.seconds ?? 0) > 0)) working += 1;
      }
      if (working === 0) continue;
      summary.working += working;
      if (!done.has(log.exerciseId)) summary.times += 1;
      summary.last = Math.max(summary.last, session.startTime);
      done.set(log.exerciseId, (done.get(log.exerciseId) ?? 0) + working);
    }
    if (done.size > 0) sessions.push({ startTime: session.startTime, sets: done });
  }
  sessions.sort((a, b) => b.startTime - a.startTime);
  return { sessions, exercises };
}
