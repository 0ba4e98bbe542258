/** Reasons of readiness and insights in words: what the figures say, and what to do about it. */
import type { Reason } from "../contract/contract.js";
import { fill, humaniseWith, type Values } from "./format.js";
import { LOAD_REASON_TEXTS, RECOVERY_CODES } from "./loads.js";

/** Reason codes of insights; `{unit}` is that of the answer. */
export const INSIGHT_REASON_TEXTS = {
  // All of it.
  no_training: "Nothing is logged in this time yet. Your first workout starts the charts.",
  per_week:
    "{workouts|workout|workouts}, {per_week} a week. Say in the settings how often you want to " +
    "train, and this is measured against it.",
  on_target: "{per_week|workout|workouts} a week; you wanted {target}. Keep it up.",
  below_target:
    "{per_week|workout|workouts} a week; you wanted {target}. A shorter workout counts as well.",
  group_behind: "{group} gets the least, {ratio} of the mean. Put it first in a workout.",
  most_gained: "{name} gained most: {change} {unit} a month ({share}).",
  // One muscle group.
  not_trained: "Not trained in the last weeks. Two sets would be a beginning.",
  below_landmark: "{sets} sets a week, below the {landmark} that still pay off. Add a set or two.",
  within_landmark: "{sets} of the {landmark} sets a week that pay off: a good amount.",
  above_landmark:
    "{sets} sets a week, more than the {landmark} that usually pay off. Take a few off if you " +
    "feel tired.",
  // One lift.
  lift_rising: "Rising by {change} {unit} a month ({share}). Go on as you do.",
  lift_falling:
    "Falling by {change} {unit} a month ({share}). Look at sleep, effort and the number of sets.",
  lift_stable: "Stable: {change} {unit} a month.",
  lift_plateau:
    "The same for {sessions|session|sessions}. Try more reps at this weight, or a variation.",
  few_sessions: "{sessions|session|sessions} so far; a trend needs {needed}.",
  reps_beyond_estimate:
    "More than {reps} reps tell little about a 1RM. A harder variation would say more.",
  new_best: "The last session was your best: {one_rep_max} {unit}.",
  not_done_lately: "Not done for {days}. Begin a little lighter.",
} as const;

/** Reason codes of readiness; suggestions of weights share most of them. */
export const READINESS_REASON_TEXTS = {
  ...pick(LOAD_REASON_TEXTS, [
    ...RECOVERY_CODES,
    "fatigue_level",
    "lifts_falling",
    "effort_rising",
    "no_lighter_week",
  ]),
  lighter_today: "Recovery is low ({score} of 10), so today's weights are lighter",
  deload_fatigue:
    "Fatigue is high. A week with half the sets and lighter weights would do you good.",
  deload_due:
    "{weeks|week|weeks} without a lighter one, and fatigue is building up. Plan a week with half " +
    "the sets.",
} as const;

type Given = Pick<Reason, "code" | "values">;
type Unit = "kg" | "lbs";

/** What a chart shows, and what to do about it; weights among the values are in `unit`. */
export function insightReasonText(reason: Given, unit: Unit): string {
  return say(INSIGHT_REASON_TEXTS, reason, unit);
}

/** Why readiness is as it is. */
export function readinessReasonText(reason: Given): string {
  return say(READINESS_REASON_TEXTS, reason, "kg");
}

function say(table: { readonly [code: string]: string }, reason: Given, unit: Unit): string {
  const template = Object.hasOwn(table, reason.code) ? table[reason.code] : undefined;
  const values = inWords(reason, unit);
  if (template === undefined) return humaniseWith(reason.code, values);
  const text = fill(template, values);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Amounts that the words around them give a direction are without sign; where nothing does,
 * the sign stays.
 */
function inWords({ code, values }: Given, unit: Unit): Values {
  const { change, share } = values;
  const signed = code === "lift_stable" ? sign(change) : "";
  return {
    ...values,
    unit: unit === "kg" ? "kg" : "lb",
    ...(typeof change === "number" ? { change: `${signed}${rounded(change)}` } : {}),
    ...(typeof share === "number" ? { share: `${percent(share)}\u00a0%` } : {}),
  };
}

const sign = (value: string | number | undefined): string =>
  typeof value !== "number" || rounded(value) === 0 ? "" : value < 0 ? "−" : "+";

const rounded = (value: number): number => Math.round(Math.abs(value) * 10) / 10;

/** Small shares keep a decimal: "0.8 %" a month is not nothing. */
const percent = (share: number): number => {
  const value = Math.abs(share) * 100;
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
};

function pick<T extends object>(table: T, names: readonly string[]): Partial<T> {
  const entries = Object.entries(table).filter(([name]) => names.includes(name));
  return Object.fromEntries(entries) as Partial<T>;
}
