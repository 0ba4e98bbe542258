"""A program written out: every session of every week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from voltlift_coach.programs.library import WEEKDAYS, Library, Program
from voltlift_coach.programs.scheme import SetGroup, Slot
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Category

DELOAD_RPE = 6.0
"""Effort of the sets of an easy week."""

DELOAD_SHARE = 0.9
"""Share of the usual weight that an easy week is trained with."""

_WARM_UP_MINUTES, _SET_UP_SECONDS, _SECONDS_PER_REP = 5.0, 60.0, 4.0
_HEAVY_REPS, _RAMP_UP_SECONDS = 6, 180.0
_SUPERSET_REST = 20
_LONG_SET_SECONDS = 300.0
_SIMPLE = frozenset({Category.ISOLATION, Category.CARDIO})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftExercise:
    """An exercise of a session before it is fitted to the equipment; ``easy``: a lighter week."""

    exercise_id: str
    groups: tuple[SetGroup, ...]
    rest: int | None
    joined: bool
    easy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSession:
    """A session before it is fitted: ``index`` from 0, ``week`` from 1, ``day`` 1 to 7."""

    index: int
    week: int
    day: int
    name: str
    exercises: tuple[DraftExercise, ...]

    @property
    def offset(self) -> int:
        """Days from the first day of the program."""
        return (self.week - 1) * 7 + self.day - 1


@lru_cache(maxsize=64)
def expand(library: Library, program: Program, frequency: int) -> tuple[DraftSession, ...]:
    """Return all sessions of a program at one of its frequencies, in order.

    Days follow their rotation. A day's n-th turn takes the n-th wave of its exercises, in a
    circle, so that waves are complete also where a rotation is longer than a week. In an
    easy week (``deload_every``) half of the sets remain, at RPE 6; exercises with waves of
    their own rest by them.

    Parameters
    ----------
    library : Library
        That of the program.
    program : Program
        The program.
    frequency : int
        Sessions per week, one of ``program.frequencies``.

    Examples
    --------
    >>> library = Library.bundled()
    >>> sessions = expand(library, library.get("linear-5x5"), 3)
    >>> len(sessions), [session.name for session in sessions[:3]], sessions[4].day
    (36, ['Workout A', 'Workout B', 'Workout A'], 3)
    """
    rotation, weekdays = program.rotation(frequency), WEEKDAYS[frequency]
    turns: dict[str, int] = dict.fromkeys(rotation, 0)
    sessions: list[DraftSession] = []
    for index in range(program.weeks * frequency):
        name, week = rotation[index % len(rotation)], index // frequency
        # Twice in a rotation, twice a turn: count turns, not rotations.
        turn, turns[name] = turns[name], turns[name] + 1
        exercises = [
            _draft(slot, program, turn, week)
            for slot in library.slots(program, name)
            if slot.waves[turn % len(slot.waves)]
        ]
        sessions.append(
            DraftSession(
                index=index,
                week=week + 1,
                day=weekdays[index % frequency],
                name=name,
                exercises=tuple(_merged(exercises)),
            )
        )
    return tuple(sessions)


def minutes(session: DraftSession, exercises: Mapping[str, Exercise]) -> int:
    """Return how long a session takes, warm-up and rests included.

    Parameters
    ----------
    session : DraftSession
        The session.
    exercises : mapping of str to Exercise
        Its exercises by id; those not in it are left out.
    """
    seconds = 0.0
    for item in session.exercises:
        exercise = exercises.get(item.exercise_id)
        if exercise is None:
            continue
        rest = rest_seconds(item, exercise)
        heavy = item.groups[0].reps[0] <= _HEAVY_REPS and exercise.category == Category.COMPOUND
        seconds += _RAMP_UP_SECONDS if heavy else _SET_UP_SECONDS
        for group in item.groups:
            work = group.seconds or sum(group.reps) / 2 * _SECONDS_PER_REP
            seconds += group.count * (work * (1 + exercise.unilateral) + rest)
    return round(_WARM_UP_MINUTES + seconds / 60)


def rest_seconds(item: DraftExercise, exercise: Exercise) -> int:
    """Return the rest after a set: longer the heavier it is and the more muscles it takes."""
    if item.rest is not None:
        return item.rest
    if item.joined:
        return _SUPERSET_REST
    first = item.groups[0]
    if first.seconds is not None:
        return 60 if first.seconds >= _LONG_SET_SECONDS else 45
    if exercise.category in _SIMPLE:
        return 75
    return 180 if first.reps[0] <= 5 else 120 if first.reps[0] <= 8 else 90


def _draft(slot: Slot, program: Program, turn: int, week: int) -> DraftExercise:
    every = program.deload_every
    easy = bool(every) and week % every == every - 1 and len(slot.waves) == 1
    groups = slot.waves[turn % len(slot.waves)]
    if easy:
        groups = tuple(_easy(group) for group in groups)
    elif program.effort:
        step = week % every if every else week
        effort = program.effort[step % len(program.effort)]
        groups = tuple(_with_effort(group, effort) for group in groups)
    return DraftExercise(
        exercise_id=slot.exercise_id,
        groups=groups,
        rest=slot.rest,
        joined=slot.joined,
        easy=easy,
    )


def _easy(group: SetGroup) -> SetGroup:
    return replace(
        group,
        count=(group.count + 1) // 2,
        percent=None if group.percent is None else group.percent * DELOAD_SHARE,
        rpe=DELOAD_RPE if group.percent is None and group.seconds is None else None,
        amrap=False,
    )


def _with_effort(group: SetGroup, effort: float) -> SetGroup:
    stated = group.rpe or group.percent or group.seconds
    return group if stated else replace(group, rpe=effort)


def _merged(exercises: list[DraftExercise]) -> list[DraftExercise]:
    """Join neighbours of the same exercise: main sets and the lighter ones after them."""
    merged: list[DraftExercise] = []
    for item in exercises:
        if merged and merged[-1].exercise_id == item.exercise_id:
            merged[-1] = replace(merged[-1], groups=merged[-1].groups + item.groups)
        else:
            merged.append(item)
    return merged
