"""The engine: immutable revisions of the log, and the services that answer from them."""

from voltlift_core.engine.engine import Engine
from voltlift_core.engine.ports import (
    Coach,
    Importer,
    Known,
    Learned,
    LoadForecast,
    LoadModel,
    Models,
    Ports,
    Samples,
)
from voltlift_core.engine.state import EngineState

__all__ = [
    "Coach",
    "Engine",
    "EngineState",
    "Importer",
    "Known",
    "Learned",
    "LoadForecast",
    "LoadModel",
    "Models",
    "Ports",
    "Samples",
]
