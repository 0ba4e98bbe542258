"""Exercises that are alike, and what lifters with a log like this one do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.exercises import ExerciseInfo, Reason
from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import CurrentSession

Likeness = Literal["lifters", "content"]
"""By who does what, or by muscles, equipment and movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarExercisesRequest:
    """Ask which exercises are like another one.

    ``equipment`` is what is at hand, instead of the one in the settings; ``limit`` counts each
    kind of likeness.
    """

    now: int
    exercise_id: str
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    limit: int = 5
    equipment: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarExercise:
    """An exercise with its likeness: the cosine of two embeddings, from -1 to 1.

    ``times_performed`` counts the workouts in which this lifter did it.
    """

    exercise: ExerciseInfo
    likeness: Likeness
    cosine: float
    times_performed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarExercisesResponse:
    """The nearest exercises, nearest first; those of one likeness, then those of the other."""

    exercise_id: str
    similar: tuple[SimilarExercise, ...]
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class NovelExercisesRequest:
    """Ask what lifters with a log like this one do that this one never did."""

    now: int
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    limit: int = 5
    equipment: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NovelExercise:
    """An exercise that is new to the lifter.

    ``score`` (0-100) is relative: the first one has 100. Reasons' points add up to it.
    """

    rank: int
    exercise: ExerciseInfo
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NovelExercisesResponse:
    """What is new, the likeliest first; empty without any history."""

    exercises: tuple[NovelExercise, ...]
    meta: ResponseMeta
