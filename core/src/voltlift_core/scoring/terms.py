"""Building blocks for terms: a column of points with the codes and values behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from voltlift_core.contract.exercises import ComponentName
from voltlift_core.scoring.config import Step
from voltlift_core.scoring.protocol import Explanation, Term

Values = Callable[[int], dict[str, str | float]]


def choose(
    component: ComponentName,
    choices: Sequence[tuple[NDArray[np.bool_], float, str]],
    default: tuple[float, str | None],
    values: Values,
) -> Term:
    """Return the term whose points come from the first condition that holds.

    Parameters
    ----------
    component : str
        Component of the term.
    choices : sequence of (condition, points, code)
        Conditions of shape (n,), looked at in order.
    default : (points, code)
        Where no condition holds; a code of None says nothing there (its points are 0).
    values : callable
        Values to quote for a candidate.
    """
    conditions = [condition for condition, _, _ in choices]
    codes = [code for _, _, code in choices]
    points = np.select(conditions, [np.float64(p) for _, p, _ in choices], np.float64(default[0]))

    def explain(index: int) -> Explanation | None:
        for condition, code in zip(conditions, codes, strict=True):
            if condition[index]:
                return code, values(index)
        return None if default[1] is None else (default[1], values(index))

    return Term(component=component, points=points, explain=explain)


def steps(
    value: NDArray[np.float64], table: Sequence[Step]
) -> list[tuple[NDArray[np.bool_], float, str]]:
    """Return the choices of a step table over a value per candidate."""
    return [(value < step.below, step.points, step.code) for step in table]


def flat(component: ComponentName, n: int, code: str) -> Term:
    """Return a term of no points that says the same of every candidate."""
    return Term(component=component, points=np.zeros(n), explain=lambda _: (code, {}))


def clamped(component: ComponentName, terms: Sequence[Term], maximum: float) -> list[Term]:
    """Return the terms with one more that brings their sum into 0 .. ``maximum``.

    Where the clamp bites it is a reason like any other, so that points still add up.
    """
    total = np.sum([term.points for term in terms], axis=0)
    correction = np.clip(total, 0.0, maximum) - total

    def explain(index: int) -> Explanation | None:
        if correction[index] == 0.0:
            return None
        limit = maximum if correction[index] < 0 else 0.0
        return "clamped", {"limit": limit}

    return [*terms, Term(component=component, points=correction, explain=explain)]
