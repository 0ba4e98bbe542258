"""Decoding of the settings that say what can be loaded and how fast to progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast

from voltlift_core.domain.settings import Aggressiveness, ExerciseLoad, Increments
from voltlift_core.domain.spelling import read_equipment
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.history.decode_exercises import ExerciseIds
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.values import NumberField
from voltlift_core.wire import Json

_PLATE = NumberField("plate", 0.01, 200)
_STEP = NumberField("load_step", 0.01, 200)
_BAR = NumberField("bar_weight", 0, 500)
_LOAD = NumberField("load", 0, 5000)
_INCREMENT = NumberField("increment", 0.01, 50)

_UNIT_KEYS: Mapping[Unit, tuple[str, ...]] = {Unit.KG: ("kg",), Unit.LB: ("lbs", "lb")}
_AGGRESSIVENESS = ("conservative", "moderate", "aggressive")


class LoadSettings(TypedDict):
    """The fields of ``Settings`` that are read here."""

    plates: tuple[float, ...] | None
    load_steps: Mapping[Equipment, float]
    exercise_loads: Mapping[str, ExerciseLoad]
    increments: Increments | None
    aggressiveness: Aggressiveness


def decode_load_settings(
    value: Mapping[str, Json], path: str, *, unit: Unit, ids: ExerciseIds, issues: IssueLog
) -> LoadSettings:
    """Return what the settings say of plates, steps and increments, in the settings' unit."""
    return LoadSettings(
        plates=_unit_plates(value.get("availablePlates"), f"{path}.availablePlates", unit, issues),
        load_steps=_load_steps(value.get("loadSteps"), f"{path}.loadSteps", issues),
        exercise_loads=_exercise_loads(
            value.get("exerciseLoads"), f"{path}.exerciseLoads", ids, issues
        ),
        increments=_increments(value.get("autoProgression"), f"{path}.autoProgression", issues),
        aggressiveness=_aggressiveness(value.get("aiCoach"), f"{path}.aiCoach", issues),
    )


def _unit_plates(value: Json, path: str, unit: Unit, issues: IssueLog) -> tuple[float, ...] | None:
    """Return the plates of a unit; a bare list is in the settings' own."""
    if isinstance(value, dict):
        key = next((key for key in _UNIT_KEYS[unit] if key in value), None)
        return None if key is None else _plates(value[key], f"{path}.{key}", issues)
    return _plates(value, path, issues)


def _plates(value: Json, path: str, issues: IssueLog) -> tuple[float, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        issues.quarantined("plates_unreadable", path, "a list of weights", value)
        return None
    read = {_PLATE.read(item, f"{path}[{index}]", issues) for index, item in enumerate(value)}
    found = sorted((plate for plate in read if plate == plate), reverse=True)
    if not found:
        # An empty list is how an app says "not set", not "an empty bar only".
        issues.warning("plates_empty", path, "at least one plate", value)
        return None
    return tuple(found)


def _load_steps(value: Json, path: str, issues: IssueLog) -> dict[Equipment, float]:
    steps: dict[Equipment, float] = {}
    for key, item in _items(value, path, "load_steps_unreadable", issues):
        kinds = read_equipment(key)
        if not kinds:
            expected = "one of " + ", ".join(Equipment)
            issues.warning("equipment_unknown", f"{path}.{key}", expected, key)
        step = _STEP.read(item, f"{path}.{key}", issues)
        if step == step:
            steps.update(dict.fromkeys(kinds, step))
    return steps


def _exercise_loads(
    value: Json, path: str, ids: ExerciseIds, issues: IssueLog
) -> dict[str, ExerciseLoad]:
    loads: dict[str, ExerciseLoad] = {}
    for key, item in _items(value, path, "exercise_loads_unreadable", issues):
        here = f"{path}.{key}"
        exercise_id = ids.read(key, here)
        if not isinstance(item, dict):
            issues.quarantined("exercise_load_unreadable", here, "an object", item)
        elif exercise_id is not None:
            loads[exercise_id] = _exercise_load(item, here, issues)
    return loads


def _exercise_load(value: dict[str, Json], path: str, issues: IssueLog) -> ExerciseLoad:
    def read(key: str, field: NumberField) -> float | None:
        number = field.read(value.get(key), f"{path}.{key}", issues)
        return number if number == number else None

    lightest, heaviest = read("lightest", _LOAD), read("heaviest", _LOAD)
    if lightest is not None and heaviest is not None and lightest > heaviest:
        expected = f"at least {lightest:g}, the lightest"
        issues.quarantined("load_range_empty", f"{path}.heaviest", expected, heaviest)
        heaviest = None
    return ExerciseLoad(
        bar=read("bar", _BAR),
        step=read("step", _STEP),
        lightest=lightest,
        heaviest=heaviest,
        plates=_plates(value.get("plates"), f"{path}.plates", issues),
    )


def _increments(value: Json, path: str, issues: IssueLog) -> Increments | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        issues.quarantined("auto_progression_unreadable", path, "an object", value)
        return None
    if value.get("enabled") is False:
        return None
    upper, lower = (
        _INCREMENT.read(value.get(key), f"{path}.{key}", issues)
        for key in ("upperBodyIncrement", "lowerBodyIncrement")
    )
    # One of the two says more than none.
    upper, lower = upper if upper == upper else lower, lower if lower == lower else upper
    return Increments(upper=upper, lower=lower) if upper == upper else None


def _aggressiveness(value: Json, path: str, issues: IssueLog) -> Aggressiveness:
    word = value.get("aggressiveness") if isinstance(value, dict) else value
    if word is None:
        return "moderate"
    folded = word.strip().casefold() if isinstance(word, str) else None
    if folded not in _AGGRESSIVENESS:
        issues.warning("aggressiveness_unknown", path, "one of " + ", ".join(_AGGRESSIVENESS), word)
        return "moderate"
    return cast(Aggressiveness, folded)


def _items(value: Json, path: str, code: str, issues: IssueLog) -> list[tuple[str, Json]]:
    if value is None:
        return []
    if not isinstance(value, dict):
        issues.quarantined(code, path, "an object", value)
        return []
    return [(str(key), item) for key, item in value.items()]
