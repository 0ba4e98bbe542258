/** The dial "balanced training ↔ my routine": kept in the settings, part of every question. */
import type { AppState, UserSettings } from "./app-state.ts";
import { useApp } from "./store.ts";

/** What the engine takes where the lifter has not turned the dial (`rules-1.json`, "habit"). */
export const DEFAULT_ROUTINE = 0.7;
/** Completed workouts from which the routine counts at all, and from which it counts in full. */
export const FADE_IN = { from: 3, until: 10 } as const;

/** Share of the routine, 0-1; null where the dial was not turned, or holds no such number. */
export function readRoutine(settings: UserSettings | null): number | null {
  const value = settings?.routine;
  const isShare = typeof value === "number" && value >= 0 && value <= 1;
  return isShare ? value : null;
}

export const useRoutine = (): number | null =>
  useApp((state: AppState) => readRoutine(state.settings));

/** The question with the dial as it stands; without a turn it is the question as it was. */
export function withRoutine<Q extends object>(query: Q, routine: number | null): Routined<Q> {
  return routine === null ? query : { ...query, routine };
}

type Routined<Q> = Q & { routine?: number };
