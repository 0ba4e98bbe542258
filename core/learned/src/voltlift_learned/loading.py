"""From artefacts to models: each is checked, and left out with a notice where it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from voltlift_core.engine.ports import Models
from voltlift_core.errors import VoltLiftError
from voltlift_core.ports import Artefact
from voltlift_core.scoring.blend import HabitScorer
from voltlift_learned.factors import Factors
from voltlift_learned.forecaster import LoadForecaster
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.ranker import Ranker, RankerScorer

T = TypeVar("T")


def models_of(artefacts: Mapping[str, Artefact]) -> Models:
    """Return what could be loaded; its notices say what could not, and why."""
    notices: list[str] = []

    def read(name: str, of: Callable[[bytes], T]) -> T | None:
        artefact = artefacts.get(name)
        try:
            return None if artefact is None else of(artefact.data)
        except VoltLiftError as error:
            notices.append(f"{name} {artefacts[name].version} is not used: {error}")
            return None

    ranker = read("ranker", Ranker.from_npz)
    factors = read("collaborative-filter", Factors.from_npz)
    load = read("load", LoadModel.from_npz)
    habits: tuple[HabitScorer, ...] = ()
    if ranker is not None:
        scorer = RankerScorer(ranker, artefacts["ranker"].version, factors)
        habits = (HabitScorer(scorer),)
    loads = None if load is None else LoadForecaster(load, artefacts["load"].version)
    return Models(habits, loads, tuple(notices))
