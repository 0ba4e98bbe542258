"""Which exercises a made-up lifter does, in which order: plans, whims, busy machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from voltlift_coach.programs.library import Library
from voltlift_core import Catalogue
from voltlift_models.simulate import facts
from voltlift_models.simulate.person import GYMS, Person, pick
from voltlift_models.simulate.splits import DAYS, PROGRAM_SHARE, SPLITS

_TASTE = 0.8
_KNOWN_BONUS = 3.0


@dataclass(slots=True)
class Slot:
    """A place in a day: a movement pattern, and the exercise that stands there now."""

    pattern: str
    exercise: str


@dataclass(slots=True)
class PlannedDay:
    """A day of the plan, and when it was last trained (sessions so far)."""

    name: str
    slots: list[Slot] = field(default_factory=list)
    last: int = -10


class Routine:
    """What is on today, by plan and by whim.

    Parameters
    ----------
    person : Person
        Habits as numbers: above all ``chaos``, ``restless`` and ``locked``.
    rng : numpy.random.Generator
        Source of chance.
    """

    def __init__(self, person: Person, rng: np.random.Generator) -> None:
        self._person, self._rng = person, rng
        self._taste: dict[str, float] = {}
        self._pools: dict[str, list[str]] = {}
        self._known: dict[str, int] = defaultdict(int)
        self._size = float(np.clip(rng.normal(5.5, 1.5), 2.5, 10))
        self._finisher = pick(rng, {"": 0.75, "locomotion": 0.12, "trunk_flexion": 0.13})
        self._change = (0.5 + person.chaos) / float(rng.uniform(30, 130))
        self._turn = self._sessions = 0
        self.days: list[PlannedDay] = []
        self._new_plan()

    def today(self, weekday: int) -> tuple[str, list[str]]:
        """Return the name of the session and its exercises in order."""
        rng, person = self._rng, self._person
        if rng.random() < self._change:
            self._change_plan()
        day = self._which(weekday)
        chosen: list[str] = []
        for slot in day.slots:
            if rng.random() < 0.03 + 0.18 * person.chaos:
                continue
            if rng.random() < person.restless:
                slot.exercise = self._choose(slot.pattern, [slot.exercise])
            busy = rng.random() < 0.03 + 0.5 * person.chaos**2
            exercise = self._from_pool(slot.pattern) if busy else slot.exercise
            if exercise not in chosen:
                chosen.append(exercise)
        chosen = self._ordered(chosen)
        if rng.random() < 0.03 + 0.15 * person.chaos:
            other = self.days[int(rng.integers(len(self.days)))].slots
            pattern = other[int(rng.integers(len(other)))].pattern if other else "trunk_flexion"
            extra = self._from_pool(pattern) if rng.random() < 0.6 else self._choose(pattern, [])
            if extra not in chosen:
                chosen.insert(int(rng.integers(len(chosen) // 2, len(chosen) + 1)), extra)
        if rng.random() < 0.04 and len(chosen) > 2:
            chosen = chosen[: -int(rng.integers(1, 3))]
        for exercise in chosen:
            self._known[exercise] += 1
        self._sessions += 1
        day.last = self._sessions
        return day.name, chosen

    def _which(self, weekday: int) -> PlannedDay:
        rng, person = self._rng, self._person
        if rng.random() < 0.75 * person.chaos**1.5 and len(self.days) > 1:
            due = [float(self._sessions - day.last) ** 1.5 + 0.1 for day in self.days]
            return self.days[int(rng.choice(len(due), p=np.array(due) / sum(due)))]
        if person.locked:
            return self.days[weekday % len(self.days)]
        self._turn += 1
        return self.days[self._turn % len(self.days)]

    def _ordered(self, chosen: list[str]) -> list[str]:
        rng, chaos = self._rng, self._person.chaos
        if rng.random() < 0.35 * chaos**2:
            return [chosen[int(at)] for at in rng.permutation(len(chosen))]
        if len(chosen) > 1 and rng.random() < 0.08 + 0.65 * chaos:
            for _ in range(1 + int(rng.poisson(1.5 * chaos))):
                at = int(rng.integers(len(chosen) - 1))
                chosen[at], chosen[at + 1] = chosen[at + 1], chosen[at]
        return chosen

    def _change_plan(self) -> None:
        rng = self._rng
        if rng.random() < 0.45:
            self._new_plan()
            return
        for day in self.days:
            for slot in day.slots:
                if rng.random() < 0.3:
                    slot.exercise = self._choose(slot.pattern, [s.exercise for s in day.slots])
            if rng.random() < 0.3 and len(day.slots) > 2:
                at = int(rng.integers(len(day.slots) - 1))
                day.slots[at], day.slots[at + 1] = day.slots[at + 1], day.slots[at]

    def _new_plan(self) -> None:
        rng, person = self._rng, self._person
        if rng.random() < PROGRAM_SHARE and (days := self._program()):
            self.days = days
            return
        weights = {
            str(at): common
            for at, (_, common, low, high) in enumerate(SPLITS)
            if low <= person.per_week <= high
        } or {"1": 1.0}
        names = SPLITS[int(pick(rng, weights))][0]
        self.days = [self._day(name) for name in names]
        if person.locked:
            # With the number of sessions a week as long as the turn, each has its weekday.
            self._turn = 0

    def _day(self, name: str) -> PlannedDay:
        rng = self._rng
        patterns = [pick(rng, dict.fromkeys(p.split("|"), 1.0)) for p in DAYS[name].split()]
        count = int(np.clip(round(rng.normal(self._size, 0.8)), 2, 10))
        while len(patterns) < count:
            patterns.append(patterns[int(rng.integers(len(patterns)))])
        patterns = patterns[:count]
        if self._finisher and rng.random() < 0.8:
            patterns.append(self._finisher)
        day = PlannedDay(name)
        for pattern in patterns:
            exercise = self._choose(pattern, [slot.exercise for slot in day.slots])
            if exercise not in (slot.exercise for slot in day.slots):
                day.slots.append(Slot(pattern, exercise))
        return day

    def _program(self) -> list[PlannedDay]:
        """Return the days of a program that the gym has nearly everything for."""
        rng, library, catalogue = self._rng, Library.bundled(), Catalogue.bundled()
        gym = GYMS[self._person.gym]
        programs = [
            program
            for program in library.programs.values()
            if abs(program.default_frequency - self._person.per_week) < 1.5
            and np.mean(
                [
                    str(catalogue.exercises[catalogue.index[id_]].equipment) in gym
                    for id_ in program.exercise_ids
                ]
            )
            > 0.85
        ]
        if not programs:
            return []
        program = programs[int(rng.integers(len(programs)))]
        days = []
        for name in dict.fromkeys(program.rotation(program.default_frequency)):
            ids = [slot.exercise_id for slot in library.slots(program, name)]
            slots = [Slot(_pattern(id_), id_) for id_ in dict.fromkeys(ids)]
            days.append(PlannedDay(name, slots))
        return days

    def _from_pool(self, pattern: str) -> str:
        """Return one of the lifter's exercises for a pattern; who likes change has many."""
        if pattern not in self._pools:
            size = 3 + int(self._rng.poisson(7 * self._person.chaos))
            pool: list[str] = []
            for _ in range(size):
                pool.append(self._choose(pattern, pool))
            self._pools[pattern] = pool
        pool = self._pools[pattern]
        return pool[int(self._rng.integers(len(pool)))]

    def _choose(self, pattern: str, without: Sequence[str]) -> str:
        """Return an exercise for a pattern: common, with what there is, to one's taste."""
        weights: dict[str, float] = {}
        for id_ in _of_pattern(pattern):
            if id_ in without:
                continue
            if id_ not in self._taste:
                self._taste[id_] = self._liking(id_)
            weights[id_] = self._taste[id_] * (_KNOWN_BONUS if id_ in self._known else 1.0)
        return pick(self._rng, weights) if weights else without[0]

    def _liking(self, exercise_id: str) -> float:
        catalogue = Catalogue.bundled()
        exercise = catalogue.exercises[catalogue.index[exercise_id]]
        weight = facts.COMMONNESS_WEIGHT[exercise.commonness]
        weight *= GYMS[self._person.gym].get(str(exercise.equipment), 0.01)
        if exercise.difficulty == "Advanced" and self._person.years < 1:
            weight *= 0.3
        return weight * float(np.exp(self._rng.normal(0, _TASTE)))


@cache
def _of_pattern(pattern: str) -> tuple[str, ...]:
    exercises = Catalogue.bundled().exercises
    return tuple(e.id for e in exercises if str(e.movement_pattern) == pattern)


@cache
def _pattern(exercise_id: str) -> str:
    catalogue = Catalogue.bundled()
    return str(catalogue.exercises[catalogue.index[exercise_id]].movement_pattern)
