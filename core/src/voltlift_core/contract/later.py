"""Services whose contract stands and which answer ``not_available`` until they are built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.exercises import Reason, RecommendedExercise
from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import CurrentSession, UnitCode

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestLoadRequest:
    """Ask for weight and reps of the next set of an exercise."""

    now: int
    exercise_id: str
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    planned_reps: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChoice:
    """A weight, in the lifter's unit, with a range of reps."""

    weight: float
    reps: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAlternatives:
    """The three ways not taken."""

    deload: LoadChoice
    maintain: LoadChoice
    push: LoadChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestLoadResponse:
    """The suggestion for the next set."""

    weight: float
    unit: UnitCode
    reps: tuple[int, int]
    sets: int
    confidence: Confidence
    reasoning: tuple[Reason, ...]
    alternatives: LoadAlternatives
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendProgramsRequest:
    """Ask for training programs."""

    now: int
    utc_offset_minutes: int = 0
    limit: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedProgram:
    """One program with its score, 0-100, and reasons."""

    rank: int
    program_id: str
    name: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendProgramsResponse:
    """The top programs, best first."""

    recommendations: tuple[RecommendedProgram, ...]
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteRequest:
    """Ask for alternatives to an exercise."""

    now: int
    exercise_id: str
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    equipment: tuple[str, ...] | None = None
    limit: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteResponse:
    """Alternatives, best first."""

    substitutes: tuple[RecommendedExercise, ...]
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFeedbackRequest:
    """What became of a suggestion."""

    now: int
    exercise_id: str
    suggested_weight: float
    actual_weight: float
    suggested_reps: tuple[int, int]
    actual_reps: int
    accepted: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFeedbackResponse:
    """Acknowledges that the feedback was kept."""

    recorded: int
