/**
 * Every text of the app, ready to be translated, with `wording.ts`. Reasons, errors and boot
 * phases come from `@voltlift/bridge/text`. Second person, no exclamation marks.
 */
import type { ExerciseDefinition } from "@voltlift/bridge";
import type { Unit } from "./state/app-state.ts";
import { formatNumber } from "./state/numbers.ts";
import { isGroupKnown } from "./state/own-exercises.ts";
import { DATA_TEXTS } from "./texts/data.ts";
import { HISTORY_TEXTS } from "./texts/history.ts";
import { ARRIVAL_TEXTS, IMPORT_TEXTS } from "./texts/import.ts";
import { LOADS_TEXTS } from "./texts/loads.ts";
import { ONBOARDING_TEXTS } from "./texts/onboarding.ts";
import { PROGRAM_TEXTS, TODAY_TEXTS } from "./texts/programs.ts";
import {
  CARD_TEXTS,
  LOAD_TEXTS,
  OUTCOME_TEXTS,
  PLATES_TEXTS,
  REST_TEXTS,
  SWAP_TEXTS,
} from "./texts/workout.ts";
import {
  count,
  equipmentName,
  exercisesText,
  groupName,
  setsText,
  UNIT_TEXT,
  workoutsText,
} from "./wording.ts";

export * from "./texts/workout.ts";
export * from "./wording.ts";

/** "Chest · Barbell"; what is not known, or says nothing, is left out or said to be so. */
export function exerciseText(
  exercise: Pick<ExerciseDefinition, "id" | "muscleGroup" | "category" | "equipment">,
): string {
  const group = isGroupKnown(exercise) ? groupName(exercise.muscleGroup) : T.own.groupUnknown;
  const { equipment } = exercise;
  return equipment === "Other" ? group : `${group} · ${equipmentName(equipment)}`;
}

