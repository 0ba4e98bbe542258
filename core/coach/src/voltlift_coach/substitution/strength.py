"""What is known of a lifter's strength, and what follows for exercises never done."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from voltlift_coach.substitution.config import SubstitutionConfig
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.strength import one_rep_max
from voltlift_core.domain.vocabulary import Equipment, MovementPattern, MuscleGroup
from voltlift_core.features.entries import Floats, Ints
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.features.numeric import divide, row_means, row_medians, row_sums
from voltlift_core.features.view import LogView

LATEST = 3
"""Sessions of an exercise whose median estimate is taken as the strength in it."""

SOURCES = 60
"""Exercises, the latest ones, that strength is carried over from."""

_P = MovementPattern
_LOWER = frozenset(
    {
        _P.SQUAT, _P.HINGE, _P.LUNGE, _P.KNEE_EXTENSION, _P.KNEE_FLEXION, _P.HIP_ABDUCTION,
        _P.HIP_ADDUCTION, _P.HIP_EXTENSION, _P.CALF_RAISE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownStrength:
    """Strength in an exercise that was done or tested.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    one_rep_max : float
        Estimated one-repetition maximum in kilograms, with the share of the bodyweight moved.
    days : float
        Days since it was last done; 0 for a test.
    reserve : float
        Repetitions in reserve at which the lifter does it; 0 where no effort is logged.
    sessions : int
        How often it was done.
    loaded : bool
        Whether weight was used at all.
    basis : str
        ``own`` sets, or the ``baseline`` test.
    """

    exercise: Exercise
    one_rep_max: float
    days: float
    reserve: float
    sessions: int
    loaded: bool
    basis: Literal["own", "baseline"]


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Strength expected in an exercise never done.

    ``one_rep_max`` in kilograms; ``spread`` is the standard deviation of its logarithm;
    ``source`` the known exercise that tells most of it.
    """

    one_rep_max: float
    spread: float
    source: KnownStrength


