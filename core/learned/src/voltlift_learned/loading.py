"""From artefacts to models: each is checked, and left out with a notice where it does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from voltlift_core.engine.ports import Models
from voltlift_core.errors import VoltLiftError
from voltlift_core.ports import Artefact
from voltlift_core.scoring.blend import HabitScorer
from voltlift_learned.forecaster import LoadForecaster
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.ranker import Ranker, RankerScorer

def models_of(artefacts: Mapping[str, Artefact]) -> Models:
    """Return what could be loaded; its notices say what could not, and why."""
    habits: list[HabitScorer] = []
    loads: LoadForecaster | None = None
    notices: list[str] = []
    for name, artefact in artefacts.items():
        try:
            if name == "ranker":
                ranker = Ranker.from_npz(artefact.data)
                habits.append(HabitScorer(RankerScorer(ranker, artefact.version)))
            elif name == "load":
                loads = LoadForecaster(LoadModel.from_npz(artefact.data), artefact.version)
        except VoltLiftError as error:
            notices.append(f"{name} {artefact.version} is not used: {error}")
    return Models(tuple(habits), loads, tuple(notices))
