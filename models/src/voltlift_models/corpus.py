"""Lifters to learn from: each one's log as the engine knows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from voltlift_core import EngineState, IngestRequest, Json, take_in


@dataclass(frozen=True)
class Source:
    """Where a log comes from.

    Parameters
    ----------
    file : str
        Name of the file, or of the simulator's scenario.
    sha256 : str
        SHA-256 of the file as it was read.
    licence : str
        SPDX identifier, or empty where unknown.
    simulated : bool
        True for made-up lifters; they may train, they never score.
    """

    file: str
    sha256: str = ""
    licence: str = ""
    simulated: bool = False


@dataclass(frozen=True)
class Lifter:
    """One lifter's log as the engine knows it, with where it comes from."""

    name: str
    state: EngineState
    source: Source = field(default_factory=lambda: Source(file=""))

    @classmethod
    def of_app_state(cls, name: str, app_state: Json, source: Source) -> Lifter:
        """Return the lifter of an app state, read by the engine's own decoder."""
        return cls(name, take_in(EngineState(), IngestRequest(state=app_state)).state, source)
