/** Texts of programs: the list, one program, and today's session of it. */
import type { Goal } from "../state/app-state.ts";
import { formatNumber } from "../state/numbers.ts";
import { count, exercisesText, GOAL_TEXTS, minutesText, pointsText } from "../wording.ts";

/** "3, 4 or 5 days a week". */
export function daysAWeek(days: readonly number[]): string {
  const names = days.map((n) => formatNumber(n));
  const last = names.pop() ?? "";
  const all = names.length > 0 ? `${names.join(", ")} or ${last}` : last;
  return `${all} ${all === "1" ? "day" : "days"} a week`;
}

/** What a program is made for, in the words of the settings. */
export const goalText = (goal: string): string =>
  Object.hasOwn(GOAL_TEXTS, goal) ? GOAL_TEXTS[goal as Goal] : goal;

export const PROGRAM_TEXTS = {
  title: "Programs",
  lead: "A plan over several weeks. It waits when you miss a day.",
  best: "These fit you best",
  starter: "Good to start with",
  others: (n: number) => `${formatNumber(n)} other programs`,
  loading: "Comparing programs with your goal, level, days and equipment",
  failed: "Programs could not be compared",
  none: "No program fits yet. Tell your goal and equipment in the settings.",
  score: (points: string) => `${points} of 100 points`,
  why: "Why?",
  whyNamed: (name: string) => `Why? ${name}`,
  sum: "Score",
  component: "Part",
  points: "Points",
  substitutions: (n: number) =>
    n === 0
      ? "Every exercise fits your equipment."
      : `${exercisesText(n)} replaced to fit your equipment.`,
  facts: (weeks: number, days: readonly number[], minutes: number) =>
    `${count(weeks, "week", "weeks")} · ${daysAWeek(days)} · ${minutesText(minutes)} each`,
  following: "You follow this program",
  days: "Days a week",
  daysOption: (n: number) => formatNumber(n),
  start: "Follow this program",
  started: (name: string) => `You follow ${name}.`,
  stop: "Stop following",
  stopped: "You follow no program now.",
  progress: (done: number, total: number) =>
    `${formatNumber(done)} of ${formatNumber(total)} sessions done`,
  progression: "How it moves on",
  week: (n: number) => `Week ${formatNumber(n)}`,
  session: (day: number, name: string) => `Day ${formatNumber(day)}: ${name}`,
  doneMark: "done",
  nextMark: "next",
  goHere: "Go on from here",
  movedTo: (name: string) => `${name} is next.`,
  reading: "Writing out every week",
  missing: "This program is not known.",
  insteadOf: (name: string) => `instead of ${name}`,
  leftOut: (name: string) => `${name} is left out: nothing like it fits your equipment.`,
  rest: (text: string) => `${text} rest`,
} as const;

export const TODAY_TEXTS = {
  next: "Next session",
  waiting: "Your next session in a moment",
  start: (name: string) => `Start ${name}`,
  of: (done: number, total: number) =>
    `session ${formatNumber(done + 1)} of ${formatNumber(total)}`,
  about: (exercises: number, minutes: number) =>
    `${exercisesText(exercises)}, about ${minutesText(minutes)}`,
  missed: (n: number) =>
    n === 1
      ? "One planned day has gone by. Nothing is lost: the session waited."
      : `${formatNumber(n)} planned days have gone by. Nothing is lost: the session waited.`,
  trained: "Today's session is done. This one is next.",
  show: "What is in it",
  finished: (name: string) => `${name} is finished, every session of it.`,
  choose: "Choose what comes next",
  empty: "Start an empty workout",
  follow: "Follow a program",
  followHint: "A plan for the coming weeks, with the weights filled in.",
} as const;

export const pointsOf = (points: number, most: number): string =>
  most > 0 ? `${pointsText(points)} / ${pointsText(most)}` : pointsText(points);
