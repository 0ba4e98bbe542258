"""Strength as a hidden state: a Kalman filter over the sessions of an exercise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats

NOISE = 0.035
"""Standard deviation of log load at given strength and repetitions."""

LEVEL_DRIFT = 0.03
"""Growth of the level's standard deviation, per square root of a day."""

SLOPE_PRIOR = (0.9, 0.25)
"""Mean and standard deviation of the slope of the rep curve before any session."""

CLIP = 4.0
"""Innovations count up to so many standard deviations: a light day is no lost strength."""


@dataclass(frozen=True, eq=False)
class Strength:
    """State of the filter per question: ``log w = level - slope · curve(reps)``.

    Parameters
    ----------
    level, slope : ndarray of float64, shape (n,)
        Log of the one-repetition maximum, and slope of the rep curve.
    p_level, p_cross, p_slope : ndarray of float64, shape (n,)
        Their covariance.
    surprise : ndarray of float64, shape (n, K)
        Innovation of each session, before it was learned from; 0 where there is none.
    """

    level: Floats
    slope: Floats
    p_level: Floats
    p_cross: Floats
    p_slope: Floats
    surprise: Floats

    def at(self, reps: Floats) -> tuple[Floats, Floats]:
        """Return the expected log load at these repetitions, and its standard deviation."""
        x = curve(reps)
        variance = self.p_level - 2 * x * self.p_cross + x * x * self.p_slope + NOISE**2
        return self.level - self.slope * x, np.sqrt(variance)


def curve(reps: Floats) -> Floats:
    """Return ``log(1 + (reps - 1) / 30)``, Epley's curve with nothing left out at one rep."""
    out: Floats = np.log1p((np.maximum(reps, 1.0) - 1.0) / 30.0)
    return out


def strength(
    log_kg: Floats, reps: Floats, day: Floats, known: NDArray[np.bool_], now: Floats
) -> Strength:
    """Return the state after the sessions of each question, oldest first.

    Parameters
    ----------
    log_kg, reps, day : ndarray of float64, shape (n, K)
        Log load and repetitions of the top sets, and their local days.
    known : ndarray of bool, shape (n, K)
        False where there was no session.
    now : ndarray of float64, shape (n,)
        Day of the question: uncertainty grows up to it.

    References
    ----------
    Kalman, R. E. (1960). A new approach to linear filtering and prediction problems.
    Robust update by clipped innovations: Masreliez and Martin (1977).
    """
    n, length = log_kg.shape
    x = curve(reps)
    mean_slope, sd_slope = SLOPE_PRIOR
    first = np.where(known.any(1), known.argmax(1), 0)
    at = np.arange(n)
    slope = np.full(n, mean_slope)
    level = log_kg[at, first] + slope * x[at, first]
    p_level, p_cross = np.full(n, 0.04), np.zeros(n)
    p_slope = np.full(n, sd_slope**2)
    surprise = np.zeros((n, length))
    last = day[at, first]
    for k in range(length):
        on, xk = known[:, k], x[:, k]
        p_level = np.where(on, p_level + LEVEL_DRIFT**2 * (day[:, k] - last), p_level)
        last = np.where(on, day[:, k], last)
        to_level, to_slope = p_level - xk * p_cross, p_cross - xk * p_slope
        variance = to_level - xk * to_slope + NOISE**2
        seen = np.where(on, log_kg[:, k] - level + slope * xk, 0.0)
        surprise[:, k] = seen
        bound = CLIP * np.sqrt(variance)
        clipped = np.clip(seen, -bound, bound)
        gain = np.where(on, 1.0 / variance, 0.0)
        level = level + to_level * gain * clipped
        slope = slope + to_slope * gain * clipped
        p_level = p_level - to_level * to_level * gain
        p_cross = p_cross - to_level * to_slope * gain
        p_slope = p_slope - to_slope * to_slope * gain
    p_level = p_level + LEVEL_DRIFT**2 * np.minimum(now - last, 365.0)
    return Strength(level, slope, p_level, p_cross, p_slope, surprise)
