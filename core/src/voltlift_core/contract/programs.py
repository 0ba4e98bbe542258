"""Programs: which one to follow, what it holds, and today's session of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.exercises import ExerciseInfo, Reason
from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import UnitCode

ProgramComponentName = Literal["goal", "difficulty", "frequency", "equipment", "new"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramInfo:
    """What a list shows of a program; ``description`` is one or two plain sentences."""

    id: str
    name: str
    description: str
    goal: str
    level: str
    split: str
    weeks: int
    days_per_week: tuple[int, ...]
    minutes: int
    equipment: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramComponent:
    """Points of one component of a program's score."""

    component: ProgramComponentName
    points: float
    max_points: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendProgramsRequest:
    """Ask for training programs.

    ``days_per_week`` and ``equipment`` stand in for the settings where given.
    """

    now: int
    utc_offset_minutes: int = 0
    limit: int = 3
    days_per_week: int | None = None
    equipment: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedProgram:
    """One program with its score, 0-100, in points.

    ``days_per_week`` is the supported frequency that fits best; ``substitutions`` is how
    many of its exercises the equipment rules out and another one stands in for.
    """

    rank: int
    program: ProgramInfo
    score: float
    days_per_week: int
    components: tuple[ProgramComponent, ...]
    substitutions: int
    is_starter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendProgramsResponse:
    """The top programs, best first; ``cold_start`` below three completed workouts."""

    recommendations: tuple[RecommendedProgram, ...]
    considered: int
    cold_start: bool
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSet:
    """One set of a plan.

    Intensity is given by one of: ``percent`` of the 1RM (0-1), ``rpe``, or neither (the
    lifter's own last weight decides). ``weight`` is filled in, in the lifter's unit, where
    it can be known. ``amrap``: as many reps as possible, at least ``reps[0]``. Sets by time
    have ``seconds``, and ``reps`` of ``(1, 1)``.
    """

    reps: tuple[int, int]
    percent: float | None = None
    rpe: float | None = None
    amrap: bool = False
    seconds: float | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """One exercise of a plan; ``instead_of`` names the one it stands in for, with the reasons."""

    exercise: ExerciseInfo
    sets: tuple[PlannedSet, ...]
    rest_seconds: int
    superset: str | None
    reasons: tuple[Reason, ...]
    instead_of: ExerciseInfo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session of a plan: ``index`` counts from 0 over the whole program.

    ``day`` is the day of the program's week, 1-7, so that rest days can be seen. ``left_out``
    are exercises that the equipment rules out and that nothing stands in for.
    """

    index: int
    week: int
    day: int
    name: str
    exercises: tuple[PlannedExercise, ...]
    minutes: int
    left_out: tuple[ExerciseInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRequest:
    """Ask for the whole of a program, or one of its weeks (from 1), fitted to the equipment."""

    now: int
    program_id: str
    utc_offset_minutes: int = 0
    days_per_week: int | None = None
    equipment: tuple[str, ...] | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramResponse:
    """A program with the sessions asked for; ``progression`` says how it moves on."""

    program: ProgramInfo
    days_per_week: int
    sessions: tuple[PlannedSession, ...]
    progression: tuple[Reason, ...]
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysSessionRequest:
    """Ask for the session of the active program that is next, with weights filled in.

    ``settings.activeProgram`` says which program and how far it has come.
    """

    now: int
    utc_offset_minutes: int = 0
    equipment: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysSessionResponse:
    """The next session, or None where no program is followed or it is finished.

    ``missed`` counts planned days that have gone by: the program waits, nothing is skipped.
    ``trained_today``: its session of today is done already. ``next_index`` is the index to
    store as ``currentSessionIndex`` once this session is finished. ``reasons`` say why it is
    this session: a first or next one, a week repeated after a lay-off, days missed, or why
    there is none (``no_program``, ``foreign_program``, ``program_finished``).
    """

    program: ProgramInfo | None
    session: PlannedSession | None
    unit: UnitCode
    done: int
    total: int
    missed: int
    trained_today: bool
    next_index: int
    reasons: tuple[Reason, ...]
    meta: ResponseMeta
