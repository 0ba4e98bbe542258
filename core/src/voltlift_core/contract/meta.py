"""What every response says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTimes:
    """Milliseconds spent per stage; ``inference`` is None while no model takes part."""

    features: float
    scoring: float
    ranking: float
    inference: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorerStatus:
    """Whether a scorer took part, and which version of it.

    ``failed`` is one that could not answer, for ``reason``: it hung, crashed or gave no numbers.
    ``weight`` is its share of its part, 0-1; ``confidence`` how sure it is of this answer, None
    where it does not say.
    """

    name: str
    version: str
    status: Literal["used", "abstained", "missing", "failed"]
    part: Literal["fit", "habit"]
    weight: float = 1.0
    confidence: Confidence | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseMeta:
    """Provenance of an answer.

    ``revision`` is the number of the immutable log revision that was looked at;
    clients drop answers whose revision is older than the one they wait for.
    """

    revision: int
    engine_version: str
    scorers: tuple[ScorerStatus, ...]
    workouts: int
    alpha: float
    cached: bool
    duration_ms: float
    stages: StageTimes
