/** A planned session as a workout: pure functions between the program and the log. */
import type {
  ExerciseLog,
  PlannedExercise,
  PlannedSession,
  PlannedSet,
  ProgramInfo,
  WorkoutSession,
} from "@voltlift/bridge";
import type { UserSettings } from "./app-state.ts";
import { newId } from "./ids.ts";
import { logsOf, type StartOptions, startWorkout } from "./workout.ts";

/** What a program asks of an exercise, kept with it while the workout goes on. */
export interface LogPlan {
  /** Working sets, in order. */
  sets: PlannedSet[];
  restSeconds: number;
  /** Name of the exercise that it stands in for. */
  insteadOf?: string;
}

/** An exercise of a workout that was planned. */
export interface PlannedLog extends ExerciseLog {
  plan: LogPlan;
}

/** What `settings.activeProgram` holds. */
export interface ActiveProgram {
  programId: string;
  currentSessionIndex: number;
  startDate: number;
  selectedFrequency?: number;
}

/** The plan of an exercise; null where it was added by hand. */
export function planOf(log: ExerciseLog): LogPlan | null {
  const { plan } = log as Partial<PlannedLog>;
  return plan && Array.isArray(plan.sets) && plan.sets.length > 0 ? plan : null;
}

/** The program that is followed, read leniently; null where none is. */
export function readActiveProgram(settings: UserSettings | null): ActiveProgram | null {
  const value = settings?.activeProgram as Partial<ActiveProgram> | null | undefined;
  if (typeof value !== "object" || value === null || typeof value.programId !== "string") {
    return null;
  }
  const { programId, currentSessionIndex, startDate, selectedFrequency } = value;
  return {
    programId,
    currentSessionIndex: Number.isInteger(currentSessionIndex) ? (currentSessionIndex ?? 0) : 0,
    startDate: Number.isFinite(startDate) ? (startDate ?? 0) : 0,
    ...(Number.isInteger(selectedFrequency) ? { selectedFrequency: selectedFrequency ?? 3 } : {}),
  };
}

const MARK = "program";

/** How a workout says which session of which program it is. */
export const sourceOf = (programId: string, index: number): string =>
  `${MARK}:${programId}:${index}`;

/** The program and session that a workout came from; null for any other one. */
export function readSource(
  session: Pick<WorkoutSession, "sourceTemplateId">,
): { programId: string; index: number } | null {
  const [mark, programId, index] = (session.sourceTemplateId ?? "").split(":");
  if (mark !== MARK || !programId || !/^\d+$/.test(index ?? "")) return null;
  return { programId, index: Number(index) };
}

/** The workout of a planned session; nothing in it counts until it is ticked. */
export function startPlanned(
  planned: PlannedSession,
  program: Pick<ProgramInfo, "id">,
  options: Omit<StartOptions, "name">,
): WorkoutSession {
  const supersets = new Map<string, string>();
  const supersetId = (name: string): string => {
    const known = supersets.get(name) ?? newId();
    supersets.set(name, known);
    return known;
  };
  return {
    ...startWorkout({ ...options, name: planned.name }),
    sourceTemplateId: sourceOf(program.id, planned.index),
    logs: planned.exercises.map((exercise) => ({
      ...plannedLog(exercise),
      ...(exercise.superset ? { supersetId: supersetId(exercise.superset) } : {}),
    })),
  };
}

function plannedLog({ exercise, sets, restSeconds, insteadOf }: PlannedExercise): PlannedLog {
  return {
    id: newId(),
    exerciseId: exercise.id,
    sets: sets.map(() => ({ id: newId(), reps: 0, weight: 0, type: "N", completed: false })),
    plan: { sets, restSeconds, ...(insteadOf ? { insteadOf: insteadOf.name } : {}) },
  };
}

/** A finished workout without its plan: what was planned is no part of the log. */
export function withoutPlan(session: WorkoutSession): WorkoutSession {
  return {
    ...session,
    logs: logsOf(session).map((log) => {
      const { plan, ...kept } = log as Partial<PlannedLog> & ExerciseLog;
      return kept;
    }),
  };
}

/** The active program after a workout of it: the session that follows is next. */
export function movedOn(
  settings: UserSettings | null,
  session: WorkoutSession,
): ActiveProgram | null {
  const active = readActiveProgram(settings);
  const source = readSource(session);
  if (!active || source?.programId !== active.programId) return null;
  return { ...active, currentSessionIndex: source.index + 1 };
}
