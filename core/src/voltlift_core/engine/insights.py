"""Readiness and insights as services."""

from __future__ import annotations

from voltlift_core.contract import (
    InsightsRequest,
    InsightsResponse,
    ReadinessRequest,
    ReadinessResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError


def readiness(state: EngineState, request: ReadinessRequest, watch: Stopwatch) -> ReadinessResponse:
    """Readiness."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "readiness is not built into this version")


def insights(state: EngineState, request: InsightsRequest, watch: Stopwatch) -> InsightsResponse:
    """Insights."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "insights is not built into this version")
