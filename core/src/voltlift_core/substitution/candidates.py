"""Which exercises can stand in for another one, and how well: a matter of the catalogue alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import Reason
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import LEVELS, Category, Equipment, MuscleGroup
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.substitution.config import SimilarityRules, SubstitutionConfig

T = TypeVar("T")

_SEVERAL_JOINTS = frozenset({Category.COMPOUND, Category.MACHINE, Category.BODYWEIGHT})

# Weights cannot be chosen on these, or their numbers mean something else.
_WEIGHTLESS = frozenset(
    {Equipment.BODYWEIGHT, Equipment.BAND, Equipment.SUSPENSION, Equipment.OTHER}
)

# Words of a name that say what it is done with, not how.
_GEAR = frozenset(" ".join(Equipment).lower().split()) | {"ring", "weighted"}


@dataclass(frozen=True, slots=True)
class Alternative:
    """An exercise in place of another one; ``score`` (0-100) is the sum of its reasons' points."""

    exercise_id: str
    score: float
    reasons: tuple[Reason, ...]


def alternatives(
    catalogue: Catalogue,
    exercise_id: str,
    usable_equipment: Collection[Equipment] | None,
    exclude: Collection[str] = (),
    *,
    familiar: Collection[str] = (),
    limit: int | None = 10,
) -> list[Alternative]:
    """Return the exercises that can stand in for another one, best first.

    An exercise is an alternative where it has the same or a related movement pattern and
    the main muscle group of one works in the other, or at least trains the same main group
    in the same kind of exercise. Ties go to what more gyms do, then to the id.

    Parameters
    ----------
    catalogue : Catalogue
        All exercises.
    exercise_id : str
        The exercise to replace; it is never among the answers.
    usable_equipment : collection of Equipment or None
        What can be trained with (``domain.settings.usable_equipment``); None for anything.
    exclude : collection of str
        Exercises not wanted.
    familiar : collection of str
        Exercises that the lifter has done; they are preferred.
    limit : int or None
        How many at most; None for all.

    Raises
    ------
    VoltLiftError
        ``unknown_exercise`` where the catalogue does not have the exercise.

    Examples
    --------
    >>> from voltlift_core.domain.vocabulary import Equipment
    >>> found = alternatives(Catalogue.bundled(), "barbell-bench-press", [Equipment.DUMBBELL])
    >>> found[0].exercise_id, found[0].score == sum(reason.points for reason in found[0].reasons)
    ('dumbbell-bench-press', True)
    """
    original = catalogue.get(exercise_id)
    if original is None:
        raise VoltLiftError(
            ErrorCode.UNKNOWN_EXERCISE,
            "there is no such exercise",
            path="$.exerciseId",
            expected="an id of the catalogue or of a custom exercise",
            received=repr(exercise_id),
        )
    barred = {exercise_id, *exclude}
    config, known = SubstitutionConfig.bundled(), frozenset(familiar)
    scored: list[tuple[float, int, str, tuple[Reason, ...]]] = []
    for other in catalogue.exercises:
        if other.id in barred or not _comparable(original, other, config):
            continue
        if usable_equipment is not None and other.equipment not in usable_equipment:
            continue
        reasons = tuple(_reasons(original, other, other.id in known, config))
        score = sum(reason.points for reason in reasons)
        if score < config.similarity.minimum:
            continue
        scored.append((-score, -other.commonness, other.id, reasons))
    scored.sort(key=lambda item: item[:3])
    return [Alternative(id_, -score, reasons) for score, _, id_, reasons in scored[:limit]]


def _comparable(original: Exercise, other: Exercise, config: SubstitutionConfig) -> bool:
    """Whether doing one instead of the other makes sense at all."""
    same_group = other.muscle_group == original.muscle_group
    if MuscleGroup.CARDIO in (original.muscle_group, other.muscle_group):
        return same_group
    mine, others = original.movement_pattern, other.movement_pattern
    if mine is None or others is None:
        return same_group and _similar(original.category, other.category)
    if mine == others or config.related(mine, others):
        return same_group or _shares_main_group(original, other)
    return same_group and _similar(original.category, other.category)


