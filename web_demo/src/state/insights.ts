/** What the charts need to know of time: weeks to show, months of the calendar. */
import type { GroupWeeks, TrainingDay } from "@voltlift/bridge";

/** Periods that can be chosen, in weeks. */
export const PERIODS = [12, 26, 52, 156] as const;

/** A day of an answer, `YYYY-MM-DD`, as local time. */
export function dayTime(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

/** `YYYY-MM-DD` of a local day. */
export function isoDay(time: number): string {
  const date = new Date(time);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface Month {
  /** Its first day, local time. */
  start: number;
  /** Weeks from Monday on; null where a day is of another month. */
  weeks: (string | null)[][];
}

/** A month as a calendar shows it; `back` counts months before that of `now`. */
export function monthOf(now: number, back: number): Month {
  const date = new Date(now);
  const first = new Date(date.getFullYear(), date.getMonth() - back, 1);
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  const lead = (first.getDay() + 6) % 7;
  const days = Array.from({ length: Math.ceil((lead + length) / 7) * 7 }, (_, cell) => {
    const day = cell - lead + 1;
    if (day < 1 || day > length) return null;
    return isoDay(new Date(first.getFullYear(), first.getMonth(), day).getTime());
  });
  const weeks = Array.from({ length: days.length / 7 }, (_, w) => days.slice(w * 7, w * 7 + 7));
  return { start: first.getTime(), weeks };
}

/** How many months back the days of an answer reach. */
export function monthsBack(now: number, days: readonly TrainingDay[]): number {
  const [first] = days;
  if (!first) return 0;
  const from = new Date(dayTime(first.day));
  const to = new Date(now);
  return (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth();
}

/** The group that there is most to do about: the least of its landmark, over the last weeks. */
export function mostBehind(groups: readonly GroupWeeks[]): string | null {
  const lately = ({ balance = [] }: GroupWeeks): number => balance.at(-1) ?? Number.MAX_VALUE;
  const [first] = [...groups].sort((a, b) => lately(a) - lately(b));
  return first?.group ?? null;
}

/** How a share of the mean is called: below 0.7 behind, above 1.4 ahead. */
export function balanceState(ratio: number | null): "none" | "behind" | "balanced" | "ahead" {
  if (ratio === null) return "none";
  if (ratio < 0.7) return "behind";
  return ratio > 1.4 ? "ahead" : "balanced";
}
