"""Lifters written by hand, for tests of the evaluation."""

from __future__ import annotations

from replay_samples import (
    BENCH,
    CURL,
    DEADLIFT,
    FIRST_DAY,
    MS_PER_DAY,
    PLANK,
    ROW,
    SQUAT,
    app_state,
    days_of,
    one_set,
    workout,
)
from voltlift_models.corpus import Lifter, Source

__all__ = [
    "BENCH",
    "CURL",
    "DEADLIFT",
    "FIRST_DAY",
    "MS_PER_DAY",
    "PLANK",
    "ROW",
    "SQUAT",
    "lifter_of",
    "one_set",
    "routine",
    "workout",
]


def lifter_of(*sessions, name="me", units="kg", custom=(), simulated=False, sha256=""):
    state = app_state(*sessions, units=units, custom=custom)
    source = Source(f"{name}.csv", sha256 or name.ljust(64, "0"), "MIT", simulated=simulated)
    return Lifter.of_app_state(name, state, source)


def routine(n_days, *plan, name="me", gap=2, **options):
    """Return a lifter who repeats the days of a plan, each a list of exercise ids."""
    return lifter_of(*days_of(n_days, *plan, gap=gap), name=name, **options)
