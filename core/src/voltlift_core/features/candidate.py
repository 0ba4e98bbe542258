"""Exercise features: attributes of each exercise, and how it fits this lifter and today."""

from __future__ import annotations

import numpy as np

from voltlift_core.catalogue.catalogue import CATEGORIES, EQUIPMENT
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import LEVELS, Category, MovementPattern
from voltlift_core.features.entries import Ints
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import divide, row_means
from voltlift_core.features.spec import FEATURES, Floats, Vector

_CATALOGUE = "exercises[]"
_LOG = "history[].logs"
_TODAY = "activeWorkout.logs, history[].logs"
_PATTERNS: tuple[MovementPattern, ...] = tuple(MovementPattern)

# Attributes


def _is_category(category: Category) -> Vector:
    def compute(at: Moment) -> Floats:
        flags: Floats = (at.catalogue.category == CATEGORIES.index(category)).astype(np.float64)
        return flags

    return compute


for _category in CATEGORIES:
    FEATURES.per_exercise(
        f"is{_category}",
        "0/1",
        (0, 1),
        default=0,
        source="exercises[].category",
        description=f"Whether it is of category {_category}.",
    )(_is_category(_category))


@FEATURES.per_exercise("difficulty", "level", (0, 2), default=1, source="exercises[].difficulty")
def difficulty(at: Moment) -> Floats:
    """Skill it asks for: 0 Beginner, 1 Intermediate, 2 Advanced."""
    return at.catalogue.difficulty.astype(np.float64)


@FEATURES.per_exercise("commonness", "1-3", (1, 3), default=1, source=_CATALOGUE)
def commonness(at: Moment) -> Floats:
    """How common it is in gyms: 1 rare to 3 staple."""
    return at.catalogue.commonness.astype(np.float64)


@FEATURES.per_exercise("bodyweightShare", "share", (0, 1), default=0, source=_CATALOGUE)
def bodyweight_share(at: Moment) -> Floats:
    """Share of the bodyweight that it moves."""
    return at.catalogue.bodyweight_share


@FEATURES.per_exercise("isUnilateral", "0/1", (0, 1), default=0, source=_CATALOGUE)
def is_unilateral(at: Moment) -> Floats:
    """Whether it is done one side at a time."""
    return np.array([float(e.unilateral) for e in at.catalogue.exercises])


@FEATURES.per_exercise(
    "secondaryMuscleCount", "groups", (0, 6), default=0, source="exercises[].secondaryMuscles"
)
def secondary_muscle_count(at: Moment) -> Floats:
    """Number of its secondary muscle groups."""
    return np.array([float(len(e.secondary_muscles)) for e in at.catalogue.exercises])


# Fit with the lifter


@FEATURES.per_exercise("isFavourite", "0/1", (0, 1), default=0, source="settings.favoriteExercises")
def is_favourite(at: Moment) -> Floats:
    """Whether the lifter marked it as favourite."""
    flags = np.zeros(at.n)
    known = [at.catalogue.index.get(id_, -1) for id_ in at.settings.favourites]
    flags[[index for index in known if index >= 0]] = 1.0
    return flags


@FEATURES.per_exercise("recordWeight", "kg", (0, 700), default=0, source="settings.personalRecords")
def record_weight(at: Moment) -> Floats:
    """Best weight according to the records of the settings."""
    weights = np.full(at.n, np.nan)
    for id_, weight in at.settings.personal_records_kg.items():
        if id_ in at.catalogue.index:
            weights[at.catalogue.index[id_]] = weight
    return weights


@FEATURES.per_exercise(
    "equipmentAvailable",
    "0/1",
    (0, 1),
    default=1,
    source="settings.availableEquipment, exercises[].equipment",
)
def equipment_available(at: Moment) -> Floats:
    """Whether the lifter can do it with the equipment at hand; missing where that is unknown."""
    if at.settings.equipment is None:
        return np.full(at.n, np.nan)
    usable = usable_equipment(at.settings.equipment)
    return np.array([kind in usable for kind in EQUIPMENT], np.float64)[at.catalogue.equipment]


@FEATURES.per_exercise(
    "difficultyGap",
    "levels",
    (-2, 2),
    default=0,
    source="settings.experienceLevel, exercises[].difficulty",
)
def difficulty_gap(at: Moment) -> Floats:
    """Its difficulty less the lifter's level: above 0 it is harder."""
    level = at.settings.level
    own = np.nan if level is None else float(LEVELS.index(level))
    return at.catalogue.difficulty - np.float64(own)


@FEATURES.per_exercise("groupHardSets7d", "sets", (0, 120), default=0, source=_LOG)
def group_hard_sets(at: Moment) -> Floats:
    """Working sets of the last 7 days for its muscle group, secondary ones by half."""
    window = at.entries(7)
    sets = at.per_group(at.view.entry("sets")[window], window)
    return sets[at.catalogue.muscle_group]


@FEATURES.per_exercise("groupDaysSince", "days", (0, 999), default=999, source=_LOG)
def group_days_since(at: Moment) -> Floats:
    """Days since its muscle group was trained as primary group, at most 999."""
    return at.days_since_group[at.catalogue.muscle_group]


