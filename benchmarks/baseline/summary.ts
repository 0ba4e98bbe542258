/** What an app would keep of a history, so that not every request walks through all sets. */
import type { SetLog, WorkoutSession } from "@voltlift/bridge";

const WARM_UP_SHARE = 0.5;

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
    for (const [exerciseId, sets] of setsByExercise(session)) {
      let summary = exercises.get(exerciseId);
      if (!summary) {
        summary = { times: 0, last: 0, working: 0, planned: 0 };
        exercises.set(exerciseId, summary);
      }
      const planned = withoutWarmUps(sets);
      const working = planned.filter(isDone).length;
      summary.planned += planned.length;
      if (working === 0) continue;
      summary.working += working;
      summary.times += 1;
      summary.last = Math.max(summary.last, session.startTime);
      done.set(exerciseId, working);
    }
    if (done.size > 0) sessions.push({ startTime: session.startTime, sets: done });
  }
  sessions.sort((a, b) => b.startTime - a.startTime);
  return { sessions, exercises };
}

function setsByExercise(session: WorkoutSession): Map<string, SetLog[]> {
  const found = new Map<string, SetLog[]>();
  for (const log of session.logs ?? []) {
    const sets = found.get(log.exerciseId) ?? [];
    sets.push(...(log.sets ?? []));
    found.set(log.exerciseId, sets);
  }
  return found;
}

/** Sets but for warm-ups, and normal sets of less than half the load reached later. */
function withoutWarmUps(sets: SetLog[]): SetLog[] {
  const kept = sets.filter((set) => set.type !== "W");
  const lifted = kept.map((set) => (set.completed && set.reps > 0 ? set.weight : 0));
  const top = Math.max(0, ...lifted);
  const first = top > 0 ? lifted.indexOf(top) : -1;
  return kept.filter(
    ({ type = "N", weight }, i) =>
      !(type === "N" && i < first && weight > 0 && weight < WARM_UP_SHARE * top),
  );
}

function isDone(set: SetLog): boolean {
  return Boolean(set.completed) && (set.reps > 0 || (set.seconds ?? 0) > 0);
}
