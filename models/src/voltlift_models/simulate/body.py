"""What a made-up lifter could lift: strength by exercise, gains, form, fatigue."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict

import numpy as np

from voltlift_coach.substitution.config import SubstitutionConfig
from voltlift_core import Catalogue
from voltlift_models.simulate import facts
from voltlift_models.simulate.person import Person

_SHARES = [share for share, _, _ in facts.REPS_AT]
_NEGATIVE = [-share for share in _SHARES]


class Strength:
    """Strength in one exercise.

    Parameters
    ----------
    base : float
        1RM in kilograms (with the share of the bodyweight moved) at no training at all; 0
        where the exercise has none.
    body : float
        Kilograms of the own body that are moved.
    endurance : float
        Repetitions at a share of the 1RM, in standard deviations from the mean.
    gain : float
        Gains in this exercise over the lifter's usual ones.
    group : str
        Muscle group.
    """

    def __init__(self, base: float, body: float, endurance: float, gain: float, group: str) -> None:
        self.base, self.body, self.gain, self.group = base, body, gain, group
        self.done = 0
        z = min(max(endurance, -1.3), 1.6)
        self._reps = [max(mean + z * spread, 0.5) for _, mean, spread in facts.REPS_AT]

    def reps_at(self, share: float) -> float:
        """Return the repetitions to failure at a share of the 1RM; below 1 it does not move."""
        if share >= 1.0:
            return self._reps[0] - 8.0 * (share - 1.0)
        at = bisect_left(_NEGATIVE, -share)
        if at >= len(_SHARES):
            return self._reps[-1] + (_SHARES[-1] - share) * 250.0
        low, high = _SHARES[at], _SHARES[at - 1]
        part = (high - share) / (high - low)
        return self._reps[at - 1] + part * (self._reps[at] - self._reps[at - 1])

    def share_for(self, reps: float) -> float:
        """Return the share of the 1RM at which so many repetitions can be done."""
        reps = max(reps, self._reps[0])
        at = bisect_left(self._reps, reps)
        if at >= len(self._reps):
            return _SHARES[-1]
        if at == 0:
            return 1.0
        low, high = self._reps[at - 1], self._reps[at]
        part = (reps - low) / (high - low)
        return _SHARES[at - 1] + part * (_SHARES[at] - _SHARES[at - 1])


class Body:
    """The lifter's strength through time.

    Gains are linear in the logarithm of the time trained; a new exercise is learned in its
    first sessions; the form of the day wanders; muscles trained days ago are not yet back.
    """

    def __init__(self, person: Person, rng: np.random.Generator) -> None:
        self._person, self._rng = person, rng
        self._catalogue = Catalogue.bundled()
        self._ratios = SubstitutionConfig.bundled()
        self._by_pattern: dict[str, float] = defaultdict(lambda: float(rng.normal(0, 0.14)))
        self._exercises: dict[str, Strength] = {}
        self._trained: dict[str, tuple[float, float]] = {}
        self._years = person.years
        self.form = 0.0

    def of(self, exercise_id: str) -> Strength:
        """Return the strength in an exercise of the catalogue."""
        if exercise_id not in self._exercises:
            self._exercises[exercise_id] = self._draw(exercise_id)
        return self._exercises[exercise_id]

    def _draw(self, exercise_id: str) -> Strength:
        exercise = self._catalogue.exercises[self._catalogue.index[exercise_id]]
        rng, person = self._rng, self._person
        deviation = self._by_pattern[str(exercise.movement_pattern)] + float(rng.normal(0, 0.12))
        base = person.bench * self._ratios.strength_of(exercise) * math.exp(deviation)
        gain = float(np.clip(rng.normal(1, 0.4), 0, facts.RESPONSE_MOST))
        endurance = person.endurance + float(rng.normal(0, 0.6))
        body = exercise.bodyweight_share * person.bodyweight
        if body and not base:
            # Without a usual ratio: somebody average does about fifteen of them.
            base = body / 0.72 * math.exp(deviation) * (0.8 if person.female else 1.0)
        return Strength(base, body, endurance, gain, str(exercise.muscle_group))

    def one_rep_max(self, strength: Strength, day: float) -> float:
        """Return what could be lifted once today, in kilograms."""
        person = self._person
        clock = math.log1p(self._years / facts.GAIN_CLOCK_YEARS)
        clock /= math.log1p(1 / facts.GAIN_CLOCK_YEARS)
        gained = facts.FIRST_YEAR_GAIN * person.response * strength.gain * clock
        skill = 1.0 - 0.10 * math.exp(-strength.done / 4.0)
        return strength.base * (1 + gained) * skill * (1 + self.form) * self._rested(strength, day)

    def _rested(self, strength: Strength, day: float) -> float:
        last, hours = self._trained.get(strength.group, (-1e9, facts.RECOVERY_HOURS))
        return 1.0 - facts.FATIGUE * math.exp(-2.0 * (day - last) * 24.0 / hours)

    def begin_day(self, since_last: float) -> None:
        """Advance to the next training day."""
        # Time off does not count as training, nor does it cost strength (``GAP_LOSS``).
        self._years += min(since_last, 8.0) / 365.0
        self.form = 0.5 * self.form + float(self._rng.normal(0, self._person.swing))

    def trained(self, strength: Strength, day: float, failed: bool) -> None:
        """Take note of an exercise that was done."""
        strength.done += 1
        hours = facts.RECOVERY_HOURS + (facts.FAILURE_HOURS if failed else 0.0)
        self._trained[strength.group] = (day, hours)
