/** What can be done to a workout: pure functions from one record to the next. */
import type { ExerciseLog, SetLog, WorkoutSession } from "@voltlift/bridge";
import type { Unit } from "./app-state.ts";
import { newId } from "./ids.ts";

export type SetType = NonNullable<SetLog["type"]>;

export interface StartOptions {
  name: string;
  unit: Unit;
  now: number;
  utcOffsetMinutes: number;
}

/** An empty workout. It carries its unit and offset, so settings and travel never change it. */
export function startWorkout({ name, unit, now, utcOffsetMinutes }: StartOptions): WorkoutSession {
  return {
    id: newId(),
    name,
    startTime: now,
    status: "active",
    unit,
    utcOffsetMinutes,
    timeKnown: true,
    logs: [],
  };
}

const emptySet = (type: SetType = "N"): SetLog => ({
  id: newId(),
  reps: 0,
  weight: 0,
  type,
  completed: false,
});

/** The exercises of a session. */
export function logsOf(session: WorkoutSession): readonly ExerciseLog[] {
  return session.logs ?? [];
}

/** The sets of an exercise. */
export function setsOf(log: ExerciseLog): readonly SetLog[] {
  return log.sets ?? [];
}

/** Sets that count as done. */
export function completedSets(log: ExerciseLog): SetLog[] {
  return setsOf(log).filter((set) => set.completed);
}

/** Append an exercise with one empty set. */
export function addExercise(workout: WorkoutSession, exerciseId: string): WorkoutSession {
  return { ...workout, logs: [...logsOf(workout), newLog(exerciseId)] };
}

const newLog = (exerciseId: string): ExerciseLog => ({
  id: newId(),
  exerciseId,
  sets: [emptySet()],
});

/** Take an exercise out, with its sets. */
export function removeExercise(workout: WorkoutSession, logId: string): WorkoutSession {
  return { ...workout, logs: logsOf(workout).filter((log) => log.id !== logId) };
}

/** Put an exercise back where it was. */
export function restoreExercise(
  workout: WorkoutSession,
  log: ExerciseLog,
  index: number,
): WorkoutSession {
  if (logsOf(workout).some((other) => other.id === log.id)) return workout;
  return { ...workout, logs: logsOf(workout).toSpliced(index, 0, log) };
}

function changeLog(
  workout: WorkoutSession,
  logId: string,
  change: (log: ExerciseLog) => ExerciseLog,
): WorkoutSession {
  return {
    ...workout,
    logs: logsOf(workout).map((log) => (log.id === logId ? change(log) : log)),
  };
}

/** Append an empty set of the kind of the last one (a warm-up is not carried on). */
export function addSet(workout: WorkoutSession, logId: string): WorkoutSession {
  return changeLog(workout, logId, (log) => ({ ...log, sets: [...setsOf(log), emptySet()] }));
}

/** Take a set out. */
export function removeSet(workout: WorkoutSession, logId: string, setId: string): WorkoutSession {
  return changeLog(workout, logId, (log) => ({
    ...log,
    sets: setsOf(log).filter((set) => set.id !== setId),
  }));
}

/** Put a set back where it was. */
export function restoreSet(
  workout: WorkoutSession,
  logId: string,
  set: SetLog,
  index: number,
): WorkoutSession {
  return changeLog(workout, logId, (log) =>
    setsOf(log).some((other) => other.id === set.id)
      ? log
      : { ...log, sets: setsOf(log).toSpliced(index, 0, set) },
  );
}

/** Change what is written in a set. */
export function changeSet(
  workout: WorkoutSession,
  logId: string,
  setId: string,
  change: Partial<Omit<SetLog, "id">>,
): WorkoutSession {
  return changeLog(workout, logId, (log) => ({
    ...log,
    sets: setsOf(log).map((set) => (set.id === setId ? { ...set, ...change } : set)),
  }));
}

/** Put warm-up sets before the first working set that is not done. */
export function addWarmUps(
  workout: WorkoutSession,
  logId: string,
  warmUps: ReadonlyArray<Pick<SetLog, "weight" | "reps">>,
): WorkoutSession {
  return changeLog(workout, logId, (log) => {
    const sets = setsOf(log);
    const at = sets.findIndex((set) => !set.completed && set.type !== "W");
    const added = warmUps.map(({ weight, reps }) => ({ ...emptySet("W"), weight, reps }));
    return { ...log, sets: sets.toSpliced(at < 0 ? sets.length : at, 0, ...added) };
  });
}

