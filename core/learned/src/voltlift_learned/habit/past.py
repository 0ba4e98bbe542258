"""What depends on the days before only, computed once a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voltlift_learned.diary import Diary, Floats
from voltlift_learned.habit import votes
from voltlift_learned.habit.days import PastDays

EXPERTS = (
    *votes.LAGS,
    "rhythm",
    "types",
    "followers",
    "ridge",
    "hazard",
    "cycle",
    "weekday",
)
"""Votes for the exercises of a day; their mean is one more."""


@dataclass(frozen=True, eq=False)
class HabitPast:
    """The days before a day, and what they say of it.

    Its parts are computed when first used. Keep one for a revision of the log and a day.

    Parameters
    ----------
    days : PastDays
        The last 400 training days before the day.
    """

    days: PastDays

    @classmethod
    def of(cls, past: Diary, day: int) -> HabitPast:
        """Return the past of a day.

        Parameters
        ----------
        past : Diary
            The days before it (`Today.past`).
        day : int
            The day, local days since 1970-01-01.
        """
        return cls(PastDays.of(past, day))

    @cached_property
    def rows(self) -> dict[str, Floats]:
        """Weights of the days by which some experts vote."""
        past = self.days
        weights = {name: votes.neighbours(past, lags) for name, lags in votes.LAGS.items()}
        weights["rhythm"] = self.rhythm[0]
        weights["types"] = votes.types(past)
        weights["weekday"] = past.decay(12.0) * past.same_weekday
        return weights

    @cached_property
    def rhythm(self) -> tuple[Floats, Floats]:
        """Weights of the days by the lag at which the log repeats, and the lags' fit."""
        return votes.rhythm(self.days)

    @cached_property
    def votes(self) -> dict[str, Floats]:
        """Votes of each expert for the columns."""
        past = self.days
        cast = {name: weight @ past.done for name, weight in self.rows.items()}
        cast["followers"] = votes.followers(past)
        cast["ridge"] = votes.ridge(past)
        cast["hazard"] = votes.hazard(past)
        cast["cycle"] = votes.cycle(past)
        return cast

    @cached_property
    def due(self) -> tuple[Floats, Floats]:
        """Days since each column, and the median of its last intervals (`votes.due`)."""
        return votes.due(self.days)

    @cached_property
    def history(self) -> dict[str, Floats]:
        """Frequencies, times since and positions of the columns."""
        past = self.days
        done, n = past.done, past.n
        decay = past.decay(25.0)
        total = np.maximum(decay @ done, 1e-9)
        position = np.where(done > 0, past.position, 0)
        relative = position / np.maximum(past.length - 1.0, 1.0)[:, None]
        days_since, interval = self.due
        ratio = np.where(interval > 0, days_since / np.maximum(interval, 1.0), 0.0)
        columns = {
            "since": np.log1p(past.since),
            "days_since": np.log1p(days_since),
            "due": np.minimum(ratio, 10.0),
            "count": np.log1p(done.sum(axis=0)),
            "position": (decay @ position) / total,
            "relative": (decay @ relative) / total,
            "opens": (decay @ (past.position == 0)) / total,
        }
        for span in (7, 30, 90):
            recent = past.days >= past.day - span
            columns[f"freq_{span}d"] = recent.astype(np.float64) @ done
        for half_life in (5, 12, 45):
            weight = past.decay(half_life)
            columns[f"share_{half_life}"] = weight @ done / max(float(weight.sum()), 1e-9)
        for lag in (1, 2, 3, 4):
            columns[f"lag_{lag}"] = done[-lag] if n >= lag else np.zeros(past.k)
        return columns

    @cached_property
    def context(self) -> dict[str, float]:
        """What is the same for all candidates of a day."""
        past = self.days
        weight = past.decay(25.0)
        knn = self.votes["knn_4"]
        return {
            "c_days": float(np.log1p(past.n)),
            "c_length": float(weight @ past.length / max(float(weight.sum()), 1e-9)),
            "c_known": float(np.log1p(past.k)),
            "c_gap": past.gap_now,
            "c_rhythm": float(self.rhythm[1].max()),
            "c_alike": float(votes.alike(past, votes.LAGS["knn_4"]).max(initial=0.0)),
            "c_knn": float(knn.max(initial=0.0) / max(float(knn.sum()), 1e-12)),
        }
