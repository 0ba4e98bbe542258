"""A ranker's scores as points."""

from __future__ import annotations

import numpy as np

from voltlift_learned.diary import Floats
from voltlift_learned.habit.features import Task

_SLOPE: dict[Task, float] = {"next": 18.0, "session": 18.0}
_STRAIGHT = 60.0
"""Points below the best down to which they fall evenly; below, they approach zero."""


def habit_points(task: Task, scores: Floats) -> Floats:
    """Return the habit of each candidate in points from 0 to 100.

    The best has 70 points and 30 times its softmax probability, so a choice that is clear has
    almost 100. Others fall evenly with their score, 18 points for each unit of it, which for
    two candidates is their log odds; after 60 points ever more slowly. The order of the
    scores is kept: two scores that differ give points that differ.

    Parameters
    ----------
    task : {"next", "session"}
        Which ranker scored.
    scores : ndarray of float64, shape (n,)
        Its scores of all candidates of one moment.

    Examples
    --------
    >>> habit_points("next", np.array([2.0, 2.0, 0.0])).round(1).tolist()
    [84.1, 84.1, 48.1]
    """
    if not len(scores):
        return np.zeros(0)
    behind = scores.max() - scores
    best = 70.0 + 30.0 / float(np.exp(-behind).sum())
    fall = _SLOPE[task] * behind
    floor = best - _STRAIGHT
    tail = floor * np.exp(-np.maximum(fall - _STRAIGHT, 0.0) / floor)
    points: Floats = np.where(fall <= _STRAIGHT, best - fall, tail)
    return points
