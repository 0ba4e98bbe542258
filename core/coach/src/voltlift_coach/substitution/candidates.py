"""Which exercises can stand in for another one, and how well: a matter of the catalogue alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

from voltlift_coach.substitution.config import SubstitutionConfig
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import Reason
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import LEVELS, Category, Equipment, MuscleGroup
from voltlift_core.errors import unknown_exercise

T = TypeVar("T")

_Likeness: TypeAlias = tuple[str, float, str | None, str | float]

_SEVERAL_JOINTS = frozenset({Category.COMPOUND, Category.MACHINE, Category.BODYWEIGHT})

# Weights cannot be chosen on these, or their numbers mean something else.
_WEIGHTLESS = frozenset(
    {Equipment.BODYWEIGHT, Equipment.BAND, Equipment.SUSPENSION, Equipment.OTHER}
)

# Words of a name that say what it is done with, not how.
_GEAR = frozenset(" ".join(Equipment).lower().split()) | {"ring", "weighted"}


@dataclass(frozen=True, slots=True)
class Alternative:
    """An exercise in place of another one; ``score`` (0-100) is the sum of its reasons' points.

    ``likenesses`` are code, points and the value quoted, under its name; of the dozens that are
    compared only the few shown need ``reasons``.
    """

    exercise_id: str
    score: float
    likenesses: tuple[_Likeness, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The likenesses as reasons, the movement pattern first."""
        return tuple(
            Reason(code=code, points=points, values={} if name is None else {name: value})
            for code, points, name, value in self.likenesses
        )


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
    in the same kind of exercise; the same one with weight on top is none. Ties go to what
    more gyms do, then to the id.

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
        raise unknown_exercise(exercise_id)
    barred = {exercise_id, *exclude}
    config, known = SubstitutionConfig.bundled(), frozenset(familiar)
    scored: list[tuple[float, int, str, tuple[_Likeness, ...]]] = []
    for other in catalogue.exercises:
        if usable_equipment is not None and other.equipment not in usable_equipment:
            continue
        if other.id in barred or not _comparable(original, other, config):
            continue
        if _loaded_twin(original, other):
            continue
        alike = tuple(_likenesses(original, other, other.id in known, config))
        score = sum(points for _, points, _, _ in alike)
        if score >= config.similarity.minimum:
            scored.append((-score, -other.commonness, other.id, alike))
    scored.sort(key=lambda item: item[:3])
    return [Alternative(id_, -score, alike) for score, _, id_, alike in scored[:limit]]


def _loaded_twin(original: Exercise, other: Exercise) -> bool:
    """Whether the other one is the same with weight on top: it takes the same place to do."""
    return other.name.lower() == f"weighted {original.name.lower()}"


def _comparable(original: Exercise, other: Exercise, config: SubstitutionConfig) -> bool:
    """Whether doing one instead of the other makes sense at all."""
    same_group = other.muscle_group == original.muscle_group
    if not same_group and not _shares_main_group(original, other):
        return False  # Most exercises, so this comes first.
    if MuscleGroup.CARDIO in (original.muscle_group, other.muscle_group):
        return same_group
    mine, others = original.movement_pattern, other.movement_pattern
    if mine is None or others is None:
        return same_group and _similar(original.category, other.category)
    if mine == others or config.related(mine, others):
        return True
    return same_group and _similar(original.category, other.category)


def _shares_main_group(one: Exercise, other: Exercise) -> bool:
    return one.muscle_group in other.secondary_muscles or (
        other.muscle_group in one.secondary_muscles
    )


def _similar(one: Category, other: Category) -> bool:
    return one == other or (one in _SEVERAL_JOINTS and other in _SEVERAL_JOINTS)


def _likenesses(
    original: Exercise, other: Exercise, familiar: bool, config: SubstitutionConfig
) -> Iterator[_Likeness]:
    """Yield what makes the exercises alike; points of nothing are left out, but for the pattern."""
    points = config.similarity
    yield _pattern(original, other, config)
    if other.muscle_group == original.muscle_group:
        yield "same_muscle", points.same_muscle, "group", str(other.muscle_group)
    elif _shares_main_group(original, other):
        yield "shared_muscle", points.shared_muscle, "group", str(other.muscle_group)
    share = overlap(frozenset(original.secondary_muscles), frozenset(other.secondary_muscles))
    if share:
        worth = round(points.secondary_muscles * share, 1)
        yield "secondary_shared", worth, "share", round(share, 2)
    if other.category == original.category:
        yield "same_category", points.same_category, "category", str(other.category)
    elif _similar(original.category, other.category):
        yield "similar_category", points.similar_category, None, ""
    share = overlap(variation(original.name), variation(other.name))
    if share:
        worth = round(points.same_variation * share, 1)
        yield "similar_variation", worth, "share", round(share, 2)
    if (other.equipment in _WEIGHTLESS) == (original.equipment in _WEIGHTLESS):
        yield "same_loading", points.same_loading, None, ""
    if other.unilateral == original.unilateral:
        yield "same_sides", points.same_sides, None, ""
    step = LEVELS.index(other.difficulty) - LEVELS.index(original.difficulty)
    if step <= 1:
        code = ("easier", "same_difficulty", "harder")[max(step, -1) + 1]
        worth = (points.easier, points.same_difficulty, points.harder)[max(step, -1) + 1]
        yield code, worth, "difficulty", str(other.difficulty)
    if familiar:
        yield "done_before", points.done_before, None, ""
    elif other.commonness > 2:
        yield "staple", points.staple, None, ""
    elif other.commonness > 1:
        yield "common", points.common, None, ""


def _pattern(original: Exercise, other: Exercise, config: SubstitutionConfig) -> _Likeness:
    mine, others = original.movement_pattern, other.movement_pattern
    if mine is None or others is None:
        return "pattern_unknown", 0.0, None, ""
    if mine == others:
        return "same_pattern", config.similarity.same_pattern, "pattern", str(others)
    if config.related(mine, others):
        return "related_pattern", config.similarity.related_pattern, "pattern", str(others)
    return "other_pattern", 0.0, "pattern", str(others)


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
