/** Texts of readiness: the check-in, the body, the curves. */
import type { GroupRecovery } from "@voltlift/bridge";
import { formatNumber } from "../state/numbers.ts";
import type { CheckIn } from "../state/readiness.ts";
import { setsText } from "../wording.ts";

interface Question {
  label: string;
  options: readonly (readonly [value: number, label: string])[];
}

export const CHECK_IN_TEXTS: Readonly<Record<keyof CheckIn, Question>> = {
  sleepHours: {
    label: "Hours of sleep",
    options: [
      [4, "≤4"],
      [5, "5"],
      [6, "6"],
      [7, "7"],
      [8, "8"],
      [9, "9+"],
    ],
  },
  muscleSoreness: {
    label: "Sore muscles",
    options: [
      [1, "None"],
      [2, "A bit"],
      [4, "Sore"],
      [5, "Very"],
    ],
  },
  stressLevel: {
    label: "Stress",
    options: [
      [1, "None"],
      [2, "A bit"],
      [4, "High"],
      [5, "Very"],
    ],
  },
  perceivedEnergy: {
    label: "Energy",
    options: [
      [1, "Empty"],
      [2, "Low"],
      [4, "Good"],
      [5, "Full"],
    ],
  },
};

export const RECOVERY_STATES: Readonly<Record<GroupRecovery["state"], string>> = {
  fresh: "Fresh",
  ready: "Ready",
  recovering: "Recovering",
  just_trained: "Just trained",
};

/** A length of time to come: "in 5 hours", "in 2 days". */
function soon(days: number): string {
  const hours = Math.max(Math.round(days * 24), 1);
  if (hours === 1) return "in an hour";
  return hours < 36 ? `in ${hours} hours` : `in ${Math.round(days)} days`;
}

export const READINESS_TEXTS = {
  title: "Readiness",
  link: "How ready are you?",
  linkHint: "Four taps tell how you slept and feel.",
  linkDone: "You have checked in today.",
  loading: "Looking at your recovery",
  failed: "Your recovery could not be worked out.",
  checkIn: "Check-in of today",
  checkInHint: "Each answer counts by itself. Skip what you like.",
  checkInDone: "Thank you. Today's suggestions know it.",
  clear: "Clear my answers",
  cleared: "Your answers of today are gone.",
  notThen: "Answers can only be given for today.",
  today: "Recovery",
  score: (score: number) => `${formatNumber(score, 1)} of 10`,
  scoreMeaning: (score: number) =>
    score < 4
      ? "Low: suggested weights are lighter."
      : score < 7
        ? "Moderate: train as planned, without forcing anything."
        : "Good: train as planned.",
  scoreLabel: "Recovery",
  fatigueLabel: "Fatigue",
  fatigue: (level: number) => (level > 0 ? `${formatNumber(level, 1)} of 5` : "Not known"),
  fatigueUnknown: "Log how hard your sets are, and fatigue can be told.",
  why: "Why?",
  deload: "A lighter week would do you good",
  points: (points: number) =>
    points === 0 ? "" : `${points < 0 ? "−" : "+"}${formatNumber(Math.abs(points), 1)}`,
  body: "Your muscles",
  bodyLabel: (names: string) => `Body, front and back. ${names}.`,
  front: "Front",
  back: "Back",
  bodySays: (ready: string, tired: string) =>
    tired === ""
      ? "Everything is recovered: train what you like."
      : ready === ""
        ? `Still recovering: ${tired}. A rest day would be well spent.`
        : `Recovered: ${ready}. Give ${tired} more time.`,
  /** What is known of a group, beside its state. */
  group: (days: number | null, readyIn: number, sets: number) =>
    days === null
      ? "Not trained yet"
      : [
          `${setsText(Math.round(sets * 2) / 2)} in 7 days`,
          ...(readyIn > 0 ? [`ready ${soon(readyIn)}`] : []),
        ].join(", "),
  curve: "The last two weeks",
  curveOf: "Show",
  curveScore: "Recovery",
  curveScoreSays: (days: number) =>
    days === 0
      ? "No night was noted yet. Check in, and the curve begins."
      : days < 5
        ? "Few nights are noted: the more you check in, the more the curve tells."
        : "A run of low days asks for sleep before more sets.",
  curveGroupSays: (group: string) =>
    `${group} falls with each workout and rises with rest. Train it again near the top.`,
  day: "Day",
  sleep: "Sleep",
  hours: (hours: number) => `${formatNumber(hours, 1)} h`,
  sets: "Hard sets",
  recovered: "Recovered",
  percent: (share: number) => `${formatNumber(share * 100, 0)}\u00a0%`,
  empty: "Log a workout first; recovery is told from what you trained.",
} as const;
