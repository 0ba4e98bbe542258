/** Texts of the models page. */
import { formatNumber } from "../state/numbers.ts";
import { bytesText, count } from "../wording.ts";

/** What each model does for the lifter. */
const DOES: { readonly [model: string]: string } = {
  ranker:
    "Looks at what you usually do next, after what and on which day, and puts exercises in " +
    "that order.",
  "collaborative-filter":
    "Knows what lifters with a log like yours do. It picks what is new for you.",
  load: "Expects the weight of your next set, and the range in which it will probably be.",
  "exercise-net":
    "Another view of what comes next. It is not better than “Next exercise”; it is here for the " +
    "curious.",
};

/** Rows of the evaluation as a reader calls them. */
const ROWS: { readonly [row: string]: string } = {
  "engine, default α": "The suggestions with this model",
  "engine, with planned reps": "The suggestions with this model",
  "ALS with content": "This model",
  "neural net alone": "This model",
  "resume the most similar session": "Repeating the most similar workout",
  "catalogue commonness": "What is common in gyms",
  "global popularity": "What is popular with all lifters",
  "personal popularity": "What you did most often",
  "personal bigram": "What followed the last time",
  "backed-off bigram": "What followed, yours and others'",
  "Epley, with planned reps": "Epley's formula",
  "last weight": "Repeating the last weight",
  "mean of three": "Mean of the last three",
};

const METRICS: { readonly [metric: string]: string } = {
  hr_at_1: "The first suggestion was the exercise done next",
  hr_at_5: "The exercise done next was among five",
  ndcg_at_5: "Order of five (NDCG)",
  recall_at_10_catalogue: "New exercises found among ten",
  recall_at_10: "New exercises found among ten, own ones too",
  mape: "How far from the weight that was lifted",
  median_ape: "How far, in the middle case",
  within_2_5: "Within 2.5\u00a0% of it",
  within_5: "Within 5\u00a0% of it",
  within_10: "Within 10\u00a0% of it",
  within_5_lb: "Within 5 lb of it",
  exact: "The very weight",
  mape_changed: "How far, where the weight changed",
  mape_gap: "How far, after a break",
  coverage: "Inside of the range shown (80\u00a0% is meant)",
  coverage_changed: "Inside of the range, where the weight changed",
  coverage_gap: "Inside of the range, after a break",
  width: "Width of the range",
};

const named = (table: { readonly [name: string]: string }, name: string): string =>
  (Object.hasOwn(table, name) && table[name]) || name.replaceAll("_", " ");

