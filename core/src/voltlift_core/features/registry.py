"""The registry, complete: importing this module registers every feature."""

from voltlift_core.features import balance, candidate, context, exercise, habits, recovery, user
from voltlift_core.features.spec import FEATURES

__all__ = [
    "FEATURES",
    "balance",
    "candidate",
    "context",
    "exercise",
    "habits",
    "recovery",
    "user",
]
