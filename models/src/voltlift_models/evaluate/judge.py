"""One lifter's figures of one row: its answers against what was then done."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voltlift_replay.answers import Guess, Ranked, clean, rank_figures
from voltlift_replay.metrics import (
    EXACT,
    KG_PER_5_LB,
    Floats,
    coverage,
    interval_sides,
    mape,
    median_ape,
    relative_errors,
    width,
    within,
)
from voltlift_replay.moments import LoadCase, RankCase
from voltlift_replay.questions import Task

CAP = 0.1
"""A step that is no longer a safe one, and an error that is dangerous upwards."""

GAP_DAYS = 28.0
BINS = 10
SHOWN = 5
"""Places of a list whose scores are held against what was done."""


@dataclass(frozen=True, slots=True)
class Metric:
    """How a figure is named and read; ``better`` is 1 where more is better, -1 less, else 0."""

    name: str
    title: str
    better: int = 1


_NEXT = (Metric("hr_at_1", "HR@1"), Metric("hr_at_5", "HR@5"), Metric("ndcg_at_5", "NDCG@5"))

METRICS: Mapping[Task, tuple[Metric, ...]] = {
    "T1": _NEXT,
    "T2": (
        Metric("precision_at_5", "Precision@5"),
        Metric("recall_at_10", "Recall@10"),
        Metric("ndcg_at_5", "NDCG@5"),
    ),
    "T3": (
        Metric("mape", "MAPE", -1),
        Metric("median_ape", "median APE", -1),
        Metric("within_2_5", "≤ 2.5 %"),
        Metric("within_5", "≤ 5 %"),
        Metric("within_10", "≤ 10 %"),
        Metric("within_5_lb", "≤ 5 lb"),
        Metric("exact", "exact"),
        Metric("mape_changed", "MAPE, changed weights", -1),
        Metric("mape_gap", "MAPE, gap > 28 d", -1),
        Metric("coverage", "80 % interval: coverage", 0),
        Metric("coverage_changed", "coverage, changed weights", 0),
        Metric("coverage_gap", "coverage, gap > 28 d", 0),
        Metric("width", "width of last weight", -1),
    ),
    "T4": (
        Metric("recall_at_10", "Recall@10"),
        Metric("recall_at_10_catalogue", "Recall@10, catalogue only"),
    ),
    "T5": (
        Metric("unsafe", "unsafe", -1),
        Metric("failed", "failed", -1),
        Metric("above_10", "> 10 % above done", -1),
        Metric("unflagged", "> 10 % above last, unflagged", -1),
    ),
    "cold": _NEXT,
}


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose scores lie in ``[low, high)``: their mean, and the share that came true."""

    low: float
    high: float
    mean_score: float
    share: float
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What one lifter's answers of one row amount to.

    ``figures`` are by task (T3 gives T5 as well) and metric; ``scores`` and ``hits`` are those
    of the shown places, where the row gives scores; ``sides`` counts what lay below, inside
    and above the intervals.
    """

    figures: dict[Task, dict[str, float]]
    cases: int
    scores: Floats = field(default_factory=lambda: np.zeros(0))
    hits: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    sides: tuple[int, int, int] = (0, 0, 0)


def judge_ranks(
    task: Task, answered: Sequence[tuple[RankCase, Ranked | Sequence[str]]]
) -> Judgement:
    """Return one lifter's figures of a task of rankings; NaN without a question.

    What a ranking must not hold is taken out before it is judged.
    """
    rows: list[dict[str, float]] = []
    scores: list[float] = []
    hits: list[bool] = []
    for case, answer in answered:
        ranked = clean(answer, case.moment)
        rows.append(_rank_figures(task, ranked.ids, case))
        if ranked.scores is not None:
            shown = list(zip(ranked.ids, ranked.scores, strict=True))[:SHOWN]
            scores += [score for _, score in shown]
            hits += [id_ in case.truth for id_, _ in shown]
    figures = {metric.name: _mean([row[metric.name] for row in rows]) for metric in METRICS[task]}
    return Judgement({task: figures}, len(rows), np.array(scores), np.array(hits, np.bool_))


def _rank_figures(task: Task, ids: Sequence[str], case: RankCase) -> dict[str, float]:
    figures = rank_figures(task, ids, case.truth)
    if task == "T4":
        own = case.moment.unknown_custom.issuperset(case.truth)
        figures["recall_at_10_catalogue"] = math.nan if own else figures["recall_at_10"]
    return figures


def judge_loads(answered: Sequence[tuple[LoadCase, Guess]], *, planned: bool = False) -> Judgement:
    """Return one lifter's figures of T3 and T5; NaN without a question.

    Unsafe is a weight that is more than 10 % above what was done, or that was failed: done at
    this weight or less for fewer repetitions than both the row and the last time asked for.
    """
    done = np.array([case.kg for case, _ in answered])
    last = np.array([case.asked.last_kg for case, _ in answered])
    given, low, high = (
        np.array([getattr(guess, name) for _, guess in answered], np.float64)
        for name in ("kg", "low", "high")
    )
    gap = np.array([case.asked.gap_days > GAP_DAYS for case, _ in answered], np.bool_)
    changed = np.abs(done / last - 1) > EXACT
    errors = relative_errors(given, done)
    failed = np.array([_failed(case, guess, planned) for case, guess in answered], np.bool_)
    flagged = np.array([guess.flagged for _, guess in answered], np.bool_)
    above = given > done * (1 + CAP + EXACT)
    loads = {
        "mape": mape(errors),
        "median_ape": median_ape(errors),
        "within_2_5": within(errors, 0.025),
        "within_5": within(errors, 0.05),
        "within_10": within(errors, 0.1),
        "within_5_lb": _mean(np.abs(given - done) <= KG_PER_5_LB + EXACT * done),
        "exact": within(errors, 0),
        "mape_changed": mape(errors[changed]),
        "mape_gap": mape(errors[gap]),
        "coverage": coverage(low, high, done),
        "coverage_changed": coverage(low[changed], high[changed], done[changed]),
        "coverage_gap": coverage(low[gap], high[gap], done[gap]),
        "width": width(low, high, last),
    }
    safety = {
        "unsafe": _mean(above | failed),
        "failed": _mean(failed),
        "above_10": _mean(above),
        "unflagged": _mean((given > last * (1 + CAP + EXACT)) & ~flagged),
    }
    sides = interval_sides(low, high, done)
    return Judgement(
        {"T3": loads, "T5": safety},
        len(answered),
        sides=(int((sides < 0).sum()), int((sides == 0).sum()), int((sides > 0).sum())),
    )


def _failed(case: LoadCase, guess: Guess, planned: bool) -> bool:
    wanted = guess.reps
    if wanted is None:
        wanted = case.reps if planned else case.asked.last_reps
    wanted = min(wanted, case.asked.last_reps)
    return case.kg <= guess.kg * (1 + EXACT) and case.reps < wanted


def reliability(judgements: Sequence[Judgement]) -> tuple[Bin, ...]:
    """Return scores of the shown places in ten bins beside the share that was then done."""
    scores = np.concatenate([item.scores for item in judgements]) if judgements else np.zeros(0)
    if not len(scores):
        return ()
    hits = np.concatenate([item.hits for item in judgements])
    place = np.clip((scores * BINS).astype(np.int64), 0, BINS - 1)
    return tuple(
        Bin(at / BINS, (at + 1) / BINS, float(scores[mine].mean()), float(hits[mine].mean()), n)
        for at in range(BINS)
        if (n := int((mine := place == at).sum()))
    )


def _mean(values: Sequence[float] | NDArray[np.bool_]) -> float:
    figures = np.asarray(values, np.float64)
    known = figures[~np.isnan(figures)]
    return float(known.mean()) if known.size else math.nan
