"""Decoding of daily logs: sleep, stress, soreness, bodyweight and the like, by day."""

from __future__ import annotations

from collections.abc import Iterable

from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode_settings import BODYWEIGHT
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import DailyRecord
from voltlift_core.history.values import NAN, NumberField, read_day
from voltlift_core.wire import Json

_FIELDS: tuple[tuple[str, str, NumberField], ...] = (
    ("sleepHours", "sleep_hours", NumberField("sleep_hours", 0, 24, "hours")),
    ("sleepQuality", "sleep_quality", NumberField("sleep_quality", 1, 5)),
    ("stressLevel", "stress_level", NumberField("stress_level", 1, 5)),
    ("muscleSoreness", "muscle_soreness", NumberField("muscle_soreness", 1, 5)),
    ("perceivedRecovery", "perceived_recovery", NumberField("perceived_recovery", 1, 5)),
    ("perceivedEnergy", "perceived_energy", NumberField("perceived_energy", 1, 5)),
    ("workoutDifficulty", "workout_difficulty", NumberField("workout_difficulty", 1, 5)),
    ("workoutSatisfaction", "workout_satisfaction", NumberField("workout_satisfaction", 1, 5)),
    ("hrv", "hrv_ms", NumberField("hrv", 1, 500, "ms")),
    ("restingHR", "resting_hr", NumberField("resting_hr", 20, 250, "bpm")),
    ("proteinGrams", "protein_grams", NumberField("protein_grams", 0, 2000, "g")),
    ("waterLitres", "water_litres", NumberField("water_litres", 0, 40, "l")),
)


def decode_daily_logs(
    value: Json, path: str, *, unit: Unit, issues: IssueLog
) -> tuple[tuple[DailyRecord, ...], frozenset[int]]:
    """Return ``(records by day, days to delete)`` of the app state's ``dailyLogs``.

    A day whose log is null is one to delete. A soreness or stress value stays what was
    entered: which way its scale ran is not recorded, so it is for the rules to give it
    little weight.
    """
    if value is None:
        return (), frozenset()
    if not isinstance(value, dict | list | tuple):
        issues.quarantined("daily_logs_unreadable", path, "an object by date", value)
        return (), frozenset()
    records: dict[int, DailyRecord] = {}
    deleted: set[int] = set()
    for key, item, here in _entries(value, path):
        day = read_day(key)
        if day is None and isinstance(item, dict):
            day = read_day(item.get("date"))
            if day is not None:
                issues.repaired("daily_log_date", here, "a date YYYY-MM-DD as key", key)
        if day is None:
            issues.quarantined("daily_log_without_date", here, "a date YYYY-MM-DD", key)
        elif item is None:
            deleted.add(day)
        elif isinstance(item, dict):
            records[day] = _decode_day(item, day, here, unit, issues)
        else:
            issues.quarantined("daily_log_unreadable", here, "an object", item)
    return tuple(records[day] for day in sorted(records)), frozenset(deleted - records.keys())


def _entries(value: Json, path: str) -> Iterable[tuple[Json, Json, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key, item, f"{path}.{key}"
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            date = item.get("date") if isinstance(item, dict) else None
            yield date, item, f"{path}[{index}]"


def _decode_day(
    item: dict[str, Json], day: int, path: str, unit: Unit, issues: IssueLog
) -> DailyRecord:
    values = {
        name: NAN if key not in item else field.read(item[key], f"{path}.{key}", issues)
        for key, name, field in _FIELDS
    }
    own_unit = item.get("unit")
    if isinstance(own_unit, str):
        unit = read_unit(own_unit) or unit
    weight = BODYWEIGHT.read(item.get("bodyweight"), f"{path}.bodyweight", issues)
    pain = item.get("hadPainOrDiscomfort")
    if pain is not None and not isinstance(pain, bool):
        issues.quarantined("pain_unreadable", f"{path}.hadPainOrDiscomfort", "true or false", pain)
        pain = None
    return DailyRecord(
        day=day,
        bodyweight_kg=parse(weight, unit),
        pain=NAN if pain is None else float(pain),
        **values,
    )
