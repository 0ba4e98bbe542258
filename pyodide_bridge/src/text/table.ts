/**
 * Every text of the bridge, in one place, ready to be translated: `{name}` stands for a
 * value of that name. Short, friendly, second person. The keys are codes of the contract.
 */

/** Names of the parts of a score. */
export const COMPONENT_TEXTS = {
  balance: "Muscle balance",
  recovery: "Recovery",
  preference: "Your preferences",
  goal: "Your goal",
  experience: "Your level",
  novelty: "Variety",
  cold_start: "A good start",
  habit: "Your routine",
  diversity: "Mix of this list",
  total: "Total",
} as const;

/** Reason codes by the component that gives them. */
export const REASON_TEXTS = {
  balance: {
    undertrained: "{group} is behind: {ratio} of your average lately",
    slightly_undertrained: "{group} is a little behind lately ({ratio} of your average)",
    below_average: "{group} is just below your average",
    balanced: "{group} gets its fair share",
    overtrained: "{group} already gets a lot: {ratio} of your average",
    trained_today: "You already trained {group} in this session",
    secondary_muscles: "Works {count|more muscle group|more muscle groups}",
    cardio_below_target: "Cardio: {sessions} of {target} sessions lately",
    cardio_target_met: "You reached your cardio target: {sessions} of {target} sessions",
    cardio_not_wanted: "Your goal does not ask for cardio",
    no_history: "Not enough training logged yet to compare muscle groups",
    clamped: "This part ends at {limit}",
  },
  recovery: {
    recovering: "{group} trained {days} ago, ready after {optimal}",
    partly_recovered: "{group} is partly recovered: trained {days} ago, ready after {optimal}",
    recovered: "{group} is recovered: trained {days} ago",
    rested_long: "{group} has rested for {days}",
    never_trained: "{group} is fresh: not trained yet",
  },
  preference: {
    favourite: "One of your favourites",
    reliable: "You finish {rate} of its sets",
    done_before: "You did it {times|time|times} before",
    often_unfinished: "You finish only {rate} of its sets",
    not_done_before: "You have not done it before",
    clamped: "This part ends at {limit}",
  },
  goal: {
    goal_fit: "{category} exercise, for your goal {goal}",
    goal_unknown: "You have not set a goal yet",
  },
  experience: {
    same_level: "Right for your level ({level})",
    easier: "A bit easier than your level",
    harder: "A bit harder than your level",
    far_level: "Far from your level",
    level_unknown: "You have not set your level yet",
  },
  novelty: {
    new_exercise: "New for you",
    long_ago: "Last done {days} ago",
    a_while_ago: "Last done {days} ago",
    recent: "Done recently",
  },
  cold_start: {
    start_with: "{category} exercises come first for your goal {goal}",
    start_later: "{category} exercises come later for your goal {goal}",
    start_anywhere: "For your goal every kind of exercise is a good start",
    start_goal_unknown: "Set a goal, and what to begin with comes first",
  },
  habit: {
    follows: "Follows {exercise}: {times} of your last {of|time|times}",
    due: "You do it about every {every|day|days}, last {days} ago",
    weekday: "Usual on a {weekday}: {times} of {of|time|times}",
    session_like: "Part of a session like today's, {days} ago",
    opens: "You opened {times} of {of|session|sessions} with it",
    like_yours: "Lifters with a log like yours do it",
    new: "Popular with other lifters, new for you",
    usual: "Part of your routine",
    not_usual: "Not part of your routine",
    net_likely: "Looks like what you do now: {share} likely, says the neural net",
    net_unlikely: "Looks little like what you do now: {share} likely, says the neural net",
  },
  diversity: {
    same_group_listed: "{count|other|others} for {group} above it in this list",
  },
  total: {
    clamped: "A score ends at {limit}",
  },
  excluded: {
    equipment: "Needs {equipment}, which is not among your equipment",
    excluded_by_request: "Left out of this list",
    in_session: "Already in this session",
    above_level: "{difficulty}: above your level for your first workouts",
  },
} as const;

