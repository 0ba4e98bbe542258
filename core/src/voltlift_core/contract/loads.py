"""Progressive overload: weight and reps of the next set, and what became of a suggestion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.exercises import Reason
from voltlift_core.contract.meta import Confidence, ResponseMeta
from voltlift_core.contract.state import CurrentSession, UnitCode
from voltlift_core.wire import Json

Decision = Literal[
    "deload_recovery",
    "deload_effort",
    "increase_weight",
    "increase_half_step",
    "increase_reps",
    "hold",
    "return_after_gap",
    "forecast",
    "cold_start",
    "no_history",
]
"""Which branch of the decision tree answered; ``forecast`` where a model moved its weight."""

EffortKind = Literal["load", "bodyweight", "reps", "time"]
"""What a set is counted in: a load, the own body (plus a load), reps alone, or seconds."""

Outcome = Literal["accepted", "modified", "ignored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestLoadRequest:
    """Ask for weight and reps of the next set of an exercise.

    Parameters
    ----------
    now : int
        Epoch milliseconds as of which to answer.
    exercise_id : str
        The exercise.
    session : CurrentSession, optional
        The workout going on; its completed sets of the exercise count as today's.
    planned_reps : tuple of int, optional
        The range that a program asks for.
    planned_sets : int, optional
        The number of working sets that a program asks for.
    set_index : int, optional
        Which working set, from 0; None for the next one not done.
    warm_ups : bool
        Whether to give warm-up sets as well.
    """

    now: int
    exercise_id: str
    utc_offset_minutes: int = 0
    session: CurrentSession | None = None
    planned_reps: tuple[int, int] | None = None
    planned_sets: int | None = None
    set_index: int | None = None
    warm_ups: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChoice:
    """A weight, in the lifter's unit, with a range of reps; ``seconds`` for timed exercises.

    For exercises of the own body the weight is what is added to it. Timed sets have one rep.
    """

    weight: float
    reps: tuple[int, int]
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAlternatives:
    """The three ways not taken."""

    deload: LoadChoice
    maintain: LoadChoice
    push: LoadChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatePicture:
    """What to put on the bar: ``per_side`` from the inside out, in the lifter's unit."""

    bar: float
    per_side: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The last session of the exercise: when, and its working sets as weight and reps.

    With a plan it is the last one with about the repetitions that the plan asks for.
    """

    start_time: int
    sets: tuple[LoadChoice, ...]
    rpe: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPrediction:
    """What a model expects, in the lifter's unit.

    ``low`` and ``high`` are the ends of the interval that holds the weight in 80 % of cases;
    ``confidence`` follows from its width and from how much history it rests on. ``used`` says
    whether it decided the suggested weight, inside of the rules' safe bounds.
    """

    model: str
    version: str
    weight: float
    low: float
    high: float
    confidence: Confidence
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How suggestions for this exercise fared: what confidence rests on besides the history.

    ``mean_deviation`` is the mean of |actual - suggested| / suggested of the last ten;
    ``bias`` the factor that was learned from them (1.0: none).
    """

    suggestions: int
    followed: int
    mean_deviation: float | None
    bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestLoadResponse:
    """The suggestion for the next set.

    ``choice`` is None without any history, baseline or related lift (``decision`` is then
    ``no_history``). ``step_exceeds_cap`` marks a weight that is more than 10 % above the last
    one: a single coarse step, or the return from a deload. A reason's points are what it adds
    to the weight of the last session, in the lifter's unit: together they lead to the weight.
    ``prediction`` is what a model expects, None while none takes part.
    ``propensity`` is the probability with which this suggestion was made (1.0 for rules),
    ``version`` what made it.
    """

    exercise_id: str
    unit: UnitCode
    kind: EffortKind
    choice: LoadChoice | None
    sets: int
    set_index: int
    decision: Decision
    confidence: Confidence
    reasoning: tuple[Reason, ...]
    alternatives: LoadAlternatives | None
    warm_ups: tuple[LoadChoice, ...]
    plates: PlatePicture | None
    last: LastTime | None
    track_record: TrackRecord
    step_exceeds_cap: bool
    propensity: float
    version: str
    prediction: LoadPrediction | None
    meta: ResponseMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFeedbackRequest:
    """What became of a suggestion.

    ``outcome``: ``accepted`` - done as suggested; ``modified`` - done otherwise;
    ``ignored`` - not done. Weights are in ``unit``.
    """

    now: int
    exercise_id: str
    outcome: Outcome
    unit: UnitCode
    suggested_weight: float
    suggested_reps: tuple[int, int]
    confidence: Confidence
    actual_weight: float | None = None
    actual_reps: int | None = None
    rpe: float | None = None
    propensity: float = 1.0
    version: str = ""
    session_id: str | None = None
    set_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFeedbackResponse:
    """The settings' ``suggestionHistory`` and ``suggestionBias`` after the feedback.

    The owner of the settings stores both: the engine keeps no log of its own.
    ``reward`` is that of ``architecture-overview``: 1 for accepted, else 0.
    """

    suggestion_history: tuple[Json, ...]
    suggestion_bias: dict[str, float]
    track_record: TrackRecord
    reward: float
