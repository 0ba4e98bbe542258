"""What models see of a lifter's log, and how their answers become points and weights.

A package of its own above the engine, which fulfils its port ``Learned``: rules answer before
the first model is loaded. Training computes its features with this very code, so what a model
was fitted to is what it is asked.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from importlib import import_module

from voltlift_core.contract import TryModelRequest, TryModelResponse
from voltlift_core.engine.learned import Models
from voltlift_core.ports import Artefact, Inference, ModelRegistry

__all__ = ["MODEL_NAMES", "load_models", "prepare", "specs", "try_model"]

MODEL_NAMES = ("ranker", "collaborative-filter", "load", "exercise-net")
"""Artefacts that the engine uses: arrays in numpy, and the net in a runtime of its own."""

# Whoever has no model active loads none of what these import.

_STEPS = ("trees", "habit", "ranker", "loads.features", "loading")
"""Modules that load the others with them; with each, about as much is new."""


def specs() -> tuple[str, ...]:
    """Return the hashes of the vector specs that are computed here."""
    from voltlift_learned.loading import SPECS

    return SPECS


async def prepare() -> None:
    """Import what loading needs, in steps of a few milliseconds.

    In a browser all of it takes longer than anybody else should wait: between the steps what
    storage has read comes in, a sign of life is given, and requests are answered where the host
    sends them meanwhile (our clients send the next short one when this one is answered).
    """
    for step in (f"{__name__}.{step}" for step in _STEPS):
        if step not in sys.modules:
            await asyncio.sleep(0)
            import_module(step)


async def load_models(
    artefacts: Mapping[str, Artefact],
    registry: ModelRegistry,
    inference: Inference | None = None,
) -> Models:
    """Return the models of these artefacts, by name; others than ``MODEL_NAMES`` are left alone.

    What cannot be used is left out: ``left_out`` of the result says why.
    """
    from voltlift_learned.loading import models_of

    return await models_of(artefacts, registry, inference)


async def try_model(
    request: TryModelRequest, files: Mapping[str, bytes], inference: Inference | None = None
) -> TryModelResponse:
    """Return what a model says to the rows of a request, before anything of it is in use."""
    from voltlift_learned.trying import try_model as tried

    return await tried(request, files, inference)
