"""The aims, for what a lifter is shown by default."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from voltlift_models.evaluate.engine_rows import (
    DEFAULT,
    LOAD_DEFAULT,
    LOAD_RULES,
    RULES,
    WITH_REPS,
)
from voltlift_models.evaluate.report import Aim, Report
from voltlift_replay.questions import Task

LAST_WEIGHT = "last weight"

RANKS: tuple[tuple[Task, str, str, float], ...] = (
    ("T1", "hr_at_1", "HR@1 at least 48 %", 0.48),
    ("T1", "hr_at_5", "HR@5 at least 72 %", 0.72),
    ("T1", "ndcg_at_5", "NDCG@5 at least 61 %", 0.61),
    ("T2", "precision_at_5", "Precision@5 at least 50 % (architecture: 45 %)", 0.50),
    ("T2", "recall_at_10", "Recall@10 at least 66 % (architecture: 62 %)", 0.66),
    ("T2", "ndcg_at_5", "NDCG@5 at least 59 % (architecture: 58 %)", 0.59),
)

RATIOS: tuple[tuple[str, str, str, float], ...] = (
    (WITH_REPS, "mape", "MAPE at most 0.83 × the last weight's", 0.83),
    ("", "mape", "MAPE at most 0.94 × the last weight's", 0.94),
    (WITH_REPS, "mape_gap", "MAPE after a gap > 28 d at most 0.90 × the last weight's", 0.90),
)

GAINS: tuple[tuple[str, str, str, float], ...] = (
    (WITH_REPS, "within_5", "within 5 % at least 6 points above the last weight", 0.06),
    (WITH_REPS, "exact", "exact at least as often as the last weight", 0.0),
    ("", "within_5", "within 5 % at least as often as the last weight", 0.0),
    ("", "exact", "exact at least as often as the last weight", 0.0),
)

BANDS: tuple[tuple[str, str, float, float], ...] = (
    ("coverage", "80 % interval holds 78 to 82 %", 0.78, 0.82),
    ("coverage_gap", "80 % interval holds 78 to 82 % after a gap > 28 d", 0.78, 0.82),
    ("coverage_changed", "80 % interval holds at least 72 % of changed weights", 0.72, 1.0),
    ("width", "80 % interval at most 27 % wide", 0.0, 0.27),
)


def aims_of(report: Report, *, with_models: bool) -> Report:
    """Return the report with its aims filled in; without models rules are the default.

    Values are macro averages, ratios of them, or differences in points; an aim without a
    case is not reached.
    """
    ranks, loads = (DEFAULT, LOAD_DEFAULT) if with_models else (RULES, LOAD_RULES)
    return replace(report, aims=tuple(_aims(report, ranks, loads)))


def _aims(report: Report, ranks: str, loads: str) -> Iterator[Aim]:
    for task, metric, text, least in RANKS:
        value = _mean(report, task, ranks, metric)
        if value is not None:
            yield Aim(task, ranks, text, value, value >= least)
    ratios = {(item.row, item.metric): item.ratio.mean for item in report.ratios}
    for suffix, metric, text, most in RATIOS:
        ratio = ratios.get((loads + suffix, metric))
        if ratio is not None:
            yield Aim("T3", loads + suffix, text, ratio, ratio <= most)
    for suffix, metric, text, least in GAINS:
        value = _mean(report, "T3", loads + suffix, metric)
        rival = _mean(report, "T3", LAST_WEIGHT, metric)
        if value is not None and rival is not None:
            yield Aim("T3", loads + suffix, text, value - rival, value - rival >= least)
    for suffix in ("", WITH_REPS):
        for metric, text, low, high in BANDS:
            value = _mean(report, "T3", loads + suffix, metric)
            if value is not None and not math.isnan(value):
                yield Aim("T3", loads + suffix, text, value, low <= value <= high)


def _mean(report: Report, task: Task, row: str, metric: str) -> float | None:
    found = report.tasks.get(task, {}).get(row, {}).get(metric)
    return None if found is None else found.mean
