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


def calibrate(
    samples: Sequence[LoadSamples],
    low: Sequence[Floats],
    high: Sequence[Floats],
    inertia: float,
    level: float,
) -> Calibration:
    """Return the calibration of quantiles by lifters that they never saw.

    Parameters
    ----------
    samples : sequence of LoadSamples
        The held-out lifters.
    low, high : sequence of ndarray of float64
        Held-out quantiles of each.
    inertia, level : float
        See ``Calibration``. A lifter with ``n`` weights counts ``sqrt(n)``.
    """
    kept = [at for at, part in enumerate(samples) if part.n]
    parts = [samples[at] for at in kept]
    noise = np.concatenate([usual_change(part.view) for part in parts])
    weight = np.concatenate([np.full(part.n, part.n**-0.5) for part in parts])
    edges = (_quantile(noise, weight, 1 / 3), _quantile(noise, weight, 2 / 3))
    start = Calibration(edges, (0.0, 0.0, 0.0, 0.0), inertia, level)
    scores = np.concatenate(
        [misses(low[at], high[at], samples[at].change, samples[at].view) for at in kept]
    )
    group = np.concatenate([start.group(part.view) for part in parts])
    calm, usual, restless, gap = (
        _quantile(scores[group == g], weight[group == g], level) for g in range(GROUPS)
    )
    return replace(start, offset=(calm, usual, restless, gap))


def share_held(
    calibration: Calibration, part: LoadSamples, low: Floats, high: Floats
) -> NDArray[np.bool_]:
    """Return which weights of a lifter fall inside, each corrected by the ones before."""
    down, up = ends(calibration, part, low, high)
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
