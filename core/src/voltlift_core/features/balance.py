"""Balance features: how training is spread over the muscle groups."""

from __future__ import annotations

from voltlift_core.features.moment import Moment
from voltlift_core.features.spec import FEATURES, Floats

_LOG = "history[].logs[].sets"


@FEATURES.per_group("hardSets30d", "balance", "sets", (0, 300), default=0, source=_LOG)
def hard_sets_30d(at: Moment) -> Floats:
    """Working sets for {group} in the last 30 days; as secondary muscle they count half."""
    window = at.entries(30)
    return at.per_group(at.view.entry("sets")[window], window)


@FEATURES.per_group("daysSince", "balance", "days", (0, 999), default=999, source=_LOG)
def days_since(at: Moment) -> Floats:
    """Days since a working set with {group} as primary muscle group."""
    return at.days_since_group


@FEATURES.per_group(
    "sessions", "balance", "sessions", (0, 60), default=0, source=_LOG, alias="sessions30d"
)
def sessions_30d(at: Moment) -> Floats:
    """Workouts of the last 30 days with {group} as primary muscle group."""
    return at.sessions_per_group(30)
