"""The loaded work of a log: one row an exercise of a day, its top set and what else it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Diary, Floats, Ints, Today, without_nan

NO_LOAD_KG = 1.0
"""A load of at most this is how some apps write "no load"."""

HORIZON_DAYS = 1095
"""Nothing older is looked at: it bounds what a question costs."""

MAX_REPS = 30
"""Beyond this, repetitions say nothing more about strength."""


@dataclass(frozen=True, eq=False)
class Lifts:
    """Entries with a load, in time order; a row is an exercise of a day.

    The top set is the heaviest one, of equally heavy ones that of most repetitions.

    Parameters
    ----------
    exercise_ids : tuple of str
        What ``exercise`` indexes.
    exercise, day : ndarray of int32, shape (n,)
        The exercise, and local days since 1970-01-01.
    kg : ndarray of float64, shape (n,)
        Load of the top set.
    reps, least : ndarray of float64, shape (n,)
        Most and fewest repetitions at the top load, capped at 30.
    sets, at_top : ndarray of float64, shape (n,)
        Number of loaded sets, and of those at the top load.
    e1rm : ndarray of float64, shape (n,)
        Log of the best Epley estimate over the sets.
    rpe : ndarray of float64, shape (n,)
        Effort of the hardest set at the top load, 0 where unknown.
    """

    exercise_ids: tuple[str, ...]
    exercise: Ints
    day: Ints
    kg: Floats
    reps: Floats
    least: Floats
    sets: Floats
    at_top: Floats
    e1rm: Floats
    rpe: Floats

    @cached_property
    def by_exercise(self) -> NDArray[np.intp]:
        """The rows ordered by exercise, those of one exercise in time order."""
        # Two bytes sort in linear time.
        small = len(self.exercise_ids) < 2**15
        key = self.exercise.astype(np.int16) if small else self.exercise
        return np.argsort(key, kind="stable")

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each exercise by id."""
        return {id_: at for at, id_ in enumerate(self.exercise_ids)}

    @cached_property
    def exercise_keys(self) -> NDArray[np.int64]:
        """Exercise and row as one number, in the order of ``by_exercise``: ascending."""
        rows = self.by_exercise
        return self.exercise[rows].astype(np.int64) * (len(self.kg) + 1) + rows

    @cached_property
    def day_keys(self) -> NDArray[np.int64]:
        """Day and exercise as one number, ascending."""
        # Entries come by day, but by exercise in the order begun: sorted for the look-up.
        return np.sort(self.day_key(self.day, self.exercise))

    def day_key(self, day: Ints, exercise: Ints) -> NDArray[np.int64]:
        """Return days and exercises as the numbers of ``day_keys``."""
        return day.astype(np.int64) * np.int64(len(self.exercise_ids) + 1) + exercise

    @classmethod
    def of(cls, diary: Diary, since_day: int = -(2**31)) -> Lifts:
        """Return the loaded work of a diary from a local day on.

        Examples
        --------
        >>> from voltlift_core import TrainingLog
        >>> len(Lifts.of(Diary.of(TrainingLog())).kg)
        0
        """
        begin = int(np.searchsorted(diary.day, since_day))
        first_entry = int(diary.first_entry[begin])
        first_set = diary.first_set[first_entry:] - diary.first_set[first_entry]
        if len(first_set) <= 1:
            return cls(diary.exercise_ids, _NO_INTS, _NO_INTS, *[_NO_FLOATS] * 7)
        sets = slice(int(diary.first_set[first_entry]), None)
        reps = np.minimum(diary.reps[sets], MAX_REPS).astype(np.float64)
        kg = diary.kg[sets]
        loaded = (kg > NO_LOAD_KG) & np.isfinite(kg) & (reps > 0)
        kg = np.where(loaded, kg, 0.0)
        heads = first_set[:-1]
        top = np.maximum.reduceat(kg, heads)
        at_top = loaded & (kg == np.repeat(top, np.diff(first_set)))
        rpe = np.where(at_top, without_nan(diary.rpe[sets]), 0.0)
        estimate = np.log(np.maximum(kg * (1.0 + reps / 30.0), 1e-3))
        keep = np.flatnonzero(top > 0)
        days = np.repeat(diary.day[begin:], np.diff(diary.first_entry[begin:]))
        return cls(
            diary.exercise_ids,
            diary.exercise[first_entry:][keep],
            days[keep],
            top[keep],
            np.maximum.reduceat(np.where(at_top, reps, 0.0), heads)[keep],
            np.minimum.reduceat(np.where(at_top, reps, MAX_REPS), heads)[keep],
            np.add.reduceat(loaded.astype(np.float64), heads)[keep],
            np.add.reduceat(at_top.astype(np.float64), heads)[keep],
            np.maximum.reduceat(estimate, heads)[keep],
            np.maximum.reduceat(rpe, heads)[keep],
        )

    @classmethod
    def before(cls, today: Today) -> Lifts:
        """Return what the moment of a question looks back on, today's work so far last."""
        past = lifts_before(today.past, today.day)
        now = cls.of(today.so_far)
        if not len(now.kg):
            return past
        ids, index = list(past.exercise_ids), dict(past.index)
        for id_ in now.exercise_ids:
            if index.setdefault(id_, len(ids)) == len(ids):
                ids.append(id_)
        lookup = np.array([index[id_] for id_ in now.exercise_ids], np.int32)
        columns = (
            np.append(getattr(past, name), getattr(now, name))
            for name in ("day", "kg", "reps", "least", "sets", "at_top", "e1rm", "rpe")
        )
        return cls(tuple(ids), np.append(past.exercise, lookup[now.exercise]), *columns)


