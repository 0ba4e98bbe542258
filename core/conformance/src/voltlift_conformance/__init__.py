"""Public checks that every adapter of a port passes.

Each module holds ``CHECKS`` and ``run_all(make, reopen)``; no test framework is needed, so
they run anywhere, inside Pyodide too. ``make`` gives a new, empty adapter, ``reopen``
another one over the same storage, as after a restart.

Examples
--------
>>> import asyncio
>>> from voltlift_core.adapters.memory import MemoryLogStore
>>> from voltlift_conformance import log_store
>>> async def make():
...     return MemoryLogStore()
>>> len(asyncio.run(log_store.run_all(make))) == len(log_store.CHECKS)
True
"""

from voltlift_conformance import clock, feature_store, inference, log_store, model_registry
from voltlift_conformance.harness import Subject

__all__ = ["Subject", "clock", "feature_store", "inference", "log_store", "model_registry"]
