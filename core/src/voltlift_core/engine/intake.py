"""Taking in states and deltas, restoring what was kept, catching up with the log's owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from voltlift_core.contract import Delta, IngestReport, IngestRequest
from voltlift_core.engine.persistence import Restored
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import decode_delta, decode_state, inner_state
from voltlift_core.history.values import shallow
from voltlift_core.ports import LogRecord, LogStore, Progress
from voltlift_core.wire import Json, parse_json

BATCH_SESSIONS = 200
DOCUMENTS = ("settings", "dailyLogs", "customExercises")


@dataclass(frozen=True, slots=True)
class Taken:
    """A new revision, what was understood, and how many sessions changed."""

    state: EngineState
    report: IngestReport
    changed: int


def take_in(state: EngineState, request: IngestRequest) -> Taken:
    """Return the revision after a request.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` unless exactly one of state and delta is given, and where the
        state is none: it would replace everything by nothing.
    """
    if (request.state is None) == (request.delta is None):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "an ingestion takes either a whole state or a delta",
            path="$",
            expected="exactly one of state and delta",
            received="both" if request.delta is not None else "neither",
        )
    if request.delta is not None:
        return take_delta(state, request.delta, request.utc_offset_minutes)
    decoded, report = decode_state(
        request.state,
        catalogue=EngineState().catalogue,
        utc_offset_minutes=request.utc_offset_minutes,
    )
    if any(issue.code == "state_unreadable" for issue in report.issues):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "this is no app state",
            path="$.state",
            expected="an object with settings and history, or its envelope {state, version}",
            received=type(request.state).__name__,
            remedy="What was known before stays as it is",
        )
    following = state.replaced_by(decoded, _documents_of(request.state))
    return Taken(following, report, len(decoded.sessions))


def take_delta(state: EngineState, delta: Delta, utc_offset_minutes: int) -> Taken:
    """Return the revision after a delta."""
    decoded, report = decode_delta(
        delta,
        catalogue=state.catalogue,
        settings=state.settings,
        utc_offset_minutes=utc_offset_minutes,
    )
    documents: dict[str, Json] = dict(state.documents)
    if delta.settings is not None:
        documents["settings"] = shallow(delta.settings)
    if delta.custom_exercises is not None:
        documents["customExercises"] = shallow(delta.custom_exercises)
    if delta.daily_logs is not None:
        new = _as_object(shallow(delta.daily_logs))
        merged = {**_as_object(documents.get("dailyLogs")), **new}
        documents["dailyLogs"] = {day: value for day, value in merged.items() if value is not None}
    following = state.changed_by(decoded, documents, frozenset(delta.deleted_sessions))
    if following.settings.unit is not state.settings.unit:
        # Bare bodyweights are in the unit of the settings, those of earlier days as well.
        following = _with_documents(following, documents)
    changed = len(decoded.sessions) + len(delta.deleted_sessions)
    return Taken(following, report, changed)


def from_restored(restored: Restored) -> EngineState:
    """Return the state that was kept: columns as they are, documents decoded again."""
    state = EngineState(revision=restored.revision, log=restored.log)
    return _with_documents(state, dict(restored.documents))


async def catch_up(
    state: EngineState, store: LogStore, utc_offset_minutes: int, progress: Progress | None
) -> tuple[EngineState, tuple[str, ...]]:
    """Return the state after taking in what the log's owner changed since it was kept.

    Reads documents and the sessions whose content hash differs, in batches with progress;
    sessions that the owner no longer has are removed. What is damaged in the store is left
    out, and said so in the notices that come second.
    """
    notices: list[str] = []
    documents: dict[str, Json] = dict(state.documents)
    for name in DOCUMENTS:
        text = await store.read_document(name)
        if text is None:
            # The owner has none (any more): what was kept is no part of this log.
            documents.pop(name, None)
        elif (value := _parsed(text, name, notices)) is not None:
            documents[name] = value
    documents = _to_keep(documents)
    if documents != state.documents:
        unit = state.settings.unit
        state = _with_documents(replace(state, revision=state.revision + 1), documents)
        state = replace(state, log=state.log.with_unit(unit, state.settings.unit))
    manifest = await store.manifest()
    known = state.log.hashes
    stale = [id_ for id_, content_hash in manifest.items() if known.get(id_) != content_hash]
    gone = tuple(id_ for id_ in known if id_ not in manifest)
    if gone:
        state = take_delta(state, Delta(deleted_sessions=gone), utc_offset_minutes).state
    for first in range(0, len(stale), BATCH_SESSIONS):
        records = await store.read(stale[first : first + BATCH_SESSIONS])
        delta = _session_delta(records, notices)
        state = take_delta(state, delta, utc_offset_minutes).state
        if progress is not None:
            progress("sessions", min(first + BATCH_SESSIONS, len(stale)), len(stale))
    return state, tuple(notices)


def _parsed(text: str, what: str, notices: list[str]) -> Json:
    try:
        return parse_json(text)
    except VoltLiftError as error:
        notices.append(f"{what} left out: {error}")
        return None


def _session_delta(records: Iterable[LogRecord], notices: list[str]) -> Delta:
    records = list(records)
    parsed = [_parsed(record.text, f"session {record.id}", notices) for record in records]
    return Delta(
        sessions=tuple(value for value in parsed if value is not None),
        hashes={record.id: record.content_hash for record in records},
    )


def _with_documents(state: EngineState, documents: Mapping[str, Json]) -> EngineState:
    """Return the state with what these documents hold, its log as it is."""
    custom, empty = documents.get("customExercises"), EngineState()
    daily = documents.get("dailyLogs")
    decoded, _ = decode_delta(
        Delta(
            settings=documents.get("settings"),
            daily_logs=daily if isinstance(daily, dict) else None,
            custom_exercises=tuple(custom) if isinstance(custom, list) else None,
        ),
        catalogue=empty.catalogue,
        settings=empty.settings,
        utc_offset_minutes=0,
    )
    return replace(
        state,
        settings=decoded.settings or empty.settings,
        daily=decoded.daily,
        custom=decoded.custom_exercises or (),
        documents=documents,
    )


def _documents_of(state: Json) -> dict[str, Json]:
    inner = _as_object(inner_state(state))
    return _to_keep({name: inner[name] for name in DOCUMENTS if inner.get(name) is not None})


def _to_keep(documents: dict[str, Json]) -> dict[str, Json]:
    """Return documents as they are kept: not too deep, daily logs as an object by date."""
    documents = {name: shallow(value) for name, value in documents.items()}
    daily = documents.get("dailyLogs")
    if isinstance(daily, list):
        dated = (item for item in daily if isinstance(item, dict) and "date" in item)
        documents = {**documents, "dailyLogs": {str(item["date"]): item for item in dated}}
    return documents


def _as_object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
