"""Context features: the moment, and the workout going on."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core.catalogue.catalogue import CATEGORIES
from voltlift_core.domain.vocabulary import Category
from voltlift_core.features.habits import avg_duration, avg_exercises, usual_hour
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import mean, ratio
from voltlift_core.features.spec import FEATURES, Floats
from voltlift_core.features.view import DAY_S

_NOW = "now, utcOffsetMinutes"
_CURRENT = "activeWorkout.logs"
_YEAR_DAYS = 365.2425


@FEATURES.scalar("timeOfDay", "context", "h", (0, 24), default=12, source=_NOW)
def time_of_day(at: Moment) -> float:
    """Local hour of day, with fraction."""
    return at.local_s % DAY_S / 3600.0


@FEATURES.scalar("timeOfDaySin", "context", "", (-1, 1), default=0, source=_NOW)
def time_of_day_sin(at: Moment) -> float:
    """Sine of the time of day on a circle of 24 hours."""
    return math.sin(math.tau * at.local_s / DAY_S)


@FEATURES.scalar("timeOfDayCos", "context", "", (-1, 1), default=-1, source=_NOW)
def time_of_day_cos(at: Moment) -> float:
    """Cosine of the time of day on a circle of 24 hours."""
    return math.cos(math.tau * at.local_s / DAY_S)


@FEATURES.scalar("dayOfWeek", "context", "day", (0, 6), default=0, source=_NOW)
def day_of_week(at: Moment) -> float:
    """Local day of the week, 0 Monday to 6 Sunday."""
    return at.weekday


@FEATURES.scalar("isWeekend", "context", "0/1", (0, 1), default=0, source=_NOW)
def is_weekend(at: Moment) -> float:
    """Whether it is Saturday or Sunday."""
    return float(at.weekday >= 5)


@FEATURES.scalar("seasonSin", "context", "", (-1, 1), default=0, source=_NOW)
def season_sin(at: Moment) -> float:
    """Sine of the date on the circle of the year, from 1 January."""
    return math.sin(math.tau * (at.local_s / DAY_S) / _YEAR_DAYS)


@FEATURES.scalar("seasonCos", "context", "", (-1, 1), default=1, source=_NOW)
def season_cos(at: Moment) -> float:
    """Cosine of the date on the circle of the year, from 1 January."""
    return math.cos(math.tau * (at.local_s / DAY_S) / _YEAR_DAYS)


@FEATURES.scalar(
    "usualHourGap",
    "context",
    "h",
    (0, 12),
    default=3,
    source="now, utcOffsetMinutes, history[].startTime",
)
def usual_hour_gap(at: Moment) -> float:
    """Hours between now and the usual time of training, by the shorter way round."""
    gap = abs(time_of_day(at) - usual_hour(at))
    return min(gap, 24 - gap)


@FEATURES.scalar(
    "weekdayShare90d",
    "context",
    "share",
    (0, 1),
    default=1 / 7,
    source="now, utcOffsetMinutes, history[].startTime",
)
def weekday_share(at: Moment) -> float:
    """Share of the workouts of the last 90 days on this day of the week."""
    weekday = (at.view.local_day[at.sessions(90)] + 3) % 7
    return ratio(float((weekday == at.weekday).sum()), len(weekday))


@FEATURES.scalar(
    "workoutsToday", "context", "workouts", (0, 5), default=0, source="history[].startTime"
)
def workouts_today(at: Moment) -> float:
    """Workouts already finished on this local day."""
    recent = at.view.local_day[at.sessions(2)]
    return float((recent == at.local_day).sum())


# The current workout


@FEATURES.scalar(
    "workoutDurationSoFar", "context", "min", (0, 360), default=0, source="activeWorkout.startTime"
)
def workout_duration_so_far(at: Moment) -> float:
    """Minutes since the current workout began; missing where there is none."""
    return at.minutes_so_far


@FEATURES.scalar(
    "durationShare",
    "context",
    "ratio",
    (0, 6),
    default=0,
    source="activeWorkout.startTime, history[].endTime",
)
def duration_share(at: Moment) -> float:
    """Minutes of the current workout over the usual length of one."""
    usual = avg_duration(at)
    return at.minutes_so_far / usual if usual > 0 else math.nan


@FEATURES.scalar(
    "exercisesInSessionCount", "context", "exercises", (0, 30), default=0, source=_CURRENT
)
def exercises_in_session_count(at: Moment) -> float:
    """Different exercises in the current workout so far."""
    return len({*at.current.exercise_ids, *(item.exercise_id for item in at.current.sets)})


@FEATURES.scalar(
    "exerciseShare", "context", "ratio", (0, 10), default=0, source="activeWorkout.logs, history"
)
def exercise_share(at: Moment) -> float:
    """Exercises of the current workout over the usual number."""
    return exercises_in_session_count(at) / avg_exercises(at)


@FEATURES.scalar("setsInSession", "context", "sets", (0, 100), default=0, source=_CURRENT)
def sets_in_session(at: Moment) -> float:
    """Working sets done in the current workout."""
    return len(at.working_today)


@FEATURES.scalar("openSets", "context", "sets", (0, 100), default=0, source=_CURRENT)
def open_sets(at: Moment) -> float:
    """Sets of the current workout that are not done yet."""
    return sum(not item.completed for item in at.current.sets)


@FEATURES.scalar("repsInSession", "context", "reps", (0, 1000), default=0, source=_CURRENT)
def reps_in_session(at: Moment) -> float:
    """Repetitions of the working sets done in the current workout."""
    return sum(item.reps for item in at.working_today)


@FEATURES.scalar("volumeInSession", "context", "kg", (0, 50_000), default=0, source=_CURRENT)
def volume_in_session(at: Moment) -> float:
    """Volume load of the current workout, bodyweight exercises with their share of it."""
    total = 0.0
    for item in at.working_today:
        index = at.catalogue.index.get(item.exercise_id, at.n)
        load = 0.0 if math.isnan(item.load_kg) else item.load_kg
        total += (load + float(at.view.bodyweight_share[index]) * at.body_kg) * item.reps
    return total


@FEATURES.scalar("rpeInSession", "context", "RPE", (1, 10), default=7, source=_CURRENT)
def rpe_in_session(at: Moment) -> float:
    """Mean RPE of the working sets done in the current workout."""
    rpe = np.array([item.rpe for item in at.working_today], dtype=np.float64)
    return mean(rpe[~np.isnan(rpe)])


@FEATURES.scalar("lastSetRpe", "context", "RPE", (1, 10), default=7, source=_CURRENT)
def last_set_rpe(at: Moment) -> float:
    """RPE of the last working set done in the current workout."""
    return at.working_today[-1].rpe if at.working_today else math.nan


@FEATURES.scalar("setsPerHour", "context", "1/h", (0, 120), default=20, source=_CURRENT)
def sets_per_hour(at: Moment) -> float:
    """Pace of the current workout, once it has lasted ten minutes."""
    minutes = at.minutes_so_far
    return 60 * len(at.working_today) / minutes if minutes >= 10 else math.nan


@FEATURES.scalar("compoundShareToday", "context", "share", (0, 1), default=0, source=_CURRENT)
def compound_share_today(at: Moment) -> float:
    """Share of compound exercises in the current workout."""
    category = at.catalogue.category[at.exercises_today]
    compound = CATEGORIES.index(Category.COMPOUND)
    return ratio(float((category == compound).sum()), len(category))


@FEATURES.scalar(
    "familiarShareToday",
    "context",
    "share",
    (0, 1),
    default=1,
    source="activeWorkout.logs, history",
)
def familiar_share_today(at: Moment) -> float:
    """Share of the exercises of the current workout that were done in the last 30 days."""
    recent = at.view.per_exercise(None, at.entries(30))[at.exercises_today]
    return ratio(float((recent > 0).sum()), len(recent))


@FEATURES.scalar(
    "muscleGroupsTrainedToday", "context", "groups", (0, 7), default=0, source=_CURRENT
)
def muscle_groups_trained_today(at: Moment) -> float:
    """Primary muscle groups of the exercises in the current workout."""
    return float(at.trained_today.sum())


@FEATURES.per_group("trainedToday", "context", "0/1", (0, 1), default=0, source=_CURRENT)
def trained_today(at: Moment) -> Floats:
    """Whether an exercise with {group} as primary muscle group is in the current workout."""
    return at.trained_today


@FEATURES.per_group("setsToday", "context", "sets", (0, 60), default=0, source=_CURRENT)
def sets_today(at: Moment) -> Floats:
    """Working sets done for {group} in the current workout; as secondary muscle half."""
    total: Floats = (at.catalogue.group_weights * at.sets_today[:, None]).sum(axis=0)
    return total
