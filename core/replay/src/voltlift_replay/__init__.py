"""How suggestions would have predicted a lifter's own training.

A package of its own above the engine, which fulfils its port ``Replayer``. The questions, the
metrics and the simplest answers are those of the evaluation of ``voltlift_models``, which takes
them from here: a figure on the lifter's page means what it means in the report.
"""

from __future__ import annotations

from voltlift_core.contract import ReplayRequest, ReplayResponse
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.ports import Ask
from voltlift_core.engine.state import EngineState
from voltlift_core.ports import Progress

__all__ = ["replay"]


async def replay(
    state: EngineState,
    suggested: Ask,
    rules: Ask,
    request: ReplayRequest,
    watch: Stopwatch,
    progress: Progress | None = None,
) -> ReplayResponse:
    """Return how suggestions would have fared, beside rules alone and beside repeating.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where ``questions`` is out of range.
    """
    # Whoever never asks loads none of what this imports.
    from voltlift_replay.service import replay as replayed

    return await replayed(state, suggested, rules, request, watch, progress)
