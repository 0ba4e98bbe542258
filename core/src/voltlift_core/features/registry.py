"""The registry, complete: importing this module registers every feature."""

# The order is that of the reference page and of training columns.
# isort: off
from voltlift_core.features import user
from voltlift_core.features import habits
from voltlift_core.features import balance
from voltlift_core.features import recovery
from voltlift_core.features import exercise
from voltlift_core.features import candidate
from voltlift_core.features import context

# isort: on
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