@lru_cache(maxsize=2)
def lifts_before(past: Diary, day: int) -> Lifts:
    """Return the loaded work of a diary as of a day; several questions are asked a day."""
    return Lifts.of(past, day - HORIZON_DAYS)


@dataclass(frozen=True, eq=False)
class Questions:
    """Which weight an exercise will be done with, asked at moments of one log.

    Parameters
    ----------
    lifts : Lifts
        The log.
    exercise : ndarray of int32, shape (n,)
        The exercises asked for, as in ``lifts``.
    day : ndarray of int32, shape (n,)
        The local days of the questions; of these days and later ones only rows before
        ``cutoff`` are looked at, and for today's earlier work alone.
    cutoff : ndarray of int32, shape (n,)
        Number of rows of ``lifts`` that came before each question.
    planned : ndarray of float64, shape (n,)
        Planned repetitions, 0 without a plan.
    """

    lifts: Lifts
    exercise: Ints
    day: Ints
    cutoff: Ints
    planned: Floats

    @classmethod
    def at(cls, today: Today, exercise_ids: Sequence[str], planned: Sequence[int]) -> Questions:
        """Return the questions of one moment; exercises that were never done have no history."""
        lifts, n = Lifts.before(today), len(exercise_ids)
        return cls(
            lifts,
            np.array([lifts.index.get(id_, -1) for id_ in exercise_ids], np.int32),
            np.full(n, today.day, np.int32),
            np.full(n, len(lifts.kg), np.int32),
            np.clip(np.array(planned, np.float64), 0, MAX_REPS),
        )

    @property
    def n(self) -> int:
        """Number of questions."""
        return len(self.exercise)


def rows_before(questions: Questions, length: int) -> NDArray[np.intp]:
    """Return the last ``length`` rows of each question's exercise, oldest first, -1 where none."""
    lifts = questions.lifts
    today = np.searchsorted(lifts.day, questions.day)
    oldest = np.searchsorted(lifts.day, questions.day - HORIZON_DAYS)
    key = questions.exercise.astype(np.int64) * (len(lifts.kg) + 1)
    first, last = np.searchsorted(lifts.exercise_keys, np.stack([key, key + today]))
    at = last[:, None] + np.arange(-length, 0)
    rows = lifts.by_exercise[np.maximum(at, 0)] if len(lifts.kg) else np.zeros_like(at)
    return np.where((at >= first[:, None]) & (rows >= oldest[:, None]), rows, -1).astype(np.intp)


_NO_INTS: Ints = np.zeros(0, np.int32)
_NO_FLOATS: Floats = np.zeros(0)
