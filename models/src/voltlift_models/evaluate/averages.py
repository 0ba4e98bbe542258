"""Means over lifters, with their bootstrap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from voltlift_replay.metrics import Floats

RESAMPLES = 2_000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over lifters, with the ends of its 95 % interval.

    ``lo`` and ``hi`` are NaN below two lifters: one tells nothing of the next.
    """

    mean: float
    lo: float
    hi: float
    n_lifters: int


def macro(values: ArrayLike) -> float:
    """Return the mean over lifters, each counting once however long the log.

    Lifters without a case (NaN) are left out; NaN where none has one.
    """
    figures = np.asarray(values, np.float64)
    known = figures[~np.isnan(figures)]
    return float(known.mean()) if known.size else math.nan


def bootstrap(values: ArrayLike, *, seed: int = 0, resamples: int = RESAMPLES) -> Estimate:
    """Return the macro average with its percentile bootstrap interval over lifters.

    Lifters are drawn with replacement ``resamples`` times; the interval runs from the 2.5th
    to the 97.5th percentile of the means (Efron & Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13).

    Examples
    --------
    >>> bootstrap([0.5, 0.5, 0.5])
    Estimate(mean=0.5, lo=0.5, hi=0.5, n_lifters=3)
    """
    figures = np.asarray(values, np.float64)
    known = figures[~np.isnan(figures)]
    draws = _draws(len(known), seed, resamples)
    return _estimate(macro(known), known[draws].mean(axis=1) if len(known) > 1 else None, known)


def bootstrap_ratio(
    above: ArrayLike, below: ArrayLike, *, seed: int = 0, resamples: int = RESAMPLES
) -> Estimate:
    """Return ``macro(above) / macro(below)`` over the same lifters, with its interval.

    Examples
    --------
    >>> bootstrap_ratio([1, 3], [2, 2]).mean
    1.0
    """
    pair = np.array([above, below], np.float64)
    known = pair[:, ~np.isnan(pair).any(axis=0)]
    if not known.size or not known[1].any():
        return Estimate(math.nan, math.nan, math.nan, known.shape[1])
    means = known.mean(axis=1)
    drawn = known[:, _draws(known.shape[1], seed, resamples)].mean(axis=2)
    ratios = np.divide(drawn[0], drawn[1], out=np.full_like(drawn[0], np.nan), where=drawn[1] > 0)
    ratios = ratios[~np.isnan(ratios)]
    several = known.shape[1] > 1 and len(ratios)
    return _estimate(float(means[0] / means[1]), ratios if several else None, known[0])


def column(figures: Sequence[Mapping[str, float]], metric: str) -> Floats:
    """Return one metric of several lifters, NaN where one has none."""
    return np.array([item.get(metric, math.nan) for item in figures], np.float64)


def _draws(n: int, seed: int, resamples: int) -> NDArray[np.int64]:
    # One generator a call: the same lifters are drawn for every row, so that rows compare.
    generator = np.random.default_rng(seed)
    return generator.integers(0, max(n, 1), size=(resamples, n))


def _estimate(mean: float, drawn: Floats | None, known: Floats) -> Estimate:
    if drawn is None:
        return Estimate(mean, math.nan, math.nan, len(known))
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return Estimate(mean, float(low), float(high), len(known))
