"""The lenient decoder of app states: whole states, deltas and the workout going on.

Whatever is given, the answer is what could be understood and a report of the rest; no
value makes it raise. Requests themselves are read strictly, by ``voltlift_core.wire``.
"""

from __future__ import annotations

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import CurrentSession, Delta, IngestReport
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode_daily import decode_daily_logs
from voltlift_core.history.decode_exercises import ExerciseIds, decode_custom_exercises
from voltlift_core.history.decode_sessions import SessionReader
from voltlift_core.history.decode_sets import KINDS, MAX_REPS, MAX_SECONDS, MAX_WEIGHT
from voltlift_core.history.decode_settings import (
    decode_equipment,
    decode_settings,
    restore_settings,
)
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import CurrentRecord, DecodedState, SessionRecord, SetRecord
from voltlift_core.history.values import LAST_SECOND, NAN, read_day
from voltlift_core.wire import Json

STATE_PARTS = frozenset({"history", "settings", "dailyLogs", "customExercises"})
"""Keys of an app state that are read."""

__all__ = [
    "STATE_PARTS",
    "IssueLog",
    "decode_current",
    "decode_custom_exercises",
    "decode_daily_logs",
    "decode_delta",
    "decode_equipment",
    "decode_settings",
    "decode_state",
    "inner_state",
    "read_day",
    "restore_settings",
]


def decode_state(
    state: Json, *, catalogue: Catalogue, utc_offset_minutes: int, path: str = "$"
) -> tuple[DecodedState, IngestReport]:
    """Return what a whole app state holds, and a report of what was wrong with it.

    Parameters
    ----------
    state : Json
        The persisted envelope ``{state, version}`` or its inner object.
    catalogue : Catalogue
        The bundled exercises; the state's custom ones are added while decoding.
    utc_offset_minutes : int
        UTC offset of sessions that do not carry their own.
    path : str
        Where the state is, for issues.

    Returns
    -------
    tuple of DecodedState and IngestReport
        Settings and custom exercises are never None: a state without them says nothing.

    Examples
    --------
    >>> state = {"settings": {"units": "lbs"}, "history": [{"id": "a", "status": "completed",
    ...          "startTime": 1_700_000_000_000, "logs": [{"exerciseId": "squat", "sets": [
    ...          {"weight": 100, "reps": 5, "type": "N", "completed": True}]}]}]}
    >>> decoded, report = decode_state(state, catalogue=Catalogue([]), utc_offset_minutes=0)
    >>> decoded.sessions[0].sets[0].load_kg
    45.359237
    >>> [issue.code for issue in report.issues]
    ['unknown_exercise']
    """
    issues = IssueLog()
    inner = inner_state(state)
    path = path if inner is state else f"{path}.state"
    state = inner
    if not isinstance(state, dict):
        issues.quarantined("state_unreadable", path, "an app state, {settings, history, …}", state)
        return DecodedState(settings=Settings(), custom_exercises=()), _report((), issues)
    custom = decode_custom_exercises(
        state.get("customExercises"), f"{path}.customExercises", issues
    )
    catalogue = catalogue.with_custom(custom) if custom else catalogue
    stated = state.get("settings")
    settings = decode_settings(stated, f"{path}.settings", catalogue=catalogue, issues=issues)
    history = state.get("history")
    if history is not None and not isinstance(history, list | tuple):
        issues.quarantined("history_unreadable", f"{path}.history", "a list of sessions", history)
        history = ()
    reader = SessionReader(
        catalogue=catalogue,
        unit=settings.unit,
        unit_known=isinstance(stated, dict) and stated.get("units") is not None,
        utc_offset_minutes=utc_offset_minutes,
        issues=issues,
    )
    sessions, skipped = reader.read_all(history or (), f"{path}.history", {})
    daily, _ = decode_daily_logs(
        state.get("dailyLogs"), f"{path}.dailyLogs", unit=settings.unit, issues=issues
    )
    decoded = DecodedState(
        sessions=sessions,
        daily=daily,
        settings=settings,
        custom_exercises=custom,
        skipped_ids=skipped,
    )
    return decoded, _report(sessions, issues)


