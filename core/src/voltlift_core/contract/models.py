"""Models: what is loaded, and whether a file answers as its card says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadModelsRequest:
    """Ask for the active models of the registry to be loaded, instead of those that are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModel:
    """A model that takes part in answers from now on; ``runtime`` says what runs it."""

    name: str
    version: str
    runtime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutModel:
    """An active model that cannot be used, and why; the rules stand in for it."""

    name: str
    version: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadModelsResponse:
    """What answers from now on.

    ``specs`` are the hashes of the vector specs that this engine computes: a model that was
    fitted to any other does not fit.
    """

    engine_version: str
    specs: tuple[str, ...]
    models: tuple[LoadedModel, ...]
    left_out: tuple[LeftOutModel, ...]
    duration_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A file among the bytes that travel beside a request: its name and its length."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TryModelRequest:
    """Ask what a model that is not in use yet says to the rows of its card.

    Parameters
    ----------
    model, version : str
        Which it is.
    file : str
        The file whose answers the card gives, such as ``next.onnx``. Where this engine runs the
        same part of the model from arrays, these are asked.
    files : tuple of FilePart
        All files of the model, in the order of their bytes.
    inputs : tuple of tuple of float
        One row a question; none to know whether arrays can be read at all.
    """

    model: str
    version: str
    file: str
    files: tuple[FilePart, ...]
    inputs: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryModelResponse:
    """The answer to each row, and what gave it."""

    outputs: tuple[float, ...]
    runtime: str
