"""Progressive overload as a service."""

from __future__ import annotations

from voltlift_core.contract import (
    RecordFeedbackRequest,
    RecordFeedbackResponse,
    SuggestLoadRequest,
    SuggestLoadResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError


def suggest_load(
    state: EngineState, request: SuggestLoadRequest, watch: Stopwatch
) -> SuggestLoadResponse:
    """suggest_load."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "suggest_load is not built into this version")


def record_feedback(state: EngineState, request: RecordFeedbackRequest) -> RecordFeedbackResponse:
    """record_feedback."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "record_feedback is not built into this version")
