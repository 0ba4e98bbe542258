"""Weights to choose from: what the lifter used for the exercise, one step more or less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats
from voltlift_learned.loads.features import comeback
from voltlift_learned.loads.kalman import curve
from voltlift_learned.loads.views import GAP_DAYS, SAME, SESSIONS, View

USED = 12
"""Most weights of the past, by how lately they were used."""

EXTRA = 4
"""A step up, a step down, and what strength says at the repetitions in question, twice."""

SLOTS = USED + EXTRA
_GRID_KG = (2.5, 5 * 0.45359237)


_NAMES = """
c_ratio c_last c_age c_days c_share c_recent c_reps c_reps_off c_reps_near c_reps_least
c_reps_most c_by_reps c_kalman c_kalman_z c_epley c_comeback c_own c_followed c_like c_pull
c_above c_between c_n
"""

CANDIDATE_FEATURES: tuple[str, ...] = tuple(_NAMES.split())
"""What the chooser sees of a candidate besides the question, in order."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates of questions.

    Parameters
    ----------
    log_kg : ndarray of float64, shape (n, C)
        Their log loads.
    real : ndarray of bool, shape (n, C)
        False where a slot is empty.
    columns : mapping of str to ndarray of float64, shape (n, C)
        Features of each.
    """

    log_kg: Floats
    real: NDArray[np.bool_]
    columns: dict[str, Floats]


def candidates(v: View) -> Candidates:
    """Return the candidates of each question with their features."""
    w, used = _latest_uses(v)
    c, real = _pool(v, w, used)
    return Candidates(c, real, _features(v, c, real))


def _latest_uses(v: View) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the distinct weights, the latest one first, and where there is one."""
    equal = np.abs(v.w[:, :, None] - v.w[:, None, :]) <= SAME
    later = np.triu(np.ones((SESSIONS, SESSIONS), np.bool_), 1)
    latest = v.known & ~(equal & later & v.known[:, None, :]).any(2)
    order = np.argsort(~latest[:, ::-1], axis=1, kind="stable")[:, :USED]
    flipped_w, flipped = v.w[:, ::-1], latest[:, ::-1]
    return np.take_along_axis(flipped_w, order, 1), np.take_along_axis(flipped, order, 1)


def _step_kg(v: View) -> Floats:
    """Return the usual change of weight: of the exercise, else of the lifter, else 2.5 kg."""
    kg = np.exp(v.w)
    pair = v.known[:, :-1] & (np.abs(np.diff(v.w, axis=1)) > SAME)
    own = _lower_median(np.where(pair, np.abs(np.diff(kg, axis=1)), np.nan))
    return np.where(np.isnan(own), _grid(v), own)


def _grid(v: View) -> Floats:
    """Return 5 lb where most weights of the exercise are multiples of it, else 2.5 kg."""
    kg = np.exp(v.w)
    off = [(np.abs(kg / g * 2 - np.round(kg / g * 2)) < 1e-3).sum(1) for g in _GRID_KG]
    return np.where(off[1] > off[0], _GRID_KG[1], _GRID_KG[0])


