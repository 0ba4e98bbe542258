"""Questions: when each is asked, what is known then, and what was then done.

Nothing that began at or after the moment of a question may be looked at; what comes with it
(``Moment.today``, ``Moment.session``) holds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from voltlift_core import (
    CurrentRecord,
    CurrentSession,
    EngineState,
    ExerciseLog,
    SetLog,
    SetRecord,
)
from voltlift_learned.diary import Diary, Floats, Ints, Today

_TYPES: tuple[Literal["N", "W", "D", "F"], ...] = ("N", "W", "D", "F")


@dataclass(frozen=True, eq=False)
class Moment:
    """When a question is asked, and what is known then.

    Parameters
    ----------
    state : EngineState
        The revision; its log is all of it, so look at the other fields instead.
    day : int
        Position of the day in the diary: how many days were trained before.
    now_s : float
        When the workout in question started, epoch seconds.
    utc_offset : int
        Minutes to add to UTC for the lifter's local time.
    done : tuple of str
        What was done today so far, in order.
    known : frozenset of str
        What was done on earlier days.
    past : Diary
        The days before today; the same object for all questions of a day.
    novel : bool
        Whether only exercises that were never done before are asked for (T4).
    """

    state: EngineState
    day: int
    now_s: float
    utc_offset: int
    done: tuple[str, ...]
    known: frozenset[str]
    past: Diary
    novel: bool = False
    _diary: Diary = field(repr=False, kw_only=True)
    _rows: Ints = field(repr=False, kw_only=True)

    @property
    def taken(self) -> frozenset[str]:
        """Return what no ranking may hold: the repeats and, for T4, what is known."""
        return self.known.union(self.done) if self.novel else frozenset(self.done)

    @cached_property
    def unknown_custom(self) -> frozenset[str]:
        """The lifter's own exercises that did not exist yet, as far as the log tells."""
        return frozenset(item.id for item in self.state.custom) - self.known - {*self.done}

    @cached_property
    def today(self) -> Today:
        """What a model may look at."""
        today = Today.of(self._diary, self.now_s, self.utc_offset, self.current)
        return replace(today, past=self.past)

    @cached_property
    def current(self) -> CurrentRecord:
        """The workout going on, without the exercise that comes next."""
        sets = tuple(self._sets())
        ids = tuple(dict.fromkeys(item.exercise_id for item in sets))
        return CurrentRecord(start_s=self.now_s, exercise_ids=ids, sets=sets)

    @cached_property
    def session(self) -> CurrentSession:
        """The same as a request holds it, in kilograms."""
        logs: dict[str, list[SetLog]] = {}
        for item in self.current.sets:
            mine = logs.setdefault(item.exercise_id, [])
            mine.append(_set_log(f"{item.exercise_id}-{len(mine)}", item))
        return CurrentSession(
            id="current",
            start_time=self.now_ms,
            unit="kg",
            logs=tuple(
                ExerciseLog(id=id_, exercise_id=id_, sets=tuple(sets)) for id_, sets in logs.items()
            ),
        )

    @property
    def now_ms(self) -> int:
        """The moment as requests give it."""
        return round(self.now_s * 1000)

    def _sets(self) -> Iterator[SetRecord]:
        log = self.state.log
        names = ("exercise", "entry", "load_kg", "reps", "rpe", "kind", "completed", "seconds")
        columns = [log.rows[name][self._rows].tolist() for name in names]
        for exercise, *rest in zip(*columns, strict=True):
            yield SetRecord(log.exercise_ids[exercise], *rest)


@dataclass(frozen=True, eq=False)
class RankCase:
    """A question of T1, T2 or T4 with its answer."""

    moment: Moment
    truth: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class LoadMoment:
    """A question of T3.

    Parameters
    ----------
    moment : Moment
        When, and what was done today.
    exercise_id : str
        The exercise.
    kg_before, reps_before : ndarray
        The heaviest set of each day with the exercise before, in time order.
    gap_days : float
        Since the last of them.
    planned_reps : int or None
        The plan; None for the questions without one.
    """

    moment: Moment
    exercise_id: str
    kg_before: Floats
    reps_before: Ints
    gap_days: float
    planned_reps: int | None = None

    @property
    def last_kg(self) -> float:
        """The heaviest weight of the last time."""
        return float(self.kg_before[-1])

    @property
    def last_reps(self) -> int:
        """Its repetitions."""
        return int(self.reps_before[-1])


@dataclass(frozen=True, eq=False)
class LoadCase:
    """A question of T3 with its answer: the heaviest set, most repetitions among equals."""

    asked: LoadMoment
    kg: float
    reps: int

    def question(self, planned: bool) -> LoadMoment:
        """Return what a row is asked: the plan is an oracle, the repetitions then done."""
        return replace(self.asked, planned_reps=self.reps) if planned else self.asked


def _set_log(id_: str, item: SetRecord) -> SetLog:
    return SetLog(
        id=id_,
        reps=item.reps,
        weight=0.0 if np.isnan(item.load_kg) else item.load_kg,
        rpe=None if np.isnan(item.rpe) else item.rpe,
        type=_TYPES[item.kind],
        completed=item.completed,
        seconds=None if np.isnan(item.seconds) else item.seconds,
    )
