"""The registry, complete: importing this module registers every feature."""

from voltlift_core.features import balance, context, exercise
from voltlift_core.features.spec import FEATURES

__all__ = ["FEATURES", "balance", "context", "exercise"]
