"""A ranker's scores as points."""

from __future__ import annotations

import numpy as np

from voltlift_learned.diary import Floats
from voltlift_learned.habit.features import Task

_LISTED: dict[Task, int] = {"next": 8, "session": 10}
_LOW = 20.0
_SLOPE = (8.0, 80.0)


def habit_points(task: Task, scores: Floats) -> Floats:
    """Return the habit of each candidate in points from 0 to 100.

    The best has 70 points and 30 times its softmax probability, so a choice that is clear has
    almost 100; the eighth for the next exercise, and the tenth of a session, have 20. Between,
    points fall evenly with the score, by 8 to 80 for a unit of it; below, ever more slowly
    towards zero. The order of the scores is kept, and those that matter are as far apart as
    the scale allows, so that the fit, which is mixed in, decides between near equals and
    seldom against a habit.

    Parameters
    ----------
    task : {"next", "session"}
        Which ranker scored.
    scores : ndarray of float64, shape (n,)
        Its scores of all candidates of one moment.

    Examples
    --------
    >>> habit_points("next", np.array([2.0, 2.0, 0.0])).round(1).tolist()
    [84.0, 84.0, 20.0]
    """
    if not len(scores):
        return np.zeros(0)
    behind = scores.max() - scores
    best = 70.0 + 30.0 / float(np.exp(-behind).sum())
    listed = float(np.sort(behind)[: _LISTED[task]][-1])
    slope = float(np.clip((best - _LOW) / max(listed, 1e-9), *_SLOPE))
    fall = slope * behind
    straight = best - _LOW
    tail = _LOW * np.exp(-np.maximum(fall - straight, 0.0) / _LOW)
    points: Floats = np.where(fall <= straight, best - fall, tail)
    return points