export const T = {
  app: "VoltLift",
  close: "Close",
  undo: "Undo",
  back: "Back",
  retry: "Try again",

  onboarding: ONBOARDING_TEXTS,
  program: PROGRAM_TEXTS,
  today: TODAY_TEXTS,
  card: CARD_TEXTS,
  load: LOAD_TEXTS,
  loads: LOADS_TEXTS,
  plates: PLATES_TEXTS,
  rest: REST_TEXTS,
  swap: SWAP_TEXTS,
  outcome: OUTCOME_TEXTS,

  welcome: {
    title: "Log your training. Know what comes next.",
    lead: "Suggestions are computed on this device, from your own log. No account.",
    importTitle: "Import my training",
    importHint:
      "Exports of Strong, Hevy, FitNotes or Fitbod (CSV), or of VoltLift (JSON). Drop them here " +
      "or choose them.",
    importButton: "Choose a file",
    importDrop: "Drop the file to read it",
    sampleTitle: "Try the sample lifter",
    sampleHead: "Look around first",
    sampleHint: "A made-up training log shows what the suggestions look like.",
    sampleLoading: "Making up a lifter",
    freshTitle: "Start fresh",
    freshHead: "Begin with an empty log",
    freshHint: "Four questions, each can be skipped.",
  },
  fresh: {
    unit: "Weights in",
    levels: {
      Beginner: "Less than a year",
      Intermediate: "One to three years",
      Advanced: "More than three years",
    },
    levelNames: { Beginner: "Beginner", Intermediate: "Intermediate", Advanced: "Advanced" },
  },
  import: IMPORT_TEXTS,
  arrival: ARRIVAL_TEXTS,
  data: DATA_TEXTS,
  history: HISTORY_TEXTS,
  home: {
    start: "Start workout",
    resume: "Back to your workout",
    resumeHint: (sets: number) => `${setsText(sets)} done so far`,
    startHint: "It starts empty; suggestions are one tap away.",
    next: "Suggested next",
    newer: "Show the newer ones",
    startWith: "Start a workout with",
    score: "Score",
    last: "Last workouts",
    none: "Nothing logged yet. Your workouts will be listed here.",
    more: (n: number) => `Show ${formatNumber(n)} more`,
    sample: "This is the made-up sample lifter.",
    sampleEnd: "Start with my own",
    sampleEnded: "The sample lifter is gone, with what you logged on top.",
  },
  engine: {
    soon: "Suggestions in a moment. You can log already.",
    learning: (done: number, total: number) =>
      `Reading your training: ${formatNumber(done)} of ${workoutsText(total)}`,
    ready: (workouts: number) =>
      workouts === 0
        ? "Suggestions are ready. They get better with every workout."
        : `Suggestions are ready, from ${workoutsText(workouts)}.`,
    retry: "Start again",
  },
  workout: {
    title: "Workout",
    add: "Add exercise",
    empty: "Add your first exercise. Five suggestions are waiting.",
    finish: "Finish",
    discard: "Discard",
    discarded: "Workout discarded.",
    weight: (unit: Unit) => `Weight in ${UNIT_TEXT[unit]}`,
    set: "Set",
    reps: "Reps",
    minutes: "Minutes",
    addSet: "Add set",
    setLabel: (n: number, type: string) => `Set ${n}, ${type}`,
    done: (n: number) => `Log set ${n}`,
    undone: (n: number) => `Set ${n} is logged. Tap to change it.`,
    saving: "Saving",
    effort: "How hard was it?",
    effortOptional: "optional",
    lastTime: (day: string, sets: string) => `Last time (${day}): ${sets}`,
    neverDone: "First time for you",
    removeSet: "Remove set",
    setRemoved: "Set removed.",
    removeExercise: "Remove exercise",
    exerciseRemoved: (name: string) => `${name} removed.`,
    exerciseMenu: (name: string) => `${name}: options`,
    missing: "Enter the reps first.",
    missingWeight: "Enter the weight first.",
    missingMinutes: "Enter the minutes first.",
    soFar: "So far",
    since: (time: string, sets: string) => `Since ${time} · ${sets}`,
    notSaved: "Not saved.",
  },
  picker: {
    title: "Add exercise",
    suggestions: "Suggested next",
    from: (time: string) => `From ${time}`,
    updated: "Newer suggestions",
    show: "Show",
    loading: "Looking at your training",
    none: "Nothing fits your equipment. Search below, or change your equipment in the settings.",
    addNamed: (name: string) => `Add ${name}`,
    why: "Why?",
    whyNamed: (name: string) => `Why? ${name}`,
    score: (points: string) => `${points} of 100 points`,
    searchTitle: "All exercises",
    search: "Search exercises",
    searchHint: "Name or muscle",
    noHits: (text: string) => `Nothing found for “${text}”.`,
    listedAs: (text: string, name: string) => `“${text}” is listed as ${name}.`,
    create: (name: string) => `Create “${name}”`,
    notYet: "The list of exercises is on its way.",
    whyNot: "Why not in the list?",
    whyNotNamed: (name: string) => `Why not in the list? ${name}`,
    favourite: (name: string) => `${name} is a favourite`,
    component: "Part",
    points: "Points",
    sum: "Score",
    looked: (considered: number, left: number) =>
      left === 0
        ? `Chosen from ${exercisesText(considered)}.`
        : `Chosen from ${exercisesText(considered)}; ${formatNumber(left)} left out for equipment.`,
  },
  own: {
    createTitle: "New exercise",
    editTitle: "Your exercise",
    name: "Name",
    group: "Muscle group",
    groupOf: (name: string) => `Muscle group of ${name}`,
    groupUnknown: "Muscle group not known yet",
    equipment: "Equipment",
    create: "Create and add",
    save: "Save",
    missingName: "Enter a name first.",
    missingGroup: "Choose the muscle group first.",
    missingEquipment: "Choose the equipment first.",
    exists: (name: string) => `${name} is in the list already.`,
    existsAs: (text: string, name: string) => `“${text}” is in the list already, as ${name}.`,
    title: "Your own exercises",
    none: "Exercises that you create, or that an import brings, are listed here.",
    toSet: (n: number) =>
      n === 0
        ? "Each of them has its muscle group now."
        : `${count(n, "exercise", "exercises")} without a muscle group. Choose what each one ` +
          "trains; until then its sets count for none.",
    editNamed: (name: string) => `Change ${name}`,
    delete: "Delete exercise",
    deleteHint: "Sets that used it stay in your log.",
    deleted: (name: string) => `${name} deleted.`,
    /** Stands for an exercise of which only an id is left. */
    nameless: "Exercise without a name",
  },
  explain: {
    listed: (rank: number) => `It is number ${rank} in the list.`,
    gap: (gap: string, name: string) => `${gap} points behind the fifth, ${name}.`,
    excluded: "It is not in the list because:",
    this: "This",
    fifth: "Fifth",
    changes: "What would change it",
    change: (text: string, score: string, listed: boolean) =>
      `${text}: ${score} points${listed ? ", then it is in the list" : ""}`,
    noChanges: "Nothing single would bring it into the list today.",
    newer: "This is about newer suggestions than those above.",
    showNewer: "Show them",
    loading: "Working it out",
  },
  summary: {
    past: "Workout",
    sets: "Sets",
    time: "Time",
    exercises: "Exercises",
    groups: "By muscle group",
    group: (sets: number, volume: string | null) =>
      volume ? `${setsText(sets)}, ${volume} moved` : setsText(sets),
    reopen: "Not finished? Go on",
    home: "Done",
    delete: "Delete workout",
    deleted: "Workout deleted.",
    stored: "Stored on this device.",
    unknown: "This workout is not in your log.",
  },
  settings: {
    title: "Settings",
    you: "You",
    goal: "Goal",
    level: "Level",
    unit: "Weights in",
    unitHint: "Workouts keep the unit they were logged in.",
    days: "Days a week",
    equipment: "Equipment",
    equipmentUnknown: "Nothing chosen: a usual gym is assumed.",
    favourites: "Favourites",
    noFavourites: "Mark exercises with the star in the search.",
    removeFavourite: (name: string) => `Remove ${name} from your favourites`,
    data: "Your data",
    dataText: (workouts: number, sets: number) =>
      `${workoutsText(workouts)} and ${setsText(sets)} on this device.`,
    importMore: "Import a file",
    export: "Export everything",
    exportHint: "One JSON file that this page can read again.",
    erase: "Erase everything",
    eraseTitle: "Erase everything?",
    eraseText: "This cannot be undone. Export your data first if you may want it back.",
    eraseType: (word: string) => `Type “${word}” to erase everything`,
    eraseWord: "erase",
    erased: "Everything is erased.",
    network: "Network",
    networkOwn: (n: number) =>
      `${count(n, "request", "requests")} since this page was opened, all to its own address.`,
    networkOther: (n: number, all: number) =>
      `${formatNumber(n)} of ${count(all, "request", "requests")} went to another address.`,
    networkRule:
      "Counted in this page. Its security policy also keeps every worker from reaching any " +
      "other address, so your log cannot leave this device.",
    offline: "Offline",
    offlineReady: "Works without a network.",
    offlinePreparing: "Getting ready to work without a network.",
    offlineInsecure:
      "This page came over plain http, so the browser cannot keep it for offline use. Your log " +
      "is stored all the same.",
    offlineMissing: "This browser cannot keep the page for offline use.",
    version: (version: string) => `Engine ${version}`,
  },
  broken: {
    title: "This screen cannot be shown",
    text: "Your log is safe on this device. Reload the page, or go on from the start.",
    reload: "Reload",
    home: "To the start",
  },
  update: {
    ready: "A new version is ready.",
    reload: "Reload",
  },
  storage: {
    notDurable: "Your log is not stored durably.",
  },
} as const;
