"""A log as a diary: what was trained on each day, in which order, with which sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.history.chunk import Column
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import DROP, WARM_UP, CurrentRecord, SetRecord

DAY_S = 86_400.0
_NEVER = -(2**31)

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Diary:
    """A log as days; two workouts of one day are one.

    Columns come in three lengths. An *entry* is an exercise of a day that was done, in the
    order in which they were begun; a *set* is a completed one with repetitions or seconds
    that is neither a warm-up nor a drop set.

    Parameters
    ----------
    exercise_ids : tuple of str
        What ``exercise`` indexes.
    day : ndarray of int32, shape (n_days,)
        Local days since 1970-01-01, ascending, each once.
    start_s : ndarray of float64, shape (n_days,)
        When the first workout of the day started, epoch seconds.
    local_s : ndarray of float64, shape (n_days,)
        The same on the lifter's clock.
    time_known : ndarray of bool, shape (n_days,)
        False where only the date is known.
    first_entry : ndarray of int32, shape (n_days + 1,)
        Day ``d`` has the entries ``first_entry[d]`` up to ``first_entry[d + 1]``.
    exercise : ndarray of int32, shape (n_entries,)
        Index into ``exercise_ids``.
    first_set : ndarray of int32, shape (n_entries + 1,)
        Entry ``e`` has the sets ``first_set[e]`` up to ``first_set[e + 1]``.
    set_s : ndarray of float64, shape (n_sets,)
        When the workout of each set started, epoch seconds.
    kg, rpe : ndarray of float64, shape (n_sets,)
        Load and effort of each set; NaN where there is none.
    reps : ndarray of int32, shape (n_sets,)
        Repetitions of each set; 0 for timed ones.
    """

    exercise_ids: tuple[str, ...]
    day: Ints
    start_s: Floats
    local_s: Floats
    time_known: NDArray[np.bool_]
    first_entry: Ints
    exercise: Ints
    first_set: Ints
    set_s: Floats
    kg: Floats
    rpe: Floats
    reps: Ints

    @property
    def n_days(self) -> int:
        """Number of days with at least one completed set."""
        return len(self.day)

    @property
    def n_entries(self) -> int:
        """Number of entries."""
        return len(self.exercise)

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each exercise by id."""
        return {id_: at for at, id_ in enumerate(self.exercise_ids)}

    @cached_property
    def entry_day(self) -> Ints:
        """Position of its day, per entry."""
        return np.repeat(np.arange(self.n_days, dtype=np.int32), np.diff(self.first_entry))

    @cached_property
    def position(self) -> Ints:
        """Position of an entry in its day, from 0."""
        return np.arange(self.n_entries, dtype=np.int32) - self.first_entry[self.entry_day]

    def done(self, day: int) -> Ints:
        """Return the exercises of a day (a position, not a date), in order."""
        return self.exercise[self.first_entry[day] : self.first_entry[day + 1]]

    @cached_property
    def performed(self) -> frozenset[str]:
        """Ids of the exercises that were done at any time."""
        done = np.flatnonzero(np.bincount(self.exercise, minlength=1)).tolist()
        return frozenset(self.exercise_ids[at] for at in done)

    def entries_of(self, exercise: int) -> NDArray[np.intp]:
        """Return the entries of an exercise, in time order."""
        return self._by_exercise[exercise]

    @cached_property
    def _by_exercise(self) -> list[NDArray[np.intp]]:
        order = np.argsort(self.exercise, kind="stable")
        counts = np.bincount(self.exercise, minlength=len(self.exercise_ids))
        return np.split(order, np.cumsum(counts)[:-1]) if len(counts) else []

    def before(self, day: int) -> Diary:
        """Return the diary of the days before a local day (days since 1970-01-01)."""
        n_days = int(np.searchsorted(self.day, day))
        n_entries = int(self.first_entry[n_days])
        n_sets = int(self.first_set[n_entries])
        return Diary(
            exercise_ids=self.exercise_ids,
            day=self.day[:n_days],
            start_s=self.start_s[:n_days],
            local_s=self.local_s[:n_days],
            time_known=self.time_known[:n_days],
            first_entry=self.first_entry[: n_days + 1],
            exercise=self.exercise[:n_entries],
            first_set=self.first_set[: n_entries + 1],
            set_s=self.set_s[:n_sets],
            kg=self.kg[:n_sets],
            rpe=self.rpe[:n_sets],
            reps=self.reps[:n_sets],
        )

    @classmethod
    def of(cls, log: TrainingLog) -> Diary:
        """Return the diary of a log.

        Examples
        --------
        >>> Diary.of(TrainingLog()).n_days
        0
        """
        rows, sessions = log.rows, log.sessions
        local_s = sessions["start_s"] + sessions["utc_offset"] * 60.0
        # A traveller's clock may go back: a later workout never belongs to an earlier day.
        day = np.maximum.accumulate(np.floor(local_s / DAY_S).astype(np.int32))
        at = np.flatnonzero(counted(rows))
        return _assemble(
            log.exercise_ids,
            rows["exercise"][at],
            rows["session"][at],
            _Workouts(day, sessions["start_s"], local_s, sessions["time_known"]),
            kg=rows["load_kg"][at],
            rpe=rows["rpe"][at].astype(np.float64),
            reps=rows["reps"][at],
        )

    def on(self, day: int, before_s: float, current: CurrentRecord) -> Diary:
        """Return one day alone: what began before a moment, and the workout going on.

        Parameters
        ----------
        day : int
            A local day.
        before_s : float
            Only workouts that started before it count.
        current : CurrentRecord
            The workout going on, whose sets come last.
        """
        low, high = np.searchsorted(self.day, [day, day + 1])
        sets = slice(*self.first_set[self.first_entry[[low, high]]])
        earlier = np.flatnonzero(self.set_s[sets] < before_s) + sets.start
        entry = np.searchsorted(self.first_set, earlier, side="right") - 1
        now = [s for s in current.sets if _counts_set(s)]
        if not len(earlier) and not now:
            return self.before(_NEVER)
        ids = list(self.exercise_ids)
        index = dict(self.index)
        for item in now:
            if index.setdefault(item.exercise_id, len(ids)) == len(ids):
                ids.append(item.exercise_id)
        n = len(earlier) + len(now)
        return _assemble(
            tuple(ids),
            np.append(
                self.exercise[entry], np.array([index[s.exercise_id] for s in now], np.int32)
            ).astype(np.int32),
            np.arange(n, dtype=np.int32),
            _Workouts(
                np.full(n, day, np.int32),
                np.append(self.set_s[earlier], np.full(len(now), before_s)),
                np.full(n, day * DAY_S),
                np.zeros(n, np.bool_),
            ),
            kg=np.append(self.kg[earlier], [s.load_kg for s in now]),
            rpe=np.append(self.rpe[earlier], [s.rpe for s in now]),
            reps=np.append(self.reps[earlier], [s.reps for s in now]).astype(np.int32),
        )