/**
 * Do another exercise instead: sets that are done stay with the one they were done with, the
 * others are left to the new one, its first with this weight and these reps, if given.
 */
export function swapExercise(
  workout: WorkoutSession,
  logId: string,
  exerciseId: string,
  first: Pick<SetLog, "weight" | "reps"> | null,
): WorkoutSession {
  const logs = logsOf(workout).flatMap((log): ExerciseLog[] => {
    if (log.id !== logId) return [log];
    const done = completedSets(log);
    const open = setsOf(log).filter((set) => !set.completed && set.type !== "W");
    const sets = open.length > 0 ? open.map((set) => emptySet(set.type)) : [emptySet()];
    const swapped = { ...log, id: newId(), exerciseId, sets: withFirst(sets, first) };
    return done.length > 0 ? [{ ...log, sets: done }, swapped] : [swapped];
  });
  return { ...workout, logs };
}

function withFirst(sets: SetLog[], first: Pick<SetLog, "weight" | "reps"> | null): SetLog[] {
  return sets.map((set, at) => (at === 0 && first ? { ...set, ...first } : set));
}

/** Do two exercises in turn: one joins the superset of the other. */
export function joinSuperset(
  workout: WorkoutSession,
  logId: string,
  partnerId: string,
): WorkoutSession {
  const partner = logsOf(workout).find((log) => log.id === partnerId);
  if (!partner || partnerId === logId) return workout;
  const supersetId = partner.supersetId ?? newId();
  const joined = [logId, partnerId].reduce(
    (changed, id) => changeLog(changed, id, (log) => ({ ...log, supersetId })),
    leaveSuperset(workout, logId),
  );
  return joined;
}

/** Do an exercise by itself again; a partner that would be left alone is freed as well. */
export function leaveSuperset(workout: WorkoutSession, logId: string): WorkoutSession {
  const own = logsOf(workout).find((log) => log.id === logId)?.supersetId;
  if (!own) return workout;
  const others = logsOf(workout).filter((log) => log.supersetId === own && log.id !== logId);
  const freed = new Set([logId, ...(others.length === 1 ? others.map(({ id }) => id) : [])]);
  const logs = logsOf(workout).map((log) => {
    if (!freed.has(log.id)) return log;
    const { supersetId, ...kept } = log;
    return kept;
  });
  return { ...workout, logs };
}

/** The letter of an exercise's superset, by its place in the workout; null where in none. */
export function supersetLetter(workout: WorkoutSession, log: ExerciseLog): string | null {
  if (!log.supersetId) return null;
  const members = logsOf(workout).filter(({ supersetId }) => supersetId === log.supersetId);
  if (members.length < 2) return null;
  const ids = [...new Set(logsOf(workout).flatMap(({ supersetId }) => supersetId ?? []))];
  return String.fromCharCode(65 + (ids.indexOf(log.supersetId) % 26));
}

/**
 * Close a workout: sets that were never ticked, and exercises without any, were plans and
 * not training, so they are left out.
 */
export function finishWorkout(workout: WorkoutSession, now: number): WorkoutSession {
  const logs = logsOf(workout)
    .map((log) => ({ ...log, sets: completedSets(log) }))
    .filter((log) => log.sets.length > 0);
  return { ...workout, logs, status: "completed", endTime: Math.max(now, workout.startTime) };
}

/** Go on with a workout that was finished too early. */
export function reopenWorkout(session: WorkoutSession): WorkoutSession {
  return { ...session, status: "active", endTime: null };
}

/** Number of completed sets. */
export function countSets(session: WorkoutSession): number {
  return logsOf(session).reduce((sum, log) => sum + completedSets(log).length, 0);
}

/** True where the stored record holds this very set as ticked: only then is it durable. */
export function isSaved(saved: WorkoutSession | null, logId: string, set: SetLog): boolean {
  const log = saved && logsOf(saved).find((other) => other.id === logId);
  const stored = log && setsOf(log).find((other) => other.id === set.id);
  return Boolean(
    stored?.completed &&
      stored.weight === set.weight &&
      stored.reps === set.reps &&
      stored.seconds === set.seconds,
  );
}
