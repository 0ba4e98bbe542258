/** Texts of what a model expects of the next weight. */
export const FORECAST_TEXTS = {
  title: "What your log makes likely",
  says: (weight: string) => `Most likely ${weight}.`,
  interval: (low: string, high: string) => `In four of five cases between ${low} and ${high}.`,
  picture: (weight: string, low: string, high: string) =>
    `Likely ${weight}, in four of five cases ${low} to ${high}`,
  confidence: { high: "A narrow range", medium: "A fair range", low: "A wide range" },
  confidenceMeaning: {
    high: "You have done this often, and much the same way.",
    medium: "There is some room to either side.",
    low: "It could well be another weight; go by how it feels.",
  },
  used: (isBounded: boolean) =>
    isBounded
      ? "The model decided the weight, inside of what the rules call safe."
      : "The model decided the weight; the rules call it safe.",
  watched: "The rules decided the weight. The model is only shown beside them here.",
  failed: (name: string) => `${name} did not answer; the rules stand in.`,
  toModels: "About the models",
} as const;
