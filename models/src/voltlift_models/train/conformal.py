"""Calibration of the load interval on lifters that the quantiles never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats
from voltlift_learned.loads.interval import GROUPS, Calibration, misses, usual_change
from voltlift_learned.loads.views import SAME
from voltlift_models.prepare.loads import LoadSamples

_LEVELS = np.arange(0.5, 0.931, 0.01)


def calibrate(
    samples: Sequence[LoadSamples],
    low: Sequence[Floats],
    high: Sequence[Floats],
    chosen: Sequence[Floats],
    inertia: float,
    coverage: float,
) -> Calibration:
    """Return the calibration under which held-out intervals hold ``coverage`` of the weights.

    Parameters
    ----------
    samples : sequence of LoadSamples
        Lifters with at least one sample each.
    low, high : sequence of ndarray of float64
        Held-out quantiles of each.
    chosen : sequence of ndarray of float64
        Log ratios of the weights that a held-out chooser took: no interval leaves them out.
    inertia : float
        See ``Calibration``.
    coverage : float
        Mean share over lifters, those with fewer than 50 weights counting for less.
    """
    kept = [at for at, part in enumerate(samples) if part.n]
    samples = [samples[at] for at in kept]
    low, high, chosen = ([ends[at] for at in kept] for ends in (low, high, chosen))
    noise = np.concatenate([usual_change(part.view) for part in samples])
    weight = np.concatenate([np.full(part.n, part.n**-0.5) for part in samples])
    edges = (_quantile(noise, weight, 1 / 3), _quantile(noise, weight, 2 / 3))
    start = Calibration(edges, (0.0, 0.0, 0.0, 0.0), inertia, 0.8)
    scores = np.concatenate(
        [misses(a, b, s.change, s.view) for s, a, b in zip(samples, low, high, strict=True)]
    )
    group = np.concatenate([start.group(part.view) for part in samples])
    best, closest = start, np.inf
    for level in _LEVELS.tolist():
        one, two, three, four = (
            _quantile(scores[group == g], weight[group == g], level) for g in range(GROUPS)
        )
        tried = replace(start, offset=(one, two, three, four), level=level)
        held = [
            share_held(tried, part, a, b, c).mean()
            for part, a, b, c in zip(samples, low, high, chosen, strict=True)
        ]
        off = abs(float(np.average(held, weights=[_say(part.n) for part in samples])) - coverage)
        if off < closest:
            best, closest = tried, off
    return best


def _say(n: int) -> float:
    """Return how much a lifter's share counts: that of a handful of weights is mostly chance."""
    return min(n, _ENOUGH) / _ENOUGH


_ENOUGH = 50


def share_held(
    calibration: Calibration, part: LoadSamples, low: Floats, high: Floats, chosen: Floats
) -> NDArray[np.bool_]:
    """Return which weights of a lifter fall inside, each corrected by the ones before."""
    down, up = ends(calibration, part, low, high)
    down, up = np.minimum(down, chosen), np.maximum(up, chosen)
    return (down <= part.change + SAME) & (part.change <= up + SAME)


def ends(
    calibration: Calibration, part: LoadSamples, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Return the ends of the intervals of a lifter, as log ratios to the last weight."""
    own = part.last_own(calibration.miss(low, high, part.change, part.view))
    widen = calibration.widen(part.view, own)
    return np.minimum(low, high) - widen, np.maximum(low, high) + widen


def _quantile(values: Floats, weight: Floats, level: float) -> float:
    """Return a weighted quantile; 0 of nothing."""
    if not len(values):
        return 0.0
    order = np.argsort(values, kind="stable")
    summed = np.cumsum(weight[order])
    return float(values[order[min(np.searchsorted(summed, level * summed[-1]), len(order) - 1)]])
