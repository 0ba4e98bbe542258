"""The engine inside Pyodide: dispatch of requests, ports over JavaScript objects."""

from voltlift_bridge.dispatch import Dispatcher

__all__ = ["Dispatcher"]
