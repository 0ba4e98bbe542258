"""The preview of an app state: the same decoder as ingestion, and records to store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voltlift_core import Known
from voltlift_core.catalogue.catalogue import Catalogue, exercise_to_definition
from voltlift_core.contract.imports import ImportPreview, PreviewImportRequest, UnitEvidence
from voltlift_core.contract.state import ExerciseDefinition, UnitCode, WorkoutSession
from voltlift_core.domain.spelling import read_unit
from voltlift_core.history.decode import (
    STATE_PARTS,
    IssueLog,
    decode_custom_exercises,
    decode_settings,
)
from voltlift_core.history.decode_daily import decode_daily_logs
from voltlift_core.history.decode_sessions import SessionReader
from voltlift_core.history.values import as_name
from voltlift_core.wire import Json
from voltlift_importers.dates import local_day
from voltlift_importers.harmless import harmless, safe_id, whole
from voltlift_importers.outlook import count_outlooks, outlooks_of
from voltlift_importers.state_scan import StateText, scan_state
from voltlift_importers.state_sessions import session_from_state
from voltlift_importers.steps import Step, Steps
from voltlift_importers.units import Source

SESSIONS_PER_STEP = 200


def preview_app_state(
    text: str, request: PreviewImportRequest, known: Known
) -> Steps[ImportPreview]:
    """Return what an app state holds, step by step.

    Completed workouts come back with their unit, UTC offset and times filled in, so that
    each describes itself; settings, daily logs and other documents come back as they are.

    Raises
    ------
    VoltLiftError
        ``unsupported_file`` where the text is no JSON, or JSON of something else.
    """
    state = yield from scan_state(text.removeprefix("\ufeff"))
    issues = IssueLog()
    path = state.path
    custom = decode_custom_exercises(
        state.parts.get("customExercises"), f"{path}.customExercises", issues
    )
    catalogue = known.catalogue.with_custom(custom) if custom else known.catalogue
    stated = state.parts.get("settings")
    settings = decode_settings(stated, f"{path}.settings", catalogue=catalogue, issues=issues)
    evidence = _unit(stated, request)
    reader = SessionReader(
        catalogue=catalogue,
        unit=settings.unit,
        unit_known=isinstance(stated, dict) and stated.get("units") is not None,
        utc_offset_minutes=request.utc_offset_minutes,
        issues=issues,
    )
    history = state.parts.get("history")
    if history is not None:
        issues.quarantined("history_unreadable", f"{path}.history", "a list of sessions", history)
    sessions = yield from _sessions(state, reader, evidence.unit, issues)
    daily = state.parts.get("dailyLogs")
    decode_daily_logs(daily, f"{path}.dailyLogs", unit=settings.unit, issues=issues)
    outlooks = yield from outlooks_of(sessions, known, issues, resolve=_resolver(catalogue))
    totals = count_outlooks(outlooks)
    days = sorted(local_day(s.start_time, s.utc_offset_minutes or 0) for s in sessions)
    kept = harmless(daily)
    others = {key: value for key, value in state.parts.items() if key not in STATE_PARTS}
    documents = harmless(others)
    return ImportPreview(
        app="app_state",
        dialect="app state, JSON",
        sessions=sessions,
        outlooks=outlooks,
        new_sessions=totals["new"],
        known_sessions=totals["known"],
        changed_sessions=totals["changed"],
        duplicate_sessions=totals["duplicate"],
        sets=sum(len(log.sets) for session in sessions for log in session.logs),
        exercises=len({log.exercise_id for session in sessions for log in session.logs}),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        unit=evidence,
        unmatched=(),
        rejected=(),
        rejected_total=0,
        issues=issues.issues(),
        custom_exercises=tuple(_definition(exercise_to_definition(e)) for e in custom),
        settings=harmless(stated) if isinstance(stated, dict) else None,
        daily_logs={day: log for day, log in kept.items() if isinstance(log, dict)}
        if isinstance(kept, dict)
        else None,
        documents=documents if isinstance(documents, dict) and documents else None,
    )


def _sessions(
    state: StateText, reader: SessionReader, unit: UnitCode, issues: IssueLog
) -> Steps[tuple[WorkoutSession, ...]]:
    """Return the completed workouts, oldest first; of equal ids the last one counts."""
    path = f"{state.path}.history"
    found: dict[str, WorkoutSession | None] = {}
    total = len(state.spans or ())
    for first, values in state.sessions(SESSIONS_PER_STEP):
        records, others = reader.read_all(values, path, {}, first)
        for again in found.keys() & ({record.id for record in records} | others):
            issues.quarantined("duplicate_session", f"{path}[{first}]", "an id of its own", again)
        raw = {
            as_name(item.get("id")): (item, f"{path}[{index}]")
            for index, item in enumerate(values, first)
            if isinstance(item, dict)
        }
        found.update(dict.fromkeys(others))
        for record in records:
            item, here = raw[record.id]
            found[record.id] = session_from_state(item, record, unit, issues, here)
        yield Step("building", first + len(values), total)
    sessions = [session for session in found.values() if session is not None]
    return tuple(sorted(sessions, key=lambda session: (session.start_time, session.id)))


def _resolver(catalogue: Catalogue) -> Callable[[str], str]:
    """Return what gives the id under which the log has an exercise."""
    known: dict[str, str] = {}

    def resolve(exercise_id: str) -> str:
        if exercise_id not in known:
            exercise = catalogue.resolve(exercise_id)
            known[exercise_id] = exercise_id if exercise is None else exercise.id
        return known[exercise_id]

    return resolve


def _definition(exercise: ExerciseDefinition) -> ExerciseDefinition:
    return replace(exercise, id=safe_id(exercise.id), name=whole(exercise.name))


def _unit(settings: Json, request: PreviewImportRequest) -> UnitEvidence:
    stated = settings.get("units") if isinstance(settings, dict) else None
    unit = read_unit(stated) if isinstance(stated, str) else None
    if unit is not None:
        return _evidence(unit.code, "stated")
    if request.unit is not None:
        return _evidence(request.unit, "chosen")
    return _evidence("kg", "assumed")


def _evidence(unit: UnitCode, source: Source) -> UnitEvidence:
    return UnitEvidence(unit=unit, source=source, kg_share=None, lb_share=None, examples=())
