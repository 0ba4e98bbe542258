/** Texts of the two parts of a score, of the dial between them, and of who took part. */
import { formatNumber } from "../state/numbers.ts";
import { workoutsText } from "../wording.ts";

export const percentText = (share: number): string => `${formatNumber(share * 100, 0)}\u00a0%`;

export const ROUTINE_TEXTS = {
  /** The two parts, as they are called wherever points are shown. */
  fit: "Balanced training",
  habit: "Your routine",
  /** The same where there is little room, with their points. */
  parts: {
    fit: (points: string) => `Balanced ${points}`,
    habit: (points: string) => `Routine ${points}`,
  },

  dial: "What the suggestions follow",
  toFit: "Balanced training",
  toHabit: "My routine",
  value: percentText,
  hint:
    "To the left, muscles that are rested and behind come first. To the right, what you " +
    "usually do next comes first.",
  usual: (share: number) => `Back to ${percentText(share)}`,
  open: "Balanced training or my routine",

  early: (from: number) =>
    `Rules only so far; your routine starts to count after ${workoutsText(from)}.`,
  off: "Only balanced training counts, as the dial says.",
  alone: "Rules only: no model took part in this list.",
  fading: (share: number, until: number) =>
    `Your routine counts ${percentText(share)} and fades in until workout ${formatNumber(until)}.`,
  full: (share: number, from: number) =>
    `Your routine counts ${percentText(share)}: faded in since workout ${formatNumber(from)}.`,
  /** The same where there is room for a few words only. */
  short: (share: number) => `Your routine counts ${percentText(share)}`,
  shortNone: "Rules only so far",

  who: "What took part",
  rules: "Rules",
  scorer: (name: string, version: string, confidence: string | null) =>
    [`${name} ${version}`, confidence].filter(Boolean).join(", "),
  abstained: (name: string) => `${name}: knows too little here and leaves it to the others`,
  failed: (name: string) => `${name} did not answer; the list was made without it.`,
  confidence: { high: "sure", medium: "fairly sure", low: "unsure" },
  toModels: "About the models",
} as const;

/** A part and how much it weighs: "Your routine, 70 %". */
export const partText = (part: "fit" | "habit", alpha: number): string =>
  `${ROUTINE_TEXTS[part]}, ${percentText(part === "habit" ? alpha : 1 - alpha)}`;
