"""Feedback on suggestions: what the owner of the settings is to store."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from voltlift_coach.progression.config import BiasNumbers
from voltlift_coach.progression.feedback import Record, bias_of, track_record
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import RecordFeedbackRequest
from voltlift_core.domain.settings import Settings
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode_exercises import ExerciseIds
from voltlift_core.history.decode_feedback import MAX_SUGGESTIONS, decode_suggestions
from voltlift_core.history.issues import IssueLog
from voltlift_core.wire import Json

_MAX_WEIGHT, _MAX_REPS = 5000.0, 10_000.0


@dataclass(frozen=True, slots=True)
class FeedbackChange:
    """The settings' feedback after one more record, in its wire form."""

    history: tuple[Json, ...]
    bias: dict[str, float]
    record: Record


def add_feedback(
    settings: Settings,
    document: Json,
    catalogue: Catalogue,
    exercise_id: str,
    request: RecordFeedbackRequest,
    numbers: BiasNumbers,
) -> FeedbackChange:
    """Return the feedback with one more record.

    Records are kept as they were written, the last 500; what was recorded for the same set of
    the same session before is replaced, so that a retry adds nothing.

    Parameters
    ----------
    settings : Settings
        The settings in force.
    document : Json
        The same as they are stored.
    catalogue : Catalogue
        Resolves the ids of stored records.
    exercise_id : str
        The exercise, as the catalogue has it.
    request : RecordFeedbackRequest
        What became of a suggestion.
    numbers : BiasNumbers
        How the bias is learned.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where a number is out of range.
    """
    _check(request)
    now_s = request.now / 1000
    stored = document.get("suggestionHistory") if isinstance(document, dict) else None
    items = list(stored) if isinstance(stored, list | tuple) else []
    place = (request.session_id, exercise_id, request.set_index)
    if None not in place:
        items = [item for item in items if _place(item) != place]

    def reading(history: list[Json]) -> Settings:
        ids = ExerciseIds(catalogue, IssueLog())
        read = decode_suggestions(history, "$", settings.unit, ids, IssueLog())
        return replace(settings, suggestion_history=read)

    before = bias_of(reading(items), exercise_id, now_s, numbers)
    items = [*items, _written(request, exercise_id, before)][-MAX_SUGGESTIONS:]
    record = track_record(reading(items), exercise_id, now_s, numbers)
    bias = dict(settings.suggestion_bias)
    if record.bias != 1 or exercise_id in bias:
        bias[exercise_id] = round(record.bias, 6)
    return FeedbackChange(tuple(items), bias, record)


def _place(item: Json) -> tuple[Json, ...] | None:
    if not isinstance(item, dict):
        return None
    return item.get("sessionId"), item.get("exerciseId"), item.get("setIndex")


def _written(request: RecordFeedbackRequest, exercise_id: str, bias: float) -> dict[str, Json]:
    """Return the record as the app state keeps it: the app's own fields and more."""
    actual = request.actual_weight
    if actual is None and request.outcome == "accepted":
        actual = request.suggested_weight
    written: dict[str, Json] = {
        "exerciseId": exercise_id,
        "suggestedWeight": request.suggested_weight,
        "actualWeight": None if request.outcome == "ignored" else actual,
        "suggestedReps": list(request.suggested_reps),
        "actualReps": request.actual_reps,
        "accepted": request.outcome == "accepted",
        "timestamp": request.now,
        "confidence": request.confidence,
        "outcome": request.outcome,
        "unit": request.unit,
        "propensity": request.propensity,
        "version": request.version,
        "bias": round(bias, 6),
    }
    optional = {"rpe": request.rpe, "sessionId": request.session_id, "setIndex": request.set_index}
    return written | {key: value for key, value in optional.items() if value is not None}


def _check(request: RecordFeedbackRequest) -> None:
    low, high = request.suggested_reps
    for path, value, least, most in (
        ("$.suggestedWeight", request.suggested_weight, 0.0, _MAX_WEIGHT),
        ("$.actualWeight", request.actual_weight, 0.0, _MAX_WEIGHT),
        ("$.suggestedReps[0]", low, 0.0, _MAX_REPS),
        ("$.suggestedReps[1]", high, low, _MAX_REPS),
        ("$.actualReps", request.actual_reps, 0.0, _MAX_REPS),
        ("$.rpe", request.rpe, 1.0, 10.0),
        ("$.propensity", request.propensity, 0.0, 1.0),
    ):
        if value is not None and not (math.isfinite(value) and least <= value <= most):
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "this feedback cannot be recorded",
                path=path,
                expected=f"a number from {least:g} to {most:g}",
                received=repr(value),
            )
