"""From artefacts to models: each is checked, and left out where it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from voltlift_core.contract import LeftOutModel, LoadedModel
from voltlift_core.engine.ports import Models
from voltlift_core.errors import VoltLiftError
from voltlift_core.features.vectors import DENSE_100
from voltlift_core.ports import Artefact, Inference, ModelRegistry
from voltlift_core.scoring.blend import HabitScorer
from voltlift_learned.factors import FACTORS_SPEC, Factors
from voltlift_learned.forecaster import LoadForecaster
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.loads.specs import LOAD_SPEC
from voltlift_learned.ranker import RANKER_SPEC, Ranker, RankerScorer

T = TypeVar("T")

SPECS = tuple(spec.hash for spec in (RANKER_SPEC, FACTORS_SPEC, LOAD_SPEC, DENSE_100))
"""Hashes of the vector specs that are computed here."""


async def models_of(
    artefacts: Mapping[str, Artefact], registry: ModelRegistry, inference: Inference | None
) -> Models:
    """Return what could be loaded, and what could not, and why."""
    loaded: list[LoadedModel] = []
    left_out: list[LeftOutModel] = []

    def read(name: str, of: Callable[[bytes], T]) -> T | None:
        artefact = artefacts.get(name)
        if artefact is None:
            return None
        version = artefact.version
        try:
            model = of(artefact.data)
        except VoltLiftError as error:
            code, message = str(error.code), str(error)
            left_out.append(LeftOutModel(name=name, version=version, code=code, message=message))
            return None
        loaded.append(LoadedModel(name=name, version=version, runtime="numpy"))
        return model

    ranker = read("ranker", Ranker.from_npz)
    factors = read("collaborative-filter", Factors.from_npz)
    load = read("load", LoadModel.from_npz)
    habits: tuple[HabitScorer, ...] = ()
    if ranker is not None:
        scorer = RankerScorer(ranker, artefacts["ranker"].version, factors)
        habits = (HabitScorer(scorer),)
    loads = None if load is None else LoadForecaster(load, artefacts["load"].version)
    return Models(habits, loads, loaded=tuple(loaded), left_out=tuple(left_out))
