"""Substitutes: "the rack is taken", with weights carried over."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_core.contract.exercises import ExerciseInfo, Reason
from voltlift_core.contract.meta import Confidence, ResponseMeta
from voltlift_core.contract.state import CurrentSession, UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteRequest:
    """Ask for alternatives to an exercise.

    ``without_equipment`` is what is taken or missing right now, on top of the settings.
    """

    now: int
    exercise_id: str
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    equipment: tuple[str, ...] | None = None
    without_equipment: tuple[str, ...] = ()
    limit: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadEstimate:
    """A working weight to begin with, with its range, in ``unit``.

    ``own``: from the lifter's own sets of that exercise; else carried over from a related
    one, whose id is ``source_exercise_id``.
    """

    weight: float
    low: float
    high: float
    reps: tuple[int, int]
    unit: UnitCode
    confidence: Confidence
    own: bool
    source_exercise_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """An alternative; ``score`` (0-100) is the sum of the points of its reasons."""

    rank: int
    exercise: ExerciseInfo
    score: float
    reasons: tuple[Reason, ...]
    load: LoadEstimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteResponse:
    """Alternatives, best first."""

    substitutes: tuple[Substitute, ...]
    considered: int
    meta: ResponseMeta
