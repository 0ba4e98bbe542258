"""Exercise features: what the lifter's own log says about each exercise."""

from __future__ import annotations

from functools import wraps

import numpy as np

from voltlift_core.features.moment import LONG_AGO_DAYS, Moment
from voltlift_core.features.numeric import divide, row_means, row_medians, row_sums, row_trends
from voltlift_core.features.spec import FEATURES, Floats, Vector
from voltlift_core.features.view import DAY_S

_SETS = "history[].logs[].sets"
_RPE = "history[].logs[].sets[].rpe"
_TIMES = "history[].startTime"


def _of_log(compute: Vector) -> Vector:
    """Return a feature that depends on log and catalogue alone: computed once for a revision."""

    @wraps(compute)
    def remembered(at: Moment) -> Floats:
        found = at.view.remembered.get(compute.__name__)
        if found is None:
            found = at.view.remembered[compute.__name__] = compute(at)
        return found

    return remembered


# How often and how lately


@FEATURES.per_exercise("daysSinceLastPerformed", "days", (0, 999), default=999, source=_SETS)
def days_since_last_performed(at: Moment) -> Floats:
    """Days since a working set of it, at most 999."""
    return at.days_idle(at.view.last_performed_s)


@FEATURES.per_exercise("daysSinceFirstPerformed", "days", (0, 11_000), default=0, source=_SETS)
def days_since_first_performed(at: Moment) -> Floats:
    """Days since the first working set of it."""
    return at.days_since(at.view.first_performed_s)


@FEATURES.per_exercise("timesPerformed", "workouts", (0, 5000), default=0, source=_SETS)
def times_performed(at: Moment) -> Floats:
    """Workouts with a working set of it."""
    return at.view.times_performed


def _times(days: int) -> Vector:
    def compute(at: Moment) -> Floats:
        return at.view.per_exercise(None, at.entries(days))

    return compute


def _decayed(half_life_days: int) -> Vector:
    def compute(at: Moment) -> Floats:
        # Beyond twenty half-lives a workout weighs less than a millionth.
        window = at.entries(20 * half_life_days)
        age = at.days_since(at.view.entry("start_s")[window])
        weight = np.exp2(-age / half_life_days)
        exercise = at.view.entry("exercise")[window]
        sums = np.bincount(exercise, weight, minlength=at.n + 1)[: at.n]
        return sums.astype(np.float64, copy=False)

    return compute


for _days in (7, 30, 90):
    FEATURES.per_exercise(
        f"timesPerformed{_days}d",
        "workouts",
        (0, 2 * _days),
        default=0,
        source=_SETS,
        description=f"Workouts of the last {_days} days with a working set of it.",
    )(_times(_days))

for _days in (12, 45):
    FEATURES.per_exercise(
        f"frequencyDecayed{_days}d",
        "workouts",
        (0, 3 * _days),
        default=0,
        source=_SETS,
        description=f"Workouts with it, each weighing half as much every {_days} days.",
    )(_decayed(_days))


@FEATURES.per_exercise(
    "workoutsSinceLastPerformed", "workouts", (0, 999), default=999, source=_SETS
)
def workouts_since_last_performed(at: Moment) -> Floats:
    """Workouts since the last one with it, at most 999."""
    since = at.view.n_sessions - 1 - at.view.recent_column("session")[:, -1]
    return np.minimum(since, 999.0)


@FEATURES.per_exercise("performedShare90d", "share", (0, 1), default=0, source=_SETS)
def performed_share(at: Moment) -> Floats:
    """Share of the workouts of the last 90 days that have it."""
    window = at.sessions(90)
    return divide(_times(90)(at), np.float64(window.stop - window.start))


@FEATURES.per_exercise("medianInterval", "days", (0, 999), default=999, source=_TIMES)
@_of_log
def median_interval(at: Moment) -> Floats:
    """Median days between its last six workouts, at most 999."""
    starts = at.view.recent_column("start_s")
    return np.minimum(row_medians(np.diff(starts, axis=1) / DAY_S), LONG_AGO_DAYS)