def _pattern_codes(at: Moment) -> Ints:
    position = {pattern: i for i, pattern in enumerate(_PATTERNS)}
    patterns = (e.movement_pattern for e in at.catalogue.exercises)
    codes = [len(_PATTERNS) if p is None else position[p] for p in patterns]
    return np.array(codes, dtype=np.int32)


@FEATURES.per_exercise("patternDaysSince", "days", (0, 999), default=999, source=_LOG)
def pattern_days_since(at: Moment) -> Floats:
    """Days since an exercise of the same movement pattern was done, at most 999."""
    codes, last = _pattern_codes(at), at.view.last_performed_s
    latest = np.full(len(_PATTERNS) + 1, -np.inf)
    known = ~np.isnan(last)
    np.maximum.at(latest, codes[known], last[known])
    latest[-1] = -np.inf
    return at.days_idle(np.where(latest > -np.inf, latest, np.nan)[codes])


# Fit with today


@FEATURES.per_exercise("doneToday", "0/1", (0, 1), default=0, source="activeWorkout.logs")
def done_today(at: Moment) -> Floats:
    """Whether it is in the current workout."""
    flags = np.zeros(at.n)
    flags[at.exercises_today] = 1.0
    return flags


@FEATURES.per_exercise("groupTrainedToday", "0/1", (0, 1), default=0, source="activeWorkout.logs")
def group_trained_today(at: Moment) -> Floats:
    """Whether an exercise of its muscle group is in the current workout."""
    return at.trained_today[at.catalogue.muscle_group]


@FEATURES.per_exercise("patternTrainedToday", "0/1", (0, 1), default=0, source="activeWorkout.logs")
def pattern_trained_today(at: Moment) -> Floats:
    """Whether an exercise of its movement pattern is in the current workout."""
    codes = _pattern_codes(at)
    trained = np.zeros(len(_PATTERNS) + 1)
    trained[codes[at.exercises_today]] = 1.0
    trained[-1] = 0.0
    return trained[codes]


@FEATURES.per_exercise("meanPosition", "exercises", (0, 30), default=3, source=_LOG)
def mean_position(at: Moment) -> Floats:
    """Mean number of exercises before it in its last six workouts."""
    recent = at.view.recent_column("position")
    return row_means(recent)


@FEATURES.per_exercise("positionGap", "exercises", (0, 30), default=3, source=_TODAY)
def position_gap(at: Moment) -> Floats:
    """Distance of its mean position from the position that comes next today."""
    return np.abs(mean_position(at) - len(at.exercises_today))


@FEATURES.per_exercise("openerShare", "share", (0, 1), default=0, source=_LOG)
def opener_share(at: Moment) -> Floats:
    """Share of its workouts that it opened, all time."""
    first = (at.view.entry("position") == 0).astype(np.float64)
    opened = np.bincount(at.view.entry("exercise"), first, minlength=at.n + 1)[: at.n]
    return divide(opened.astype(np.float64, copy=False), at.view.times_performed)


@FEATURES.per_exercise(
    "weekdayShare", "share", (0, 1), default=1 / 7, source="now, utcOffsetMinutes, history"
)
def weekday_share(at: Moment) -> Floats:
    """Share of its workouts of the last 180 days on this day of the week."""
    window = at.entries(180)
    day = at.view.local_day[at.view.entry("session")[window]]
    same = ((day + 3) % 7 == at.weekday).astype(np.float64)
    exercise = at.view.entry("exercise")[window]
    counts = np.bincount(exercise, same, minlength=at.n + 1)[: at.n]
    return divide(counts.astype(np.float64, copy=False), at.view.per_exercise(None, window))


@FEATURES.per_exercise("successorShare", "share", (0, 1), default=0, source=_TODAY)
def successor_share(at: Moment) -> Floats:
    """Share of the workouts of a year with the last exercise of today in which it came next.

    Missing before the first exercise.
    """
    if not len(at.exercises_today):
        return np.full(at.n, np.nan)
    window = at.entries(365)
    exercise, session = at.view.entry("exercise")[window], at.view.entry("session")[window]
    follows = (exercise[:-1] == at.exercises_today[-1]) & (session[:-1] == session[1:])
    counts = np.bincount(exercise[1:][follows], minlength=at.n + 1)[: at.n]
    total = float((exercise == at.exercises_today[-1]).sum())
    return divide(counts.astype(np.float64), np.float64(total))


@FEATURES.per_exercise("coOccurrence", "share", (0, 1), default=0, source=_TODAY)
def co_occurrence(at: Moment) -> Floats:
    """Share of the workouts of a year with an exercise of today that have it as well.

    The mean over the exercises of today; missing before the first exercise.
    """
    if not len(at.exercises_today):
        return np.full(at.n, np.nan)
    window = at.entries(365)
    exercise, session = at.view.entry("exercise")[window], at.view.entry("session")[window]
    total, known = np.zeros(at.n), 0
    for index in at.exercises_today.tolist():
        with_it = np.zeros(at.view.n_sessions, dtype=np.bool_)
        with_it[session[exercise == index]] = True
        workouts = int(with_it.sum())
        if workouts:
            shared = exercise[with_it[session]]
            total += np.bincount(shared, minlength=at.n + 1)[: at.n] / workouts
            known += 1
    return divide(total, np.float64(known))
