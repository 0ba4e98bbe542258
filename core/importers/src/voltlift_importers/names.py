"""Exercise names of a file: matched for certain, or proposed for the lifter to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import Match


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exercise that a name may stand for; ``score`` from 0 to 1."""

    exercise_id: str
    name: str
    score: float


def match_name(name: str, catalogue: Catalogue) -> Match | None:
    """Return the exercise that a name of a file stands for, or None where that is not certain."""
    return catalogue.match(name)


def propose(name: str, catalogue: Catalogue, limit: int = 5) -> tuple[Proposal, ...]:
    """Return exercises that a name without a certain match may stand for, likeliest first."""
    match = catalogue.match(name)
    exercise = None if match is None else catalogue.get(match.exercise_id)
    if exercise is None or limit < 1:
        return ()
    return (Proposal(exercise.id, exercise.name, 1.0),)


def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the localised names of the bundled exercises by exercise id."""
    return {}
