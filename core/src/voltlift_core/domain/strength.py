"""Estimates of strength from submaximal sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAX_REPS = 12.0
"""Repetitions beyond which a set says little more about the one-repetition maximum."""

BRZYCKI_MAX_REPS = 5.0
"""Up to this many repetitions Brzycki's formula is used, above it Epley's."""


def reps_to_failure(reps: ArrayLike, rpe: ArrayLike = np.nan) -> NDArray[np.float64]:
    """Return the repetitions that were possible: those done and those in reserve.

    ``reps + (10 - rpe)`` where the RPE is known, else ``reps``; at most ``MAX_REPS``. The
    RPE scale by repetitions in reserve: Zourdos et al., J Strength Cond Res 30(1), 2016.

    Parameters
    ----------
    reps : array_like
        Repetitions done; below 1 gives NaN.
    rpe : array_like
        Rate of perceived exertion, 1 to 10; NaN where not known.

    Returns
    -------
    ndarray of float64
        The broadcast shape of the arguments.

    Examples
    --------
    >>> reps_to_failure([5, 5, 0], [8, np.nan, 8]).tolist()
    [7.0, 5.0, nan]
    """
    done = np.asarray(reps, dtype=np.float64)
    reserve = 10.0 - np.asarray(rpe, dtype=np.float64)
    reserve = np.where(reserve > 0, reserve, 0.0)
    return np.where(done >= 1, np.minimum(done + reserve, MAX_REPS), np.nan)


def one_rep_max_factor(reps: ArrayLike, rpe: ArrayLike = np.nan) -> NDArray[np.float64]:
    """Return the one-repetition maximum over the load of a set.

    With r from ``reps_to_failure``:

    * r <= 5: ``36 / (37 - r)`` (Brzycki, J Phys Educ Recreat Dance 64(1), 1993)
    * r > 5: ``1 + r / 30`` (Epley, Boyd Epley Workout, 1985)

    Dimensionless; NaN where there are no repetitions. It never falls as repetitions rise.

    Examples
    --------
    >>> one_rep_max_factor([1, 5, 10]).round(3).tolist()
    [1.0, 1.125, 1.333]
    """
    possible = reps_to_failure(reps, rpe)
    return np.where(possible <= BRZYCKI_MAX_REPS, 36.0 / (37.0 - possible), 1.0 + possible / 30.0)


def one_rep_max(
    load_kg: ArrayLike, reps: ArrayLike, rpe: ArrayLike = np.nan
) -> NDArray[np.float64]:
    """Return the estimated one-repetition maximum of sets, in kilograms.

    The load times ``one_rep_max_factor``.

    Parameters
    ----------
    load_kg : array_like
        Load in kilograms; NaN gives NaN.
    reps, rpe : array_like
        As in ``reps_to_failure``.

    Returns
    -------
    ndarray of float64
        The broadcast shape of the arguments.

    Examples
    --------
    >>> one_rep_max(100.0, [1, 10], [10, np.nan]).round(1).tolist()
    [100.0, 133.3]
    """
    estimate: NDArray[np.float64] = np.asarray(load_kg, np.float64) * one_rep_max_factor(reps, rpe)
    return estimate
