"""Decoding of exercise ids and of the exercises that a lifter made."""

from __future__ import annotations

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.spelling import (
    read_category,
    read_equipment,
    read_level,
    read_movement_pattern,
    read_muscle_group,
)
from voltlift_core.domain.vocabulary import Category, Equipment, Level, MuscleGroup
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.values import NumberField, as_name
from voltlift_core.wire import Json

_SHARE = NumberField("bodyweight_share", 0, 1)
_COMMONNESS = NumberField("commonness", 1, 3)


class ExerciseIds:
    """Resolves exercise ids through a catalogue and remembers the answers."""

    def __init__(self, catalogue: Catalogue, issues: IssueLog) -> None:
        self._catalogue = catalogue
        self._issues = issues
        self._known: dict[str, str | None] = {}

    def read(self, value: Json, path: str) -> str | None:
        """Return the catalogue's id of an exercise, the id itself where none is known.

        An unknown id keeps its identity, so that its sets count; only what cannot be an
        id at all gives None.
        """
        name = as_name(value)
        if name is None:
            self._issues.quarantined("exercise_id_unreadable", path, "an exercise id", value)
            return None
        if name in self._catalogue.index:
            return name
        if name not in self._known:
            exercise = self._catalogue.resolve(name)
            self._known[name] = None if exercise is None else exercise.id
        resolved = self._known[name]
        if resolved is None:
            self._issues.warning(
                "unknown_exercise", path, "an exercise of the catalogue or a custom one", name
            )
            return name
        self._issues.repaired("exercise_id_resolved", path, repr(resolved), name)
        return resolved


def decode_custom_exercises(value: Json, path: str, issues: IssueLog) -> tuple[Exercise, ...]:
    """Return the lifter's own exercises; of equal ids the last one counts."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        issues.quarantined("custom_exercises_unreadable", path, "a list of exercises", value)
        return ()
    exercises: dict[str, Exercise] = {}
    for index, item in enumerate(value):
        exercise = _decode_exercise(item, f"{path}[{index}]", issues)
        if exercise is not None:
            exercises[exercise.id] = exercise
    return tuple(exercises.values())


def _decode_exercise(value: Json, path: str, issues: IssueLog) -> Exercise | None:
    if not isinstance(value, dict):
        issues.quarantined("custom_exercise_unreadable", path, "an exercise", value)
        return None
    id_ = as_name(value.get("id"))
    if id_ is None:
        issues.quarantined("custom_exercise_without_id", f"{path}.id", "text", value.get("id"))
        return None
    group = _read_group(value.get("muscleGroup"), f"{path}.muscleGroup", issues)
    if group is None:
        issues.quarantined(
            "custom_exercise_muscle_unknown",
            f"{path}.muscleGroup",
            "one of " + ", ".join(MuscleGroup),
            value.get("muscleGroup"),
        )
        return None
    name = as_name(value.get("name"))
    if name is None:
        issues.warning("custom_exercise_without_name", f"{path}.name", "text", value.get("name"))
    equipment = _read_equipment(value.get("equipment"), f"{path}.equipment", issues)
    secondary = _read_secondary(value.get("secondaryMuscles"), f"{path}.secondaryMuscles", issues)
    share = _SHARE.read(value.get("bodyweightShare"), f"{path}.bodyweightShare", issues)
    commonness = _COMMONNESS.read(value.get("commonness"), f"{path}.commonness", issues)
    pattern = value.get("movementPattern")
    aliases = value.get("aliases")
    return Exercise(
        id=id_,
        name=name or id_,
        aliases=tuple(filter(None, map(as_name, aliases))) if isinstance(aliases, list) else (),
        muscle_group=group,
        secondary_muscles=tuple(g for g in secondary if g is not group),
        equipment=equipment,
        category=_read_category(value.get("category"), group, secondary, path, issues),
        difficulty=_read_difficulty(value.get("difficulty"), f"{path}.difficulty", issues),
        unilateral=value.get("unilateral") is True,
        bodyweight_share=share if share == share else 0.0,
        movement_pattern=read_movement_pattern(pattern) if isinstance(pattern, str) else None,
        commonness=int(commonness) if commonness == commonness else 1,
    )


def _read_group(value: Json, path: str, issues: IssueLog) -> MuscleGroup | None:
    group = read_muscle_group(value) if isinstance(value, str) else None
    if group is not None and group != value:
        issues.repaired("muscle_spelling", path, repr(str(group)), value)
    return group


def _read_secondary(value: Json, path: str, issues: IssueLog) -> tuple[MuscleGroup, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        issues.quarantined("secondary_muscles_unreadable", path, "a list of muscle groups", value)
        return ()
    groups: dict[MuscleGroup, None] = {}
    for index, item in enumerate(value):
        group = _read_group(item, f"{path}[{index}]", issues)
        if group is None:
            expected = "one of " + ", ".join(MuscleGroup)
            issues.quarantined("secondary_muscles_unreadable", f"{path}[{index}]", expected, item)
        else:
            groups[group] = None
    return tuple(groups)


def _read_equipment(value: Json, path: str, issues: IssueLog) -> Equipment:
    found = read_equipment(value) if isinstance(value, str) else ()
    if not found:
        issues.warning(
            "custom_exercise_equipment_unknown", path, "one of " + ", ".join(Equipment), value
        )
        return Equipment.OTHER
    if found[0] != value:
        issues.repaired("equipment_spelling", path, repr(str(found[0])), value)
    return found[0]


def _read_category(
    value: Json,
    group: MuscleGroup,
    secondary: tuple[MuscleGroup, ...],
    path: str,
    issues: IssueLog,
) -> Category:
    category = read_category(value) if isinstance(value, str) else None
    if category is None:
        if group is MuscleGroup.CARDIO:
            category = Category.CARDIO
        else:
            category = Category.COMPOUND if secondary else Category.ISOLATION
        expected = "one of " + ", ".join(Category)
        issues.warning("custom_exercise_category_unknown", f"{path}.category", expected, value)
    elif category != value:
        issues.repaired("category_spelling", f"{path}.category", repr(str(category)), value)
    return category


def _read_difficulty(value: Json, path: str, issues: IssueLog) -> Level:
    level = read_level(value) if isinstance(value, str) else None
    if level is None:
        issues.warning("difficulty_missing", path, "one of " + ", ".join(Level), value)
        return Level.INTERMEDIATE
    if level != value:
        issues.repaired("difficulty_spelling", path, repr(str(level)), value)
    return level
