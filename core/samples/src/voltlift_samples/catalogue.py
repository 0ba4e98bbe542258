"""A catalogue of any size, for benchmarks."""

from __future__ import annotations

import dataclasses
import random

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.vocabulary import LEVELS

_STYLES = ("Tempo", "Paused", "Banded", "One-and-a-Half", "Cluster", "Isometric", "Deficit")


def generated_catalogue(n: int, seed: int = 0) -> Catalogue:
    """Return the bundled exercises, and made-up variations of them until there are ``n``.

    Where ``n`` is smaller than the bundled catalogue, its most common exercises remain.

    Examples
    --------
    >>> len(generated_catalogue(500))
    500
    """
    bundled = Catalogue.bundled().exercises
    if n <= len(bundled):
        kept = sorted(bundled, key=lambda exercise: (-exercise.commonness, exercise.id))[:n]
        return Catalogue(sorted(kept, key=lambda exercise: exercise.id))
    rng = random.Random(seed)
    exercises = list(bundled)
    for i in range(n - len(bundled)):
        model = bundled[rng.randrange(len(bundled))]
        style = _STYLES[rng.randrange(len(_STYLES))]
        variation = dataclasses.replace(
            model,
            id=f"{model.id}-{style.lower()}-{i}",
            name=f"{style} {model.name} {i}",
            aliases=(),
            difficulty=LEVELS[rng.randrange(len(LEVELS))],
            commonness=1,
        )
        exercises.append(variation)
    return Catalogue(exercises)
