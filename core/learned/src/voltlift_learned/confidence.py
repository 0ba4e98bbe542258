"""How sure a learned scorer is, as measured."""

from __future__ import annotations

from voltlift_core.contract.meta import Confidence
from voltlift_learned.diary import Floats
from voltlift_learned.habit import Task


def ranker_confidence(task: Task, points: Floats) -> Confidence:
    best = float(points.max())
    return "high" if best >= 90 else "medium" if best >= 80 else "low"


def net_confidence(chance: Floats) -> Confidence:
    best = float(chance.max())
    return "high" if best >= 0.7 else "medium" if best >= 0.4 else "low"


def filter_confidence(days: int) -> Confidence:
    return "medium" if days >= 30 else "low"
