"""Naive forecasts of the next working weight."""

from __future__ import annotations

from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.rows import Forecaster, LoadRow
from voltlift_replay.answers import Guess
from voltlift_replay.moments import LoadMoment
from voltlift_replay.naive import last_weight


def mean_of_three(asked: LoadMoment) -> Guess:
    """Return the mean of the heaviest weights of the last three times."""
    return Guess(float(asked.kg_before[-3:].mean()), asked.last_reps)


def epley_at_reps(asked: LoadMoment) -> Guess:
    """Return the last time's estimate of the 1RM, at the planned repetitions.

    1RM = w (1 + r / 30) (Epley, Boyd Epley Workout, 1985). Without a plan: the last weight.
    """
    if asked.planned_reps is None:
        return last_weight(asked)
    kg = asked.last_kg * (1 + asked.last_reps / 30) / (1 + asked.planned_reps / 30)
    return Guess(kg, asked.planned_reps)


def naive_loads() -> tuple[LoadRow, ...]:
    """Return the naive rows of T3."""
    return (
        LoadRow("last weight", "naive", _last_weight),
        LoadRow("mean of three", "naive", _mean_of_three),
        LoadRow("Epley, with planned reps", "naive", _epley, planned=True),
    )


# Functions of the module, since rows travel between processes.


def _last_weight(_lifter: Lifter) -> Forecaster:
    return last_weight


def _mean_of_three(_lifter: Lifter) -> Forecaster:
    return mean_of_three


def _epley(_lifter: Lifter) -> Forecaster:
    return epley_at_reps
