"""The days before a day, as matrices of days by exercises."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Diary, Floats, Ints

HORIZON = 400
"""Training days that are looked back: a log of ten years costs what one of two costs."""

ABSENT = 99
"""Position of what was not done on a day."""

LATEST = 8
_MEMORY = 25.0


@dataclass(frozen=True, eq=False)
class PastDays:
    """The last 400 training days before a day.

    Parameters
    ----------
    exercise_ids : tuple of str
        The exercises of these days: columns.
    day : int
        The day in question, local days since 1970-01-01.
    days : ndarray of int32, shape (n,)
        The training days before it.
    done : ndarray of float64, shape (n, k)
        One where an exercise was done.
    position : ndarray of int32, shape (n, k)
        Its position in the day from 0; 99 where it was not done.
    exercise, row : ndarray of int32
        Exercises in the order in which they were begun, and the row of their day.
    """

    exercise_ids: tuple[str, ...]
    day: int
    days: Ints
    done: Floats
    position: Ints
    exercise: Ints
    row: Ints

    @classmethod
    def of(cls, past: Diary, day: int) -> PastDays:
        """Return the days of a diary, which must hold none from the day on."""
        first = max(past.n_days - HORIZON, 0)
        low = int(past.first_entry[first])
        used, column = np.unique(past.exercise[low:], return_inverse=True)
        exercise: Ints = column.astype(np.int32)
        row: Ints = (past.entry_day[low:] - first).astype(np.int32)
        shape = (past.n_days - first, len(used))
        done = np.zeros(shape)
        position = np.full(shape, ABSENT, dtype=np.int32)
        done[row, exercise] = 1.0
        position[row, exercise] = np.minimum(past.position[low:], ABSENT - 1)
        ids = tuple(past.exercise_ids[at] for at in used.tolist())
        return cls(ids, day, past.day[first:], done, position, exercise, row)

    @property
    def n(self) -> int:
        """Number of days."""
        return len(self.days)

    @property
    def k(self) -> int:
        """Number of exercises."""
        return len(self.exercise_ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Column of each exercise."""
        return {id_: at for at, id_ in enumerate(self.exercise_ids)}

    @cached_property
    def age(self) -> Floats:
        """Training days since each day: 1 for the last."""
        return np.arange(self.n, 0, -1, dtype=np.float64)

    def decay(self, half_life: float) -> Floats:
        """Return the weight of each day, halved every so many training days."""
        weights: Floats = 0.5 ** (self.age / half_life)
        return weights

    @cached_property
    def length(self) -> Floats:
        """Exercises of each day."""
        total: Floats = self.done.sum(axis=1)
        return total

    @cached_property
    def gap(self) -> Floats:
        """Days since the training day before each day, at most 60; the first has a week."""
        return np.minimum(np.diff(self.days, prepend=self.days[:1] - 7), 60).astype(np.float64)

    @property
    def gap_now(self) -> float:
        """Days since the last training day, at most 60."""
        return float(min(self.day - int(self.days[-1]), 60)) if self.n else 7.0

    @cached_property
    def same_weekday(self) -> NDArray[np.bool_]:
        """Whether a day is of today's weekday."""
        same: NDArray[np.bool_] = (self.day - self.days) % 7 == 0
        return same

    @cached_property
    def latest(self) -> Floats:
        """Jaccard similarity of each day with each of the last eight, newest first."""
        last = self.done[-LATEST:][::-1]
        both = self.done @ last.T
        either = self.length[:, None] + last.sum(axis=1) - both
        similar: Floats = both / np.maximum(either, 1.0)
        return similar

    @cached_property
    def by_exercise(self) -> NDArray[np.intp]:
        """Entries in the order of their exercise, in time order within."""
        return np.argsort(self.exercise, kind="stable")

    @cached_property
    def since(self) -> Floats:
        """Training days since each exercise: 1 if it was done on the last."""
        if not self.n:
            return np.zeros(0)
        since: Floats = self.done[::-1].argmax(axis=0) + 1.0
        return since

    @cached_property
    def together(self) -> Floats:
        """Decayed number of days with both exercises, shape (k, k)."""
        both: Floats = (self.done * self.decay(_MEMORY)[:, None]).T @ self.done
        return both

    @cached_property
    def before(self) -> Floats:
        """Decayed number of days with the row's exercise before the column's."""
        cells = [np.zeros(0, dtype=np.intp)]
        weights = [np.zeros(0)]
        decay = self.decay(_MEMORY)
        for step in range(1, int(self.length.max(initial=0.0))):
            at = np.flatnonzero(self.row[step:] == self.row[:-step])
            cells.append(self.exercise[at].astype(np.intp) * self.k + self.exercise[at + step])
            weights.append(decay[self.row[at]])
        total: Floats = np.bincount(
            np.concatenate(cells), np.concatenate(weights), minlength=self.k * self.k
        ).astype(np.float64)
        return total.reshape(self.k, self.k)
