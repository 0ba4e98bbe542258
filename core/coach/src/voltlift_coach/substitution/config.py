"""The numbers of substitution, as versioned data: similarity of exercises, ratios of strength."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voltlift_core.domain.exercise import Exercise
from voltlift_core.wire import decode, parse_json


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarityRules:
    """Points of each likeness; the best of each line counts, and the lines add up to 100.

    ``same_pattern`` or ``related_pattern``; ``same_muscle`` or ``shared_muscle`` (the main
    group of one is a secondary one of the other); ``secondary_muscles`` and
    ``same_variation`` times the share in common; ``same_category`` or ``similar_category``;
    ``same_loading`` (both or neither take weights); ``same_sides``; ``same_difficulty``,
    ``easier`` or ``harder``; ``done_before``, ``staple`` or ``common``. What stays below
    ``minimum`` is no substitute.
    """

    same_pattern: float
    related_pattern: float
    same_muscle: float
    shared_muscle: float
    secondary_muscles: float
    same_category: float
    similar_category: float
    same_variation: float
    same_loading: float
    same_sides: float
    same_difficulty: float
    easier: float
    harder: float
    done_before: float
    staple: float
    common: float
    minimum: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRules:
    """How far a load may be trusted that comes from another exercise.

    ``prior`` is the logarithm of a bench press in kilograms, of a lifter of whom nothing is
    known. The variances are those of logarithms of strength over the usual one (see
    ``StrengthProfile``), ``stale_per_year`` is added to that of a source; what is older than
    ``oldest_days`` is none. ``own_spread``: relative half width of the range of an exercise
    with sets of its own. A first weight lies ``caution`` deviations below the expected one,
    and leaves ``reps_in_reserve``; with the own body there is none below ``least_reps``.
    ``lay_off_*``: each ``lay_off_days`` beyond the first ones without the source take
    ``lay_off_step`` off, pro rata, at most ``lay_off_max``.
    """

    prior: float
    common_variance: float
    pattern_variance: float
    equipment_variance: float
    own_variance: float
    own_spread: float
    stale_per_year: float
    oldest_days: float
    caution: float
    reps_in_reserve: float
    least_reps: int
    lay_off_days: float
    lay_off_step: float
    lay_off_max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionConfig:
    """Every number of substitution (``docs/formulas.md`` explains them).

    ``related_patterns`` names pairs of movement patterns, each pair once. ``strength`` is
    the usual one-repetition maximum of a movement pattern by equipment, as the apps log it
    (one dumbbell of two, plates of a machine, with the share of the bodyweight moved), over
    that of the barbell bench press; ``exercises`` replaces it for single ones, 0 where no
    load can be carried over.

    Examples
    --------
    >>> SubstitutionConfig.bundled().version
    'substitution/1'
    """

    version: str
    similarity: SimilarityRules
    related_patterns: dict[str, tuple[str, ...]]
    transfer: TransferRules
    strength: dict[str, dict[str, float]]
    exercises: dict[str, float]

    @classmethod
    def bundled(cls) -> SubstitutionConfig:
        """Return the configuration that ships with the engine."""
        return _bundled()

    def related(self, pattern: str, other: str) -> bool:
        """Whether two different movement patterns train much the same."""
        table = self.related_patterns
        return other in table.get(pattern, ()) or pattern in table.get(other, ())

    def strength_of(self, exercise: Exercise) -> float:
        """Return the usual strength in an exercise over that in the bench press; 0 if unknown.

        Examples
        --------
        >>> from voltlift_core.catalogue.catalogue import Catalogue
        >>> SubstitutionConfig.bundled().strength_of(Catalogue.bundled().get("leg-press"))
        2.3
        """
        by_equipment = self.strength.get(exercise.movement_pattern or "", {})
        usual = by_equipment.get(exercise.equipment, 0.0)
        return self.exercises.get(exercise.id, usual)


@cache
def _bundled() -> SubstitutionConfig:
    text = files("voltlift_coach.substitution").joinpath("data/substitution-1.json").read_bytes()
    return decode(SubstitutionConfig, parse_json(text))
