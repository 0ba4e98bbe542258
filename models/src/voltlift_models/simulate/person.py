"""Who a made-up lifter is: body, talent, equipment, and habits as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from voltlift_models.simulate import facts

HABITS: Mapping[str, float] = {
    "double": 0.16,
    "habitual": 0.08,
    "linear": 0.05,
    "percent": 0.07,
    "zones": 0.64,
}
"""Main way to choose loads and how common it is (an assumption, fitted to real logs): more
reps first, the same weight for months, a step each time, waves of percentages, or whatever
fits the repetitions of the day."""

GYMS: Mapping[str, Mapping[str, float]] = {
    "full": {
        "Barbell": 1.0, "Dumbbell": 1.0, "Machine": 1.0, "Cable": 1.0, "Bodyweight": 0.6,
        "EZ Bar": 0.7, "Smith Machine": 0.5, "Cardio Machine": 1.0, "Plate": 0.3,
        "Trap Bar": 0.2, "Kettlebell": 0.1,
    },
    "machines": {
        "Machine": 1.6, "Cable": 1.3, "Smith Machine": 1.2, "Dumbbell": 0.6, "Barbell": 0.15,
        "Bodyweight": 0.4, "Cardio Machine": 1.5, "EZ Bar": 0.3,
    },
    "barbell": {
        "Barbell": 2.5, "Dumbbell": 0.6, "Bodyweight": 0.8, "EZ Bar": 0.5, "Plate": 0.2,
        "Trap Bar": 0.4, "Cable": 0.2,
    },
    "dumbbells": {"Dumbbell": 2.0, "Bodyweight": 0.7, "Kettlebell": 0.3, "Resistance Band": 0.2},
    "body": {"Bodyweight": 2.0, "Resistance Band": 0.6, "Suspension": 0.3, "Dumbbell": 0.2},
}  # fmt: skip
GYM_SHARE: Mapping[str, float] = {
    "full": 0.66, "machines": 0.12, "barbell": 0.12, "dumbbells": 0.08, "body": 0.02,
}  # fmt: skip
"""How likely equipment is to be chosen, by kind of gym, and shares of them: assumptions."""


@dataclass(frozen=True)
class Person:
    """Traits that stay.

    Parameters
    ----------
    female : bool
    bodyweight : float
        Kilograms.
    years : float
        Years trained before the log begins.
    bench : float
        1RM in the bench press as a beginner, kilograms.
    response : float
        Gains over the usual ones.
    endurance : float
        Repetitions at a share of the 1RM, in standard deviations from the mean.
    reserve_bias : float
        Repetitions in reserve that are thought to be less than they are.
    unit : str
        What weights are logged in.
    gym : str
        One of ``GYMS``.
    way : str
        Main way to choose loads, one of ``HABITS``.
    chaos : float
        0 for a creature of habit, 1 for somebody who never trains the same session twice.
    restless : float
        Chance a session that an exercise is replaced for good.
    per_week : float
        Sessions a week meant.
    locked : bool
        Whether each weekday has its session; otherwise they come in turn.
    effort : float
        Share of sets with RPE.
    ramps : float
        Inclination to work up to the top set.
    warm_ups : str
        ``marked``, ``plain`` (logged like any set) or ``none``.
    micro : float
        Chance that loads move in small plates.
    deload_every : int
        Weeks between easy ones; 0 for never.
    careful : float
        Share of the load taken off after a long break.
    swing : float
        Spread of the form of the day.
    hour : float
        Usual hour of the day.
    """

    female: bool
    bodyweight: float
    years: float
    bench: float
    response: float
    endurance: float
    reserve_bias: float
    unit: str
    gym: str
    way: str
    chaos: float
    restless: float
    per_week: float
    locked: bool
    effort: float
    ramps: float
    warm_ups: str
    micro: float
    deload_every: int
    careful: float
    swing: float
    hour: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Person:
        """Return somebody."""
        female = bool(rng.random() < facts.FEMALE_SHARE)
        mean, spread = facts.BODYWEIGHT_KG[female]
        bodyweight = float(np.clip(rng.normal(mean, spread), 45, 140))
        share, talent = facts.BENCH_SHARE[female]
        response = float(np.clip(rng.normal(1, facts.RESPONSE_SPREAD), 0, facts.RESPONSE_MOST))
        effort = float(rng.choice([1.0, rng.random()]))
        return cls(
            female=female,
            bodyweight=bodyweight,
            years=0.0 if rng.random() < 0.4 else float(rng.exponential(2.5)),
            bench=bodyweight * share * float(np.exp(rng.normal(0, talent))),
            response=response,
            endurance=float(rng.normal(0, 0.7)),
            reserve_bias=float(rng.normal(facts.RESERVE_BIAS, facts.RESERVE_BIAS_SPREAD)),
            unit=pick(rng, facts.UNITS),
            gym=pick(rng, GYM_SHARE),
            way=pick(rng, HABITS),
            chaos=float(rng.beta(0.8, 1.2)),
            restless=float(np.exp(rng.normal(np.log(0.018), 0.8))),
            per_week=float(np.clip(rng.normal(3.4, 1.1), 1.5, 6.5)),
            locked=bool(rng.random() < 0.35),
            effort=0.0 if rng.random() < facts.NO_EFFORT_LOGGED else effort,
            ramps=float(rng.beta(0.6, 0.9)),
            warm_ups=pick(rng, {"none": 0.55, "marked": 0.25, "plain": 0.2}),
            micro=float(rng.beta(0.5, 1.5)),
            deload_every=int(rng.integers(4, 11)) if rng.random() < 0.25 else 0,
            careful=float(rng.beta(0.7, 4.0)),
            swing=float(rng.uniform(0.01, 0.035)),
            hour=float(np.clip(rng.normal(16.5, 3.5), 6, 21)),
        )


def pick(rng: np.random.Generator, weights: Mapping[str, float]) -> str:
    """Return a key, each as likely as its weight says.

    Examples
    --------
    >>> pick(np.random.default_rng(0), {"only": 2.0})
    'only'
    """
    at = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        at -= weight
        if at < 0:
            return key
    return list(weights)[-1]
