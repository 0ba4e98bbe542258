/** Texts of the workout: suggestions for a set, plates, rest, swapping, and how it ended. */
import type { LoadChoice, PlannedSet, SuggestLoadResponse } from "@voltlift/bridge";
import type { Unit } from "../state/app-state.ts";
import { formatNumber } from "../state/numbers.ts";
import { count, effortName, minutesText, repsText, setsText, weightText } from "../wording.ts";

type Kind = SuggestLoadResponse["kind"];

/** "8" or "6–8". */
export const rangeText = ([low, high]: readonly [number, number]): string =>
  low === high ? formatNumber(low) : `${formatNumber(low)}–${formatNumber(high)}`;

/** "45 s" below two minutes, then "3 min". */
export const secondsText = (seconds: number): string =>
  seconds < 120 ? `${formatNumber(seconds, 0)}\u00a0s` : minutesText(Math.round(seconds / 6) / 10);

/** A suggestion in one line: "82.5 kg × 6–8", "+10 kg × 5", "8–10 reps", "45 s". */
export function choiceText(choice: LoadChoice, unit: Unit, kind: Kind = "load"): string {
  if (choice.seconds) return secondsText(choice.seconds);
  if (choice.weight <= 0) return repsRangeText(choice.reps);
  const sign = kind === "bodyweight" ? "+" : "";
  return `${sign}${weightText(choice.weight, unit)} × ${rangeText(choice.reps)}`;
}

const repsRangeText = (reps: readonly [number, number]): string =>
  reps[0] === reps[1] ? repsText(reps[0]) : `${rangeText(reps)} reps`;

/** "1:05". */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** What a plan asks of a set: "85 kg × 5 or more", "6–8 reps, hard". */
export function plannedSetText(set: PlannedSet, unit: Unit): string {
  const effort = set.rpe ? `, ${effortName(set.rpe).toLowerCase()}` : "";
  if (set.seconds) return secondsText(set.seconds) + effort;
  const reps = set.amrap ? `${formatNumber(set.reps[0])} or more` : rangeText(set.reps);
  if (set.weight) return `${weightText(set.weight, unit)} × ${reps}${effort}`;
  const share = set.percent ? ` at ${formatNumber(set.percent * 100, 0)}\u00a0%` : "";
  const noun = set.amrap || set.reps[1] !== 1 ? "reps" : "rep";
  return `${reps} ${noun}${share}${effort}`;
}

/** The sets of a plan; equal ones are said once: "3 sets: 8–10 reps". */
export function plannedSetsText(sets: readonly PlannedSet[], unit: Unit): string {
  const texts = sets.map((set) => plannedSetText(set, unit));
  const runs: Array<{ text: string; n: number }> = [];
  for (const text of texts) {
    const last = runs.at(-1);
    if (last?.text === text) last.n += 1;
    else runs.push({ text, n: 1 });
  }
  if (runs.length === 1 && runs[0]) return `${setsText(runs[0].n)}: ${runs[0].text}`;
  return runs.map(({ text, n }) => (n > 1 ? `${formatNumber(n)} times ${text}` : text)).join(", ");
}

export const CONFIDENCE: Readonly<Record<SuggestLoadResponse["confidence"], string>> = {
  high: "Sure",
  medium: "Fairly sure",
  low: "A first guess",
};

