"""Context features: the moment, and the workout going on."""

from __future__ import annotations

from voltlift_core.features.moment import Moment
from voltlift_core.features.spec import FEATURES, Floats

_CURRENT = "activeWorkout.logs"


@FEATURES.per_group("trainedToday", "context", "0/1", (0, 1), default=0, source=_CURRENT)
def trained_today(at: Moment) -> Floats:
    """Whether an exercise with {group} as primary muscle group is in the current workout."""
    return at.trained_today
