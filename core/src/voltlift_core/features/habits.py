"""User features: how the lifter usually trains."""

from __future__ import annotations

import numpy as np

from voltlift_core.catalogue.catalogue import CATEGORIES, EQUIPMENT
from voltlift_core.domain.vocabulary import Category, Equipment
from voltlift_core.features.entries import Ints
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import circular_mean_hour, mean, ratio
from voltlift_core.features.spec import FEATURES, Scalar

_LOG = "history[].logs[].sets"
_TIMES = "history[].startTime"


@FEATURES.scalar("usualHour", "user", "h", (0, 24), default=18, source=_TIMES)
def usual_hour(at: Moment) -> float:
    """Usual local hour at which workouts of the last 90 days began (mean on the circle)."""
    hours = at.view.local_hour[at.sessions(90)]
    return circular_mean_hour(hours[~np.isnan(hours)])


@FEATURES.scalar("weekendShare90d", "user", "share", (0, 1), default=0.25, source=_TIMES)
def weekend_share(at: Moment) -> float:
    """Share of the workouts of the last 90 days on a Saturday or Sunday."""
    weekday = (at.view.local_day[at.sessions(90)] + 3) % 7
    return ratio(float((weekday >= 5).sum()), len(weekday))


@FEATURES.scalar(
    "avgDuration90d",
    "user",
    "min",
    (0, 360),
    default=60,
    source="history[].startTime, history[].endTime",
)
def avg_duration(at: Moment) -> float:
    """Mean length of the workouts of the last 90 days, those beyond six hours apart."""
    window = at.sessions(90)
    minutes = (at.view.session("end_s")[window] - at.view.session("start_s")[window]) / 60
    return mean(minutes[(minutes > 0) & (minutes <= 360)])


@FEATURES.scalar("avgSets90d", "user", "sets", (0, 100), default=18, source=_LOG)
def avg_sets(at: Moment) -> float:
    """Mean number of working sets in a workout of the last 90 days."""
    return mean(at.per_session(at.view.entry("sets")[at.entries(90)], 90))


@FEATURES.scalar("avgExercises90d", "user", "exercises", (0, 30), default=5, source=_LOG)
def avg_exercises(at: Moment) -> float:
    """Mean number of exercises in a workout of the last 90 days."""
    window, sessions = at.entries(90), at.sessions(90)
    return ratio(window.stop - window.start, sessions.stop - sessions.start)


@FEATURES.scalar("avgVolume90d", "user", "kg", (0, 50_000), default=5000, source=_LOG)
def avg_volume(at: Moment) -> float:
    """Mean volume load (load times reps) of a workout of the last 90 days."""
    return mean(at.per_session(at.volume(at.entries(90)), 90))


@FEATURES.scalar("distinctExercises30d", "user", "exercises", (0, 150), default=0, source=_LOG)
def distinct_exercises(at: Moment) -> float:
    """Different exercises done in the last 30 days."""
    return float((at.view.per_exercise(None, at.entries(30)) > 0).sum())


@FEATURES.scalar("repertoire", "user", "exercises", (0, 400), default=0, source=_LOG)
def repertoire(at: Moment) -> float:
    """Different exercises ever done."""
    return float((at.view.times_performed > 0).sum())


@FEATURES.scalar("newExerciseShare30d", "user", "share", (0, 1), default=0, source=_LOG)
def new_exercise_share(at: Moment) -> float:
    """Share of the exercises of the last 30 days that were never done before them."""
    recent = at.view.per_exercise(None, at.entries(30)) > 0
    new = recent & (at.view.first_performed_s > at.now_s - 30 * 86_400)
    return ratio(float(new.sum()), float(recent.sum()))


def _share_of_sets(numerator: str, denominator: str, days: int) -> Scalar:
    def compute(at: Moment) -> float:
        window = at.entries(days)
        total = float(at.view.entry(denominator)[window].sum())
        return ratio(float(at.view.entry(numerator)[window].sum()), total)

    return compute


for _name, _column, _default, _text in (
    ("setCompletion30d", None, 0.95, "Completed over planned sets of exercises begun"),
    ("effortLoggedShare30d", "rpe_sets", 0, "Share of working sets with an RPE"),
    ("hardEndShare30d", "hard_ends", 0, "Share of drop sets and sets to failure"),
    ("lowRepShare30d", "low_reps", 0.2, "Share of working sets of at most 5 reps"),
    ("highRepShare30d", "high_reps", 0.2, "Share of working sets of 13 reps and more"),
):
    FEATURES.scalar(
        _name,
        "user",
        "share",
        (0, 1),
        default=_default,
        source=_LOG,
        description=f"{_text}, in the last 30 days.",
    )(_share_of_sets(_column or "sets", "sets" if _column else "planned", 30))


@FEATURES.scalar("avgReps30d", "user", "reps", (0, 50), default=9, source=_LOG)
def avg_reps(at: Moment) -> float:
    """Mean repetitions of a working set in the last 30 days."""
    return _share_of_sets("reps", "sets", 30)(at)


def _set_share(codes: str, code: int) -> Scalar:
    def compute(at: Moment) -> float:
        sets = at.view.per_exercise("sets", at.entries(90))
        attribute: Ints = getattr(at.catalogue, codes)
        return ratio(float(sets[attribute == code].sum()), float(sets.sum()))

    return compute


for _category in (Category.COMPOUND, Category.ISOLATION, Category.MACHINE, Category.BODYWEIGHT):
    FEATURES.scalar(
        f"{_category.lower()}Share90d",
        "user",
        "share",
        (0, 1),
        default=0.25,
        source=_LOG,
        description=f"Share of working sets of category {_category}, in the last 90 days.",
    )(_set_share("category", CATEGORIES.index(_category)))

for _kind in (Equipment.BARBELL, Equipment.DUMBBELL, Equipment.CABLE):
    FEATURES.scalar(
        f"{_kind.lower()}Share90d",
        "user",
        "share",
        (0, 1),
        default=0.25,
        source=_LOG,
        description=f"Share of working sets with this equipment: {_kind}, in the last 90 days.",
    )(_set_share("equipment", EQUIPMENT.index(_kind)))
