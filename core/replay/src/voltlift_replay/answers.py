"""Answers to questions, as they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voltlift_replay.metrics import hr_at_k, ndcg_at_k, precision_at_k, recall_at_k
from voltlift_replay.moments import Moment
from voltlift_replay.questions import Task


@dataclass(frozen=True, slots=True)
class Ranked:
    """Exercises, the likeliest first; ``scores`` (0 to 1) where the row gives them."""

    ids: Sequence[str]
    scores: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A weight in kilograms.

    Parameters
    ----------
    kg : float
        NaN for no answer.
    reps : int, optional
        For how many repetitions at least; the planned ones, else those of the last time, where
        it is not said.
    low, high : float
        Ends of the interval that should hold 80 % of what is done; NaN for none.
    flagged : bool
        Whether it is said that the step is more than 10 %.
    """

    kg: float
    reps: int | None = None
    low: float = float("nan")
    high: float = float("nan")
    flagged: bool = False


def clean(answer: Ranked | Sequence[str], moment: Moment) -> Ranked:
    """Return a ranking without repeats, and without what it must not hold."""
    ranked = answer if isinstance(answer, Ranked) else Ranked(answer)
    taken = set(moment.taken)
    places = []
    for place, id_ in enumerate(ranked.ids):
        if id_ not in taken:
            taken.add(id_)
            places.append(place)
    scores = None if ranked.scores is None else [ranked.scores[at] for at in places]
    return Ranked([ranked.ids[at] for at in places], scores)


def rank_figures(task: Task, ids: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Return the figures of one clean ranking, by the names of the evaluation.

    Examples
    --------
    >>> rank_figures("T1", ["squat", "row"], ["row"])["hr_at_1"]
    0.0
    """
    if task in ("T1", "cold"):
        return {
            "hr_at_1": hr_at_k(ids, truth, 1),
            "hr_at_5": hr_at_k(ids, truth, 5),
            "ndcg_at_5": ndcg_at_k(ids, truth, 5),
        }
    recall = {"recall_at_10": recall_at_k(ids, truth, 10)}
    if task == "T2":
        return {
            "precision_at_5": precision_at_k(ids, truth, 5),
            **recall,
            "ndcg_at_5": ndcg_at_k(ids, truth, 5),
        }
    return recall
