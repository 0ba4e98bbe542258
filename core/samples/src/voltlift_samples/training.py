"""How a sample lifter's sets turn out: double progression against a hidden strength."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from voltlift_core.domain.vocabulary import Category, Equipment

_LB = 0.45359237
_STEPS: Mapping[Equipment, tuple[float, float]] = {
    Equipment.BARBELL: (2.5, 5.0),
    Equipment.DUMBBELL: (2.0, 5.0),
    Equipment.MACHINE: (5.0, 10.0),
    Equipment.KETTLEBELL: (4.0, 9.0),
}
"""Smallest step of a load in kg and in lb; 2.5 kg and 5 lb for everything else."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a plan, read."""

    sets: int
    low: int
    high: int
    seconds: int
    start_kg: float
    exercises: tuple[str, ...]

    @classmethod
    def read(cls, line: str) -> Slot:
        """Return the slot of a line such as ``4 5-8 70 barbell-bench-press``."""
        sets, reps, start, *exercises = line.split()
        seconds = int(reps[:-1]) if reps.endswith("s") else 0
        low, high = (0, 0) if seconds else map(int, reps.split("-"))
        return cls(int(sets), low, high, seconds, float(start), tuple(exercises))


def noise(rng: random.Random, spread: float) -> float:
    """Return a bell-shaped deviation; sums and products only, so alike on every platform."""
    return (rng.random() + rng.random() + rng.random() - 1.5) * 2.0 * spread


@dataclass(slots=True)
class Lift:
    """What the lifter does for one exercise, and what they could do.

    ``load`` is in the lifter's unit. ``capacity`` is the load that could be lifted once,
    for exercises without load the repetitions that could be done.
    """

    slot: Slot
    category: Category
    step: float
    load: float
    capacity: float
    gain: float
    reps: int
    done: int = 0
    misses: int = 0
    best: tuple[float, int] = field(default=(0.0, 0))

    @classmethod
    def begin(
        cls, slot: Slot, equipment: Equipment, category: Category, unit: str, gain: float
    ) -> Lift:
        """Return the state before the first workout."""
        pounds = unit == "lbs"
        step = _STEPS.get(equipment, (2.5, 5.0))[pounds]
        load = slot.start_kg / (_LB if pounds else 1.0)
        load = max(round(load / step), 1) * step if load else 0.0
        strength = 1.0 + (slot.high + 2.5) / 30.0
        capacity = load * strength if load else float(slot.high)
        return cls(slot, category, step, load, capacity, gain, slot.low)

    def work_out(
        self, rng: random.Random, form: float, effort_logged: float
    ) -> list[dict[str, object]]:
        """Return the sets of one workout, and progress by what came of them."""
        slot = self.slot
        sets = self._warm_ups(rng)
        if slot.seconds:
            sets += [self._timed(rng, effort_logged) for _ in range(slot.sets)]
            self.done += 1
            return sets
        strength = self.capacity * form * (1 + self.gain * self.done / (self.done + 40))
        achieved = []
        for number in range(slot.sets):
            if self.load:
                possible = 30 * (strength / self.load - 1) - 0.8 * number
            else:
                possible = strength - 1.0 * number
            possible += noise(rng, 0.7)
            reps = max(min(self.reps, int(possible)), 1)
            achieved.append(reps)
            entry: dict[str, object] = {
                "reps": reps,
                "weight": self.load,
                "type": "F" if reps < self.reps and rng.random() < 0.6 else "N",
                "completed": True,
            }
            if rng.random() < effort_logged:
                rpe = 10 - min(max(possible - reps, 0), 4)
                entry["rpe"] = round(2 * min(max(rpe + noise(rng, 0.4), 5), 10)) / 2
            if number and rng.random() < 0.025:
                entry["completed"] = False
            sets.append(entry)
        if self.load and self.category is Category.ISOLATION and rng.random() < 0.06:
            dropped = max(round(0.7 * self.load / self.step), 1) * self.step
            drop = {"reps": self.reps + 2, "weight": dropped, "type": "D", "completed": True}
            sets.append(drop)
        self.best = max(self.best, (self.load, max(achieved)))
        self._progress(min(achieved))
        return sets

    def _warm_ups(self, rng: random.Random) -> list[dict[str, object]]:
        heavy = self.category is Category.COMPOUND and self.load > 12 * self.step
        shares = (0.5, 0.75)[: 1 + (rng.random() < 0.5)] if heavy else ()
        return [
            {
                "reps": 5,
                "weight": round(share * self.load / self.step) * self.step,
                "type": "W",
                "completed": True,
            }
            for share in shares
        ]

    def _timed(self, rng: random.Random, effort_logged: float) -> dict[str, object]:
        growth = 1 + self.gain * self.done / (self.done + 20)
        seconds = round(self.slot.seconds * growth * (1 + noise(rng, 0.08)) / 5) * 5
        timed: dict[str, object] = {
            "reps": 0,
            "weight": 0,
            "type": "N",
            "completed": True,
            "seconds": seconds,
        }
        if rng.random() < effort_logged:
            timed["rpe"] = round(2 * (7 + noise(rng, 0.7))) / 2
        return timed

    def _progress(self, worst: int) -> None:
        self.done += 1
        if worst >= self.reps:
            self.misses = 0
            self.reps += 1
        else:
            self.misses += 1
        if self.reps > self.slot.high and self.load:
            self.load, self.reps = self.load + self.step, self.slot.low
        elif self.misses >= 3:
            self.misses = 0
            lighter = round(0.9 * self.load / self.step) * self.step
            self.load = max(min(lighter, self.load - self.step), self.step) if self.load else 0.0
            self.reps = self.slot.low
