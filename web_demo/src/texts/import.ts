/** Texts of the import: reading, the report before anything is stored, names, the arrival. */
import type { Unit } from "../state/app-state.ts";
import { formatNumber } from "../state/numbers.ts";
import { count, exercisesText, setsText, UNIT_TEXT, workoutsText } from "../wording.ts";

export const IMPORT_TEXTS = {
  title: "Import",
  titleOf: (at: number, of: number) => `Import, file ${at} of ${of}`,
  stages: {
    reading: (file: string) => `Reading ${file}`,
    building: (file: string) => `Putting the workouts of ${file} together`,
    comparing: (file: string) => `Comparing ${file} with your log`,
  },
  waiting: "The reader is starting",
  stop: "Stop reading",
  drop: "Drop files anywhere on this page",
  found: "Here is what your file holds",
  apps: {
    strong: "An export of Strong",
    hevy: "An export of Hevy",
    fitnotes: "An export of FitNotes",
    fitbod: "An export of Fitbod",
    app_state: "An export of VoltLift",
  },
  nothingStored: "Nothing is stored yet.",
  sessions: "Workouts",
  sets: "Sets",
  exercises: "Exercises",
  period: "Period",
  periodText: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),

  unit: "Weights are in",
  unitWhy: {
    stated: "The file says so.",
    // A file whose numbers are the other unit's plates was converted when it was written.
    inferred: (unit: Unit, own: number | null, other: number | null) => {
      const others = UNIT_TEXT[unit === "kg" ? "lbs" : "kg"];
      if (own === null || other === null) return "The file does not say; the weights tell.";
      // On both grids alike: what decided is how bars are loaded, and the examples show it.
      if (own === other)
        return `The file does not say. Bars are loaded as with ${UNIT_TEXT[unit]} plates.`;
      return own < other
        ? `The file does not say. Many weights are ${others} plates, ` +
            `written in ${UNIT_TEXT[unit]}.`
        : `The file does not say. ${formatNumber(own * 100, 0)} % of the weights are usual ` +
            `steps in ${UNIT_TEXT[unit]}, ${formatNumber(other * 100, 0)} % in ${others}.`;
    },
    chosen: "You chose it.",
    assumed: "The file does not say, and the weights could be either. Please check.",
  },
  examples: "For example",
  converted: (unit: Unit, sets: number, written: string, kept: string) =>
    `Kept in ${UNIT_TEXT[unit]}, as they were lifted: ${written} is ${kept} (${setsText(sets)}).`,

  toAdd: (n: number) => `${workoutsText(n)} to add`,
  toExtend: (n: number) => `${formatNumber(n)} with new sets`,
  alreadyThere: (n: number) => `${formatNumber(n)} already in your log`,
  maybeTwice: (n: number) => `${formatNumber(n)} logged elsewhere already`,
  nothingNew: "Everything in this file is in your log already.",
  outlooks: {
    new: (n: number) => `${count(n, "new workout", "new workouts")}`,
    changed: (n: number) => `${count(n, "workout", "workouts")} with more sets than in your log`,
    duplicate: (n: number) => `${count(n, "workout", "workouts")} that you seem to have twice`,
    known: (n: number) => `${count(n, "workout", "workouts")} in your log already`,
  },
  changedHint: "Only the sets that are new are added. What you changed here stays.",
  duplicateHint: "The same day and the same sets, from another app. They are left out.",
  keepBoth: "Keep both",
  keepAllBoth: "Keep all of them",
  addSets: (n: number) => `Add ${count(n, "new set", "new sets")}`,
  inLog: (name: string, day: string) => `In your log: ${name}, ${day}`,
  sessionText: (exercises: number, sets: number) =>
    `${exercisesText(exercises)} · ${setsText(sets)}`,
  line: (n: number) => `line ${formatNumber(n)}`,
  more: (n: number) => `Show ${formatNumber(n)} more`,

  unmatched: (n: number, open: number) =>
    open === 0
      ? `${count(n, "name", "names")} not in the catalogue, all decided`
      : `${count(n, "name", "names")} not in the catalogue, ${formatNumber(open)} to decide`,
  unmatchedHint:
    "Choose what each name stands for. A choice is remembered for your next import; a name " +
    "without one is kept as your own exercise.",
  standsFor: (name: string) => `What “${name}” stands for`,
  ownExercise: "My own exercise",
  ownHint: "Kept under this name",
  searchAnother: "Search for another",
  searchFor: (name: string) => `Which exercise is “${name}”?`,
  choose: (name: string) => `Choose ${name}`,
  remembered: "From your last import",

  rejected: (n: number) => `${count(n, "row", "rows")} left out`,
  rejectedMore: (n: number) => `and ${formatNumber(n)} more`,
  harmless: "Notes and rest timers, which are no sets",
  issues: (n: number) => `${count(n, "thing", "things")} corrected or worth a look`,
  takeSettings: "Use the settings from this file",
  keep: "Keep it",
  keepNothing: "Go on",
  next: "Next file",
  cancel: "Cancel",
  keeping: "Keeping it",
  checking: "Looking at it again",
  failed: "This file could not be read",
  another: "Choose another file",
  skip: "Skip this file",
  unreadableRemedy: "Choose it again; it may have been moved or changed since.",
  tooLargeExpected: (megabytes: number) => `at most ${formatNumber(megabytes, 0)} MB`,
  tooLargeRemedy: (size: string, limit: string) =>
    `It has ${size}; up to ${limit} can be read. Split it, or export a shorter period.`,
  added: (file: string, n: number) => `${file}: ${workoutsText(n)} added.`,
  undone: "The import is undone.",
  undoneKept: (n: number) =>
    `The import is undone; ${workoutsText(n)} that you have changed since ${
      n === 1 ? "stays" : "stay"
    }.`,
} as const;

