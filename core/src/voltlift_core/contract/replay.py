"""How suggestions would have predicted the lifter's own training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.contract.state import UnitCode

ReplayTaskName = Literal["next_exercise", "todays_session", "next_weight"]
ReplayRowName = Literal["suggested", "rules", "repeat"]
"""What the app suggests now, rules alone, and simply repeating: of exercises what followed last
time, of weights the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayRequest:
    """Ask how good suggestions would have been on this log, each as of its moment.

    Settings are those of now, but for what was learned of weights since.

    Parameters
    ----------
    now : int
        Epoch milliseconds; nothing later is looked at.
    utc_offset_minutes : int
        The lifter's UTC offset.
    questions : int
        How many of each task at most, 1 to 2,000: the latest ones, spread evenly over the last
        two years. More take longer and say it more exactly.
    routine : float, optional
        Weight of habit against balance in the lists, as lists are asked for now; None for the
        default.
    """

    now: int
    utc_offset_minutes: int = 0
    questions: int = 100
    routine: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayScore:
    """Figures of one row, all as shares from 0 to 1, by their names in the evaluation.

    ``next_exercise`` and ``todays_session``: ``hit_rate_at_1``, ``hit_rate_at_5``,
    ``ndcg_at_5``; ``precision_at_5``, ``recall_at_10``, ``ndcg_at_5``. ``next_weight``: ``mape``,
    ``within_5_percent``, ``exact``, and where a model gave intervals ``coverage``.

    ``errors`` has the standard error of a figure's difference to ``suggested``, over the same
    questions, those of a day taken together; not for ``mape`` and ``coverage``, and not for
    ``suggested`` itself.
    """

    row: ReplayRowName
    metrics: dict[str, float]
    errors: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayTask:
    """A task with its rows; none where the log has no question for it.

    Parameters
    ----------
    questions, days : int
        How many were asked, and on how many days of training.
    learned : bool
        Whether a model had a say in any answer. Where none had, ``suggested`` and ``rules`` are
        one: what was asked once.
    """

    task: ReplayTaskName
    questions: int
    days: int
    learned: bool
    scores: tuple[ReplayScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedWeight:
    """One question of ``next_weight``, in the lifter's unit: what was suggested, what was done."""

    start_time: int
    exercise_id: str
    last: float
    suggested: float
    rules: float
    low: float | None
    high: float | None
    done: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResponse:
    """How suggestions fared.

    ``first`` and ``last`` are the moments of the first and last question, None without any;
    ``weights`` are in time order. With planned repetitions the weights would fit better: the
    log has no plans, so none are assumed.
    """

    tasks: tuple[ReplayTask, ...]
    weights: tuple[ReplayedWeight, ...]
    unit: UnitCode
    first: int | None
    last: int | None
    meta: ResponseMeta
