"""What answers have in common: their times and what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable

from voltlift_core.contract import ResponseMeta, ScorerStatus, StageTimes
from voltlift_core.engine.state import EngineState
from voltlift_core.version import VERSION


class Stopwatch:
    """Milliseconds of the stages of one answer.

    Parameters
    ----------
    monotonic_ms : callable
        The clock's.
    now_ms : int
        The moment that the answer is as of, epoch milliseconds.
    """

    def __init__(self, monotonic_ms: Callable[[], float], now_ms: int) -> None:
        self._now = monotonic_ms
        self._as_of = now_ms
        self._laps = [monotonic_ms()]

    def lap(self) -> None:
        """End a stage: the first is features, the second scoring, the third ranking."""
        self._laps.append(self._now())

    def meta(self, state: EngineState, scorers: tuple[ScorerStatus, ...] = ()) -> ResponseMeta:
        """Return the meta of an answer that is ready now; stages not ended took no time."""
        end = self._now()
        laps = [*self._laps, end, end, end][:4]
        return ResponseMeta(
            revision=state.revision,
            engine_version=VERSION,
            scorers=scorers,
            workouts=state.workouts_before(self._as_of),
            alpha=0.0,
            cached=False,
            duration_ms=end - laps[0],
            stages=StageTimes(
                features=laps[1] - laps[0], scoring=laps[2] - laps[1], ranking=laps[3] - laps[2]
            ),
        )


def rules_used(name: str, version: str) -> tuple[ScorerStatus, ...]:
    """Return the status of one rule-based scorer that took part."""
    return (ScorerStatus(name=name, version=version, status="used", part="fit"),)
