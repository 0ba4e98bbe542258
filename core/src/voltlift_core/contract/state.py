"""The part of the app state that the project itself writes, in its wire form.

The decoder (``voltlift_core.history``) accepts far more than this; what we store
and hand out always has this shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SetTypeCode = Literal["N", "W", "D", "F"]
UnitCode = Literal["kg", "lbs"]
StatusCode = Literal["active", "completed", "template", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLog:
    """One set as logged; ``weight`` is in the unit of its session."""

    id: str
    reps: int
    weight: float
    rpe: float | None = None
    type: SetTypeCode = "N"
    completed: bool = True
    seconds: float | None = None
    distance_meters: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLog:
    """The sets of one exercise inside a session."""

    id: str
    exercise_id: str
    sets: tuple[SetLog, ...] = ()
    notes: str | None = None
    superset_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSession:
    """One workout.

    ``unit`` and ``utc_offset_minutes`` make a record self-describing: switching the
    unit in the settings or travelling never changes what an old record means.
    ``time_known`` is false where the source has dates only.
    """

    id: str
    name: str
    start_time: int
    end_time: int | None = None
    logs: tuple[ExerciseLog, ...] = ()
    status: StatusCode = "completed"
    unit: UnitCode | None = None
    utc_offset_minutes: int | None = None
    time_known: bool = True
    source: str | None = None
    source_template_id: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentSession:
    """The workout that is going on now, as far as recommendations need it."""

    id: str | None = None
    start_time: int | None = None
    logs: tuple[ExerciseLog, ...] = ()
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDefinition:
    """An exercise as the app state and the catalogue spell it."""

    id: str
    name: str
    muscle_group: str
    equipment: str
    category: str
    difficulty: str | None = None
    secondary_muscles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    unilateral: bool = False
    bodyweight_share: float = 0.0
    movement_pattern: str | None = None
    commonness: int = 1
