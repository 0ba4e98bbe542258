/** Texts of insights: strength, sets, balance, calendar. */
import { formatNumber } from "../state/numbers.ts";
import { setsText, workoutsText } from "../wording.ts";

export const INSIGHT_TEXTS = {
  title: "Insights",
  loading: "Drawing your training",
  failed: "The charts could not be drawn.",
  empty:
    "Nothing to look back on yet. After your first workouts, strength, sets and balance are here.",
  period: "Time shown",
  periods: {
    12: "12 weeks",
    26: "6 months",
    52: "1 year",
    156: "3 years",
  },
  table: "Table",
  chart: "Chart",
  tableOf: (title: string) => `${title}: show as a table`,
  chartOf: (title: string) => `${title}: show as a chart`,

  overall: "In short",
  lifts: "Estimated 1RM",
  lift: "Lift",
  liftNone: "No lift with a weight was logged in this time.",
  liftChart: (name: string, n: number) => `Estimated 1RM of ${name}, ${formatNumber(n)} sessions`,
  liftKey: "Points are sessions. The band is where the trend lies, with a confidence of 80\u00a0%.",
  date: "Day",
  best: "Best set",
  oneRepMax: "Estimated 1RM",
  band: "Trend between",
  range: (low: number, high: number) => `${formatNumber(low, 1)} to ${formatNumber(high, 1)}`,

  sets: "Weekly sets",
  group: "Muscle group",
  setsChart: (group: string) => `Hard sets of ${group} a week, with its landmark`,
  setsKey: (landmark: number) =>
    `The line is the most that usually pays off at your level: ${formatNumber(landmark)} sets a week.`,
  week: "Week of",
  landmark: "Landmark",

  balance: "Muscle balance",
  balanceChart: "Balance of the muscle groups, week by week",
  balanceKey: "Sets of four weeks over each group's landmark, against the mean of all groups.",
  balanceStates: {
    behind: "Behind",
    balanced: "Balanced",
    ahead: "Ahead",
    none: "Nothing trained",
  },
  balanceNow: (ratio: number | null) =>
    ratio === null ? "nothing trained" : `${formatNumber(ratio * 100, 0)}\u00a0% of the mean`,
  balanceSays: (behind: string, ahead: string) =>
    behind === ""
      ? "No group is behind. Keep the mix."
      : ahead === ""
        ? `Behind: ${behind}. Give it the first place in a workout.`
        : `Behind: ${behind}. A few sets moved there from ${ahead} would even it out.`,

  calendar: "Calendar",
  month: (days: number, sets: number) =>
    days === 0
      ? "No workout in this month."
      : `${formatNumber(days)} ${days === 1 ? "day" : "days"} with training, ${setsText(sets)}.`,
  earlier: "Month before",
  later: "Month after",
  trained: (day: string, workouts: number, sets: number) =>
    `${day}: ${workoutsText(workouts)}, ${setsText(sets)}`,
  weekdays: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
  weekdayNames: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  readiness: "Readiness",
  readinessHint: "Recovery by muscle group, fatigue, check-in.",
} as const;