def inner_state(state: Json) -> Json:
    """Return the app state inside of its envelope ``{state, version}``, else what is given.

    Examples
    --------
    >>> inner_state({"state": {"history": []}, "version": 1})
    {'history': []}
    """
    inner = state.get("state") if isinstance(state, dict) else None
    if not isinstance(state, dict) or not isinstance(inner, dict):
        return state
    return inner if STATE_PARTS & inner.keys() or not STATE_PARTS & state.keys() else state


def decode_delta(
    delta: Delta,
    *,
    catalogue: Catalogue,
    settings: Settings,
    utc_offset_minutes: int,
    path: str = "$",
) -> tuple[DecodedState, IngestReport]:
    """Return what a delta holds, and a report of what was wrong with it.

    Parameters
    ----------
    delta : Delta
        What changed; ``delta.hashes`` become the records' content hashes.
    catalogue : Catalogue
        All exercises known so far, the lifter's own included.
    settings : Settings
        The settings in force, unless the delta brings new ones.
    utc_offset_minutes : int
        UTC offset of sessions that do not carry their own.
    path : str
        Where the delta is, for issues.

    Returns
    -------
    tuple of DecodedState and IngestReport
        Settings and custom exercises are None where the delta does not bring any.
    """
    issues = IssueLog()
    custom = None
    if delta.custom_exercises is not None:
        custom = decode_custom_exercises(delta.custom_exercises, f"{path}.customExercises", issues)
        catalogue = catalogue.with_custom(custom)
    new_settings = None
    if delta.settings is not None:
        new_settings = decode_settings(
            delta.settings, f"{path}.settings", catalogue=catalogue, issues=issues
        )
        settings = new_settings
    states_unit = not isinstance(delta.settings, dict) or delta.settings.get("units") is not None
    reader = SessionReader(
        catalogue=catalogue,
        unit=settings.unit,
        unit_known=states_unit,
        utc_offset_minutes=utc_offset_minutes,
        issues=issues,
    )
    sessions, skipped = reader.read_all(delta.sessions, f"{path}.sessions", delta.hashes or {})
    daily, deleted_days = decode_daily_logs(
        delta.daily_logs, f"{path}.dailyLogs", unit=settings.unit, issues=issues
    )
    decoded = DecodedState(
        sessions=sessions,
        daily=daily,
        settings=new_settings,
        custom_exercises=custom,
        skipped_ids=skipped,
        deleted_days=deleted_days,
    )
    return decoded, _report(sessions, issues)


def decode_current(
    session: CurrentSession | None, *, catalogue: Catalogue, unit: Unit
) -> CurrentRecord:
    """Return the workout going on now as the features see it.

    Parameters
    ----------
    session : CurrentSession or None
        The session of the request; its types are checked already, its values are not:
        a weight, reps or time that cannot be is read as missing.
    catalogue : Catalogue
        Resolves exercise ids.
    unit : Unit
        Unit of the weights, where the session does not carry its own.
    """
    if session is None:
        return CurrentRecord()
    ids = ExerciseIds(catalogue, IssueLog())
    factor = KG_PER_UNIT[unit if session.unit is None else Unit(session.unit)]
    exercise_ids: list[str] = []
    sets: list[SetRecord] = []
    for entry, log in enumerate(session.logs):
        exercise_id = ids.read(log.exercise_id, "$")
        if exercise_id is None:
            continue
        exercise_ids.append(exercise_id)
        sets.extend(
            SetRecord(
                exercise_id=exercise_id,
                entry=entry,
                load_kg=_within(item.weight, 0, MAX_WEIGHT) * factor,
                reps=item.reps if 0 <= item.reps <= MAX_REPS else 0,
                rpe=_within(item.rpe, 1, 10),
                kind=KINDS[item.type],
                completed=item.completed,
                seconds=_within(item.seconds, 0, MAX_SECONDS),
            )
            for item in log.sets
        )
    return CurrentRecord(
        start_s=_within(session.start_time, 0, LAST_SECOND * 1000) / 1000,
        exercise_ids=tuple(dict.fromkeys(exercise_ids)),
        sets=tuple(sets),
    )


def _within(value: float | None, low: float, high: float) -> float:
    return float(value) if value is not None and low <= value <= high else NAN


def _report(sessions: tuple[SessionRecord, ...], issues: IssueLog) -> IngestReport:
    return IngestReport(
        sessions=len(sessions),
        sets=sum(len(session.sets) for session in sessions),
        issues=issues.issues(),
    )
