/** Why a load is suggested, by reason code; `{unit}` is that of the answer. */
export const LOAD_REASON_TEXTS = {
  // Less than last time.
  recovery_low: "You are not recovered: {score} of 10",
  effort_hard: "Last time was very hard (RPE {rpe})",
  fatigue_high: "Fatigue is high",
  fatigue: "Some fatigue has built up ({level} of 5)",
  fatigue_level: "Your fatigue is at {level} of 5",
  lifts_falling: "{falling} of {lifts|lift is|lifts are} falling",
  effort_rising: "The same work feels harder than a month ago",
  no_lighter_week: "No lighter week for {weeks|week|weeks}",
  target_missed: "{reps} of {target} reps, {times|time|times} in a row",
  pain: "You noted pain, so nothing is added",
  gap: "{days} since the last time, so {loss} less",
  // The same.
  after_deload: "Back to the weight of before the lighter {sessions|session|sessions}",
  reps_converted: "Converted from {done} to {planned} reps",
  few_reps: "Only {reps|rep|reps} last time, and no effort noted",
  sets_missing: "Not all sets were done last time",
  weight_changing: "The weight has been changing ({change}); hold it first",
  // More.
  effort_easy: "Last time was easy (RPE {rpe})",
  effort_fits: "Effort was right (RPE {rpe})",
  effort_unknown: "No effort noted; reps decide",
  weight_rising: "The weight is rising ({change}), the effort is not",
  top_of_range: "All reps done, up to {reps}",
  stayed: "You took more weight {taken} of {times|time|times} when you could, so reps first",
  time_grows: "A little longer each time",
  plateau: "The same for {sessions|session|sessions}: more reps before more weight",
  volume_progression: "Up to {reps|rep|reps} more",
  increment: "Your step is {weight} {unit}",
  // What a model expects.
  forecast: "Your log makes {weight} {unit} likely ({low} to {high}); it counts {share}",
  // What can be loaded.
  rounded: "Rounded to {weight} {unit}, which you can load",
  step_exceeds_cap: "The next weight is {weight} {unit} heavier ({share}), so fewer reps",
  reps_first: "The next weight is a big step, so more reps first",
  heaviest_weight: "This is the heaviest weight there is, so more reps",
  // This workout.
  set_pattern: "Set {set} was {share} of the first one last time",
  today: "Carries on from {sets|set|sets} today",
  today_missed: "The last set was {reps} of {target} reps",
  today_harder: "The last set was very hard (RPE {rpe})",
  drop_set: "A drop set: {share} less than the set before",
  // A beginning.
  no_history: "You have not done it yet",
  baseline: "From your test: {reps|rep|reps}",
  carried_over: "Carried over from {exercise}",
  cold_start: "A careful beginning: there should be reps left",
  own_body: "Your own weight is the load",
  weight_unknown: "Nothing related is known yet; find the weight as you warm up",
  from_progression: "From your own sets",
  percent_of_max: "A share of your estimated 1RM of {max} {unit}",
  // Feedback.
  personal_bias: "Adjusted to you: times {factor}",
  suggestions_right: "{suggestions|suggestion|suggestions} were close ({deviation} off)",
  suggestions_wrong: "{suggestions|suggestion|suggestions} were off by {deviation}",
  // The recovery score.
  recovery_base: "A usual day",
  sleep: "{hours} h of sleep",
  days_off: "{days} of rest",
  day_before: "Trained the day before",
  hrv: "HRV is {ratio} of your usual",
  strain: "Stress or soreness on little sleep",
  clamped: "The score ends here",
} as const;

/** Points of these are of the recovery score, not of the weight. */
export const RECOVERY_CODES: ReadonlySet<string> = new Set([
  "recovery_base",
  "sleep",
  "days_off",
  "day_before",
  "hrv",
  "strain",
  "clamped",
]);
