"""Which weights there are: bars with plates, dumbbells, stacks, in kilograms or pounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from voltlift_models.simulate.person import Person, pick

_STEPS: Mapping[str, Mapping[str, tuple[float, Mapping[str, float]]]] = {
    "kg": {
        "Barbell": (20.0, {"2.5": 0.7, "5": 0.3}),
        "Trap Bar": (20.0, {"2.5": 0.5, "5": 0.5}),
        "EZ Bar": (10.0, {"2.5": 0.6, "5": 0.4}),
        "Smith Machine": (10.0, {"2.5": 0.5, "5": 0.5}),
        "Dumbbell": (2.0, {"2": 0.5, "2.5": 0.4, "1": 0.1}),
        "Kettlebell": (4.0, {"4": 1.0}),
        "Machine": (5.0, {"5": 0.55, "2.5": 0.15, "7": 0.1, "10": 0.2}),
        "Cable": (2.5, {"2.5": 0.45, "5": 0.4, "3.75": 0.15}),
        "Bodyweight": (0.0, {"2.5": 0.6, "5": 0.4}),
    },
    "lbs": {
        "Barbell": (45.0, {"5": 0.7, "10": 0.3}),
        "Trap Bar": (45.0, {"10": 0.6, "5": 0.4}),
        "EZ Bar": (15.0, {"5": 0.6, "10": 0.4}),
        "Smith Machine": (15.0, {"5": 0.5, "10": 0.5}),
        "Dumbbell": (5.0, {"5": 0.85, "2.5": 0.15}),
        "Kettlebell": (9.0, {"9": 1.0}),
        "Machine": (10.0, {"10": 0.6, "15": 0.2, "5": 0.2}),
        "Cable": (5.0, {"5": 0.4, "10": 0.4, "7.5": 0.2}),
        "Bodyweight": (0.0, {"5": 0.6, "2.5": 0.4}),
    },
}
"""Lightest load and steps with their shares, by unit and equipment: assumptions; the steps are
those of common plates, dumbbell racks and stacks."""

_OTHER = {"kg": (1.0, {"1": 0.5, "2.5": 0.5}), "lbs": (2.5, {"2.5": 0.5, "5": 0.5})}


@dataclass(frozen=True)
class Grid:
    """Weights in equal steps, in a unit.

    Examples
    --------
    >>> Grid(20.0, 2.5).nearest(61.0), Grid(20.0, 2.5).nearest(3.0)
    (60.0, 20.0)
    """

    lightest: float
    step: float

    @classmethod
    def draw(cls, person: Person, equipment: str, rng: np.random.Generator) -> Grid:
        """Return the weights of a piece of equipment where this lifter trains."""
        lightest, steps = _STEPS[person.unit].get(equipment, _OTHER[person.unit])
        step = float(pick(rng, steps))
        if rng.random() < person.micro * 0.5 and step > 1:
            step /= 2
        if equipment in ("Machine", "Cable") and rng.random() < 0.3:
            lightest += round(step / 2, 2)
        return cls(lightest, step)

    def nearest(self, weight: float) -> float:
        """Return the weight of the grid that is nearest."""
        steps = max(math.floor((weight - self.lightest) / self.step + 0.5), 0)
        return round(self.lightest + steps * self.step, 3)

    def moved(self, weight: float, steps: int) -> float:
        """Return the weight some steps away, not below the lightest."""
        return self.nearest(max(weight + steps * self.step, self.lightest))
