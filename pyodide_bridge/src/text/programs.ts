/** Why a program fits, how it moves on, and why its next session is this one, by code. */

/** Names of the parts of a program's score. */
export const PROGRAM_COMPONENT_TEXTS = {
  goal: "Your goal",
  difficulty: "Your level",
  frequency: "Days a week",
  equipment: "Your equipment",
  new: "New to you",
} as const;

/** Reason codes of a program's points, by the component that gives them. */
export const PROGRAM_REASON_TEXTS = {
  goal: {
    same_goal: "Made for your goal: {goal}",
    compatible_goal: "Made for {program}, which goes well with {goal}",
    other_goal: "Made for {program}; you train for {goal}",
    goal_unknown: "You have not set a goal yet",
  },
  difficulty: {
    same_level: "Made for your level ({level})",
    easier: "Made for {program}, below your level",
    harder: "Made for {program}, above your level",
    level_unknown: "You have not set your level yet",
  },
  frequency: {
    frequency_fits: "{days} a week, as you wish",
    frequency_off: "{days} a week; you wish for {wished}",
    frequency_unknown: "You have not said how often you want to train",
  },
  equipment: {
    equipment_fits: "Every exercise fits your equipment",
    equipment_share: "{allowed} of {exercises} exercises fit your equipment",
    equipment_unknown: "You have not set your equipment yet",
  },
  new: {
    new_program: "You have not followed it yet",
    done_before: "You have followed it before",
  },
} as const;

/** Codes of plans: progression rules, today's session, exercises and their weights. */
export const PLAN_REASON_TEXTS = {
  // How a program moves on.
  linear_progression: "A little more weight every session, as long as all reps are done",
  double_progression: "More reps first; at the top of the range more weight and fewer reps",
  percent_progression: "Weights are percentages of your estimated 1RM, and rise with it",
  variation_progression: "More reps first, then a harder variation of the exercise",
  effort_progression: "Each set goes to a given effort; the weight follows from it",
  training_max: "Percentages are taken of {share} of your estimated 1RM",
  effort_wave: "Effort rises from {first} to {last} of 10 within each block",
  deload_weeks: "A lighter week after every {every} weeks",
  high_volume: "{group} gets more sets than usual, on purpose",
  low_volume: "{group} gets fewer sets than usual, on purpose",
  // Where the lifter stands.
  first_session: "This is where the program begins",
  next_session: "Session {session} is next",
  trained_today: "Today's session is done",
  program_waits: "{missed|planned day has|planned days have} gone by; the program waited",
  program_finished: "All {sessions} sessions are done",
  starts_later: "The program starts in {days}",
  week_repeated: "After {days} without it, week {week} is done again, {lighter} lighter",
  foreign_program: "The program you followed is not known here",
  no_program: "You follow no program",
  // Exercises and weights.
  equipment_missing: "{equipment} is not among your equipment",
  deload_week: "A lighter week: weights and sets are down on purpose",
} as const;
