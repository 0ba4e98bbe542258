"""The engine: immutable revisions of the log, and the services that answer from them."""

from voltlift_core.engine.engine import Engine
from voltlift_core.engine.ports import Coach, Importer, Known, Ports, Samples

__all__ = ["Coach", "Engine", "Importer", "Known", "Ports", "Samples"]
