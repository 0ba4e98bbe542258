"""The numbers of substitution, as versioned data: similarity of exercises, ratios of strength."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
class SubstitutionConfig:
    """Every number of substitution (``docs/formulas.md`` explains them).

    ``related_patterns`` names pairs of movement patterns, each pair once.

    Examples
    --------
    >>> SubstitutionConfig.bundled().version
    'substitution/1'
    """

    version: str
    similarity: SimilarityRules
    related_patterns: dict[str, tuple[str, ...]]

    @classmethod
    def bundled(cls) -> SubstitutionConfig:
        """Return the configuration that ships with the engine."""
        return _bundled()

    def related(self, pattern: str, other: str) -> bool:
        """Whether two different movement patterns train much the same."""
        table = self.related_patterns
        return other in table.get(pattern, ()) or pattern in table.get(other, ())


@cache
def _bundled() -> SubstitutionConfig:
    text = files("voltlift_core.substitution").joinpath("data/substitution-1.json").read_bytes()
    return decode(SubstitutionConfig, parse_json(text))
