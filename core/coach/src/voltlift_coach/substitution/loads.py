"""With which load to begin an exercise: from the lifter's own sets, or carried over."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from voltlift_coach.substitution.config import TransferRules
from voltlift_coach.substitution.strength import LATEST, KnownStrength, StrengthProfile
from voltlift_core.contract.meta import Confidence
from voltlift_core.domain.loads import HEAVIEST_KG, LoadGrid, round_to_loadable

Basis = Literal["own", "baseline", "related"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A load to begin with, in kilograms; loadable, and on the careful side.

    Parameters
    ----------
    kg : float
        The load; for bodyweight exercises what is added to the own body.
    low_kg, high_kg : float
        Range that the right load is expected in.
    reps : int
        Repetitions that it is meant for.
    one_rep_max_kg : float
        Expected one-repetition maximum, with the share of the bodyweight moved.
    basis : str
        ``own`` sets of the exercise, the ``baseline`` test of it, or a ``related`` exercise.
    source_exercise_id : str
        Exercise that it comes from.
    confidence : str
        Low for everything but own sets.
    """

    kg: float
    low_kg: float
    high_kg: float
    reps: int
    one_rep_max_kg: float
    basis: Basis
    source_exercise_id: str
    confidence: Confidence

    @property
    def own(self) -> bool:
        """Whether it comes from the lifter's own sets of the exercise."""
        return self.basis == "own"


def first_load(
    profile: StrengthProfile, exercise_id: str, reps: int, grid: LoadGrid
) -> Estimate | None:
    """Return a load to begin an exercise with, or None where nothing tells of it.

    From the lifter's own sets of the exercise at the effort they are used to; else from the
    strength test of it, else from related exercises: with two repetitions in reserve, and
    ``caution`` deviations below the expected load, rounded down. Never above the expected load:
    where the lightest weight of the grid would be, there is no answer.
    An exercise with the own body gets fewer repetitions where the body is heavy for it, and
    no answer where hardly any would be left.

    Parameters
    ----------
    profile : StrengthProfile
        What is known of the lifter's strength.
    exercise_id : str
        The exercise; None is returned where the catalogue does not have it.
    reps : int
        Repetitions wanted, at least 1.
    grid : LoadGrid
        What can be loaded.
    """
    exercise = profile.catalogue.get(exercise_id)
    if exercise is None or reps < 1:
        return None
    rules = profile.config.transfer
    source = profile.known.get(exercise_id)
    basis: Basis = "related"
    if source is not None:
        mean, spread, basis = source.one_rep_max, rules.own_spread, source.basis
    else:
        found = profile.carried_over(exercise)
        if found is None:
            return None
        source, mean, spread = found.source, found.one_rep_max, found.spread
    own = basis == "own"
    mean *= 1 - _lay_off(source.days, rules)
    reserve = source.reserve if own else rules.reps_in_reserve
    body = exercise.bodyweight_share * profile.body_kg
    careful = mean if own else mean * math.exp(-rules.caution * spread)
    wanted = reps
    if body and not own:
        # The own body is the lightest load there is.
        while reps and careful / load_factor(reps + reserve) < body:
            reps -= 1
        if reps < rules.least_reps:
            return None
    factor = load_factor(reps + reserve)
    low, high = (max(mean * math.exp(way * spread) / factor - body, 0.0) for way in (-1, 1))
    if own and not source.loaded:
        careful = low = high = 0.0
    # Rounded first: what differs by the last bit between platforms is the same weight.
    # A load that was mistyped may ask for more than there is.
    added = min(max(round(careful / factor - body, 6), 0.0), HEAVIEST_KG)
    kg = round_to_loadable(added, grid, "down")
    if body and not own and (reps < wanted or kg > careful / factor - body):
        kg = 0.0  # The body alone is heavy enough.
    if kg > (high if own else max(mean / factor - body, 0.0)):
        return None
    return Estimate(
        kg=kg,
        low_kg=min(low, kg),
        high_kg=high,
        reps=reps,
        one_rep_max_kg=mean,
        basis=basis,
        source_exercise_id=source.exercise.id,
        confidence=_confidence(source) if own else "low",
    )


def load_factor(reps: float) -> float:
    """Return the one-repetition maximum over the load that allows so many repetitions.

    Brzycki up to 5, Epley above, as ``domain.strength`` does, but not capped at 12: the
    other way round the cap would ask for too much.

    Examples
    --------
    >>> load_factor(1), load_factor(15)
    (1.0, 1.5)
    """
    return 36.0 / (37.0 - reps) if reps <= 5 else 1.0 + reps / 30.0


def _lay_off(days: float, rules: TransferRules) -> float:
    """Return the share to take off after a break: nothing up to four weeks."""
    return min(rules.lay_off_step * max(days / rules.lay_off_days - 1, 0.0), rules.lay_off_max)


def _confidence(source: KnownStrength) -> Confidence:
    if source.days <= 14 and source.sessions >= LATEST:
        return "high"
    return "medium" if source.days <= 90 else "low"
