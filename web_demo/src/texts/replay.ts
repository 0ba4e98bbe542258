/** Texts of the replay: how suggestions would have predicted the lifter's own training. */
import { formatNumber } from "../state/numbers.ts";
import {
  DAYS_BEFORE,
  FEW_DAYS,
  type RowName,
  type TaskName,
  type Verdict,
} from "../state/replay.ts";
import { count, workoutsText } from "../wording.ts";

const percent = (share: number, digits = 0): string =>
  `${formatNumber(share * 100, digits)}\u00a0%`;

/** "71 were", "1 was". */
const were = (share: number, questions: number): string => {
  const n = Math.round(share * questions);
  return `${formatNumber(n)} ${n === 1 ? "was" : "were"}`;
};

/** "71 of 100". */
const of = (share: number, questions: number): string =>
  `${formatNumber(share * questions, 0)} of ${formatNumber(questions)}`;

interface MetricText {
  name: string;
  text(value: number): string;
}

const share = (name: string, digits = 0): MetricText => ({
  name,
  text: (value) => percent(value, digits),
});
const order = (name: string): MetricText => ({ name, text: (value) => formatNumber(value, 2) });

export const REPLAY_TEXTS = {
  title: "How good are these suggestions?",
  lead:
    "VoltLift goes back in your log. At each moment it knows only what you had logged by then, " +
    "makes its suggestion, and looks at what you did.",
  here: "It runs on this device, without a network. Nothing is changed.",
  start: "Look back",
  again: "Look back again",
  cancel: "Cancel",
  stops: "Takes a few seconds, on an older phone longer. Leaving this page ends it.",
  waiting: "Getting ready",
  stages: {
    next_exercise: "The exercise you did next",
    todays_session: "Your whole workout",
    next_weight: "The weight you lifted",
  } as Readonly<Record<TaskName, string>>,
  stage: (stage: string, done: number, total: number) =>
    `${stage}: question ${formatNumber(done)} of ${formatNumber(total)}`,
  failed: "Looking back did not work.",
  older: "Your log, the dial or the models have changed since. These figures are from before.",
  short: (missing: number) =>
    `It takes ${DAYS_BEFORE} days with training before the first question makes sense. ` +
    `${count(missing, "more such day", "more such days")}, and you can look back.`,
  none: "The last two years of your log have no moment that could be asked about.",
  empty: "Nothing to look back on yet. Log a workout or import your training first.",
  span: (first: string, last: string) =>
    `Asked about moments from ${first} to ${last}, spread evenly.`,

  overall: "In short",
  noModels: "No model took part, so what is suggested is the rules alone.",
  noModelsHere: "No model had a say here, so what is suggested is the rules alone.",
  atBalance: "Your dial stands at balance, so what is suggested is the rules alone.",
  verdicts: {
    suggested: "better than repeating",
    alike: "about as good as repeating",
    few: "too few days asked about to say",
    rules: "rules alone would have been better",
    repeat: "simply repeating would have been better",
  } as Readonly<Record<Verdict, string>>,
  verdict: (task: string, verdict: string) => `${task}: ${verdict}`,
  few: (days: number) =>
    `Only ${count(days, "day", "days")} could be asked about; it takes ${FEW_DAYS} to say which ` +
    "is better.",

  tasks: {
    next_exercise: "Next exercise",
    todays_session: "Whole workout",
    next_weight: "Next weight",
  } as Readonly<Record<TaskName, string>>,
  rows: {
    suggested: "Suggested",
    rules: "Rules alone",
    repeat: "Repeating",
  } as Readonly<Record<RowName, string>>,
  /** What is suggested, where it is the rules alone. */
  byRules: "Suggested, by rules alone",
  chartOf: (task: string, learned: boolean) =>
    `${task}: suggested, ${learned ? "rules alone and" : "by rules alone, and"} repeating`,
  keys: {
    next_exercise: "How often your next exercise was among the five shown.",
    todays_session: "How many of the first five shown you then did.",
    next_weight: "How often the weight was within 5\u00a0% of yours.",
  } as Readonly<Record<TaskName, string>>,
  says: {
    next_exercise: (n, suggested, repeat) =>
      `Of ${count(n, "exercise", "exercises")} you chose, ${were(suggested, n)} ` +
      "among the five we would have shown" +
      (repeat === null ? "." : `; simply repeating would have had ${formatNumber(repeat * n, 0)}.`),
    todays_session: (n, suggested, repeat) =>
      `Before ${workoutsText(n)}, ${formatNumber(suggested * 5, 1)} of the first five shown ` +
      "were what you then did, on average" +
      (repeat === null ? "." : `; simply repeating would have had ${formatNumber(repeat * 5, 1)}.`),
    next_weight: (n, suggested, repeat) =>
      `Of ${count(n, "weight", "weights")} you lifted, each the heaviest of a lift that day, ` +
      `${were(suggested, n)} within 5\u00a0% of the one we would have suggested` +
      (repeat === null ? "." : `; your last weight would have had ${formatNumber(repeat * n, 0)}.`),
  } as Readonly<Record<TaskName, (n: number, own: number, repeat: number | null) => string>>,
  offBy: (own: number, repeat: number | null) =>
    `On average it is off by ${percent(own, 1)}` +
    (repeat === null ? "." : `, your last weight by ${percent(repeat, 1)}.`),
  chance:
    "Better is only called what is so by more than chance usually brings: two standard errors, " +
    "over the same questions.",
  sample:
    "This is the made-up sample lifter, who trains more regularly than people do, and models " +
    "learned from made-up lifters too. Expect less on your own log.",
  todo: {
    exercises: {
      suggested: "The suggestions know your training. Leave the dial where it is.",
      alike: "You follow your routine closely, so repeating is hard to beat. Nothing to change.",
      rules: "Your routine misleads more than it helps here. Turn the dial towards balance.",
      repeat:
        "You repeat more than the suggestions expect. Turn the dial towards your routine, or " +
        "take the suggestions as variety.",
    },
    weights: {
      suggested: "Take the suggested weights as they are; a wide range says when to doubt one.",
      alike: "Your weights change slowly, so the last one is a good guess as well.",
      rules: "Rules alone would have been closer. You can stop using the weight model.",
      repeat:
        "Your last weight would have been closer. Take suggestions as a hint, and change them " +
        "freely: that teaches them.",
    },
  } as const satisfies Record<string, Record<Exclude<Verdict, "few">, string>>,
  remedies: { settings: "To the dial", models: "To the models" },
  metric: "Figure",
  metrics: {
    next_exercise: {
      hit_rate_at_1: share("First in the list"),
      hit_rate_at_5: share("Among the five shown"),
      ndcg_at_5: order("Order of the five (NDCG)"),
    },
    todays_session: {
      precision_at_5: share("Of the first five, done"),
      recall_at_10: share("Of your workout, in the first ten"),
      ndcg_at_5: order("Order of the five (NDCG)"),
    },
    next_weight: {
      mape: share("Off by, on average", 1),
      within_5_percent: share("Within 5\u00a0%"),
      exact: share("Exactly right"),
      coverage: share("Within the range shown"),
    },
  } as Readonly<Record<TaskName, Readonly<Record<string, MetricText>>>>,
  questions: "Questions",
  missing: "Nothing to ask about yet.",
  missingWeights: "Nothing to ask about yet: a lift is asked about once you did it on four days.",

  weights: "Weights, lift by lift",
  weightsSays: (name: string, n: number, within: number) =>
    `${name}: ${of(within / Math.max(n, 1), n)} suggestions within 5\u00a0% of what you lifted.`,
  inRange: (n: number, inside: number) =>
    `${of(inside / Math.max(n, 1), n)} were within the range shown; it is meant to hold 80\u00a0%.`,
  weightsChart: (name: string, n: number) =>
    `${name}: weight done and suggested, ${count(n, "question", "questions")}`,
  weightsKey:
    "Points are your heaviest weight of that day, the line is what would have been suggested.",
  weightsKeyRange:
    "Points are your heaviest weight of that day, the line is what would have been suggested, " +
    "the band its range.",
  day: "Day",
  done: "Done",
  suggested: "Suggested",
  range: "Range",
  rules: "Rules alone",
  last: "Last time",
  between: (low: number, high: number) => `${formatNumber(low, 1)} to ${formatNumber(high, 1)}`,
  caveatTitle: "What this does not tell",
  modelsCaveat:
    "Models are those of today. They learned from other lifters; what they know of you is what " +
    "you had logged by then.",
  caveats: [
    "It compares with what you did, which is not always what would have been best for you.",
    "Your settings count as they are today: equipment, goal, favourites. What they were at " +
      "the time is not kept.",
    "Your log does not say what you had planned. Where a program gives the reps, suggested " +
      "weights fit better than here.",
  ],
} as const;