def _shares_main_group(one: Exercise, other: Exercise) -> bool:
    return one.muscle_group in other.secondary_muscles or (
        other.muscle_group in one.secondary_muscles
    )


def _similar(one: Category, other: Category) -> bool:
    return one == other or (one in _SEVERAL_JOINTS and other in _SEVERAL_JOINTS)


def _reasons(
    original: Exercise, other: Exercise, familiar: bool, config: SubstitutionConfig
) -> Iterator[Reason]:
    """Yield what makes the exercises alike; points of nothing are left out, but for the pattern."""
    points = config.similarity
    yield _pattern(original, other, config)
    group = str(other.muscle_group)
    if other.muscle_group == original.muscle_group:
        yield Reason(code="same_muscle", points=points.same_muscle, values={"group": group})
    elif _shares_main_group(original, other):
        yield Reason(code="shared_muscle", points=points.shared_muscle, values={"group": group})
    share = overlap(frozenset(original.secondary_muscles), frozenset(other.secondary_muscles))
    if share:
        shared = round(points.secondary_muscles * share, 1)
        yield Reason(code="secondary_shared", points=shared, values={"share": round(share, 2)})
    if other.category == original.category:
        values: dict[str, str | float] = {"category": str(other.category)}
        yield Reason(code="same_category", points=points.same_category, values=values)
    elif _similar(original.category, other.category):
        yield Reason(code="similar_category", points=points.similar_category, values={})
    share = overlap(variation(original.name), variation(other.name))
    if share:
        alike = round(points.same_variation * share, 1)
        yield Reason(code="similar_variation", points=alike, values={"share": round(share, 2)})
    if (other.equipment in _WEIGHTLESS) == (original.equipment in _WEIGHTLESS):
        yield Reason(code="same_loading", points=points.same_loading, values={})
    if other.unilateral == original.unilateral:
        yield Reason(code="same_sides", points=points.same_sides, values={})
    yield from _ease(original, other, familiar, points)


def _pattern(original: Exercise, other: Exercise, config: SubstitutionConfig) -> Reason:
    mine, others = original.movement_pattern, other.movement_pattern
    if mine is None or others is None:
        return Reason(code="pattern_unknown", points=0.0, values={})
    values: dict[str, str | float] = {"pattern": str(others)}
    if mine == others:
        return Reason(code="same_pattern", points=config.similarity.same_pattern, values=values)
    if config.related(mine, others):
        points = config.similarity.related_pattern
        return Reason(code="related_pattern", points=points, values=values)
    return Reason(code="other_pattern", points=0.0, values=values)


def _ease(
    original: Exercise, other: Exercise, familiar: bool, points: SimilarityRules
) -> Iterator[Reason]:
    """Yield how easily the lifter can do the other exercise: skill, and how well known it is."""
    step = LEVELS.index(other.difficulty) - LEVELS.index(original.difficulty)
    level: dict[str, str | float] = {"difficulty": str(other.difficulty)}
    if step == 0:
        yield Reason(code="same_difficulty", points=points.same_difficulty, values=level)
    elif step < 0:
        yield Reason(code="easier", points=points.easier, values=level)
    elif step == 1:
        yield Reason(code="harder", points=points.harder, values=level)
    if familiar:
        yield Reason(code="done_before", points=points.done_before, values={})
    elif other.commonness > 1:
        staple = other.commonness > 2
        worth = points.staple if staple else points.common
        yield Reason(code="staple" if staple else "common", points=worth, values={})


@cache
def variation(name: str) -> frozenset[str]:
    """Return the words of an exercise's name that say how it is done.

    Examples
    --------
    >>> sorted(variation("Incline Dumbbell Bench Press"))
    ['bench', 'incline', 'press']
    """
    return frozenset(name.lower().replace("-", " ").split()) - _GEAR


def overlap(one: frozenset[T], other: frozenset[T]) -> float:
    """Return the share of elements in common (Jaccard index, 0 to 1); two empty sets are alike.

    Examples
    --------
    >>> overlap(frozenset({"bench", "press"}), frozenset({"incline", "bench", "press"}))
    0.6666666666666666
    """
    either = len(one | other)
    return len(one & other) / either if either else 1.0