@FEATURES.per_exercise("dueRatio", "ratio", (0, 1000), default=0, source=_TIMES)
def due_ratio(at: Moment) -> Floats:
    """Days since it was performed over its median interval: above 1 it is overdue."""
    return divide(days_since_last_performed(at), np.maximum(median_interval(at), 0.5))


# Sets and reps


@FEATURES.per_exercise("completionRate", "share", (0, 1), default=0.5, source=_SETS)
def completion_rate(at: Moment) -> Floats:
    """Completed over planned sets of it, warm-ups apart, all time."""
    return at.view.completion_rate


@FEATURES.per_exercise("hardEndShare", "share", (0, 1), default=0, source=_SETS)
def hard_end_share(at: Moment) -> Floats:
    """Share of its sets that were drop sets or went to failure, all time."""
    return divide(at.view.per_exercise("hard_ends"), at.view.per_exercise("sets"))


@FEATURES.per_exercise("avgSets", "sets", (0, 30), default=3, source=_SETS)
def avg_sets(at: Moment) -> Floats:
    """Mean working sets of its last six workouts."""
    return row_means(at.view.recent_column("sets"))


def _reps(at: Moment) -> Floats:
    reps = at.view.recent_column("reps")
    return divide(np.where(reps > 0, reps, np.nan), at.view.recent_column("sets"))


@FEATURES.per_exercise("avgReps", "reps", (0, 100), default=10, source=_SETS)
@_of_log
def avg_reps(at: Moment) -> Floats:
    """Mean repetitions a set of its last six workouts."""
    return row_means(_reps(at))


@FEATURES.per_exercise("lastReps", "reps", (0, 100), default=10, source=_SETS)
def last_reps(at: Moment) -> Floats:
    """Mean repetitions a set of its last workout."""
    return _reps(at)[:, -1]


@FEATURES.per_exercise("repsTrend", "1/workout", (-2, 2), default=0, source=_SETS)
def reps_trend(at: Moment) -> Floats:
    """Trend of the repetitions a set over its last six workouts, relative to their mean."""
    return row_trends(_reps(at))


# Weight and volume


@FEATURES.per_exercise("avgWeight", "kg", (0, 500), default=0, source=_SETS)
@_of_log
def avg_weight(at: Moment) -> Floats:
    """Mean load of the working sets of its last six workouts."""
    loads = row_sums(at.view.recent_column("load_sum"))
    return divide(loads, row_sums(at.view.recent_column("load_sets")))


@FEATURES.per_exercise("maxWeight", "kg", (0, 700), default=0, source=_SETS)
@_of_log
def max_weight(at: Moment) -> Floats:
    """Heaviest load of a working set, all time."""
    return at.view.best_per_exercise(at.view.entry("max_load"))


@FEATURES.per_exercise("lastWeight", "kg", (0, 700), default=0, source=_SETS)
def last_weight(at: Moment) -> Floats:
    """Heaviest load of its last workout."""
    return at.view.recent_column("max_load")[:, -1]


@FEATURES.per_exercise("weightTrend", "1/workout", (-2, 2), default=0, source=_SETS)
@_of_log
def weight_trend(at: Moment) -> Floats:
    """Trend of the heaviest load over its last six workouts, relative to their mean.

    Within ±0.05 it is stable.
    """
    return row_trends(at.view.recent_column("max_load"))


def _volumes(at: Moment) -> Floats:
    moved = at.body_kg * at.catalogue.bodyweight_share[:, None] * at.view.recent_column("reps")
    return at.view.recent_column("load_reps") + moved


@FEATURES.per_exercise("volumeLast6Sessions", "kg", (0, 200_000), default=0, source=_SETS)
def volume_last_6_sessions(at: Moment) -> Floats:
    """Volume load of its last six workouts, with the share of the bodyweight moved."""
    return row_sums(_volumes(at))


