"""What was done of one exercise, session by session, as of a moment.

Only the exercise's own rows of the latest chunks are touched, so that the length of the log
does not matter; which rows belong to whom is found once per chunk, and revisions share chunks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from voltlift_core.domain.strength import one_rep_max_factor
from voltlift_core.features.entries import Ints, working_rows
from voltlift_core.features.moment import Moment
from voltlift_core.features.view import DAY_S
from voltlift_core.history.chunk import Chunk
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import DROP

LOOK_BACK = 12
"""Sessions of an exercise that are looked at."""

SAME_LOAD = 1e-6
"""Relative difference below which two loads are the same weight."""


@dataclass(frozen=True, slots=True)
class LiftSet:
    """A working set; ``kg`` is 0 without a load, ``rpe`` and ``seconds`` NaN where unknown."""

    kg: float
    reps: int
    rpe: float = math.nan
    seconds: float = math.nan


@dataclass(frozen=True)
class LiftSession:
    """The working sets of an exercise in one session: no warm-ups, no drop sets.

    Parameters
    ----------
    start_s : float
        Start of the session, epoch seconds.
    day : int
        Its local day, since 1970-01-01.
    sets : tuple of LiftSet
        In the order in which they were done; at least one.
    """

    start_s: float
    day: int
    sets: tuple[LiftSet, ...]

    @cached_property
    def kg(self) -> float:
        """The working weight: the heaviest load."""
        return max(item.kg for item in self.sets)

    @cached_property
    def top_sets(self) -> tuple[LiftSet, ...]:
        """The sets with the working weight."""
        return tuple(item for item in self.sets if item.kg >= self.kg * (1 - SAME_LOAD))

    @property
    def top_index(self) -> int:
        """Place of the first set with the working weight."""
        return self.sets.index(self.top_sets[0])

    @cached_property
    def reps(self) -> int:
        """Repetitions that all sets with the working weight reached."""
        return min(item.reps for item in self.top_sets)

    @cached_property
    def best_reps(self) -> int:
        """The most repetitions with the working weight."""
        return max(item.reps for item in self.top_sets)

    @cached_property
    def seconds(self) -> float:
        """The longest set; NaN where none was timed."""
        known = [item.seconds for item in self.sets if item.seconds > 0]
        return max(known, default=math.nan)

    @cached_property
    def rpe(self) -> float:
        """Mean RPE of the sets with the working weight; NaN where none has one."""
        known = [item.rpe for item in self.top_sets if item.rpe == item.rpe]
        return sum(known) / len(known) if known else math.nan

    def one_rep_max(self, body_kg: float = 0.0) -> float:
        """Return the best estimated one-repetition maximum, kilograms; NaN without reps.

        ``body_kg`` is the part of the bodyweight that is moved with each set; it is part of
        the estimate.
        """
        sets = zip(self.sets, self._factors, strict=True)
        estimates = [(item.kg + body_kg) * factor for item, factor in sets]
        return max((estimate for estimate in estimates if estimate > 0), default=math.nan)

    @cached_property
    def _factors(self) -> list[float]:
        """One-repetition maximum over load, set by set."""
        reps, rpe = [item.reps for item in self.sets], [item.rpe for item in self.sets]
        factors: list[float] = one_rep_max_factor(reps, rpe).tolist()
        return factors


class _Read(NamedTuple):
    """The last ``most`` sessions of an exercise before the session number ``started``."""

    started: int
    most: int
    sessions: list[LiftSession]


@dataclass(frozen=True, eq=False)
class _ChunkLifts:
    """Rows of the working sets of a chunk, by exercise and then in the order of the log."""

    rows: Ints
    first: Ints
    position: Mapping[str, int] = field(repr=False)
    read: dict[str, _Read] = field(default_factory=dict, repr=False)
    """By exercise the sessions read last: the next question is mostly as of the same day."""

    def of(self, exercise_id: str) -> Ints:
        place = self.position[exercise_id]
        return self.rows[self.first[place] : self.first[place + 1]]


_LIFTS: WeakKeyDictionary[Chunk, _ChunkLifts] = WeakKeyDictionary()


def _lifts_of(chunk: Chunk) -> _ChunkLifts:
    found = _LIFTS.get(chunk)
    if found is None:
        rows = np.flatnonzero(working_rows(chunk) & (chunk.rows["kind"] != DROP)).astype(np.int32)
        exercise = chunk.rows["exercise"][rows]
        counts = np.bincount(exercise, minlength=len(chunk.exercise_ids))
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        position = {id_: place for place, id_ in enumerate(chunk.exercise_ids)}
        found = _ChunkLifts(rows[np.argsort(exercise, kind="stable")], first, position)
        _LIFTS[chunk] = found
    return found


def lift_sessions(
    log: TrainingLog, exercise_id: str, before_s: float, most: int = LOOK_BACK
) -> tuple[LiftSession, ...]:
    """Return the last sessions with a working set of an exercise, in time order.

    Parameters
    ----------
    log : TrainingLog
        The log.
    exercise_id : str
        The exercise.
    before_s : float
        Only sessions that started before this moment, epoch seconds.
    most : int
        How many at most.
    """
    found: list[LiftSession] = []
    for chunk in reversed(log.chunks):
        if len(found) >= most:
            break
        lifts = _lifts_of(chunk)
        if exercise_id in lifts.position:
            started = int(np.searchsorted(chunk.sessions["start_s"], before_s, side="left"))
            found = _read(chunk, lifts, exercise_id, started, most - len(found)) + found
    return tuple(found)


def _read(
    chunk: Chunk, lifts: _ChunkLifts, exercise_id: str, started: int, most: int
) -> list[LiftSession]:
    known = lifts.read.get(exercise_id)
    if known is None or known.started != started or known.most < most:
        sessions = _sessions(chunk, lifts.of(exercise_id), started, most)
        known = lifts.read[exercise_id] = _Read(started, most, sessions)
    return known.sessions[-most:]


def _sessions(chunk: Chunk, rows: Ints, started: int, most: int) -> list[LiftSession]:
    """Return the last sessions of a chunk before its session number ``started``."""
    session = chunk.rows["session"][rows]
    end = int(np.searchsorted(session, started))
    firsts = [0, *(np.flatnonzero(np.diff(session[:end])) + 1).tolist()][-most:] if end else []
    if not firsts:
        return []
    begin = firsts[0]
    part = rows[begin:end]
    columns = (chunk.rows[name][part].tolist() for name in ("load_kg", "reps", "rpe", "seconds"))
    sets = [
        LiftSet(load if load == load else 0.0, reps, rpe, seconds)
        for load, reps, rpe, seconds in zip(*columns, strict=True)
    ]
    numbers = session[firsts]
    start_s = chunk.sessions["start_s"][numbers]
    local_s = start_s + chunk.sessions["utc_offset"][numbers] * 60.0
    bounds = pairwise([first - begin for first in (*firsts, end)])
    return [
        LiftSession(start, int(local // DAY_S), tuple(sets[low:high]))
        for start, local, (low, high) in zip(
            start_s.tolist(), local_s.tolist(), bounds, strict=True
        )
    ]


def sets_today(at: Moment, exercise_id: str, *, drops: bool = False) -> tuple[LiftSet, ...]:
    """Return the working sets of an exercise done so far in the workout going on."""
    return tuple(
        LiftSet(
            item.load_kg if item.load_kg == item.load_kg else 0.0,
            item.reps,
            item.rpe,
            item.seconds,
        )
        for item in at.working_today
        if item.exercise_id == exercise_id and (drops or item.kind != DROP)
    )
