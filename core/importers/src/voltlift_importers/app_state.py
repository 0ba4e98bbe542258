"""The preview of an app state: the same decoder as ingestion, and records to store."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from voltlift_core import Known
from voltlift_core.catalogue.catalogue import exercise_to_definition
from voltlift_core.contract.imports import ImportPreview, PreviewImportRequest, UnitEvidence
from voltlift_core.contract.state import UnitCode
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import STATE_PARTS, decode_state, inner_state
from voltlift_core.history.values import as_name, shallow
from voltlift_core.wire import Json
from voltlift_importers.dates import local_day
from voltlift_importers.outlook import outlooks_of
from voltlift_importers.state_sessions import session_from_state
from voltlift_importers.text import SUPPORTED
from voltlift_importers.units import Source


def preview_app_state(text: str, request: PreviewImportRequest, known: Known) -> ImportPreview:
    """Return what an app state holds.

    Completed workouts come back with their unit, UTC offset and times filled in, so that
    each describes itself; settings and daily logs come back as they are.

    Raises
    ------
    VoltLiftError
        ``unsupported_file`` where the text is no JSON, or JSON of something else.
    """
    state = _inner_state(_parse(text))
    decoded, report = decode_state(
        state, catalogue=known.catalogue, utc_offset_minutes=request.utc_offset_minutes
    )
    settings = state.get("settings")
    evidence = _unit(settings, request)
    records = {record.id: record for record in decoded.sessions}
    history = state.get("history")
    # Of equal ids the last one counts, as in the decoder.
    raw = {
        id_: item
        for item in (history if isinstance(history, list) else ())
        if isinstance(item, dict) and (id_ := as_name(item.get("id"))) in records
    }
    sessions = tuple(
        sorted(
            (session_from_state(item, records[id_], evidence.unit) for id_, item in raw.items()),
            key=lambda session: (session.start_time, session.id),
        )
    )
    days = sorted(local_day(s.start_time, s.utc_offset_minutes or 0) for s in sessions)
    outlooks = outlooks_of(sessions, known)
    n_known = sum(outlook.outlook == "known" for outlook in outlooks)
    daily = state.get("dailyLogs")
    return ImportPreview(
        app="app_state",
        dialect="app state, JSON",
        sessions=sessions,
        outlooks=outlooks,
        new_sessions=len(sessions) - n_known,
        known_sessions=n_known,
        sets=sum(len(log.sets) for session in sessions for log in session.logs),
        exercises=len({log.exercise_id for session in sessions for log in session.logs}),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        unit=evidence,
        unmatched=(),
        rejected=(),
        rejected_total=0,
        issues=report.issues,
        custom_exercises=tuple(map(exercise_to_definition, decoded.custom_exercises or ())),
        settings=shallow(settings) if isinstance(settings, dict) else None,
        daily_logs={day: shallow(log) for day, log in daily.items() if isinstance(log, dict)}
        if isinstance(daily, dict)
        else None,
    )


def _parse(text: str) -> Json:
    try:
        # Neither NaN nor numbers without end can be handed on as JSON.
        return json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise VoltLiftError(
            ErrorCode.UNSUPPORTED_FILE,
            f"the file looks like JSON and is not readable as such ({error})",
            expected=SUPPORTED,
            received=repr(text[:40]),
            remedy="Export the app state again; the file may be cut off",
        ) from error


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _inner_state(value: Json) -> Mapping[str, Json]:
    state = inner_state(value)
    if isinstance(state, dict) and STATE_PARTS & state.keys():
        return state
    if isinstance(value, dict):
        keys = ", ".join(repr(key[:30]) for key in list(value)[:6])
        received = f"an object with {keys}" if keys else "an empty object"
    else:
        received = "a list"
    raise VoltLiftError(
        ErrorCode.UNSUPPORTED_FILE,
        "the JSON is not an app state",
        path="$",
        expected="an object {state: {settings, history, dailyLogs, customExercises}}",
        received=received,
    )


def _unit(settings: Json, request: PreviewImportRequest) -> UnitEvidence:
    stated = settings.get("units") if isinstance(settings, dict) else None
    unit = read_unit(stated) if isinstance(stated, str) else None
    if unit is not None:
        return _evidence("kg" if unit is Unit.KG else "lbs", "stated")
    if request.unit is not None:
        return _evidence(request.unit, "chosen")
    return _evidence("kg", "assumed")


def _evidence(unit: UnitCode, source: Source) -> UnitEvidence:
    return UnitEvidence(unit=unit, source=source, kg_share=None, lb_share=None, examples=())
