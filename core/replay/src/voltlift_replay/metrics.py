"""Metrics of rankings, weights and intervals.

Shares are fractions, 0 to 1. A figure that has no case is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

EXACT = 0.001
"""Relative difference below which two weights are the same: converted units leave less."""

KG_PER_5_LB = 2.26796185


def hr_at_k(ranked: Sequence[str], truth: Collection[str], k: int) -> float:
    """Return the hit rate: 1 where any of ``truth`` is among the first ``k``, else 0.

    Averaged over questions it is HR@k (Deshpande & Karypis, ACM TOIS 22, 2004).

    Examples
    --------
    >>> hr_at_k(["squat", "row"], ["row"], 1), hr_at_k(["squat", "row"], ["row"], 2)
    (0.0, 1.0)
    """
    return float(any(item in truth for item in ranked[:k]))


def precision_at_k(ranked: Sequence[str], truth: Collection[str], k: int) -> float:
    """Return hits among the first ``k``, over ``k`` (a shorter list gains nothing by it).

    Manning, Raghavan & Schütze, Introduction to Information Retrieval, 2008, section 8.4.

    Examples
    --------
    >>> precision_at_k(["squat", "row"], {"row", "curl"}, 5)
    0.2
    """
    return _hits(ranked, truth, k) / k


def recall_at_k(ranked: Sequence[str], truth: Collection[str], k: int) -> float:
    """Return hits among the first ``k``, over the number of what is sought.

    Manning, Raghavan & Schütze, 2008, section 8.4.

    Examples
    --------
    >>> recall_at_k(["squat", "row"], {"row", "curl"}, 10)
    0.5
    """
    return _hits(ranked, truth, k) / len(truth) if truth else math.nan


def ndcg_at_k(ranked: Sequence[str], truth: Collection[str], k: int) -> float:
    """Return the normalised discounted cumulative gain, every item of ``truth`` alike.

    ``DCG = Σ hit_i / log2(i + 1)`` over places i = 1..k, divided by that of the best list,
    whose first ``min(k, |truth|)`` places are all hits (Järvelin & Kekäläinen, ACM TOIS 20,
    2002).

    Examples
    --------
    >>> ndcg_at_k(["row", "squat"], {"row"}, 5), round(ndcg_at_k(["squat", "row"], {"row"}, 5), 3)
    (1.0, 0.631)
    """
    if not truth:
        return math.nan
    gain = sum(1 / math.log2(at + 2) for at, item in enumerate(ranked[:k]) if item in truth)
    best = sum(1 / math.log2(at + 2) for at in range(min(k, len(truth))))
    return gain / best


def relative_errors(given: ArrayLike, done: ArrayLike) -> Floats:
    """Return ``|given - done| / done``; no answer (NaN) is as far off as one of nothing: 1.

    Examples
    --------
    >>> relative_errors([90, math.nan], [100, 100]).tolist()
    [0.1, 1.0]
    """
    expected = np.asarray(done, np.float64)
    errors: Floats = np.abs(np.asarray(given, np.float64) - expected) / expected
    return np.where(np.isnan(errors), 1.0, errors)


def mape(errors: ArrayLike) -> float:
    """Return the mean absolute percentage error, ``mean(|given - done| / done)``.

    Parameters
    ----------
    errors : array_like
        Relative errors, see ``relative_errors``.
    """
    values = np.asarray(errors, np.float64)
    return float(values.mean()) if values.size else math.nan


def median_ape(errors: ArrayLike) -> float:
    """Return the median absolute percentage error, which a few wild cases do not move."""
    values = np.asarray(errors, np.float64)
    return float(np.median(values)) if values.size else math.nan


def within(errors: ArrayLike, share: float) -> float:
    """Return the share of relative errors of at most ``share``; 0 stands for exact.

    ``EXACT`` is allowed on top, for what a conversion of units leaves.

    Examples
    --------
    >>> within([0.0, 0.05, 0.2], 0.05)
    0.6666666666666666
    """
    found = is_within(errors, share)
    return float(found.mean()) if found.size else math.nan


def is_within(errors: ArrayLike, share: float) -> NDArray[np.bool_]:
    """Return which relative errors ``within`` counts."""
    return np.asarray(np.asarray(errors, np.float64) <= share + EXACT)


def coverage(low: ArrayLike, high: ArrayLike, done: ArrayLike) -> float:
    """Return the share of intervals that hold what was done; without an interval: no case.

    ``mean(low <= done <= high)``, the empirical coverage (Gneiting & Raftery, JASA 102, 2007).

    Examples
    --------
    >>> coverage([90, 95], [100, 99], [100, 100])
    0.5
    """
    inside = interval_sides(low, high, done) == 0
    return float(inside.mean()) if inside.size else math.nan


def interval_sides(low: ArrayLike, high: ArrayLike, done: ArrayLike) -> NDArray[np.int8]:
    """Return -1 where what was done lies below its interval, 0 inside, 1 above."""
    lows, highs, truth = (np.asarray(values, np.float64) for values in (low, high, done))
    known = ~np.isnan(lows + highs)
    below = truth[known] < lows[known] * (1 - EXACT)
    above = truth[known] > highs[known] * (1 + EXACT)
    return above.astype(np.int8) - below.astype(np.int8)


def width(low: ArrayLike, high: ArrayLike, last: ArrayLike) -> float:
    """Return the mean width of the intervals as a share of the last weight.

    The same denominator for every row: a row that aims high gets no wider by it.
    """
    spread = np.asarray(high, np.float64) - np.asarray(low, np.float64)
    relative = spread / np.asarray(last, np.float64)
    known = relative[~np.isnan(relative)]
    return float(known.mean()) if known.size else math.nan


def paired_error(differences: ArrayLike, group: ArrayLike) -> float:
    """Return the standard error of a mean difference between two shares of the same questions.

    ``√(Σ_g (Σ_{i in g} (d_i - m))² + 1 + 2m²) / (n + 2)`` with ``m = Σd / (n + 2)``. Questions of
    a group are not independent, so their deviations are added up before they are squared (Liang
    & Zeger, Biometrika 73, 1986). Two more questions, half of one for each side, keep it from
    being nothing where the first few agree (Agresti & Min, Statistics in Medicine 24, 2005).

    Parameters
    ----------
    differences : array_like
        One a question, -1 to 1.
    group : array_like of int
        What questions belong together: their day.

    Examples
    --------
    >>> round(paired_error([1, 0, 0, -1], [0, 1, 2, 3]), 4), round(paired_error([1, 1], [7, 7]), 4)
    (0.2887, 0.3953)
    """
    d = np.asarray(differences, np.float64)
    n = len(d) + 2
    mean = d.sum() / n
    _, at = np.unique(np.asarray(group), return_inverse=True)
    sums = np.bincount(at.astype(np.intp), weights=d - mean)
    return math.sqrt(float((sums**2).sum()) + 1 + 2 * mean**2) / n


def _hits(ranked: Sequence[str], truth: Collection[str], k: int) -> int:
    return sum(item in truth for item in ranked[:k])
