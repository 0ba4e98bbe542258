"""Programs as a service."""

from __future__ import annotations

from voltlift_core.contract import (
    ProgramRequest,
    ProgramResponse,
    RecommendProgramsRequest,
    RecommendProgramsResponse,
    TodaysSessionRequest,
    TodaysSessionResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError


def recommend_programs(
    state: EngineState, request: RecommendProgramsRequest, watch: Stopwatch
) -> RecommendProgramsResponse:
    """recommend_programs."""
    raise VoltLiftError(
        ErrorCode.NOT_AVAILABLE, "recommend_programs is not built into this version"
    )


def program(state: EngineState, request: ProgramRequest, watch: Stopwatch) -> ProgramResponse:
    """Program."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "program is not built into this version")


def todays_session(
    state: EngineState, request: TodaysSessionRequest, watch: Stopwatch
) -> TodaysSessionResponse:
    """todays_session."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "todays_session is not built into this version")