export const MODELS_TEXTS = {
  title: "Models",
  lead:
    "Models know routines; the rules know rest and balance. They run on this device: your log " +
    "stays here.",
  does: (model: string) => named(DOES, model),
  row: (row: string) => named(ROWS, row),
  metric: (metric: string) => named(METRICS, metric),

  inUse: (n: number) =>
    n === 0
      ? "Rules alone make your suggestions."
      : `${count(n, "model takes", "models take")} part in your suggestions.`,
  phases: {
    loading: "Loading the models",
    checking: "Looking for newer models",
    downloading: "Fetching models",
    trying: "Trying the models out",
    installing: "Taking the models in",
  },
  waiting: "Models come after the first suggestion, which the rules make.",
  none: "No models are here yet.",
  offReasons: {
    no_keys:
      "This copy of the app takes no models in: whoever built it named no signature to trust. " +
      "Rules answer.",
    no_storage: "Nothing can be stored here, so models cannot be kept. Rules answer.",
    not_available: "This browser cannot run models. Rules answer.",
  },
  offline: "You are offline. What is here works; newer models wait for the network.",
  error: "The models could not be loaded.",

  update: "Update now",
  cancel: "Stop",
  upToDate: "The models are up to date.",
  updated: (n: number) => `${count(n, "model is", "models are")} new.`,
  stopped: "Stopped. What was used before is still used.",
  checked: (day: string, time: string) => `Last looked on ${day}, ${time}`,
  neverChecked: "Not looked for newer ones yet",
  release: (n: number) => `Release ${n}`,
  doubts: {
    unseen: (day: string) =>
      `No server had an answer since ${day}. What is here works; there may be newer models by ` +
      "now. “Update now” asks again.",
    expired: (day: string) =>
      `Newer models were due by ${day}, and the server has none. What is here works; that it is ` +
      "the newest cannot be confirmed. “Update now” asks again.",
  },
  problem: "The last update came to nothing.",
  hung: "A model was switched off.",
  notForHere: (name: string) => `${name} is not for this device.`,
  times: (n: number) => (n > 1 ? ` ${formatNumber(n)} times in a row.` : ""),
  past: "Earlier problems",
  pastText: (day: string, text: string) => `${day}: ${text}`,

  space: "Space",
  active: "In use",
  stored: "Stored, with earlier versions",
  ofBudget: (bytes: number, budget: number) => `${bytesText(bytes)} of ${bytesText(budget)}`,

  version: (version: string, bytes: number) => `Version ${version}, ${bytesText(bytes)}`,
  since: (day: string) => `here since ${day}`,
  runs: (runtime: string) => `runs in ${runtime}`,
  status: {
    used: "In use",
    waiting: "Loading",
    left_out: "Left out",
    failed: "Did not answer",
    unused: "Not used",
    offered: "Not on this device",
  },
  runtimes: {
    numpy: "the engine itself",
    "onnxruntime-web": "ONNX Runtime, in a worker of its own",
    onnxruntime: "ONNX Runtime",
    "tensorflow.js": "TensorFlow.js, in a worker of its own",
  } as { readonly [runtime: string]: string },
  newer: (version: string) => `Version ${version} is published; “Update now” brings it.`,
  newerKept: (version: string) =>
    `Version ${version} is published. You keep the one here; updates leave it alone.`,

  takeUp: "Use",
  takeUpNamed: (name: string) => `Use ${name}`,
  again: "Try again",
  againNamed: (name: string) => `Try again: ${name}`,
  stop: "Stop using",
  stopNamed: (name: string) => `Stop using ${name}`,
  stoppedUsing: (name: string) => `${name} is not used any more.`,
  usedAgain: (name: string) => `${name} is used.`,
  rollBack: (version: string) => `Back to ${version}`,
  rollBackNamed: (name: string, version: string) => `Back to ${version}: ${name}`,
  rolledBack: (name: string, version: string) => `${name} ${version} is used, and kept.`,
  keep: "Keep this version; no updates",
  remove: (version: string) => `Remove ${version}`,
  removeNamed: (name: string, version: string) => `Remove ${version} of ${name}`,
  removed: (name: string, version: string) => `${name} ${version} is removed.`,
  add: (bytes: number) => `Add, ${bytesText(bytes)}`,
  addNamed: (name: string, bytes: number) => `Add, ${bytesText(bytes)}: ${name}`,
  addRuntime: (bytes: number) =>
    `What runs it is fetched once, too: ${bytesText(bytes)}. It takes a small part in the order ` +
    "of the suggestions.",
  added: (name: string) => `${name} is here and used.`,
  notAdded: (name: string) => `${name} could not be added.`,

  good: "How good it is",
  goodTable: "All figures as a table",
  compare: "Measured on lifters that it had not seen",
  better: "Better than what it had to beat.",
  mixed: "Better in some of these figures, not in all.",
  notBetter: "Not better than what it had to beat, so it is not used unless you want it.",
  less: "less is better",
  mine: "With this model",
  interval: (mean: string, low: string, high: string) => `${mean} (${low}–${high})`,
  few: (lifters: number) =>
    `Means of ${count(lifters, "real lifter", "real lifters")}: so few leave room for chance. ` +
    "The table has the range.",
  rowName: "What was compared",

  trained: "What it was trained on",
  samples: (n: number) => `${count(n, "example", "examples")}`,
  lifters: (real: number, madeUp: number) =>
    `Logs of ${count(real, "real lifter", "real lifters")} and of ${formatNumber(madeUp)} made-up ` +
    "ones.",
  dataLicence: (licences: string) => `The real logs are public, under ${licences}.`,
  trainedOn: (day: string) => `Trained on ${day}.`,
  licence: (licence: string) => `The model is under ${licence}.`,
  limits: "Its limits",
} as const;
