"""The engine: immutable revisions of the log, and the services that answer from them."""

from voltlift_core.engine.engine import Engine
from voltlift_core.engine.learned import Discovery, Learned, LoadForecast, LoadModel, Models
from voltlift_core.engine.ports import (
    Ask,
    Coach,
    Importer,
    Known,
    Ports,
    Replayer,
    Samples,
)
from voltlift_core.engine.state import EngineState

__all__ = [
    "Ask",
    "Coach",
    "Discovery",
    "Engine",
    "EngineState",
    "Importer",
    "Known",
    "Learned",
    "LoadForecast",
    "LoadModel",
    "Models",
    "Ports",
    "Replayer",
    "Samples",
]
