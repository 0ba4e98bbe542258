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
from voltlift_core.domain.vocabulary import SetType
from voltlift_core.history.decode_sets import MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import SessionRecord
from voltlift_core.history.values import NumberField, as_name
from voltlift_core.wire import Json, fields_of
from voltlift_importers.harmless import safe_id, whole

_TYPES: Mapping[SetType, SetTypeCode] = {
    SetType.NORMAL: "N",
    SetType.WARM_UP: "W",
    SetType.DROP: "D",
    SetType.FAILURE: "F",
}
_SESSION_FIELDS, _LOG_FIELDS, _SET_FIELDS = (
    frozenset(field.wire for field in fields_of(cls))
    for cls in (WorkoutSession, ExerciseLog, SetLog)
)
_WEIGHT = NumberField("weight", 0, MAX_WEIGHT)
_REPS = NumberField("reps", 0, MAX_REPS)
_RPE = NumberField("rpe", 1, 10)
_SECONDS = NumberField("seconds", 0, MAX_SECONDS)
_METRES = NumberField("distance", 0, 1_000_000)


def session_from_state(
    value: Mapping[str, Json],
    record: SessionRecord,
    unit: UnitCode,
    issues: IssueLog,
    path: str = "$",
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
    issues : IssueLog
        Told (``field_not_kept``) of fields that a stored session has no place for.
    path : str
        Where the session is, for issues.

    Notes
    -----
    What the decoder put in quarantine is left out here, too; its report names it.
    """
    own = value.get("unit")
    stated = read_unit(own) if isinstance(own, str) else None
    session_unit: UnitCode = unit if stated is None else stated.code
    logs = value.get("logs")
    _report_others(value, _SESSION_FIELDS, issues, path)
    return WorkoutSession(
        id=safe_id(record.id),
        name=_text(value.get("name")) or "Workout",
        start_time=round(record.start_s * 1000),
        end_time=None if math.isnan(record.end_s) else round(record.end_s * 1000),
        logs=tuple(
            log
            for index, item in enumerate(logs if isinstance(logs, list) else ())
            if (log := _log(item, f"{record.id}-{index}", issues, f"{path}.logs[{index}]"))
            is not None
        ),
        status="completed",
        unit=session_unit,
        utc_offset_minutes=record.utc_offset,
        time_known=record.time_known,
        source=_text(value.get("source")) or "app_state",
        source_template_id=_text(value.get("sourceTemplateId")),
        notes=_text(value.get("notes")),
    )


def _log(value: Json, default_id: str, issues: IssueLog, path: str) -> ExerciseLog | None:
    exercise_id = as_name(value.get("exerciseId")) if isinstance(value, dict) else None
    if not isinstance(value, dict) or exercise_id is None:
        return None
    sets = value.get("sets")
    _report_others(value, _LOG_FIELDS, issues, path)
    return ExerciseLog(
        id=_id(value.get("id"), default_id),
        exercise_id=safe_id(exercise_id),
        sets=tuple(
            _set(item, f"{default_id}-{index}", issues, f"{path}.sets[{index}]")
            for index, item in enumerate(sets if isinstance(sets, list) else ())
            if isinstance(item, dict)
        ),
        notes=_text(value.get("notes")),
        superset_id=_text(value.get("supersetId")),
    )


def _set(value: Mapping[str, Json], default_id: str, issues: IssueLog, path: str) -> SetLog:
    _report_others(value, _SET_FIELDS, issues, path)
    reported_already = IssueLog()

    def read(field: NumberField, key: str) -> float | None:
        number = field.read(value.get(key), "", reported_already)
        return None if math.isnan(number) else number

    kind = value.get("type")
    return SetLog(
        id=_id(value.get("id"), default_id),
        reps=int(read(_REPS, "reps") or 0),
        weight=read(_WEIGHT, "weight") or 0.0,
        rpe=read(_RPE, "rpe"),
        type=_TYPES[(read_set_type(kind) if isinstance(kind, str) else None) or SetType.NORMAL],
        completed=_is_done(value.get("completed")),
        seconds=read(_SECONDS, "seconds"),
        distance_meters=read(_METRES, "distanceMeters"),
    )


def _id(value: Json, default: str) -> str:
    return safe_id(as_name(value) or default)


def _text(value: Json) -> str | None:
    text = as_name(value)
    return None if text is None else whole(text)


def _report_others(
    value: Mapping[str, Json], fields: frozenset[str], issues: IssueLog, path: str
) -> None:
    if value.keys() <= fields:
        return
    for key in value.keys() - fields:
        if value[key] is not None:
            expected = "a field that this app keeps"
            issues.warning("field_not_kept", f"{path}.{key[:40]}", expected, key)


def _is_done(value: Json) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "yes", "1")
    return value is True or value == 1