export const ARRIVAL_TEXTS = {
  title: "Your training",
  days: (n: number) => `${count(n, "training day", "training days")},`,
  since: (first: string, last: string) =>
    first === last ? `On ${first}.` : `From ${first} to ${last}.`,
  inUnit: (unit: Unit) => ({
    stated: `In ${UNIT_TEXT[unit]}, because the file says so.`,
    inferred: (own: number | null, other: number | null) =>
      own === null || other === null || own <= other
        ? `In ${UNIT_TEXT[unit]}, because that is how the bars are loaded.`
        : `In ${UNIT_TEXT[unit]}, because ${formatNumber(own * 100, 0)} % of the weights are ` +
          `its usual steps, and only ${formatNumber(other * 100, 0)} % those of ` +
          `${UNIT_TEXT[unit === "kg" ? "lbs" : "kg"]}.`,
    chosen: `In ${UNIT_TEXT[unit]}, because you chose it.`,
    assumed: `In ${UNIT_TEXT[unit]}; the file does not say.`,
    converted: `In ${UNIT_TEXT[unit]}, because those are the plates that were lifted.`,
  }),
  perMonth: "Sets per month",
  monthSets: (month: string, sets: number) => `${month}: ${setsText(sets)}`,
  next: "Your next",
  nextHint: "From the lifts you do most.",
  behind: "What has come up short",
  behindNone: "Nothing stands out: every muscle group got its share in the last weeks.",
  behindAsOf: (day: string) => `In the weeks before your last workout, ${day}.`,
  neverTrained: (group: string) => `${group}: never trained directly`,
  looking: "Looking at your training",
  share: "Share as image",
  shareHint: "Drawn on this device. Nothing is uploaded.",
  shareFailed: "The image could not be made.",
  shared: "The image is saved.",
  start: "Go on",
  undo: "Undo this import",
  made: "Made with VoltLift, on the phone",
  set: (weight: string, reps: string) => `${weight} × ${reps}`,
  range: (low: number, high: number) => (low === high ? `${low}` : `${low}–${high}`),
} as const;
