"""What a made-up lifter does in one exercise: which load, which sets, what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from voltlift_core import Json
from voltlift_models.simulate import facts
from voltlift_models.simulate.body import Body, Strength
from voltlift_models.simulate.loading import Grid
from voltlift_models.simulate.person import HABITS, Person, pick

ZONES: Mapping[str, float] = {"3-5": 0.2, "5-8": 0.28, "8-12": 0.3, "12-15": 0.16, "15-20": 0.06}
"""Repetitions that lifters aim at, and how often (an assumption)."""

SMALL_ZONES: Mapping[str, float] = {"6-10": 0.2, "8-12": 0.4, "10-15": 0.3, "15-20": 0.1}

_ROUND = (3, 4, 5, 6, 8, 10, 12, 15, 20)
"""Repetitions that people plan."""

_WAVES = ((0.70, 8), (0.76, 6), (0.83, 4), (0.62, 8))
"""Shares of the training maximum and repetitions of a four-session wave."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the day brings.

    ``day`` since 1970, with its fraction; ``gap`` in days since the exercise was last done;
    ``easy`` in a deload or on a light day; ``scale`` of today's variant against the usual
    one; ``logged``, by which what is logged differs from what was lifted (both dumbbells
    instead of one).
    """

    day: float
    gap: float
    easy: bool = False
    scale: float = 1.0
    logged: float = 1.0


class Lift:
    """A lifter's way with an exercise; weights are in the lifter's unit."""

    def __init__(
        self, person: Person, strength: Strength, grid: Grid, big: bool, rng: np.random.Generator
    ) -> None:
        self._person, self.strength, self._grid, self._rng = person, strength, grid, rng
        self._kg = facts.KG_PER_UNIT[person.unit]
        self._way = person.way if rng.random() < 0.75 else pick(rng, HABITS)
        self._zones = ZONES if big else SMALL_ZONES
        self._low, self._high = _range(pick(rng, self._zones))
        self._count = int(rng.choice([2, 3, 3, 3, 4, 4, 5]))
        self._until_reserve = rng.random() < 0.2
        self._reserve = float(rng.uniform(0.5, 4.0))
        ramp = person.ramps * (1.0 if big else 0.6)
        self._scheme = pick(
            rng, {"straight": 1.0 - 0.8 * ramp, "ramp": ramp, "back-off": 0.35 * ramp}
        )
        self._target = self._low if rng.random() < 0.7 else self._high
        self._misses = self._turn = 0
        self._load = 0.0
        self._belief = 0.0

    @property
    def loaded(self) -> bool:
        """Whether weights are used."""
        return self._load > 0

    def work_out(self, body: Body, now: Circumstances) -> list[Json]:
        """Return the sets of today, as the app state spells them."""
        able = body.one_rep_max(self.strength, now.day) / now.scale
        if not self._belief:
            self._begin(able)
        if now.gap > 28:
            self._begin_again()
        top, target = self._choose(able, now)
        sets, failed, worst = self._perform(able, top, target, now)
        if not now.easy:
            self._progress(target, worst, able)
        body.trained(self.strength, now.day, failed)
        return sets

    def _begin(self, able: float) -> None:
        """Feel the way to a first load, rather too light than too heavy."""
        rng = self._rng
        self._belief = able * float(np.exp(rng.normal(-0.08, 0.12)))
        share = self.strength.share_for(self._target + self._reserve)
        outer = (self._belief * share - self.strength.body) / self._kg
        if self.strength.body and outer < 1.5 * self._grid.step:
            self._load = 0.0
        else:
            self._load = max(self._grid.nearest(outer), self._grid.step)

    def _begin_again(self) -> None:
        """Come back after a long break: as before, more carefully, or by guess."""
        rng = self._rng
        if self._load <= 0 or rng.random() < 0.35:
            return
        guess = float(np.exp(rng.normal(0, 0.06 + 0.2 * self._person.chaos)))
        self._belief *= guess
        self._load = self._grid.nearest(self._load * guess * (1 - self._person.careful))

    def _choose(self, able: float, now: Circumstances) -> tuple[float, int]:
        """Return today's top load and the repetitions aimed at."""
        rng, grid = self._rng, self._grid
        if self._load <= 0:
            return 0.0, self._target
        if now.easy:
            return grid.nearest(self._load * float(rng.uniform(0.65, 0.92))), self._target
        if self._way == "zones":
            # Either other repetitions today, or the same ones at another effort.
            effort = 0.0
            if rng.random() < 0.45 + 0.3 * self._person.chaos:
                wide = rng.random() < 0.35 + 0.5 * self._person.chaos
                zone = pick(rng, self._zones) if wide else ""
                low, high = _range(zone) if zone else (self._low, self._high)
                self._target = int(rng.choice([r for r in _ROUND if low <= r <= high]))
            elif rng.random() < 0.6:
                effort = float(rng.normal(0, 0.05 + 0.08 * self._person.chaos))
            return self._for_reps(self._target, effort), self._target
        if self._way == "percent":
            share, reps = _WAVES[self._turn % 4]
            return grid.nearest(self._belief * share / self._kg), reps
        detour = 0.04 + 0.2 * self._person.chaos
        if rng.random() < detour:
            target = int(np.clip(self._target + rng.integers(-5, 8), 2, 20))
            return self._for_reps(target), target
        if rng.random() < 0.25 and able < 0.97 * self._belief:
            return grid.moved(self._load, -1), self._target
        return grid.nearest(self._load / now.scale), self._target

    def _for_reps(self, target: int, effort: float = 0.0) -> float:
        share = min(self.strength.share_for(target + self._reserve) * float(np.exp(effort)), 0.98)
        noisy = self._belief * share * float(np.exp(self._rng.normal(0, 0.05)))
        outer = max((noisy - self.strength.body) / self._kg, self._grid.step)
        # Who lifts about the same as last time takes the same: nobody counts half a plate.
        near = abs(outer - self._load) < (1.0 - 0.8 * self._person.chaos) * self._grid.step
        self._load = self._load if near else self._grid.nearest(outer)
        return self._load

    def _perform(
        self, able: float, top: float, target: int, now: Circumstances
    ) -> tuple[list[Json], bool, int]:
        rng, person, failed, worst = self._rng, self._person, False, 99
        sets: list[Json] = []
        for number, (load, kind) in enumerate(self._plan(top, now.easy)):
            share = (load * self._kg + self.strength.body) / able if able > 0 else 0.5
            able *= 0.985
            possible = self.strength.reps_at(share) + float(rng.normal(0, 0.45))
            aim = target if kind == "N" else int(rng.integers(4, 9))
            lighter = load < top
            if self._until_reserve and kind == "N" and not now.easy:
                aim = max(int(possible - self._reserve + rng.normal(0, 0.7)), 1)
                aim = min(aim, self._high + 6)
            elif lighter and self._scheme == "ramp":
                aim = int(min(aim * (top / max(load, 1e-9)) ** 0.7 + 0.5, 20))
            reps = max(min(aim, int(possible)), 0)
            if kind == "N" and not lighter:
                worst = min(worst, reps)
            missed = reps < aim
            failed = failed or missed
            told = round(load * now.logged, 3)
            done: dict[str, Json] = {"weight": told, "reps": max(reps, 1), "type": kind}
            done["completed"] = reps > 0 and not (number and rng.random() < 0.004)
            if kind == "N" and person.effort and rng.random() < person.effort:
                felt = possible - reps - person.reserve_bias + float(rng.normal(0, 0.5))
                done["rpe"] = round(2 * float(np.clip(10 - felt, 5.5, 10))) / 2
            sets.append(done)
            if reps == 0 or (missed and number > 1 and rng.random() < 0.1):
                break
        return sets, failed, worst if worst < 99 else 0

    def _plan(self, top: float, easy: bool) -> list[tuple[float, str]]:
        """Return load and kind of the sets."""
        rng, grid, person = self._rng, self._grid, self._person
        count = max(self._count + int(rng.choice([0, 0, 0, 0, -1, 1])) - easy, 1)
        warm: list[tuple[float, str]] = []
        if top > 6 * grid.step and person.warm_ups != "none" and rng.random() < 0.7:
            kind = "W" if person.warm_ups == "marked" else "N"
            warm = [
                (grid.nearest(share * top), kind) for share in (0.5, 0.75)[: rng.integers(1, 3)]
            ]
        if top <= 0 or self._scheme == "straight":
            work = [top] * count
        elif self._scheme == "ramp":
            low = 0.55 + 0.25 * rng.random()
            work = [grid.nearest(top * (low + (1 - low) * (at + 1) / count)) for at in range(count)]
            work[-1] = top
        else:
            heavy = max(count // 2, 1)
            work = [top] * heavy + [grid.nearest(0.85 * top)] * (count - heavy)
        return warm + [(load, "N") for load in work]

    def _progress(self, target: int, worst: int, able: float) -> None:
        rng, grid = self._rng, self._grid
        # What the sets felt like: the strength of today, with an error.
        self._belief += 0.3 * (able * float(np.exp(rng.normal(0, 0.04))) - self._belief)
        if self._load <= 0:
            self._target = min(max(worst, self._target), 40) + int(rng.random() < 0.3)
            return
        self._misses = 0 if worst >= target else self._misses + 1
        self._turn += 1
        raised = 1 if rng.random() < 0.85 else 2
        if self._way == "linear" and worst >= target:
            self._load = grid.moved(self._load, raised)
        elif self._way == "double" and worst >= self._target:
            self._target += 1 if rng.random() < 0.6 else 2
            if self._target > self._high or worst >= self._high:
                self._load, self._target = grid.moved(self._load, raised), self._low
        elif self._way == "habitual" and worst >= target and rng.random() < 0.08:
            self._load = grid.moved(self._load, raised)
        if self._way != "zones" and self._misses >= 3:
            lighter = grid.nearest(0.9 * self._load)
            self._load = max(min(lighter, grid.moved(self._load, -1)), grid.step)
            self._misses = 0
            self._target = self._low


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high)
