/** Texts of the settings that say what can be loaded and how fast to progress. */
export const LOADS_TEXTS = {
  title: "Bars, plates and steps",
  lead: "Every suggestion is a weight that you can load.",
  bar: "Bar",
  plates: "Plates, in pairs",
  platesStandard: "Nothing chosen: the usual plates are assumed.",
  steps: "Weights go up in steps of",
  usual: "Usual",
  exercises: "Single exercises",
  exercisesHint: "A machine with its own steps, or a lift with another bar.",
  exerciseAdd: "Set one exercise",
  choose: "Choose an exercise",
  exerciseBar: (name: string) => `Bar of ${name}`,
  exerciseStep: (name: string) => `Step of ${name}`,
  exerciseText: (bar: string | null, step: string | null) =>
    [bar && `bar ${bar}`, step && `steps of ${step}`].filter(Boolean).join(", "),
  exerciseRemove: (name: string) => `Forget what is set for ${name}`,
  pace: "How fast to go up",
  paces: {
    conservative: "Slower",
    moderate: "As usual",
    aggressive: "Faster",
  },
  increments: "Add at a time",
  upper: "Upper body",
  lower: "Lower body",
} as const;
