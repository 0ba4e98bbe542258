"""Answers of one row against what was then done, as the contract gives the figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from voltlift_replay.answers import Guess
from voltlift_replay.metrics import (
    coverage,
    is_within,
    mape,
    paired_error,
    relative_errors,
    within,
)
from voltlift_replay.moments import LoadCase

SPELT_OUT = {"hr_at_1": "hit_rate_at_1", "hr_at_5": "hit_rate_at_5"}
"""Metrics whose names the contract gives in full."""


def rank_scores(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the means of the figures of rankings, see ``answers.rank_figures``.

    Examples
    --------
    >>> rank_scores([{"hr_at_1": 1.0}, {"hr_at_1": 0.0}])
    {'hit_rate_at_1': 0.5}
    """
    if not figures:
        return {}
    return {
        SPELT_OUT.get(name, name): float(np.mean([each[name] for each in figures]))
        for name in figures[0]
    }


def rank_errors(
    own: Sequence[Mapping[str, float]], other: Sequence[Mapping[str, float]], days: Sequence[int]
) -> dict[str, float]:
    """Return the standard errors of the differences between two rows of rankings.

    Parameters
    ----------
    own, other : sequence of mapping
        Their figures, question by question, see ``answers.rank_figures``.
    days : sequence of int
        The day of each question.
    """
    if not own:
        return {}
    pairs = list(zip(own, other, strict=True))
    return {
        SPELT_OUT.get(name, name): paired_error([a[name] - b[name] for a, b in pairs], days)
        for name in own[0]
    }


def load_errors(
    cases: Sequence[LoadCase], own: Sequence[Guess], other: Sequence[Guess]
) -> dict[str, float]:
    """Return the standard errors of the differences in how many weights are near, or exact."""
    if not cases:
        return {}
    done = [case.kg for case in cases]
    errors = [relative_errors([guess.kg for guess in row], done) for row in (own, other)]
    days = [case.asked.moment.day for case in cases]
    found = {}
    for name, share in (("within_5_percent", 0.05), ("exact", 0.0)):
        one, two = (is_within(row, share).astype(np.float64) for row in errors)
        found[name] = paired_error(one - two, days)
    return found


def load_scores(cases: Sequence[LoadCase], guesses: Sequence[Guess]) -> dict[str, float]:
    """Return the figures of weights; ``coverage`` only where there was an interval."""
    if not cases:
        return {}
    done = [case.kg for case in cases]
    errors = relative_errors([guess.kg for guess in guesses], done)
    scores = {"mape": mape(errors), "within_5_percent": within(errors, 0.05)}
    scores["exact"] = within(errors, 0)
    held = coverage([guess.low for guess in guesses], [guess.high for guess in guesses], done)
    return scores if math.isnan(held) else {**scores, "coverage": held}