def _lower_median(values: Floats) -> Floats:
    ordered = np.sort(values, axis=1)
    n = (~np.isnan(values)).sum(1)
    return np.asarray(ordered[np.arange(len(values)), np.maximum(n - 1, 0) // 2])


def _pool(v: View, w: Floats, used: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    last = np.exp(v.w[:, -1])
    step, grid = _step_kg(v), _grid(v)
    by_strength = np.exp(v.strength.at(v.reps_now)[0])
    by_curve = np.exp(v.w[:, -1] + curve(v.reps[:, -1]) - curve(v.reps_now))
    extra_kg = np.stack(
        [
            last + step,
            last - step,
            np.round(by_strength / grid) * grid,
            np.round(by_curve / grid) * grid,
        ],
        axis=1,
    )
    near = np.abs(np.log(np.maximum(extra_kg, 0.1)) - v.w[:, -1:]) < 1.1
    ok = (extra_kg > 1.0) & near
    c = np.concatenate([w, np.log(np.where(ok, extra_kg, 1.0))], axis=1)
    real = np.concatenate([used, ok], axis=1)
    # What was used already, or comes twice, is one candidate.
    equal = np.abs(c[:, :, None] - c[:, None, :]) <= SAME
    earlier = np.tril(np.ones((c.shape[1], c.shape[1]), np.bool_), -1)
    real &= ~(equal & earlier & real[:, None, :]).any(2)
    return np.where(real, c, v.w[:, -1:]), real


def _features(v: View, c: Floats, real: NDArray[np.bool_]) -> dict[str, Floats]:
    w0 = v.w[:, -1:]
    here = (np.abs(c[:, :, None] - v.w[:, None, :]) <= SAME) & v.known[:, None, :]
    n_here = here.sum(2)
    was = n_here > 0
    last_at = np.where(was, SESSIONS - 1 - here[:, :, ::-1].argmax(2), 0)
    ages = np.arange(SESSIONS - 1, -1, -1.0)
    reps_here = np.take_along_axis(v.reps, last_at, 1)
    age_here = v.now[:, None] - np.take_along_axis(v.day, last_at, 1)
    plan = v.reps_now[:, None]
    expected, sd = v.strength.at(v.reps_now)
    from_last = (np.abs(v.w[:, :-1] - w0) <= SAME) & v.known[:, :-1]
    followed = (from_last[:, None, :] & here[:, :, 1:]).sum(2)
    pull = np.where(v.known, np.exp(4.0 * v.likeness) * 0.85**ages, 0.0)
    by_reps = np.where(v.known, np.exp(-0.5 * np.abs(v.reps - plan)) * 0.9**ages, 0.0)
    by_reps /= np.maximum(by_reps.sum(1, keepdims=True), 1e-9)
    recent = np.where(v.known, 0.75**ages, 0.0)
    off = np.where(here, np.abs(v.reps[:, None, :] - plan[:, :, None]), 40.0)
    curve_now = curve(v.reps_now)[:, None]
    epley = v.w[:, -1:] + curve(v.reps[:, -1:]) - curve_now
    own = v.w + 0.9 * (curve(v.reps) - curve_now)
    weights = recent / recent.sum(1, keepdims=True)
    mean_own = (weights * own).sum(1, keepdims=True)
    above = real[:, None, :] & (c[:, None, :] > c[:, :, None] + SAME)
    between = np.where(c > w0, 1, -1) * (
        real[:, None, :]
        & (np.minimum(c, w0)[:, :, None] + SAME < c[:, None, :])
        & (c[:, None, :] < np.maximum(c, w0)[:, :, None] - SAME)
    ).sum(2)
    return {
        "c_ratio": c - w0,
        "c_last": (np.abs(c - w0) <= SAME).astype(np.float64),
        "c_age": np.where(was, SESSIONS - last_at, SESSIONS + 5).astype(np.float64),
        "c_days": np.where(was, np.log1p(age_here), 8.0),
        "c_share": n_here / np.maximum(v.known.sum(1), 1)[:, None],
        "c_recent": (here * recent[:, None, :]).sum(2) / recent.sum(1)[:, None],
        "c_reps": np.where(was, reps_here, 0.0),
        "c_reps_off": np.where(was, plan - reps_here, 0.0),
        "c_reps_near": off.min(2),
        "c_reps_least": np.where(was, plan - np.where(here, v.reps[:, None, :], 99).min(2), 0.0),
        "c_reps_most": np.where(was, plan - np.where(here, v.reps[:, None, :], 0).max(2), 0.0),
        "c_by_reps": (here * by_reps[:, None, :]).sum(2)
        / np.maximum(by_reps.sum(1), 1e-9)[:, None],
        "c_kalman": c - expected[:, None],
        "c_kalman_z": (c - expected[:, None]) / sd[:, None],
        "c_epley": c - epley,
        "c_comeback": c - epley - (comeback(v) * (v.now - v.day[:, -1] > GAP_DAYS))[:, None],
        "c_own": c - mean_own,
        "c_followed": followed / np.maximum(from_last.sum(1), 1)[:, None],
        "c_like": np.where(here, v.likeness[:, None, :], 0.0).max(2),
        "c_pull": (here * pull[:, None, :]).sum(2) / np.maximum(pull.sum(1), 1e-9)[:, None],
        "c_above": above.sum(2).astype(np.float64),
        "c_between": between.astype(np.float64),
        "c_n": np.repeat(real.sum(1)[:, None], c.shape[1], 1).astype(np.float64),
    }


def weighted_median(log_kg: Floats, chance: Floats, real: NDArray[np.bool_]) -> Floats:
    """Return the candidate that makes the expected relative error least, per question.

    The expectation of ``|c - w| / w`` under probabilities ``p`` of ``w`` is least at the
    median of the weights under ``p / w``.

    Parameters
    ----------
    log_kg, chance : ndarray of float64, shape (n, C)
        Candidates, and the probability of each up to a factor.
    real : ndarray of bool, shape (n, C)
        False where a slot is empty.

    Examples
    --------
    >>> kg = np.log([[50.0, 60.0, 70.0]])
    >>> float(np.exp(weighted_median(kg, np.array([[0.2, 0.5, 0.3]]), kg > 0))[0].round(6))
    60.0
    """
    share = np.where(real, chance * np.exp(-log_kg), 0.0)
    order = np.argsort(np.where(real, log_kg, np.inf), axis=1, kind="stable")
    summed = np.cumsum(np.take_along_axis(share, order, 1), axis=1)
    at = (summed >= 0.5 * summed[:, -1:]).argmax(1)
    rows = np.arange(len(at))
    out: Floats = log_kg[rows, order[rows, at]]
    return out
