"""The set of exercises that can be scored: the bundled catalogue and the lifter's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.names import Match, NameIndex
from voltlift_core.contract import ExerciseDefinition
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import (
    LEVELS,
    MUSCLE_GROUPS,
    Category,
    Equipment,
    Level,
    MovementPattern,
    MuscleGroup,
)
from voltlift_core.errors import unknown_exercise

CATEGORIES: tuple[Category, ...] = tuple(Category)
EQUIPMENT: tuple[Equipment, ...] = tuple(Equipment)


class Catalogue:
    """Exercises by index, with their attributes as columns.

    Bundled exercises come first, in id order, then custom ones in the order given, so
    that bundled indices never move.

    Parameters
    ----------
    exercises : iterable of Exercise
        Distinct by id; of equal ids the last one counts, at the place of the first.
    bundled : Catalogue, optional
        The one that custom exercises were added to.
    """

    def __init__(self, exercises: Iterable[Exercise], bundled: Catalogue | None = None) -> None:
        self._bundled = bundled or self
        self.exercises: tuple[Exercise, ...] = tuple({e.id: e for e in exercises}.values())
        self.index: Mapping[str, int] = {e.id: i for i, e in enumerate(self.exercises)}

    @classmethod
    def bundled(cls) -> Catalogue:
        """Return the catalogue that ships with the engine."""
        return _bundled()

    def with_custom(self, custom: Iterable[Exercise]) -> Catalogue:
        """Return this catalogue with the lifter's own exercises added."""
        bundled = self._bundled
        return Catalogue([*self.exercises, *custom], bundled)

    def __len__(self) -> int:
        return len(self.exercises)

    def get(self, exercise_id: str) -> Exercise | None:
        """Return an exercise by id, or None."""
        position = self.index.get(exercise_id)
        return None if position is None else self.exercises[position]

    def match(self, name: str) -> Match | None:
        """Return the exercise that a name stands for, or None where that is not certain.

        Examples
        --------
        >>> Catalogue.bundled().match("Bench Press (Barbell)")
        Match(exercise_id='barbell-bench-press', how='exact')
        """
        return self._names.match(name)

    def resolve(self, exercise_id: str) -> Exercise | None:
        """Return the exercise of an id; an id that is none is read as a bundled one's name.

        Old app states hold ids such as ``bench-press`` that no catalogue has. Names of
        custom exercises give no id, or renaming one would move the sets of an old log.

        Examples
        --------
        >>> Catalogue.bundled().resolve("bench-press").id
        'barbell-bench-press'
        """
        exercise = self.get(exercise_id)
        if exercise is not None or exercise_id.startswith("custom-"):
            return exercise
        match = self._bundled.match(exercise_id)
        return None if match is None else self.get(match.exercise_id)

    def require(self, exercise_id: str, path: str = "$.exerciseId") -> Exercise:
        """Return the exercise that a request names, as ``resolve`` does.

        Raises
        ------
        VoltLiftError
            ``unknown_exercise``, at ``path``, where neither catalogue nor custom exercises have it.
        """
        exercise = self.resolve(exercise_id)
        if exercise is None:
            raise unknown_exercise(exercise_id, path)
        return exercise

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.exercises)

    @cached_property
    def muscle_group(self) -> NDArray[np.int32]:
        """Index into ``MUSCLE_GROUPS`` per exercise."""
        return self._codes(MUSCLE_GROUPS, "muscle_group")

    @cached_property
    def category(self) -> NDArray[np.int32]:
        """Index into ``CATEGORIES`` per exercise."""
        return self._codes(CATEGORIES, "category")

    @cached_property
    def equipment(self) -> NDArray[np.int32]:
        """Index into ``EQUIPMENT`` per exercise."""
        return self._codes(EQUIPMENT, "equipment")

    @cached_property
    def difficulty(self) -> NDArray[np.int32]:
        """Index into ``LEVELS`` per exercise."""
        return self._codes(LEVELS, "difficulty")

    @cached_property
    def commonness(self) -> NDArray[np.int32]:
        """1 (rare) to 3 (staple) per exercise."""
        return np.array([e.commonness for e in self.exercises], dtype=np.int32)

    @cached_property
    def bodyweight_share(self) -> NDArray[np.float64]:
        """Share of the bodyweight that is moved, 0 to 1, per exercise."""
        return np.array([e.bodyweight_share for e in self.exercises], dtype=np.float64)

    @cached_property
    def group_weights(self) -> NDArray[np.float64]:
        """Share of a set that counts for each muscle group, shape (n, 7): 1, 0.5 or 0."""
        weights = np.zeros((len(self), len(MUSCLE_GROUPS)))
        for i, exercise in enumerate(self.exercises):
            for group in exercise.secondary_muscles:
                weights[i, MUSCLE_GROUPS.index(group)] = 0.5
            weights[i, MUSCLE_GROUPS.index(exercise.muscle_group)] = 1.0
        return weights

    @cached_property
    def id_rank(self) -> NDArray[np.int32]:
        """Position of each exercise in the order of ids; the last word on ties."""
        rank = np.empty(len(self), dtype=np.int32)
        rank[np.argsort(np.array(tuple(self.index)))] = np.arange(len(self), dtype=np.int32)
        return rank

    def _codes(self, vocabulary: tuple[Any, ...], attribute: str) -> NDArray[np.int32]:
        position = {word: i for i, word in enumerate(vocabulary)}
        codes = [position[getattr(exercise, attribute)] for exercise in self.exercises]
        return np.array(codes, dtype=np.int32)


def exercise_from_json(fields: Mapping[str, Any]) -> Exercise:
    """Return the exercise that a catalogue entry (camelCase JSON) stands for."""
    pattern = fields.get("movementPattern")
    return Exercise(
        id=fields["id"],
        name=fields["name"],
        aliases=tuple(fields.get("aliases", ())),
        muscle_group=MuscleGroup(fields["muscleGroup"]),
        secondary_muscles=tuple(MuscleGroup(g) for g in fields.get("secondaryMuscles", ())),
        equipment=Equipment(fields["equipment"]),
        category=Category(fields["category"]),
        difficulty=Level(fields["difficulty"]),
        unilateral=fields.get("unilateral", False),
        bodyweight_share=float(fields.get("bodyweightShare", 0.0)),
        movement_pattern=None if pattern is None else MovementPattern(pattern),
        commonness=fields.get("commonness", 1),
    )


@cache
def _bundled() -> Catalogue:
    text = files("voltlift_core.catalogue").joinpath("data/exercises.json").read_text("utf-8")
    return Catalogue(exercise_from_json(entry) for entry in json.loads(text))


def exercise_to_definition(exercise: Exercise) -> ExerciseDefinition:
    """Return an exercise as the wire spells it."""
    pattern = exercise.movement_pattern
    return ExerciseDefinition(
        id=exercise.id,
        name=exercise.name,
        muscle_group=str(exercise.muscle_group),
        equipment=str(exercise.equipment),
        category=str(exercise.category),
        difficulty=str(exercise.difficulty),
        secondary_muscles=tuple(map(str, exercise.secondary_muscles)),
        aliases=exercise.aliases,
        unilateral=exercise.unilateral,
        bodyweight_share=exercise.bodyweight_share,
        movement_pattern=None if pattern is None else str(pattern),
        commonness=exercise.commonness,
    )
