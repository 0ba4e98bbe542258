/** Texts of the history: the list of workouts, and one of them to look at and change. */
import type { Unit } from "../state/app-state.ts";
import { formatNumber } from "../state/numbers.ts";
import { setsText, UNIT_TEXT, workoutsText } from "../wording.ts";

export const HISTORY_TEXTS = {
  title: "History",
  search: "Search an exercise",
  searchHint: "Exercise, workout or note",
  years: "Year",
  all: "All",
  none: "Nothing logged yet. Your workouts will be listed here.",
  noHits: (text: string) => `No workout with “${text}”.`,
  found: (n: number) => workoutsText(n),
  month: (workouts: number, sets: number) => `${workoutsText(workouts)}, ${setsText(sets)}`,
  more: (n: number) => `Show ${formatNumber(n)} more`,
  edit: "Edit",
  done: "Done",
  changed: "Workout changed.",
  name: "Name",
  notes: "Notes",
  notesHint: "How it went",
  notesOf: (exercise: string) => `Notes on ${exercise}`,
  editHint: "What you leave is stored at once.",
  weightShort: (unit: Unit) => `Weight (${UNIT_TEXT[unit]})`,
  addSet: "Add set",
  addSetTo: (exercise: string) => `Add set to ${exercise}`,
  deleteSet: (n: number) => `Delete set ${n}`,
  setDeleted: "Set deleted.",
  exerciseDeleted: (name: string) => `${name} deleted from this workout.`,
  typeOf: (n: number, type: string) => `Set ${n}: ${type}`,
  empty: "No sets are left. Delete the workout, or add a set.",
} as const;