@dataclass(frozen=True, eq=False)
class Today:
    """The moment of a question: the days before, and what was done today so far.

    Parameters
    ----------
    past : Diary
        The days before today.
    so_far : Diary
        Today alone, as a diary of one day or none.
    done : tuple of str
        Exercises of today so far, in order, with those that were begun without a set.
    now_s : float
        The moment, epoch seconds.
    local_s : float
        The same on the lifter's clock.
    """

    past: Diary
    so_far: Diary
    done: tuple[str, ...]
    now_s: float
    local_s: float

    @property
    def day(self) -> int:
        """Today, as local days since 1970-01-01."""
        return int(self.local_s // DAY_S)

    @classmethod
    def of(
        cls, diary: Diary, now_s: float, utc_offset: int = 0, current: CurrentRecord | None = None
    ) -> Today:
        """Return what is known at a moment; nothing that began later is looked at.

        Parameters
        ----------
        diary : Diary
            The whole log.
        now_s : float
            The moment, epoch seconds.
        utc_offset : int
            Minutes to add to UTC for the lifter's local time.
        current : CurrentRecord, optional
            The workout going on.
        """
        current = current or CurrentRecord()
        local_s = now_s + utc_offset * 60.0
        day = int(local_s // DAY_S)
        so_far = diary.on(day, now_s, current)
        ids = (so_far.exercise_ids[at] for at in so_far.exercise.tolist())
        return cls(
            past=_before(diary, day),
            so_far=so_far,
            done=tuple(dict.fromkeys([*ids, *current.exercise_ids])),
            now_s=now_s,
            local_s=local_s,
        )


@lru_cache(maxsize=2)
def _before(diary: Diary, day: int) -> Diary:
    """Return the days before one, made once: models keep what they computed of it."""
    return diary.before(day)


@dataclass(frozen=True, slots=True, eq=False)
class _Workouts:
    """Day and start of workouts."""

    day: Ints
    start_s: Floats
    local_s: Floats
    time_known: NDArray[np.bool_]


def without_nan(values: Floats) -> Floats:
    """Return values with 0 where there is none; ``nan_to_num`` is several times slower."""
    return np.where(np.isnan(values), 0.0, values)


def counted(rows: Mapping[str, Column]) -> NDArray[np.bool_]:
    """Return which rows of a log are sets of an entry."""
    done: NDArray[np.bool_] = (rows["reps"] > 0) | (rows["seconds"] > 0)
    kind = rows["kind"]
    done &= rows["completed"] & (kind != WARM_UP) & (kind != DROP)
    return done


def _counts_set(item: SetRecord) -> bool:
    working = item.completed and item.kind not in (WARM_UP, DROP)
    return working and (item.reps > 0 or item.seconds > 0)


def _changes(values: NDArray[np.int64] | Ints) -> NDArray[np.intp]:
    """Return where values differ from the one before; the first one does."""
    differs = np.ones(len(values), np.bool_)
    differs[1:] = values[1:] != values[:-1]
    return np.flatnonzero(differs)


def _assemble(
    exercise_ids: tuple[str, ...],
    exercise: Ints,
    workout: Ints,
    workouts: _Workouts,
    *,
    kg: Floats,
    rpe: Floats,
    reps: Ints,
) -> Diary:
    """Group sets, in time order, by day and exercise; ``workout`` is that of each set."""
    day, start_s = workouts.day[workout], workouts.start_s[workout]
    key = day.astype(np.int64) * max(len(exercise_ids), 1) + exercise
    # Sets of an exercise mostly come in runs: fewer of them to sort.
    start = _changes(key)
    _, run, entry = np.unique(key[start], return_index=True, return_inverse=True)
    # Entries are numbered in the order in which they were begun.
    begun = np.argsort(run, kind="stable")
    rank = np.empty(len(begun), np.int32)
    rank[begun] = np.arange(len(begun), dtype=np.int32)
    set_entry = np.repeat(rank[entry], np.diff(start, append=len(key)))
    # Without supersets every entry is one run, and in order already.
    alone = len(begun) == len(start)
    order = slice(None) if alone else np.argsort(set_entry, kind="stable")
    heads = start[run[begun]]
    first_entry = _changes(day[heads])
    opening = workout[heads[first_entry]]
    n_sets = np.bincount(set_entry, minlength=len(heads))
    return Diary(
        exercise_ids=exercise_ids,
        day=workouts.day[opening],
        start_s=workouts.start_s[opening],
        local_s=workouts.local_s[opening],
        time_known=workouts.time_known[opening],
        first_entry=np.append(first_entry, len(heads)).astype(np.int32),
        exercise=exercise[heads],
        first_set=np.append(0, np.cumsum(n_sets)).astype(np.int32),
        set_s=start_s[order],
        kg=kg[order],
        rpe=rpe[order],
        reps=reps[order],
    )
