"""Small numeric helpers; written for wasm, where ``mean``, ``median`` and ``**`` are slow."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def mean(values: Floats) -> float:
    """Return the mean, NaN for no values."""
    return float(values.sum()) / len(values) if len(values) else math.nan


def spread(values: Floats) -> float:
    """Return the standard deviation of a sample, NaN for fewer than two values."""
    if len(values) < 2:
        return math.nan
    deviation = values - mean(values)
    return math.sqrt(float((deviation * deviation).sum()) / (len(values) - 1))


def ratio(numerator: float, denominator: float) -> float:
    """Return the quotient, NaN where the denominator is not above zero."""
    return numerator / denominator if denominator > 0 else math.nan


def divide(numerator: Floats, denominator: Floats | np.float64) -> Floats:
    """Return the quotient, NaN where the denominator is not above zero."""
    out = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    np.divide(numerator, denominator, out=out, where=np.asarray(denominator > 0))
    return out


def row_sums(matrix: Floats) -> Floats:
    """Return the sum of the known values of each row, NaN where there is none."""
    known = ~np.isnan(matrix)
    sums: Floats = np.where(known, matrix, 0.0).sum(axis=1)
    return np.where(known.any(axis=1), sums, np.nan)


def row_means(matrix: Floats) -> Floats:
    """Return the mean of the known values of each row, NaN where there is none."""
    counts: Floats = (~np.isnan(matrix)).sum(axis=1).astype(np.float64)
    return divide(row_sums(matrix), counts)


def row_medians(matrix: Floats) -> Floats:
    """Return the median of the known values of each row, NaN where there is none."""
    ordered = np.sort(matrix, axis=1)  # NaN sorts to the end.
    counts = (~np.isnan(matrix)).sum(axis=1)
    rows = np.arange(len(matrix))
    low = ordered[rows, np.maximum((counts - 1) // 2, 0)]
    high = ordered[rows, np.minimum(counts // 2, matrix.shape[1] - 1)]
    return np.where(counts > 0, (low + high) / 2, np.nan)


def row_trends(matrix: Floats) -> Floats:
    """Return the slope of a regression over the columns, relative to the mean of the row.

    0.02 means +2 % a session. NaN where fewer than two values are known or the mean is 0.

    Examples
    --------
    >>> row_trends(np.array([[np.nan, 100.0, 102.0, 104.0]])).round(4)
    array([0.0196])
    """
    known = ~np.isnan(matrix)
    counts = known.sum(axis=1)
    x = np.arange(matrix.shape[1], dtype=np.float64)
    safe = np.maximum(counts, 1)
    dx = np.where(known, x - ((known * x).sum(axis=1) / safe)[:, None], 0.0)
    y = np.where(known, matrix, 0.0)
    level = y.sum(axis=1) / safe
    slope = divide((dx * y).sum(axis=1), (dx * dx).sum(axis=1))
    return np.where(counts > 1, divide(slope, np.abs(level)), np.nan)


def circular_mean_hour(hours: Floats) -> float:
    """Return the mean hour of day on the circle, so that 23 and 1 meet at 0; NaN for none."""
    if not len(hours):
        return math.nan
    angle = hours * (math.pi / 12.0)
    x, y = float(np.cos(angle).sum()), float(np.sin(angle).sum())
    if math.hypot(x, y) < 1e-9 * len(hours):
        return math.nan
    return math.atan2(y, x) * 12.0 / math.pi % 24.0