@FEATURES.per_exercise("volumeTrend", "1/workout", (-2, 2), default=0, source=_SETS)
def volume_trend(at: Moment) -> Floats:
    """Trend of the volume load over its last six workouts, relative to their mean."""
    return row_trends(_volumes(at))


# Effort


def _rpe(at: Moment) -> Floats:
    return divide(at.view.recent_column("rpe_sum"), at.view.recent_column("rpe_sets"))


@FEATURES.per_exercise("avgRPE", "RPE", (1, 10), default=7, source=_RPE)
@_of_log
def avg_rpe(at: Moment) -> Floats:
    """Mean RPE of its last six workouts, those without RPE apart."""
    return row_means(_rpe(at))


@FEATURES.per_exercise("lastRPE", "RPE", (1, 10), default=7, source=_RPE)
def last_rpe(at: Moment) -> Floats:
    """Mean RPE of its last workout."""
    return _rpe(at)[:, -1]


@FEATURES.per_exercise("rpeTrend", "1/workout", (-1, 1), default=0, source=_RPE)
@_of_log
def rpe_trend(at: Moment) -> Floats:
    """Trend of the RPE over its last six workouts, relative to their mean."""
    return row_trends(_rpe(at))


# Strength


@FEATURES.per_exercise("personalBest1RM", "kg", (0, 800), default=0, source=_SETS)
def personal_best_1rm(at: Moment) -> Floats:
    """Best estimated one-repetition maximum, all time.

    Brzycki up to 5 reps, Epley above; the load includes the share of the bodyweight moved.
    """
    return at.view.best_per_exercise(at.one_rep_max)


@FEATURES.per_exercise("recentBest1RM", "kg", (0, 800), default=0, source=_SETS)
def recent_best_1rm(at: Moment) -> Floats:
    """Best estimated one-repetition maximum of its last six workouts."""
    recent = at.view.recent_values(at.one_rep_max)
    best = np.where(np.isnan(recent), -np.inf, recent).max(axis=1)
    return np.where(best > -np.inf, best, np.nan)


@FEATURES.per_exercise("oneRepMaxTrend", "1/workout", (-2, 2), default=0, source=_SETS)
def one_rep_max_trend(at: Moment) -> Floats:
    """Trend of the estimated one-repetition maximum over its last six workouts."""
    return row_trends(at.view.recent_values(at.one_rep_max))


@FEATURES.per_exercise("relativeStrength", "ratio", (0, 8), default=0, source=_SETS)
def relative_strength(at: Moment) -> Floats:
    """Recent best one-repetition maximum over bodyweight; missing where that is unknown."""
    return recent_best_1rm(at) / at.bodyweight_kg


@FEATURES.per_exercise("relativeIntensity", "share", (0, 1.2), default=0.7, source=_SETS)
def relative_intensity(at: Moment) -> Floats:
    """Heaviest load of its last workout over the recent best one-repetition maximum.

    Both include the share of the bodyweight moved.
    """
    moved = last_weight(at) + at.catalogue.bodyweight_share * at.body_kg
    return divide(np.where(moved > 0, moved, np.nan), recent_best_1rm(at))


@FEATURES.per_exercise("daysSincePersonalBest", "days", (0, 11_000), default=999, source=_SETS)
def days_since_personal_best(at: Moment) -> Floats:
    """Days since the best one-repetition maximum was reached first."""
    exercise, estimate = at.view.entry("exercise"), at.one_rep_max
    best = np.append(personal_best_1rm(at), np.nan)
    # Entries are in time order: the last assignment, from the back, is the first one reached.
    reached = np.flatnonzero(estimate >= best[exercise])[::-1]
    start = np.full(at.n + 1, np.nan)
    start[exercise[reached]] = at.view.entry("start_s")[reached]
    return at.days_since(start[: at.n])
