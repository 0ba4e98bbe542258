"""A session of an app state as a record that describes itself."""

from __future__ import annotations

import math
from collections.abc import Mapping

from voltlift_core.contract.state import (
    ExerciseLog,
    SetLog,
    SetTypeCode,
    UnitCode,
    WorkoutSession,
)
from voltlift_core.domain.spelling import read_set_type, read_unit
from voltlift_core.domain.vocabulary import SetType, Unit
from voltlift_core.history.decode_sets import MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import SessionRecord
from voltlift_core.history.values import NumberField, as_name
from voltlift_core.wire import Json

_TYPES: Mapping[SetType, SetTypeCode] = {
    SetType.NORMAL: "N",
    SetType.WARM_UP: "W",
    SetType.DROP: "D",
    SetType.FAILURE: "F",
}
_WEIGHT = NumberField("weight", 0, MAX_WEIGHT)
_REPS = NumberField("reps", 0, MAX_REPS)
_RPE = NumberField("rpe", 1, 10)
_SECONDS = NumberField("seconds", 0, MAX_SECONDS)
_METRES = NumberField("distance", 0, 1_000_000)


def session_from_state(
    value: Mapping[str, Json], record: SessionRecord, unit: UnitCode
) -> WorkoutSession:
    """Return a session of an app state in the form that is stored.

    Parameters
    ----------
    value : mapping
        The session as the state has it.
    record : SessionRecord
        What the decoder made of it; gives the times.
    unit : str
        Unit of sessions that do not carry their own.

    Notes
    -----
    What the decoder put in quarantine is left out here, too; its report names it.
    """
    own = value.get("unit")
    stated = read_unit(own) if isinstance(own, str) else None
    session_unit: UnitCode = unit if stated is None else "kg" if stated is Unit.KG else "lbs"
    logs = value.get("logs")
    return WorkoutSession(
        id=record.id,
        name=as_name(value.get("name")) or "Workout",
        start_time=round(record.start_s * 1000),
        end_time=None if math.isnan(record.end_s) else round(record.end_s * 1000),
        logs=tuple(
            log
            for index, item in enumerate(logs if isinstance(logs, list) else ())
            if (log := _log(item, f"{record.id}-{index}")) is not None
        ),
        status="completed",
        unit=session_unit,
        utc_offset_minutes=record.utc_offset,
        time_known=record.time_known,
        source=as_name(value.get("source")) or "app_state",
        source_template_id=as_name(value.get("sourceTemplateId")),
        notes=as_name(value.get("notes")),
    )


def _log(value: Json, default_id: str) -> ExerciseLog | None:
    exercise_id = as_name(value.get("exerciseId")) if isinstance(value, dict) else None
    if not isinstance(value, dict) or exercise_id is None:
        return None
    sets = value.get("sets")
    return ExerciseLog(
        id=as_name(value.get("id")) or default_id,
        exercise_id=exercise_id,
        sets=tuple(
            _set(item, f"{default_id}-{index}")
            for index, item in enumerate(sets if isinstance(sets, list) else ())
            if isinstance(item, dict)
        ),
        notes=as_name(value.get("notes")),
        superset_id=as_name(value.get("supersetId")),
    )


def _set(value: Mapping[str, Json], default_id: str) -> SetLog:
    reported_already = IssueLog()

    def read(field: NumberField, key: str) -> float | None:
        number = field.read(value.get(key), "", reported_already)
        return None if math.isnan(number) else number

    kind = value.get("type")
    return SetLog(
        id=as_name(value.get("id")) or default_id,
        reps=int(read(_REPS, "reps") or 0),
        weight=read(_WEIGHT, "weight") or 0.0,
        rpe=read(_RPE, "rpe"),
        type=_TYPES[(read_set_type(kind) if isinstance(kind, str) else None) or SetType.NORMAL],
        completed=_is_done(value.get("completed")),
        seconds=read(_SECONDS, "seconds"),
        distance_meters=read(_METRES, "distanceMeters"),
    )


def _is_done(value: Json) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "yes", "1")
    return value is True or value == 1
