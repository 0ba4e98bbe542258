"""What an app's own category column says of exercises that the catalogue does not carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from voltlift_core.contract.state import ExerciseDefinition
from voltlift_core.domain.spelling import read_muscle_group
from voltlift_core.domain.vocabulary import MuscleGroup
from voltlift_importers.exercises import ExerciseNames
from voltlift_importers.rows import SetRow


def with_categories(
    exercises: Iterable[ExerciseDefinition], rows: Iterable[SetRow], names: ExerciseNames
) -> tuple[ExerciseDefinition, ...]:
    """Return custom exercises with the muscle group of their category, where none is known.

    A group that follows from the name counts for more; Cardio, which stands for "not known",
    is replaced.
    """
    groups: dict[str, MuscleGroup] = {}
    for row in rows:
        group = read_muscle_group(row.category) if row.category else None
        if group is not None:
            groups.setdefault(names.id_of(row.exercise), group)
    return tuple(
        replace(exercise, muscle_group=str(groups[exercise.id]))
        if exercise.id in groups and exercise.muscle_group == MuscleGroup.CARDIO
        else exercise
        for exercise in exercises
    )
