"""Fit and habit together: shown = (1 - α) fit + α habit, each part visible in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_core.scoring.config import HabitRules
from voltlift_core.scoring.protocol import Scores


@dataclass(frozen=True, slots=True)
class Blend:
    """Scores as they are shown, and the parts that they are made of.

    Parameters
    ----------
    shown : Scores
        Points of both parts, weighed.
    fit : ndarray, shape (n,)
        What the rules gave, 0-100.
    habit : ndarray of shape (n,), or None
        What the learned scorers gave, 0-100; None where none took part.
    alpha : float
        Weight of habit, 0-1.
    """

    shown: Scores
    fit: NDArray[np.float64]
    habit: NDArray[np.float64] | None
    alpha: float


def habit_weight(workouts: int, rules: HabitRules, routine: float | None = None) -> float:
    """Return α: how much habit counts after so many workouts.

    0 below ``from_workouts``, then rising in equal steps to its full value at
    ``until_workouts``: a few workouts say little of what a lifter likes.

    Parameters
    ----------
    workouts : int
        Completed workouts so far.
    rules : HabitRules
        Where it starts, where it ends, and its default.
    routine : float, optional
        The lifter's own setting, 0 (balance) to 1 (my routine), instead of the default.

    Examples
    --------
    >>> rules = HabitRules(weight=0.8, from_workouts=3, until_workouts=10)
    >>> [habit_weight(n, rules) for n in (2, 3, 10, 99)]
    [0.0, 0.1, 0.8, 0.8]
    >>> habit_weight(6, rules, routine=1.0)
    0.5
    """
    full = rules.weight if routine is None else routine
    if workouts < rules.from_workouts:
        return 0.0
    faded_in = (workouts - rules.from_workouts + 1) / (
        rules.until_workouts - rules.from_workouts + 1
    )
    return full * min(faded_in, 1.0)


def blend(fit: Scores, habits: Sequence[tuple[Scores, float]], alpha: float) -> Blend:
    """Return the parts together; without any of habit the rules stand alone.

    Parameters
    ----------
    fit : Scores
        What should be done next.
    habits : sequence of (Scores, float)
        What this lifter will want to do, by each scorer that answered, with its weight.
    alpha : float
        Weight of habit.
    """
    total = sum(weight for _, weight in habits)
    if not habits or alpha <= 0 or total <= 0:
        return Blend(fit, fit.total, None, 0.0)
    habit = Scores((), {})
    for scores, weight in habits:
        habit = habit.with_terms(scores.scaled(weight / total))
    shown = fit.scaled(1 - alpha).with_terms(habit.scaled(alpha))
    return Blend(shown, fit.total, habit.total, alpha)
