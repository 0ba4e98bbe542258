"""What models see of a lifter's log, and how their answers become points and weights.

A package of its own above the engine, which fulfils its port ``Learned``: rules answer before
the first model is loaded. Training computes its features with this very code, so what a model
was fitted to is what it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from voltlift_core.engine.ports import Models
from voltlift_core.ports import Artefact

__all__ = ["MODEL_NAMES", "load_models"]

MODEL_NAMES = ("ranker", "collaborative-filter", "load")
"""Artefacts that the engine itself runs, as trees in numpy."""


def load_models(artefacts: Mapping[str, Artefact]) -> Models:
    """Return the models of these artefacts, by name; others than ``MODEL_NAMES`` are left alone.

    What cannot be used is left out: the notices of the result say why.
    """
    # Whoever has no model active loads none of this.
    from voltlift_learned.loading import models_of

    return models_of(artefacts)