/** What would change the points. */
export const CHANGE_TEXTS = {
  mark_favourite: "Mark it as a favourite",
  wait: "Wait {days}, until {group} is recovered",
  next_session: "Do it in your next session",
  add_equipment: "Add {equipment} to your equipment",
  change_goal: "Change your goal to {goal}",
} as const;

/** What went wrong, by error code. */
export const ERROR_TEXTS = {
  invalid_request: "That request could not be understood.",
  unknown_method: "This version cannot do that.",
  unknown_exercise: "That exercise is not known.",
  not_available: "This is not available yet.",
  not_ready: "Suggestions are not ready yet.",
  unsupported_file: "This file could not be read as a training log.",
  file_too_large: "This file is too large.",
  invalid_configuration: "The rules could not be loaded.",
  vector_spec_mismatch: "A model does not fit this version.",
  storage: "This could not be stored on your device.",
  corrupt_data: "Stored data is damaged and will be rebuilt.",
  internal: "Something went wrong inside the suggestions.",
  worker_crashed: "Suggestions stopped and were started again.",
  timeout: "Suggestions took too long.",
  aborted: "Cancelled.",
  boot_failed: "Suggestions could not be started.",
} as const;

/** What went wrong with storage, and what to do, by reason. */
export const STORAGE_TEXTS = {
  missing: "This browser offers no storage here. Export your data before you close the page.",
  denied: "This browser does not let the page store anything. Check its privacy settings.",
  blocked: "Another tab holds the storage. Close the other tabs and reload.",
  newer_version: "A newer version is open in another tab. Reload this page.",
  upgrade_failed:
    "What is stored could not be brought to this version. It is as it was; reload to try again.",
  quota: "The storage of this device is full. Free some space and try again.",
  evicted:
    "The browser had deleted what was stored here. What this page shows was stored again; export it.",
  failed: "The browser could not store it. Try again, or reload the page.",
} as const;

/** Where the engine is on its way. */
export const BOOT_TEXTS = {
  downloading: "Getting things ready",
  starting: "Starting",
  loading_engine: "Loading suggestions",
  restoring: "Reading your training",
  ready: "Suggestions are ready",
  restarting: "Starting suggestions again",
  failed: "Suggestions could not be started. Logging works without them.",
} as const;

/** Severities of an import or ingestion issue. */
export const ISSUE_TEXTS = {
  repaired: "Corrected",
  quarantined: "Left out of the suggestions, kept in your log",
  warning: "Please check",
} as const;

/** Codes of issues and of rows that were not taken, where the code alone would not do. */
export const PROBLEM_TEXTS: { readonly [code: string]: string } = {
  // Rows of a file.
  no_set: "a note or a rest timer, not a set",
  repeated_header: "the headings again",
  repeated_row: "a row that an earlier part of the file has as well",
  row_unreadable: "the row could not be read",
  too_few_columns: "columns are missing",
  too_many_columns: "there are more columns than headings",
  set_order_unknown: "the kind of set is not known",
  weight_unit_unknown: "the unit of the weight is not known",
  // Parts of a state.
  unknown_exercise: "an exercise is not known, it still counts as training",
  exercise_id_resolved: "an exercise was matched by its name",
  end_before_start: "a workout ended before it started",
  duplicate_session: "a workout appears twice",
  session_without_id: "a workout has no id",
  session_without_time: "a workout has no date",
  session_too_long: "a workout is too long to be true",
  daily_log_without_date: "a day has no date",
  custom_exercise_without_id: "one of your exercises has no id",
  custom_exercise_without_name: "one of your exercises has no name",
  reps_fraction: "reps were not a whole number",
  unit_assumed: "no unit was given, the one in your settings was assumed",
};

/** All other codes are made of a subject and one of these endings: `weight_as_text`. */
export const PROBLEM_ENDINGS = {
  unreadable: "{subject} could not be read",
  spelling: "{subject} was written in another way",
  as_text: "{subject} was written as text",
  unknown: "{subject} is not known",
  missing: "{subject} is missing",
  empty: "{subject} is empty",
  out_of_range: "{subject} is out of range",
} as const;
