"""Why the regression says more or less than the last time, as codes with values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats

LIMIT = 3
_LEAST = 0.002


@dataclass(frozen=True, slots=True)
class LoadReason:
    """One reason.

    Parameters
    ----------
    code : str
        ``recent_sessions``, ``trend``, ``gap``, ``streak``, ``strength``, ``lifter``,
        ``today``, ``similar_days`` or ``plan``.
    feature : str
        The feature of that kind which moved the prediction most.
    value : float
        Its value.
    change : float
        What the kind adds to the log ratio of the weight to the last one; 0.01 is 1 %.
    """

    code: str
    feature: str
    value: float
    change: float


_CODES = (
    ("plan_", "plan"),
    ("like_", "similar_days"),
    ("weekday_", "similar_days"),
    ("today_", "today"),
    ("lifter_comeback", "gap"),
    ("lifter_", "lifter"),
    ("kalman_", "strength"),
    ("best_e", "strength"),
    ("ewma_e", "strength"),
    ("gap", "gap"),
    ("rest", "gap"),
    ("sessions", "gap"),
    ("streak", "streak"),
    ("here_", "streak"),
    ("high_", "streak"),
    ("slope_", "trend"),
    ("ewma_w", "trend"),
    ("change_", "trend"),
    ("up_", "trend"),
    ("down_", "trend"),
    ("same_", "trend"),
    ("mean_change", "trend"),
)


@cache
def code_of(feature: str) -> str:
    """Return the code of the reasons that a feature belongs to.

    Examples
    --------
    >>> code_of("today_up"), code_of("reps_0")
    ('today', 'recent_sessions')
    """
    for prefix, code in _CODES:
        if feature.startswith(prefix):
            return code
    return "recent_sessions"


def reasons_of(
    names: Sequence[str], row: NDArray[np.float32], shares: Floats
) -> tuple[LoadReason, ...]:
    """Return the strongest reasons of a prediction, at most three.

    Parameters
    ----------
    names : sequence of str
        Names of the features.
    row : ndarray of float32, shape (F,)
        Their values.
    shares : ndarray of float64, shape (F,)
        What each adds to the log ratio, by path attribution.
    """
    by_code: dict[str, list[int]] = {}
    for at in np.flatnonzero(shares).tolist():
        by_code.setdefault(code_of(names[at]), []).append(at)
    reasons, sizes = [], np.abs(shares).tolist()
    for code, group in by_code.items():
        top = max(group, key=sizes.__getitem__)
        change = float(shares[group].sum())
        if abs(change) >= _LEAST:
            reasons.append(LoadReason(code, names[top], float(row[top]), change))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.change))[:LIMIT])
