"""Exercise recommendations and their explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import CurrentSession

ComponentName = Literal[
    "balance",
    "recovery",
    "preference",
    "goal",
    "experience",
    "novelty",
    "cold_start",
    "habit",
    "diversity",
    "total",
]
"""The six rule components; ``cold_start`` is there while the questionnaire decides;
``habit`` holds what models learned of this lifter; ``diversity`` is applied in ranking;
``total`` holds a final clamp."""

ChangeCode = Literal["mark_favourite", "wait", "next_session", "add_equipment", "change_goal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why points were given: a code with its values; text is made at the edge."""

    code: str
    points: float
    values: dict[str, str | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentScore:
    """Points of one component; ``points`` is the sum of its reasons' points."""

    component: ComponentName
    points: float
    max_points: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseInfo:
    """What a list shows of an exercise."""

    id: str
    name: str
    muscle_group: str
    secondary_muscles: tuple[str, ...]
    equipment: str
    category: str
    difficulty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedExercise:
    """One recommendation.

    ``score`` (0-100) is the sum of the points of all components. ``fit`` (0-100) is what the
    rules alone would give, ``habit`` (0-100) what the models would, None while none takes part:
    score = (1 - alpha) fit + alpha habit, with diversity, and ``meta.alpha`` is the weight.
    """

    rank: int
    exercise: ExerciseInfo
    score: float
    fit: float
    habit: float | None
    components: tuple[ComponentScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendExercisesRequest:
    """Ask for the next exercises.

    Parameters
    ----------
    now : int
        Epoch milliseconds as of which to answer.
    utc_offset_minutes : int
        The lifter's UTC offset at that moment (east is positive).
    session : CurrentSession, optional
        The workout going on; None before it starts.
    limit : int
        How many, 1 to 100.
    exclude : tuple of str
        Exercise ids not to offer.
    equipment : tuple of str, optional
        Equipment at hand today, instead of the one in the settings.
    routine : float, optional
        Weight of habit against balance, 0-1, instead of the default; it still fades in over
        the first workouts.
    """

    now: int
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    limit: int = 5
    exclude: tuple[str, ...] = ()
    equipment: tuple[str, ...] | None = None
    routine: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendExercisesResponse:
    """The top exercises, best first, with how many were looked at and left out.

    ``cold_start``: below three completed workouts the answers to the questionnaire decide
    (content-based), after that the log does.
    """

    recommendations: tuple[RecommendedExercise, ...]
    cold_start: bool
    considered: int
    excluded_by_equipment: int
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest(RecommendExercisesRequest):
    """Ask why an exercise is, or is not, in the list that the same request would give."""

    exercise_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that would change the points, with what the score would then be.

    Found by scoring again with that one thing changed, never by guessing.
    """

    code: ChangeCode
    values: dict[str, str | float]
    score: float
    would_be_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainResponse:
    """An exercise's points beside those of the last listed one.

    ``candidate.score`` is the score it would be shown with as the next pick after the
    list's other members; ``last_listed`` is None when nothing could be listed; ``gap`` is how
    far the candidate is behind it (negative when ahead); ``excluded`` names a hard filter
    that kept it out.
    """

    candidate: RecommendedExercise
    listed: bool
    last_listed: RecommendedExercise | None
    gap: float
    excluded: Reason | None
    changes: tuple[Change, ...]
    meta: ResponseMeta
