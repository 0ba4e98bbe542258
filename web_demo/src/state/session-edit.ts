/** Editing a finished workout: pure functions from one record to the next. */
import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import { newId } from "./ids.ts";
import type { Persistence, Store } from "./persistence.ts";
import { logsOf, setsOf } from "./workout.ts";

/**
 * Append a set like the last one of the exercise. It counts as done: a finished workout has
 * no plans.
 */
export function addDoneSet(session: WorkoutSession, logId: string): WorkoutSession {
  return {
    ...session,
    logs: logsOf(session).map((log) => {
      if (log.id !== logId) return log;
      const last = setsOf(log).at(-1);
      const { weight = 0, reps = 1, seconds } = last ?? {};
      const set: SetLog = {
        id: newId(),
        weight,
        reps,
        type: "N",
        completed: true,
        ...(seconds === undefined ? {} : { seconds }),
      };
      return { ...log, sets: [...setsOf(log), set] };
    }),
  };
}

/** Change name or notes; an empty text takes the notes away, and leaves the name. */
export function describeSession(
  session: WorkoutSession,
  change: { name?: string; notes?: string },
): WorkoutSession {
  const name = change.name?.trim();
  return {
    ...session,
    ...(name ? { name } : {}),
    ...(change.notes === undefined ? {} : { notes: change.notes.trim() || null }),
  };
}

/** Change the notes of an exercise; an empty text takes them away. */
export function describeLog(session: WorkoutSession, logId: string, notes: string): WorkoutSession {
  return {
    ...session,
    logs: logsOf(session).map((log) =>
      log.id === logId ? { ...log, notes: notes.trim() || null } : log,
    ),
  };
}

/** The workout without exercises that have no sets left. */
export function withoutEmpty(session: WorkoutSession): WorkoutSession {
  const logs: ExerciseLog[] = logsOf(session).filter((log) => setsOf(log).length > 0);
  return logs.length === logsOf(session).length ? session : { ...session, logs };
}

/**
 * What edits a finished workout: each change is made to what the one before it has stored,
 * so that none is lost, however fast they come. Rejects where it could not be stored.
 */
export function createSessionEditor(store: Store, persistence: Pick<Persistence, "commit">) {
  let editing: Promise<unknown> = Promise.resolve();
  return (id: string, change: (session: WorkoutSession) => WorkoutSession): Promise<void> => {
    const edit = async (): Promise<void> => {
      const session = store.getState().history.find((entry) => entry.id === id);
      const changed = session && withoutEmpty(change(session));
      if (changed && changed !== session) await persistence.commit({ sessions: [changed] });
    };
    const done = editing.then(edit);
    // A change that failed keeps none from being tried after it.
    editing = done.catch(() => undefined);
    return done;
  };
}
