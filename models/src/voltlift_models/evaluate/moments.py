"""The questions of each task, from a log replayed in time order.

A session is a local day, as in ``Diary``. Nothing that began at or after the moment of a
question may be looked at; what comes with it (``Moment.today``, ``Moment.session``) holds none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from voltlift_core import CurrentRecord, CurrentSession, ExerciseLog, SetLog, SetRecord
from voltlift_learned.diary import DAY_S, Diary, Floats, Ints, Today, counted
from voltlift_models.corpus import Lifter

Task = Literal["T1", "T2", "T3", "T4", "T5", "cold"]
TASKS: tuple[Task, ...] = get_args(Task)
"""``cold`` asks the questions of T1 of lifters who have just begun."""

DAYS_BEFORE = 10
"""Sessions that a lifter has done before the first question of T1, T2 and T4."""

LIFTS_BEFORE = 3
"""Sessions of an exercise before the first question of T3."""

NO_LOAD_KG = 1.0
"""A weight of 1, in kg or lb, is how some apps write "no load"."""

_TYPES: tuple[Literal["N", "W", "D", "F"], ...] = ("N", "W", "D", "F")


@dataclass(frozen=True, eq=False)
class Moment:
    """When a question is asked, and what is known then.

    Parameters
    ----------
    lifter : Lifter
        Whose log it is; all of it, so look at the other fields instead.
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

    lifter: Lifter
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
        return frozenset(item.id for item in self.lifter.state.custom) - self.known - {*self.done}

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
        log = self.lifter.state.log
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


class Replay:
    """One lifter's log, question by question.

    Parameters
    ----------
    lifter : Lifter
        Whose log is replayed.
    """

    def __init__(self, lifter: Lifter) -> None:
        self.lifter = lifter
        self.diary = Diary.of(lifter.state.log)
        self.excluded: Counter[str] = Counter()
        """How many questions were left out, by reason."""
        log = lifter.state.log
        self._sessions = log.sessions
        at = np.flatnonzero(counted(log.rows))
        day = self.diary.day.searchsorted(self._days()[log.rows["session"][at]])
        key = day.astype(np.int64) * max(len(log.exercise_ids), 1) + log.rows["exercise"][at]
        _, first = np.unique(key, return_index=True)
        # As in the diary, entries are numbered in the order in which they were begun.
        self._row = at[np.sort(first)]
        self._session = log.rows["session"][self._row]

    def ranks(self, task: Task) -> Iterator[RankCase]:
        """Return the questions of T1, T2, T4 or cold, in time order."""
        diary = self.diary
        days = range(1, DAYS_BEFORE) if task == "cold" else range(DAYS_BEFORE, diary.n_days)
        known: set[str] = set()
        for day in range(diary.n_days):
            first, last = diary.first_entry[[day, day + 1]].tolist()
            done = tuple(diary.exercise_ids[at] for at in diary.done(day).tolist())
            if day < DAYS_BEFORE and task != "cold":
                self.excluded[f"{task}: among the first {DAYS_BEFORE} sessions"] += (
                    1 if task == "T2" else last - first
                )
            elif day in days:
                past = diary.before(int(diary.day[day]))
                before = frozenset(known)
                wanted = range(first, first + 1) if task == "T2" else range(first, last)
                for entry in wanted:
                    truth = done if task == "T2" else (done[entry - first],)
                    if task == "T4" and truth[0] in before:
                        continue
                    moment = self._moment(day, entry, past, before, novel=task == "T4")
                    if moment is None:
                        self.excluded[f"{task}: the clock went back over midnight"] += 1
                        continue
                    yield RankCase(moment, truth)
            known.update(done)

    def loads(self) -> Iterator[LoadCase]:
        """Return the questions of T3, in time order."""
        diary, top = self.diary, top_sets(self.diary)
        lifts: list[list[int]] = [[] for _ in diary.exercise_ids]
        known: set[str] = set()
        kg, reps = diary.kg[top], diary.reps[top]
        weight = np.where(np.nan_to_num(kg) > NO_LOAD_KG, kg, 0.0)
        for day in range(diary.n_days):
            past = diary.before(int(diary.day[day]))
            before = frozenset(known)
            for entry in range(*diary.first_entry[[day, day + 1]].tolist()):
                exercise = int(diary.exercise[entry])
                if reps[entry] == 0:
                    self.excluded["T3: timed sets"] += 1
                    continue
                mine = lifts[exercise]
                mine.append(entry)
                if len(mine) <= LIFTS_BEFORE:
                    self.excluded[f"T3: fewer than {LIFTS_BEFORE} sessions of the exercise"] += 1
                elif not weight[mine[-LIFTS_BEFORE - 1 :]].all():
                    self.excluded["T3: no load, then or in the three sessions before"] += 1
                elif (moment := self._moment(day, entry, past, before)) is None:
                    self.excluded["T3: the clock went back over midnight"] += 1
                else:
                    earlier = np.array(mine[:-1])
                    start = self._sessions["start_s"][self._session[mine[-2:]]]
                    yield LoadCase(
                        LoadMoment(
                            moment=moment,
                            exercise_id=diary.exercise_ids[exercise],
                            kg_before=weight[earlier],
                            reps_before=reps[earlier],
                            gap_days=float(start[1] - start[0]) / DAY_S,
                        ),
                        kg=float(weight[entry]),
                        reps=int(reps[entry]),
                    )
            known.update(diary.exercise_ids[at] for at in diary.done(day).tolist())

    def _moment(
        self, day: int, entry: int, past: Diary, known: frozenset[str], novel: bool = False
    ) -> Moment | None:
        """Return the moment before an entry, or None where its local day is another one."""
        diary, session = self.diary, self._session[entry]
        now_s = float(self._sessions["start_s"][session])
        offset = int(self._sessions["utc_offset"][session])
        if int((now_s + offset * 60.0) // DAY_S) != diary.day[day]:
            return None
        earlier = diary.exercise[diary.first_entry[day] : entry]
        rows = self.lifter.state.log.rows
        first = np.searchsorted(self._sessions["start_s"], now_s)
        begin = np.searchsorted(rows["session"], first)
        row = np.arange(begin, self._row[entry], dtype=np.int32)
        return Moment(
            lifter=self.lifter,
            day=day,
            now_s=now_s,
            utc_offset=offset,
            done=tuple(diary.exercise_ids[at] for at in earlier.tolist()),
            known=known,
            past=past,
            novel=novel,
            _diary=diary,
            _rows=row[np.isin(rows["exercise"][row], earlier)],
        )

    def _days(self) -> Ints:
        sessions = self._sessions
        local = sessions["start_s"] + sessions["utc_offset"] * 60.0
        return np.maximum.accumulate(np.floor(local / DAY_S).astype(np.int32))


def top_sets(diary: Diary) -> Ints:
    """Return the heaviest set of each entry, the one of most repetitions among equals."""
    if not len(diary.reps):
        return np.zeros(0, np.int32)
    entry = np.repeat(np.arange(diary.n_entries, dtype=np.int32), np.diff(diary.first_set))
    # Timed sets come first: they are the heaviest only where there is no other.
    kg = np.where(diary.reps > 0, np.nan_to_num(diary.kg), -1.0)
    order = np.lexsort((diary.reps, kg, entry))
    return order[diary.first_set[1:] - 1].astype(np.int32)


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
