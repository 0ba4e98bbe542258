"""Decoding of the lifter's settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import Issue
from voltlift_core.domain.settings import ActiveProgram, Settings
from voltlift_core.domain.spelling import (
    read_equipment,
    read_goal,
    read_level,
    read_unit,
)
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Equipment, Goal, Level, Unit
from voltlift_core.history.decode_exercises import ExerciseIds
from voltlift_core.history.decode_feedback import (
    decode_baseline,
    decode_bias,
    decode_suggestions,
)
from voltlift_core.history.decode_loads import decode_load_settings
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.values import NumberField, as_name, as_seconds
from voltlift_core.wire import Json

Word = TypeVar("Word", Unit, Goal, Level)

BODYWEIGHT = NumberField("bodyweight", 20, 1000)
_BAR = NumberField("bar_weight", 0, 500)
_RECORD = NumberField("personal_record", 0, 5000)
_DAYS = NumberField("target_per_week", 1, 14)
_INDEX = NumberField("current_session_index", 0, 10_000)
_GENDERS = {"male": "male", "m": "male", "man": "male", "female": "female", "f": "female"} | {
    "woman": "female"
}


def decode_settings(value: Json, path: str, *, catalogue: Catalogue, issues: IssueLog) -> Settings:
    """Return the settings that a ``UserSettings`` object of the app state stands for.

    Weights are read in the settings' own unit; what is missing or unreadable stays None.

    Parameters
    ----------
    value : Json
        The object, as it is in the app state.
    path : str
        Where it is, for issues.
    catalogue : Catalogue
        Resolves the ids of favourites and personal records.
    issues : IssueLog
        Takes note of what was repaired or left out.
    """
    if value is None:
        return Settings()
    if not isinstance(value, dict):
        issues.quarantined("settings_unreadable", path, "an object", value)
        return Settings()
    unit = _word(value.get("units"), read_unit, "unit", f"{path}.units", tuple(Unit), issues)
    unit = unit or Unit.KG
    goal = value.get("goal")
    goal_path = f"{path}.goal"
    if isinstance(goal, dict):
        goal_path, target, goal = f"{goal_path}.type", goal.get("targetPerWeek"), goal.get("type")
    else:
        target = None
    days = _DAYS.read(target, f"{path}.goal.targetPerWeek", issues)
    ids = ExerciseIds(catalogue, issues)
    return Settings(
        unit=unit,
        goal=_word(goal, read_goal, "goal", goal_path, tuple(Goal), issues),
        level=_word(
            value.get("experienceLevel"),
            read_level,
            "level",
            f"{path}.experienceLevel",
            tuple(Level),
            issues,
        ),
        equipment=decode_equipment(
            value.get("availableEquipment"), f"{path}.availableEquipment", issues
        ),
        days_per_week=int(days) if days == days else None,
        bodyweight_kg=_weight(value.get("bodyweight"), BODYWEIGHT, unit, path, issues),
        gender=_gender(value.get("gender"), f"{path}.gender", issues),
        bar_kg=_weight(value.get("barWeight"), _BAR, unit, path, issues),
        favourites=_favourites(
            value.get("favoriteExercises"), f"{path}.favoriteExercises", ids, issues
        ),
        personal_records_kg=_records(
            value.get("personalRecords"), f"{path}.personalRecords", unit, ids, issues
        ),
        **decode_load_settings(value, path, unit=unit, ids=ids, issues=issues),
        suggestion_bias=decode_bias(
            value.get("suggestionBias"), f"{path}.suggestionBias", ids, issues
        ),
        suggestion_history=decode_suggestions(
            value.get("suggestionHistory"), f"{path}.suggestionHistory", unit, ids, issues
        ),
        active_program=_program(value.get("activeProgram"), f"{path}.activeProgram", issues),
        baseline=decode_baseline(value.get("baseline"), f"{path}.baseline", unit, ids, issues),
        completed_programs=_completed(
            value.get("completedPrograms"), f"{path}.completedPrograms", issues
        ),
    )


def restore_settings(value: Json, *, catalogue: Catalogue) -> tuple[Settings, tuple[Issue, ...]]:
    """Return the settings of a stored ``settings`` document, with what was noted about it.

    Examples
    --------
    >>> restore_settings({"units": "lbs"}, catalogue=Catalogue([]))[0].unit
    <Unit.LB: 'lbs'>
    """
    issues = IssueLog()
    return decode_settings(value, "$", catalogue=catalogue, issues=issues), issues.issues()


def decode_equipment(value: Json, path: str, issues: IssueLog) -> frozenset[Equipment] | None:
    """Return the equipment of a list in any spelling; None where the lifter did not say.

    An empty list, and one without a known word, count as not said: to leave out most of
    the catalogue takes more than silence.
    """
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        issues.quarantined("equipment_unreadable", path, "a list of equipment", value)
        return None
    found: set[Equipment] = set()
    for index, item in enumerate(value):
        items = read_equipment(item) if isinstance(item, str) else ()
        if not items:
            expected = "one of " + ", ".join(Equipment)
            issues.warning("equipment_unknown", f"{path}[{index}]", expected, item)
        elif len(items) > 1 or items[0] != item:
            expected = " and ".join(map(str, items))
            issues.repaired("equipment_spelling", f"{path}[{index}]", expected, item)
        found.update(items)
    if not found:
        issues.warning("equipment_empty", path, "at least one known kind of equipment", value)
        return None
    return frozenset(found)


def _word(
    value: Json,
    read: Callable[[str], Word | None],
    subject: str,
    path: str,
    words: tuple[Word, ...],
    issues: IssueLog,
) -> Word | None:
    if value is None:
        return None
    word = read(value) if isinstance(value, str) else None
    if word is None:
        issues.quarantined(f"{subject}_unknown", path, "one of " + ", ".join(words), value)
    elif word != value:
        issues.repaired(f"{subject}_spelling", path, repr(str(word)), value)
    return word


_KEYS = {"bodyweight": "bodyweight", "bar_weight": "barWeight"}


def _weight(
    value: Json, field: NumberField, unit: Unit, path: str, issues: IssueLog
) -> float | None:
    weight = field.read(value, f"{path}.{_KEYS[field.name]}", issues)
    return parse(weight, unit) if weight > 0 else None


def _gender(value: Json, path: str, issues: IssueLog) -> str | None:
    if value is None:
        return None
    gender = _GENDERS.get(value.strip().casefold()) if isinstance(value, str) else None
    if gender is None:
        issues.warning("gender_unknown", path, "male or female", value)
    return gender


def _program(value: Json, path: str, issues: IssueLog) -> ActiveProgram | None:
    """Return the program being followed; without an id of its own there is none."""
    if not isinstance(value, dict) or as_name(value.get("programId")) is None:
        if value is not None and value is not False and value != {}:
            issues.quarantined("active_program_unreadable", path, "an object, {programId}", value)
        return None
    index = _INDEX.read(value.get("currentSessionIndex"), f"{path}.currentSessionIndex", issues)
    frequency = _DAYS.read(value.get("selectedFrequency"), f"{path}.selectedFrequency", issues)
    start = value.get("startDate")
    start_s = None if start is None else as_seconds(start)[0]
    if start is not None and start_s is None:
        issues.quarantined("start_date_unreadable", f"{path}.startDate", "a time", start)
    return ActiveProgram(
        program_id=str(value["programId"]),
        current_index=int(index) if index == index else 0,
        start_day=None if start_s is None else int(start_s // 86_400),
        frequency=int(frequency) if frequency == frequency else None,
    )


def _completed(value: Json, path: str, issues: IssueLog) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list | tuple):
        issues.quarantined("completed_programs_unreadable", path, "a list of program ids", value)
        return frozenset()
    return frozenset(name for name in map(as_name, value) if name is not None)


def _favourites(value: Json, path: str, ids: ExerciseIds, issues: IssueLog) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list | tuple):
        issues.quarantined("favourites_unreadable", path, "a list of exercise ids", value)
        return frozenset()
    found = (ids.read(item, f"{path}[{index}]") for index, item in enumerate(value))
    return frozenset(id_ for id_ in found if id_ is not None)


def _records(
    value: Json, path: str, unit: Unit, ids: ExerciseIds, issues: IssueLog
) -> dict[str, float]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        issues.quarantined("personal_records_unreadable", path, "an object by exercise id", value)
        return {}
    records: dict[str, float] = {}
    for key, item in value.items():
        best = item.get("bestWeight") if isinstance(item, dict) else None
        if best is None and isinstance(item, dict):
            continue
        here = f"{path}.{key}"
        if not isinstance(best, dict):
            expected = "an object with bestWeight.value"
            issues.quarantined("personal_record_unreadable", here, expected, item)
            continue
        weight = _RECORD.read(best.get("value"), f"{here}.bestWeight.value", issues)
        id_ = ids.read(key, here)
        if weight > 0 and id_ is not None:
            records[id_] = max(parse(weight, unit), records.get(id_, 0.0))
    return records