export const LOAD_TEXTS = {
  suggested: (set: number) => `Suggested for set ${formatNumber(set)}`,
  planned: (set: number) => `Planned for set ${formatNumber(set)}`,
  take: "Use it",
  takeNamed: (text: string) => `Use it: ${text}`,
  waiting: "Suggestion in a moment",
  why: "Why?",
  whyNamed: (name: string) => `Why? ${name}`,
  whyTitle: (text: string) => `Why ${text}?`,
  confidence: "How sure",
  confidenceMeaning: {
    high: "Recent sets, or an effort or target that is known, agree on this.",
    medium: "Your log points here, with some room to either side.",
    low: "Little is known yet. Take it as a place to start, and change it freely.",
  },
  reasons: "What speaks for it",
  alternatives: "Or take another",
  deload: "Lighter",
  maintain: "Same",
  push: "Heavier",
  deloadHint: "to recover",
  maintainHint: "as last time",
  pushHint: "if it feels light",
  track: "How suggestions fared here",
  trackNone: "None followed up yet. Each set you log beside a suggestion is remembered here.",
  followed: (followed: number, all: number) =>
    `You did as suggested in ${formatNumber(followed)} of ${count(all, "case", "cases")}.`,
  deviation: (share: number) =>
    `On average you were ${formatNumber(share * 100, 0)}\u00a0% away from the weight.`,
  bias: (factor: number) => {
    const percent = formatNumber(Math.abs(factor - 1) * 100, 0);
    return `Learned from that: ${percent}\u00a0% ${factor > 1 ? "more" : "less"} than the rules say.`;
  },
  percent: (share: number) =>
    `The program asks for ${formatNumber(share * 100, 0)}\u00a0% of your estimated 1RM.`,
  stepExceedsCap: "The next weight here is more than a tenth heavier. Fewer reps make up for it.",
  looked: (workouts: number) => `From ${count(workouts, "workout", "workouts")} on this device.`,
} as const;

export const PLATES_TEXTS = {
  label: (weight: string, text: string) => `${weight}: ${text}`,
  bar: (bar: string) => `${bar} bar`,
  empty: (bar: string) => `the empty ${bar} bar`,
  perSide: (bar: string, plates: string) => `${bar} bar, each side ${plates}`,
  impossible: (weight: string) => `${weight} cannot be loaded with your plates.`,
} as const;

export const REST_TEXTS = {
  label: "Rest",
  left: (clock: string) => `${clock} left`,
  over: (name: string) => `Rest is over. Next: ${name}.`,
  partner: (name: string) => `Go on with ${name}, your superset.`,
  less: "15 seconds less",
  more: "15 seconds more",
  skip: "Skip",
  skipNamed: "Skip the rest",
  close: "Close",
  following: (name: string) => `then ${name}`,
} as const;

export const CARD_TEXTS = {
  warmUps: "Add warm-up sets",
  warmUpsAdded: (n: number) => `${count(n, "warm-up set", "warm-up sets")} added.`,
  noWarmUps: "This weight needs no warm-up sets.",
  swap: "Swap for another exercise",
  supersetWith: (name: string) => `Superset with ${name}`,
  leaveSuperset: "Leave the superset",
  superset: (letter: string) => `Superset ${letter}`,
  plan: (text: string) => `Plan: ${text}`,
  insteadOf: (name: string) => `Stands in for ${name}`,
} as const;

export const SWAP_TEXTS = {
  title: (name: string) => `Instead of ${name}`,
  taken: "What is taken or missing?",
  loading: "Looking for exercises that train the same",
  none: "Nothing that trains the same fits the equipment. Search all exercises instead.",
  take: (name: string) => `Do ${name} instead`,
  between: (low: number, high: string) => `between ${formatNumber(low)} and ${high}`,
  own: "from your own sets",
  carried: (name: string) => `carried over from ${name}`,
  swapped: (name: string) => `Now doing ${name}.`,
  offline: "Suggestions are not ready. You can search for another exercise.",
} as const;

export const OUTCOME_TEXTS = {
  title: "What it means",
  first: "First time",
  heavier: (gain: string) => `${gain} more than last time`,
  lighter: (loss: string) => `${loss} less than last time`,
  moreReps: (n: number) => `${repsText(n)} more than last time at this weight`,
  fewerReps: (n: number) => `${repsText(n)} fewer than last time at this weight`,
  same: "The same as last time",
  upMark: "up",
  next: "Next time",
  up: (n: number) => (n === 1 ? "One exercise went up." : `${formatNumber(n)} exercises went up.`),
  allNew: "A beginning. The next workout has something to build on.",
  none: "Nothing went up today, and not every workout has to.",
} as const;
