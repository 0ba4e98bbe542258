/** Texts of the first minute: questions, the test of five lifts, the first workout. */
import { formatNumber } from "../state/numbers.ts";

export const ONBOARDING_TEXTS = {
  goal: "What do you train for?",
  level: "How long have you been lifting?",
  equipment: "What can you train with?",
  days: "How many days a week?",
  unit: "Weights in",
  skip: "Skip",
  go: "Go on",
  step: (n: number, of: number) => `Question ${formatNumber(n)} of ${formatNumber(of)}`,
  sets: {
    gym: { name: "A full gym", hint: "Barbells, dumbbells, machines, cables" },
    home: { name: "Barbell and dumbbells", hint: "A rack at home, no machines" },
    dumbbells: { name: "Dumbbells", hint: "And your own weight" },
    machines: { name: "Machines and cables", hint: "No free weights" },
    bodyweight: { name: "My own weight", hint: "Nothing else needed" },
  },
  choose: "Choose one by one",
  daysText: (n: number) => `${formatNumber(n)} days`,
  daysHint: {
    2: "Whole body twice",
    3: "Whole body, or push, pull and legs",
    4: "Upper and lower body, twice each",
    5: "One muscle group gets its own day",
    6: "Push, pull and legs, twice each",
    7: "Something every day",
  } as Readonly<Record<number, string>>,
  baseline: {
    title: "Do you know these lifts?",
    lead:
      "A weight that you can lift for a few good reps. First suggestions then start from it, " +
      "for related exercises too. Leave out what you do not know.",
    weight: (name: string, unit: string) => `${name}: weight in ${unit}`,
    reps: (name: string) => `${name}: reps`,
    effort: (name: string) => `${name}: how hard was it?`,
    effortLabel: "How hard?",
    effortUnknown: "Not said",
    repsShort: "Reps",
    save: "Take these",
    saved: "Kept. First suggestions start from it.",
    incomplete: (name: string) => `${name}: enter weight and reps, or neither.`,
    enter: "Enter the lifts",
    settings: "Test of five lifts",
    settingsHint: "Where suggestions start for exercises that you have never logged.",
    settingsNone: "Nothing entered.",
  },
  first: {
    title: "Your first workout",
    waiting: "Your first workout in a moment",
    lead: (program: string) => `The first session of ${program}.`,
    start: "Start this workout",
    follow: "and follow the program",
    others: "See other programs",
    empty: "Start an empty workout",
    home: "To the start",
  },
} as const;