class StrengthProfile:
    """What a lifter's log and strength test say of their strength, exercise by exercise.

    Usual ratios of strength (``SubstitutionConfig.strength_of``) are where it starts; how
    this lifter deviates from them is learned. With z = log(e1RM / usual strength), the known
    exercises are one draw of a Gaussian process whose covariance is the sum of the variances
    shared: one by all, one within a movement pattern, one within equipment and sides (who logs
    both dumbbells together does so everywhere); the rest is the exercise's own. The
    conditional mean and deviation of an exercise never done follow in closed form (Rasmussen,
    Williams, *Gaussian Processes for Machine Learning*, 2006, eq. 2.23-2.24).

    Parameters
    ----------
    view : LogView
        The training log; what lies after ``now_s`` is left out.
    settings : Settings
        The lifter's settings, with the optional strength test.
    now_s : float
        The moment, epoch seconds.
    body_kg : float, optional
        Bodyweight where a daily reading knows better than the settings.
    config : SubstitutionConfig, optional
        Every number.
    """

    def __init__(
        self,
        view: LogView,
        settings: Settings,
        now_s: float,
        *,
        body_kg: float | None = None,
        config: SubstitutionConfig | None = None,
    ) -> None:
        self.config = config or SubstitutionConfig.bundled()
        self.catalogue = view.catalogue
        at = Moment(FeatureInputs(view=view, settings=settings, now_s=now_s))
        self.body_kg = at.body_kg if body_kg is None else body_kg
        self.known = _from_log(at, self.config.transfer.oldest_days)
        for lift in settings.baseline:
            exercise = self.catalogue.resolve(lift.exercise_id)
            if exercise is None or exercise.id in self.known:
                continue
            moved = lift.kg + exercise.bodyweight_share * self.body_kg
            rpe = math.nan if lift.rpe is None else lift.rpe
            estimate = float(one_rep_max(moved, lift.reps, rpe))
            if estimate > 0:
                reserve = self.config.transfer.reps_in_reserve
                found = KnownStrength(exercise, estimate, 0.0, reserve, 0, lift.kg > 0, "baseline")
                self.known[exercise.id] = found

    @cached_property
    def _sources(self) -> list[KnownStrength]:
        """What loads are carried over from, the latest first."""
        usable = [k for k in self.known.values() if self.config.strength_of(k.exercise) > 0]
        return sorted(usable, key=lambda k: (k.days, k.exercise.id))[:SOURCES]

    @cached_property
    def _codes(self) -> Ints:
        """Movement pattern, and equipment with sides, of the sources as numbers; shape (2, n)."""
        return np.array([_codes_of(known.exercise) for known in self._sources], np.int32).T

    def _shared(self, codes: Ints) -> Floats:
        """Return the covariance of exercises, given by their codes, with each source."""
        rules = self.config.transfer
        alike = codes[:, :, None] == self._codes[:, None, :]
        shared: Floats = (
            rules.common_variance
            + rules.pattern_variance * alike[0]
            + rules.equipment_variance * alike[1]
        )
        return shared

    @cached_property
    def _precision(self) -> tuple[Floats, Floats]:
        """The inverse covariance of the sources, and it times their deviations."""
        sources, rules = self._sources, self.config.transfer
        usual = [self.config.strength_of(known.exercise) for known in sources]
        deviations = np.log(np.array([known.one_rep_max for known in sources]) / np.array(usual))
        age = np.array([known.days for known in sources]) / 365
        covariance = self._shared(self._codes)
        covariance += np.diag(rules.own_variance + rules.stale_per_year * age)
        inverse = np.linalg.inv(covariance).astype(np.float64, copy=False)
        weights: Floats = inverse @ (deviations - rules.prior)
        return inverse, weights

    def carried_over(self, exercise: Exercise) -> CarriedOver | None:
        """Return the strength expected in an exercise, or None where nothing related is known."""
        rules, usual = self.config.transfer, self.config.strength_of(exercise)
        related = [_same_half(known.exercise, exercise) for known in self._sources]
        if not any(related) or usual <= 0:
            return None
        (shared,) = self._shared(np.array([_codes_of(exercise)], np.int32).T)
        inverse, weights = self._precision
        total = (
            rules.common_variance
            + rules.pattern_variance
            + rules.equipment_variance
            + rules.own_variance
        )
        variance = total - float(shared @ inverse @ shared)
        # Of equal ones the first, which is the latest.
        teller = int(np.argmax(np.where(related, shared, -1.0)))
        return CarriedOver(
            one_rep_max=usual * math.exp(rules.prior + float(shared @ weights)),
            spread=math.sqrt(max(variance, rules.own_variance)),
            source=self._sources[teller],
        )


_PATTERNS = tuple(MovementPattern)
_EQUIPMENT = tuple(Equipment)


def _codes_of(exercise: Exercise) -> tuple[int, int]:
    pattern = exercise.movement_pattern
    sides = len(_EQUIPMENT) if exercise.unilateral else 0
    return (
        -1 if pattern is None else _PATTERNS.index(pattern),
        _EQUIPMENT.index(exercise.equipment) + sides,
    )


def _same_half(one: Exercise, other: Exercise) -> bool:
    """Whether both train the same half of the body; the trunk belongs to either."""
    if one.movement_pattern is None or other.movement_pattern is None:
        return False
    trunk = MuscleGroup.CORE in (one.muscle_group, other.muscle_group)
    return trunk or (one.movement_pattern in _LOWER) == (other.movement_pattern in _LOWER)


def _from_log(at: Moment, oldest_days: float) -> dict[str, KnownStrength]:
    """Return the strength shown in the latest sessions of each exercise."""
    view = at.view
    if not view.n_entries:
        return {}
    median = row_medians(view.recent_values(at.one_rep_max)[:, -LATEST:])
    days = at.days_since(view.last_performed_s)
    rpe = row_means(
        divide(view.recent_column("rpe_sum"), view.recent_column("rpe_sets"))[:, -LATEST:]
    )
    reserve = np.where(np.isnan(rpe), 0.0, np.clip(10.0 - rpe, 0.0, 4.0))
    usable = np.flatnonzero((median > 0) & (days <= oldest_days))
    exercises, times = at.catalogue.exercises, view.times_performed
    heaviest = row_sums(view.recent_column("max_load")[:, -LATEST:])
    return {
        exercises[i].id: KnownStrength(
            exercises[i],
            float(median[i]),
            float(days[i]),
            float(reserve[i]),
            int(times[i]),
            bool(heaviest[i] > 0),
            "own",
        )
        for i in usable.tolist()
    }
