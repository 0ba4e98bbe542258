/** How numbers, days, sets and the words of the catalogue are written. */
import type { Goal, Unit } from "./state/app-state.ts";
import { formatNumber } from "./state/numbers.ts";

export const UNIT_TEXT: Readonly<Record<Unit, string>> = { kg: "kg", lbs: "lb" };

export const count = (n: number, one: string, many: string): string =>
  `${formatNumber(n)} ${n === 1 ? one : many}`;

export const setsText = (n: number): string => count(n, "set", "sets");
export const repsText = (n: number): string => count(n, "rep", "reps");
export const workoutsText = (n: number): string => count(n, "workout", "workouts");
export const exercisesText = (n: number): string => count(n, "exercise", "exercises");
/** The space does not break: a number and its unit stay together. */
export const minutesText = (n: number): string => `${formatNumber(n)}\u00a0min`;
/** "1.2 MB"; what is smaller than a kilobyte is told in bytes. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${formatNumber(bytes, 0)}\u00a0bytes`;
  if (bytes < 1_000_000) return `${formatNumber(bytes / 1_000, 0)}\u00a0kB`;
  const digits = bytes < 100_000_000 ? 1 : 0;
  return bytes < 1_000_000_000
    ? `${formatNumber(bytes / 1_000_000, digits)}\u00a0MB`
    : `${formatNumber(bytes / 1_000_000_000, 1)}\u00a0GB`;
}
export const pointsText = (n: number): string => formatNumber(n, 1);
export const weightText = (weight: number, unit: Unit): string =>
  `${formatNumber(weight)} ${UNIT_TEXT[unit]}`;

/** "Morning workout", by the hour at which it starts. */
export function workoutName(hour: number): string {
  if (hour < 5) return "Night workout";
  if (hour < 11) return "Morning workout";
  if (hour < 14) return "Midday workout";
  return hour < 18 ? "Afternoon workout" : "Evening workout";
}

/** "Today", "Yesterday", "Tue 4 Nov", and the year where it is not this one. */
export function dayText(time: number, now: number = Date.now()): string {
  const day = new Date(time);
  const start = (date: Date): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((start(new Date(now)) - start(day)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return day.toLocaleDateString(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(day.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" }),
  });
}

/** "4 Mar 2025". */
export const dateText = (time: number | Date): string =>
  new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

/** A day of a file, "2025-03-04", in words; it has no time zone. */
export function isoDayText(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00`);
  return Number.isNaN(date.getTime()) ? day : dateText(date);
}

export const timeText = (time: number): string =>
  new Date(time).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

/** "60 kg × 8", "12 reps" where there is no weight, "20 min" for cardio. */
export function setText(
  set: { weight: number; reps: number; seconds?: number | null },
  unit: Unit,
): string {
  if (set.seconds) return minutesText(Math.round(set.seconds / 6) / 10);
  return set.weight > 0 ? `${weightText(set.weight, unit)} × ${set.reps}` : repsText(set.reps);
}

/** Sets in short: "60 kg × 8, 8, 7" or "9, 8 reps"; what sets share is said once. */
export function setsInShort(
  sets: ReadonlyArray<{ weight: number; reps: number; seconds?: number | null }>,
  unit: Unit,
): string {
  /** What is said of a set beside its reps; null where it has none. */
  const load = (at: number): number | null => {
    const set = sets[at];
    return !set || set.seconds ? null : set.weight;
  };
  const parts = sets.map((set, at) => {
    const weight = load(at);
    // A weight goes before the first of its sets, "reps" behind the last.
    const isSaid = weight !== null && weight === (weight > 0 ? load(at - 1) : load(at + 1));
    return isSaid ? String(set.reps) : setText(set, unit);
  });
  return parts.join(", ");
}

/** The five steps of effort; each stands for an RPE. */
export const EFFORTS = [
  { rpe: 6, name: "Easy", meaning: "4 or more reps left" },
  { rpe: 7, name: "Solid", meaning: "3 reps left" },
  { rpe: 8, name: "Hard", meaning: "2 reps left" },
  { rpe: 9, name: "Very hard", meaning: "1 rep left" },
  { rpe: 10, name: "All out", meaning: "nothing left" },
] as const;

/** The step nearest to an RPE, which an imported set may have with decimals. */
export function effortName(rpe: number): string {
  const step = EFFORTS.findLast((effort) => rpe >= effort.rpe - 0.5) ?? EFFORTS[0];
  return step.name;
}

export const SET_TYPES = {
  N: { name: "Working set", short: "" },
  W: { name: "Warm-up", short: "W" },
  D: { name: "Drop set", short: "D" },
  F: { name: "To failure", short: "F" },
} as const;

/** What the catalogue calls muscle groups and equipment, as a reader sees it. */
const GROUP_NAMES: Readonly<Record<string, string>> = {
  Chest: "Chest",
  Back: "Back",
  Legs: "Legs",
  Shoulders: "Shoulders",
  Arms: "Arms",
  Core: "Core",
  Cardio: "Cardio",
  Unknown: "Not known yet",
};

const EQUIPMENT_NAMES: Readonly<Record<string, string>> = {
  Barbell: "Barbell",
  Dumbbell: "Dumbbell",
  Machine: "Machine",
  Cable: "Cable",
  Bodyweight: "Bodyweight",
  Kettlebell: "Kettlebell",
  "Resistance Band": "Resistance Band",
  "EZ Bar": "EZ Bar",
  "Smith Machine": "Smith Machine",
  "Trap Bar": "Trap Bar",
  Plate: "Plate",
  "Medicine Ball": "Medicine Ball",
  Suspension: "Suspension",
  "Cardio Machine": "Cardio Machine",
  Other: "Other",
};

export const groupName = (group: string): string => GROUP_NAMES[group] ?? group;
export const equipmentName = (equipment: string): string => EQUIPMENT_NAMES[equipment] ?? equipment;

export const GOAL_TEXTS: Readonly<Record<Goal, string>> = {
  Strength: "Get stronger",
  Hypertrophy: "Build muscle",
  Powerlifting: "Powerlifting",
  "Power-Building": "Strength and muscle",
  "General Fitness": "Stay fit",
};
