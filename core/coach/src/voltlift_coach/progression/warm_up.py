"""Warm-up sets for a working weight."""

from __future__ import annotations

from voltlift_coach.progression.config import ProgressionConfig
from voltlift_core.domain.loads import LoadGrid, round_to_loadable


def warm_up_sets(
    kg: float, grid: LoadGrid, config: ProgressionConfig
) -> tuple[tuple[float, int], ...]:
    """Return ``(kilograms, repetitions)`` of the warm-up sets, lightest first.

    40, 60 and 80 % of the working weight for 8, 5 and 3 repetitions, rounded down to what
    can be loaded; each weight once, none at or above the working weight, none for light ones.

    Examples
    --------
    >>> from voltlift_core.domain.loads import Plates
    >>> from voltlift_core.domain.vocabulary import Unit
    >>> warm_up_sets(100.0, Plates.standard(Unit.KG), ProgressionConfig.bundled())
    ((40.0, 8), (60.0, 5), (80.0, 3))
    """
    if kg < config.warm_up_from_kg:
        return ()
    found: dict[float, int] = {}
    for step in config.warm_ups:
        load = round_to_loadable(kg * step.share, grid, "down")
        if 0 < load < kg:
            # Of two steps that come to the same weight the one with fewer repetitions counts.
            found[load] = step.reps
    return tuple(sorted(found.items()))
