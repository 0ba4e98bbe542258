"""Which questions a log has, task by task.

A session is a local day, as in ``Diary``. Places are found for a whole log at once; what is known
at one of them is put together only when it is asked, so that a few questions of a long log are
cheap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from voltlift_core import EngineState
from voltlift_learned.diary import DAY_S, Diary, Floats, Ints, counted
from voltlift_replay.moments import LoadCase, LoadMoment, Moment, RankCase

Task = Literal["T1", "T2", "T3", "T4", "T5", "cold"]
TASKS: tuple[Task, ...] = get_args(Task)
"""T1 the next exercise, T2 today's session, T3 the next weight, T4 novel exercises, T5 safety of
weights; ``cold`` asks the questions of T1 of lifters who have just begun."""

DAYS_BEFORE = 10
"""Sessions that a lifter has done before the first question of T1, T2 and T4."""

LIFTS_BEFORE = 3
"""Sessions of an exercise before the first question of T3."""

NO_LOAD_KG = 1.0
"""A weight of 1, in kg or lb, is how some apps write "no load"."""

_CLOCK = "the clock went back over midnight"


class Replay:
    """One lifter's log, question by question.

    A *place* is an entry of the diary at which a question is asked: what comes next is that
    entry.

    Parameters
    ----------
    state : EngineState
        The revision whose log is replayed.
    """

    def __init__(self, state: EngineState) -> None:
        self.state = state
        self.diary = Diary.of(state.log)
        self.excluded: Counter[str] = Counter()
        """How many questions were left out by what was asked so far, by reason."""
        log = state.log
        self._sessions = log.sessions
        at = np.flatnonzero(counted(log.rows))
        day = self.diary.day.searchsorted(self._days()[log.rows["session"][at]])
        key = day.astype(np.int64) * max(len(log.exercise_ids), 1) + log.rows["exercise"][at]
        _, first = np.unique(key, return_index=True)
        # As in the diary, entries are numbered in the order in which they were begun.
        self._row = at[np.sort(first)]
        self._session = log.rows["session"][self._row]
        self._eve: tuple[int, Diary, frozenset[str]] | None = None

    @cached_property
    def start_s(self) -> Floats:
        """When the workout of each place started, epoch seconds."""
        start: Floats = self._sessions["start_s"][self._session]
        return start

    def ranks(self, task: Task) -> Iterator[RankCase]:
        """Return the questions of T1, T2, T4 or cold, in time order."""
        return (self.rank(task, place) for place in self.rank_places(task).tolist())

    def loads(self) -> Iterator[LoadCase]:
        """Return the questions of T3, in time order."""
        return (self.load(place) for place in self.load_places().tolist())

    def rank_places(self, task: Task) -> Ints:
        """Return where the questions of T1, T2, T4 or cold are asked, in time order."""
        day = self.diary.entry_day
        wanted = np.ones(len(day), np.bool_)
        if task == "T2":
            wanted = self.diary.position == 0
        if task == "cold":
            asked = wanted & (day >= 1) & (day < DAYS_BEFORE)
        else:
            early = wanted & (day < DAYS_BEFORE)
            self._leave_out(f"{task}: among the first {DAYS_BEFORE} sessions", early)
            asked = wanted & (day >= DAYS_BEFORE)
        if task == "T4":
            asked &= day == self._first_day[self.diary.exercise]
        self._leave_out(f"{task}: {_CLOCK}", asked & ~self._on_its_day)
        return np.flatnonzero(asked & self._on_its_day).astype(np.int32)

    def load_places(self) -> Ints:
        """Return where the questions of T3 are asked, in time order."""
        lifted = self.top_reps > 0
        many = np.zeros(len(lifted), np.bool_)
        loaded = np.zeros(len(lifted), np.bool_)
        for exercise in range(len(self.diary.exercise_ids)):
            mine = self._lifts(exercise)
            many[mine[LIFTS_BEFORE:]] = True
            bare = np.append(0, np.cumsum(self.top_kg[mine] == 0))
            window = LIFTS_BEFORE + 1
            loaded[mine[LIFTS_BEFORE:]] = bare[window:] == bare[:-window]
        self._leave_out("T3: timed sets", ~lifted)
        self._leave_out(f"T3: fewer than {LIFTS_BEFORE} sessions of the exercise", lifted & ~many)
        self._leave_out("T3: no load, then or in the three sessions before", many & ~loaded)
        self._leave_out(f"T3: {_CLOCK}", loaded & ~self._on_its_day)
        return np.flatnonzero(loaded & self._on_its_day).astype(np.int32)

    def rank(self, task: Task, place: int) -> RankCase:
        """Return the question of T1, T2, T4 or cold at one of its places."""
        diary = self.diary
        day = int(diary.entry_day[place])
        sought = diary.done(day) if task == "T2" else diary.exercise[place : place + 1]
        truth = tuple(diary.exercise_ids[at] for at in sought.tolist())
        return RankCase(self._moment(place, novel=task == "T4"), truth)

    def load(self, place: int) -> LoadCase:
        """Return the question of T3 at one of its places."""
        diary, exercise = self.diary, int(self.diary.exercise[place])
        mine = self._lifts(exercise)
        earlier = mine[: int(np.searchsorted(mine, place))]
        asked = LoadMoment(
            moment=self._moment(place),
            exercise_id=diary.exercise_ids[exercise],
            kg_before=self.top_kg[earlier],
            reps_before=self.top_reps[earlier],
            gap_days=float(self.start_s[place] - self.start_s[earlier[-1]]) / DAY_S,
        )
        return LoadCase(asked, kg=float(self.top_kg[place]), reps=int(self.top_reps[place]))

    @cached_property
    def top_kg(self) -> Floats:
        """Weight of the heaviest set of each entry; 0 for none."""
        kg = self.diary.kg[self._top]
        return np.where(np.nan_to_num(kg) > NO_LOAD_KG, kg, 0.0)

    @cached_property
    def top_reps(self) -> Ints:
        """Repetitions of the heaviest set of each entry; 0 where all are timed."""
        return self.diary.reps[self._top]

    @cached_property
    def _top(self) -> Ints:
        return top_sets(self.diary)

    @cached_property
    def _first_day(self) -> Ints:
        """Position of the day on which each exercise was done first."""
        first = np.full(len(self.diary.exercise_ids), self.diary.n_days, np.int32)
        # Of repeated indices the last assignment holds, and entries are in time order.
        first[self.diary.exercise[::-1]] = self.diary.entry_day[::-1]
        return first

    @cached_property
    def _on_its_day(self) -> NDArray[np.bool_]:
        """Whether the local day of an entry's workout is the one that it is counted to."""
        local = self.start_s + self._sessions["utc_offset"][self._session] * 60.0
        return np.asarray(np.floor(local / DAY_S) == self.diary.day[self.diary.entry_day])

    def _lifts(self, exercise: int) -> NDArray[np.intp]:
        """Return the entries of an exercise with repetitions, in time order."""
        entries = self.diary.entries_of(exercise)
        return entries[self.top_reps[entries] > 0]

    def _leave_out(self, reason: str, entries: NDArray[np.bool_]) -> None:
        count = int(entries.sum())
        if count:
            self.excluded[reason] += count

    def _before(self, day: int) -> tuple[Diary, frozenset[str]]:
        """Return the days before one, and what was done on them; once for a day's questions."""
        if self._eve is None or self._eve[0] != day:
            diary = self.diary
            known = np.flatnonzero(self._first_day < day).tolist()
            ids = frozenset(diary.exercise_ids[at] for at in known)
            self._eve = day, diary.before(int(diary.day[day])), ids
        return self._eve[1:]

    def _moment(self, place: int, novel: bool = False) -> Moment:
        diary, session = self.diary, self._session[place]
        day = int(diary.entry_day[place])
        past, known = self._before(day)
        now_s = float(self.start_s[place])
        earlier = diary.exercise[diary.first_entry[day] : place]
        rows = self.state.log.rows
        first = np.searchsorted(self._sessions["start_s"], now_s)
        begin = np.searchsorted(rows["session"], first)
        row = np.arange(begin, self._row[place], dtype=np.int32)
        return Moment(
            state=self.state,
            day=day,
            now_s=now_s,
            utc_offset=int(self._sessions["utc_offset"][session]),
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
