"""Looking at the body now (readiness) and back at the training (insights)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from voltlift_core.contract.exercises import ExerciseInfo, Reason
from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import UnitCode

RecoveryState = Literal["fresh", "ready", "recovering", "just_trained"]
TrendState = Literal["rising", "stable", "falling", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRequest:
    """Ask how recovered the lifter is; ``days`` is the length of the curves (1 to 90)."""

    now: int
    utc_offset_minutes: int = 0
    days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRecovery:
    """One muscle group.

    ``recovered`` (0-1) is days since it was trained over its optimal days, at most 1;
    ``ready_in_days`` how long until 1; ``hard_sets_7d`` counts secondary groups by half.
    """

    group: str
    recovered: float
    state: RecoveryState
    days_since: float | None
    ready_in_days: float
    hard_sets_7d: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessDay:
    """One local day (``YYYY-MM-DD``).

    ``score`` is the recovery score, 0-10, None where neither sleep nor heart rate variability
    were logged; ``hard_sets`` were done that day; ``recovered`` is the share (0-1) by muscle
    group at noon, today at the moment asked for.
    """

    day: str
    score: float | None
    sleep_hours: float | None
    hard_sets: float
    recovered: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessResponse:
    """How recovered the lifter is.

    ``score`` is the recovery score, 0-10, the sum of the points of ``reasons`` (those about
    fatigue give none); ``fatigue`` the level, 1 (fresh) to 5 (spent), 0 where nothing is known,
    that blocks more volume above 3.5; ``deload`` says why a lighter week would do good (None:
    no need).
    """

    score: float
    fatigue: float
    checked_in_today: bool
    groups: tuple[GroupRecovery, ...]
    days: tuple[ReadinessDay, ...]
    reasons: tuple[Reason, ...]
    deload: Reason | None
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsRequest:
    """Ask for the figures behind the charts over the last ``weeks`` weeks (1 to 520)."""

    now: int
    utc_offset_minutes: int = 0
    weeks: int = 12
    exercise_ids: tuple[str, ...] | None = None
    max_lifts: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftPoint:
    """Best estimated 1RM of one session, with the set it comes from, in the lifter's unit."""

    time: int
    one_rep_max: float
    weight: float
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSeries:
    """One lift over time.

    ``band`` is the 80 % confidence range of the trend line, (low, high) per point; empty
    below three points. ``change_per_month`` is the slope of the line, None where ``trend`` is
    unknown.
    """

    exercise: ExerciseInfo
    points: tuple[LiftPoint, ...]
    band: tuple[tuple[float, float], ...]
    trend: TrendState
    change_per_month: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWeeks:
    """Hard sets of one group per week (oldest first), against its landmark of the level.

    ``balance`` is, per week, the group's sets of the four weeks up to it over its landmark,
    relative to the mean of all six groups: 1 is balanced; None where nothing was trained.
    """

    group: str
    sets: tuple[float, ...]
    maximum_adaptive: float
    reasons: tuple[Reason, ...]
    balance: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDay:
    """One local day with training."""

    day: str
    session_ids: tuple[str, ...]
    sets: int
    minutes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsResponse:
    """What the charts show; ``week_starts`` are local Mondays, oldest first.

    The last week is the current one, up to now.
    """

    unit: UnitCode
    week_starts: tuple[str, ...]
    groups: tuple[GroupWeeks, ...]
    lifts: tuple[LiftSeries, ...]
    days: tuple[TrainingDay, ...]
    reasons: tuple[Reason, ...]
    meta: ResponseMeta
