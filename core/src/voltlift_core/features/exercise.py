"""Exercise features: what the lifter's own log says about each exercise."""

from __future__ import annotations

import numpy as np

from voltlift_core.features.moment import Moment
from voltlift_core.features.spec import FEATURES, Floats

_LOG = "history[].logs[].sets"


@FEATURES.per_exercise("daysSinceLastPerformed", "days", (0, 999), default=999, source=_LOG)
def days_since_last_performed(at: Moment) -> Floats:
    """Days since a working set of it."""
    return at.days_since(at.view.last_performed_s)


@FEATURES.per_exercise("timesPerformed", "sessions", (0, 5000), default=0, source=_LOG)
def times_performed(at: Moment) -> Floats:
    """Workouts with a working set of it."""
    return at.view.times_performed


@FEATURES.per_exercise("completionRate", "share", (0, 1), default=0.5, source=_LOG)
def completion_rate(at: Moment) -> Floats:
    """Completed sets over planned sets of it, warm-ups apart, all time."""
    return at.view.completion_rate


@FEATURES.per_exercise("isFavourite", "0/1", (0, 1), default=0, source="settings.favoriteExercises")
def is_favourite(at: Moment) -> Floats:
    """Whether the lifter marked it as favourite."""
    flags = np.zeros(at.n)
    known = [at.catalogue.index.get(id_, -1) for id_ in at.settings.favourites]
    flags[[index for index in known if index >= 0]] = 1.0
    return flags
