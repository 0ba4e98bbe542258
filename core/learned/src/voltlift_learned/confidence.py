"""How sure a learned scorer is of an answer; levels mean the same of every scorer.

*High*: of ten first suggestions more than eight were done next on real logs. *Medium*: five or
six. *Low*: one or two. The thresholds are set by what was counted (``voltlift confidence``,
``docs/explanation/confidence.md``); the length of the log need not be looked at, since a short
one already shows in the points.
"""

from __future__ import annotations

from typing import Final

from voltlift_core.contract.meta import Confidence

RANKER_LEVELS: Final = (75.0, 85.0)
"""Points of the first suggestion from which on the ranker is of medium and of high confidence."""

NET_LEVELS: Final = (0.4, 0.8)
"""The same of the net, in probability."""

FILTER_CONFIDENCE: Final[Confidence] = "low"
"""Of the filter: which exercise is taken up next is a guess whatever the log holds."""


def confidence(best: float, levels: tuple[float, float]) -> Confidence:
    """Return the level of an answer by its best candidate.

    Examples
    --------
    >>> [confidence(points, RANKER_LEVELS) for points in (74, 75, 92)]
    ['low', 'medium', 'high']
    """
    medium, high = levels
    return "high" if best >= high else "medium" if best >= medium else "low"
