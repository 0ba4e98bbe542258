"""An 80 % interval: conformalised quantiles, corrected by how a lifter's last weights fell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_core.wire import Json
from voltlift_learned.diary import Floats
from voltlift_learned.loads.lifts import Lifts, Questions
from voltlift_learned.loads.views import GAP_DAYS, View

RECENT = 24
"""Latest weights of the lifter, over all exercises, that correct the interval."""

GROUPS = 4


@dataclass(frozen=True)
class Calibration:
    """How far the quantiles are moved outwards.

    A *miss* is the conformity score of conformalised quantile regression (Romano, Patterson &
    Candès, NeurIPS 2019), ``max(low - y, y - high)``, in units of the lifter's usual change:
    positive outside the interval. The interval is widened by the quantile of the misses of
    held-out lifters, group by group, drawn towards that of the lifter's own last weights.

    Parameters
    ----------
    noise_edges : tuple of float
        Mean absolute change of the exercise that parts calm, usual and restless ones.
    offset : tuple of float
        Quantile of the misses of held-out lifters: calm, usual, restless, after a gap.
    inertia : float
        How many of the lifter's own weights the held-out ones count for.
    level : float
        Quantile of the misses that is taken.
    """

    noise_edges: tuple[float, float]
    offset: tuple[float, float, float, float]
    inertia: float
    level: float

    def group(self, view: View) -> NDArray[np.intp]:
        """Return the group of each question, 0 to 3."""
        noise = np.searchsorted(np.array(self.noise_edges), usual_change(view), side="right")
        after_gap = view.now - view.day[:, -1] > GAP_DAYS
        out: NDArray[np.intp] = np.where(after_gap, GROUPS - 1, noise).astype(np.intp)
        return out

    def miss(self, low: Floats, high: Floats, change: Floats, view: View) -> Floats:
        """Return how far outside each change fell, against its group's offset."""
        offset = np.array(self.offset)[self.group(view)]
        return np.asarray(misses(low, high, change, view) - offset)

    def widen(self, view: View, own: Floats) -> Floats:
        """Return by how much each interval is widened at both ends, in log load.

        Parameters
        ----------
        view : View
            The questions.
        own : ndarray of float64, shape (n, m)
            ``miss`` of the lifter's last weights before each question; NaN where fewer.
        """
        known = ~np.isnan(own)
        n = known.sum(1)
        ordered = np.sort(own, axis=1)
        if own.shape[1]:
            at = np.clip(np.ceil(self.level * n).astype(np.intp) - 1, 0, None)
            mine = np.where(n > 0, np.nan_to_num(ordered[np.arange(len(own)), at]), 0.0)
        else:
            mine = np.zeros(len(own))
        pull = n / (n + self.inertia) * mine
        return np.asarray((np.array(self.offset)[self.group(view)] + pull) * scale(view))

    def to_json(self) -> Json:
        """Return the numbers as JSON."""
        return {
            "noiseEdges": list(self.noise_edges),
            "offset": list(self.offset),
            "inertia": self.inertia,
            "level": self.level,
        }

    @classmethod
    def of_json(cls, data: Json) -> Calibration:
        """Return what ``to_json`` gave.

        Raises
        ------
        ValueError, KeyError, TypeError
            Where it is something else.
        """
        if not isinstance(data, dict):
            raise TypeError("no calibration")
        low, high = (float(x) for x in data["noiseEdges"])
        first, second, third, fourth = (float(x) for x in data["offset"])
        numbers = [low, high, first, second, third, fourth]
        inertia, level = float(data["inertia"]), float(data["level"])
        if not np.isfinite([*numbers, inertia, level]).all() or inertia <= 0 or not 0 < level < 1:
            raise ValueError("a calibration out of range")
        return cls((low, high), (first, second, third, fourth), inertia, level)


def misses(low: Floats, high: Floats, change: Floats, view: View) -> Floats:
    """Return the conformity scores in units of ``scale``."""
    down, up = np.minimum(low, high), np.maximum(low, high)
    return np.asarray(np.maximum(down - change, change - up) / scale(view))


def usual_change(view: View) -> Floats:
    """Return the mean absolute change of log load over the last ten sessions."""
    pair = view.known[:, -11:-1]
    steps = np.abs(np.diff(view.w[:, -11:], axis=1))
    out: Floats = np.where(pair, steps, 0.0).sum(1) / np.maximum(pair.sum(1), 1)
    return out


def scale(view: View) -> Floats:
    """Return the unit of misses: the usual change, at least 2 % and at most 30 %."""
    out: Floats = np.clip(usual_change(view), 0.02, 0.3)
    return out


def recent_questions(lifts: Lifts, *, planned: bool) -> tuple[Questions, Floats] | None:
    """Return the last weights of a log as the questions that they were, and their log loads.

    Parameters
    ----------
    lifts : Lifts
        The days before.
    planned : bool
        Whether the repetitions that were then done count as planned.
    """
    order = lifts.by_exercise
    ordered = lifts.exercise[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    rows = np.sort(order[rank >= 3])[-RECENT:]
    if not len(rows):
        return None
    plan = lifts.reps[rows] * planned
    asked = Questions(lifts, lifts.exercise[rows], lifts.day[rows], rows.astype(np.int32), plan)
    return asked, np.log(lifts.kg[rows])
