"""Substitutes as a service."""

from __future__ import annotations

from voltlift_core.contract import (
    SubstituteRequest,
    SubstituteResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError


def substitute(
    state: EngineState, request: SubstituteRequest, watch: Stopwatch
) -> SubstituteResponse:
    """Substitute."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "substitute is not built into this version")
