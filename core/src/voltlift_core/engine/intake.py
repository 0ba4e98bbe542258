"""Taking in states and deltas, restoring what was kept, catching up with the log's owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voltlift_core.contract import Delta, IngestReport, IngestRequest
from voltlift_core.engine.persistence import Restored
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import decode_delta, decode_state
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
        documents["settings"] = delta.settings
    if delta.custom_exercises is not None:
        documents["customExercises"] = list(delta.custom_exercises)
    if delta.daily_logs is not None:
        merged = {**_as_object(documents.get("dailyLogs")), **delta.daily_logs}
        documents["dailyLogs"] = {day: value for day, value in merged.items() if value is not None}
    following = state.changed_by(decoded, documents, frozenset(delta.deleted_sessions))
    changed = len(decoded.sessions) + len(delta.deleted_sessions)
    return Taken(following, report, changed)


def from_restored(restored: Restored) -> EngineState:
    """Return the state that was kept: columns as they are, documents decoded again."""
    documents = dict(restored.documents)
    empty = EngineState()
    decoded, _ = decode_delta(
        _document_delta(documents),
        catalogue=empty.catalogue,
        settings=empty.settings,
        utc_offset_minutes=0,
    )
    return EngineState(
        revision=restored.revision,
        log=restored.log,
        settings=decoded.settings or empty.settings,
        daily=tuple(sorted(decoded.daily, key=lambda record: record.day)),
        custom=decoded.custom_exercises or (),
        documents=documents,
    )


async def catch_up(
    state: EngineState, store: LogStore, utc_offset_minutes: int, progress: Progress | None
) -> EngineState:
    """Return the state after taking in what the log's owner changed since it was kept.

    Reads documents and the sessions whose content hash differs, in batches with progress;
    sessions that the owner no longer has are removed.
    """
    documents = {name: await store.read_document(name) for name in DOCUMENTS}
    parsed = {name: parse_json(text) for name, text in documents.items() if text is not None}
    if any(state.documents.get(name) != value for name, value in parsed.items()):
        state = take_delta(state, _document_delta(parsed), utc_offset_minutes).state
    manifest = await store.manifest()
    known = state.log.hashes
    stale = [id_ for id_, content_hash in manifest.items() if known.get(id_) != content_hash]
    gone = tuple(id_ for id_ in known if id_ not in manifest)
    if gone:
        state = take_delta(state, Delta(deleted_sessions=gone), utc_offset_minutes).state
    for first in range(0, len(stale), BATCH_SESSIONS):
        records = await store.read(stale[first : first + BATCH_SESSIONS])
        state = take_delta(state, _session_delta(records), utc_offset_minutes).state
        if progress is not None:
            progress("sessions", min(first + BATCH_SESSIONS, len(stale)), len(stale))
    return state


def _session_delta(records: Iterable[LogRecord]) -> Delta:
    records = list(records)
    return Delta(
        sessions=tuple(parse_json(record.text) for record in records),
        hashes={record.id: record.content_hash for record in records},
    )


def _document_delta(documents: Mapping[str, Json]) -> Delta:
    custom = documents.get("customExercises")
    daily = documents.get("dailyLogs")
    return Delta(
        settings=documents.get("settings"),
        daily_logs=None if daily is None else _as_object(daily),
        custom_exercises=tuple(custom) if isinstance(custom, list) else None,
    )


def _documents_of(state: Json) -> dict[str, Json]:
    inner = _as_object(state)
    inner = _as_object(inner.get("state")) or inner
    return {name: inner[name] for name in DOCUMENTS if inner.get(name) is not None}


def _as_object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
