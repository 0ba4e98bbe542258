/** The rest between sets: begins by itself, and goes on counting when the page is reloaded. */
import type { ExerciseDefinition, SetLog, WorkoutSession } from "@voltlift/bridge";
import { create } from "zustand";
import type { Goal } from "./app-state.ts";
import { planOf } from "./programs.ts";
import { logsOf, setsOf } from "./workout.ts";

export interface Rest {
  /** Epoch milliseconds at which it is over. */
  endsAt: number;
  seconds: number;
  /** What is next, by exercise id. */
  exerciseId: string;
}

const KEY = "voltlift-rest/1";
/** How long a rest that is over is still worth mentioning. */
export const LINGER_MS = 120_000;
/** What a tap adds or takes away. */
export const REST_STEP = 15;

const WARM_UP_REST = 60;
const ISOLATION_REST = 90;
const COMPOUND_REST = 150;
/** Heavy sets want the phosphates back: 3 to 5 minutes (de Salles et al. 2009). */
const STRENGTH_REST = 180;
const HEAVY: ReadonlySet<Goal | null> = new Set(["Strength", "Powerlifting"]);

/** Seconds of rest after a set, where no program says it. */
export function usualRest(
  set: Pick<SetLog, "type">,
  exercise: Pick<ExerciseDefinition, "category"> | undefined,
  goal: Goal | null,
): number {
  if (set.type === "W") return WARM_UP_REST;
  if (exercise?.category !== "Compound") return ISOLATION_REST;
  return HEAVY.has(goal) ? STRENGTH_REST : COMPOUND_REST;
}

/**
 * What follows on a set that was just done: the next exercise of its superset at once, or a
 * rest; null where the workout has no set left to rest for.
 */
export function afterSet(
  workout: WorkoutSession,
  logId: string,
  set: SetLog,
  exercise: Pick<ExerciseDefinition, "category"> | undefined,
  goal: Goal | null,
): { partner: string } | { rest: number; exerciseId: string } | null {
  const logs = logsOf(workout);
  const log = logs.find(({ id }) => id === logId);
  if (!log) return null;
  const waiting = (entry: (typeof logs)[number]): boolean =>
    setsOf(entry).some(({ id, completed }) => !completed && id !== set.id);
  if (set.type !== "W" && log.supersetId) {
    const done = (entry: (typeof logs)[number]): number =>
      setsOf(entry).filter(
        ({ id, completed, type }) => type !== "W" && (completed || id === set.id),
      ).length;
    const own = done(log);
    const partner = logs.find(
      (other) =>
        other.supersetId === log.supersetId &&
        other.id !== logId &&
        waiting(other) &&
        done(other) < own,
    );
    if (partner) return { partner: partner.exerciseId };
  }
  // A drop set follows at once.
  const next = setsOf(log).find(({ id, completed }) => !completed && id !== set.id);
  if (next?.type === "D") return null;
  const following = waiting(log) ? log : logs.find(waiting);
  const rest =
    set.type === "W"
      ? usualRest(set, exercise, goal)
      : (planOf(log)?.restSeconds ?? usualRest(set, exercise, goal));
  return { rest, exerciseId: (following ?? log).exerciseId };
}

interface RestState {
  rest: Rest | null;
}

export const useRest = create<RestState>()(() => ({ rest: restore() }));

/** Begin to rest; one that was going on is replaced. */
export function beginRest(seconds: number, exerciseId: string, now = Date.now()): void {
  keep(seconds > 0 ? { endsAt: now + seconds * 1000, seconds, exerciseId } : null);
}

/** Make the rest longer, or shorter; what is over by then is over now. */
export function extendRest(seconds: number, now = Date.now()): void {
  const { rest } = useRest.getState();
  if (!rest) return;
  const endsAt = Math.max(now, Math.max(rest.endsAt, now) + seconds * 1000);
  keep({ ...rest, endsAt, seconds: Math.max(1, rest.seconds + seconds) });
}

/** End the rest: skipped, or the workout is over. */
export function endRest(): void {
  keep(null);
}

function keep(rest: Rest | null): void {
  useRest.setState({ rest });
  try {
    if (rest) localStorage.setItem(KEY, JSON.stringify(rest));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the timer lives as long as the page.
  }
}

function restore(): Rest | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return readRest(value, Date.now());
  } catch {
    return null;
  }
}

/** What was kept, where it is a rest that still matters. */
export function readRest(value: unknown, now: number): Rest | null {
  if (typeof value !== "object" || value === null) return null;
  const { endsAt, seconds, exerciseId } = value as Partial<Rest>;
  if (!Number.isFinite(endsAt) || !Number.isFinite(seconds) || typeof exerciseId !== "string") {
    return null;
  }
  const rest = { endsAt: endsAt ?? 0, seconds: seconds ?? 0, exerciseId };
  return rest.endsAt + LINGER_MS < now || rest.endsAt > now + 3_600_000 ? null : rest;
}
