"""The engine: immutable revisions of the log, and the services that answer from them."""

from voltlift_core.engine.engine import Engine, Ports

__all__ = ["Engine", "Ports"]
