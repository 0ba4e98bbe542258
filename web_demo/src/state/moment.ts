/** The moment that everything is shown as of: the present, or a day that was travelled to. */
import type { WorkoutSession } from "@voltlift/bridge";
import { useEffect, useState } from "react";
import { create } from "zustand";

interface MomentState {
  /** Epoch milliseconds; null for the present. It ends with the page. */
  at: number | null;
}

export const useMoment = create<MomentState>()(() => ({ at: null }));

export const backToToday = (): void => useMoment.setState({ at: null });

/** Go to a day, given as any time in it. */
export function travelTo(day: number, history: readonly WorkoutSession[]): void {
  useMoment.setState({ at: momentOn(day, history) });
}

/** A day's first millisecond, local time; `days` later, whatever the clocks did between. */
export function startOfDay(time: number, days = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Whole days from one time's day to another's. */
export const daysBetween = (from: number, to: number): number =>
  Math.round((startOfDay(to) - startOfDay(from)) / 86_400_000);

/**
 * The moment that stands for a day: noon, or just before the day's first workout, so that
 * what is suggested can be held against what was then done.
 */
export function momentOn(day: number, history: readonly WorkoutSession[]): number {
  const date = new Date(day);
  const noon = new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime();
  return Math.min(noon, ...sessionsOn(day, history).map(({ startTime }) => startTime - 1_000));
}

/** The workouts of a day. */
export function sessionsOn(day: number, history: readonly WorkoutSession[]): WorkoutSession[] {
  const start = startOfDay(day);
  const end = startOfDay(day, 1);
  return history.filter(({ startTime }) => startTime >= start && startTime < end);
}

export interface Span {
  /** The first day, its first millisecond. */
  first: number;
  /** Days from the first to the last one that can be travelled to. */
  days: number;
}

/** From the day after the first workout to yesterday; null where there is no such day. */
export function travelSpan(history: readonly WorkoutSession[], now = Date.now()): Span | null {
  const times = history.map(({ startTime }) => startTime).filter((time) => time > 0);
  if (times.length === 0) return null;
  const first = startOfDay(
    times.reduce((least, time) => Math.min(least, time)),
    1,
  );
  const days = daysBetween(first, now) - 1;
  return days >= 0 ? { first, days } : null;
}

/** How long a slider has to rest before the engine is asked. */
const SETTLE_MS = 120;

/** The moment to ask about: follows a slider that is being dragged once it rests. */
export function useAskedMoment(): number | null {
  const at = useMoment((state) => state.at);
  const [settled, setSettled] = useState(at);
  useEffect(() => {
    if (at === null) {
      setSettled(null);
      return;
    }
    const timer = setTimeout(() => setSettled(at), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return at === null ? null : (settled ?? at);
}
