"""What learned models are to the engine: who makes them, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from voltlift_core.contract import (
    LeftOutModel,
    LoadedModel,
    NovelExercisesRequest,
    NovelExercisesResponse,
    SimilarExercisesRequest,
    SimilarExercisesResponse,
    TryModelRequest,
    TryModelResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import VoltLiftError
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.ports import Artefact, Inference, ModelRegistry
from voltlift_core.scoring.protocol import HabitScorer, SessionScorer


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadForecast:
    """What a model expects of a lifter's next set of an exercise, in kilograms.

    Parameters
    ----------
    model, version : str
        Name and version of what forecast it.
    kg : float
        The load.
    low_kg, high_kg : float
        Ends of the interval that holds the load in 80 % of cases.
    reasons : tuple of (str, dict)
        What moved it most, as codes with the values they quote.
    """

    model: str
    version: str
    kg: float
    low_kg: float
    high_kg: float
    reasons: tuple[tuple[str, dict[str, str | float]], ...] = ()


class LoadModel(Protocol):
    """Forecasts loads from a log."""

    @property
    def name(self) -> str:
        """Name that responses show."""
        ...

    @property
    def version(self) -> str:
        """Version of its weights."""
        ...

    def forecast(
        self, inputs: FeatureInputs, exercise_id: str, planned_reps: int | None
    ) -> LoadForecast | None:
        """Return the forecast as of the moment of ``inputs``; None to abstain."""
        ...


class Discovery(Protocol):
    """Answers from embeddings: what is alike, and what others like this lifter do."""

    def similar_exercises(
        self, state: EngineState, request: SimilarExercisesRequest, watch: Stopwatch
    ) -> SimilarExercisesResponse:
        """Return the exercises nearest to one."""
        ...

    def novel_exercises(
        self, state: EngineState, request: NovelExercisesRequest, watch: Stopwatch
    ) -> NovelExercisesResponse:
        """Return what lifters with such a log do and this one never did."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """Models that are loaded: scorers of the habit part, what forecasts loads, embeddings.

    ``habits`` are models of arrays, ``nets`` those in runtimes of their own, whose sessions are
    disposed of with the models. ``left_out`` says which artefacts could not be used, and why.
    """

    habits: tuple[HabitScorer, ...] = ()
    nets: tuple[SessionScorer, ...] = ()
    loads: LoadModel | None = None
    discovery: Discovery | None = None
    loaded: tuple[LoadedModel, ...] = ()
    left_out: tuple[LeftOutModel, ...] = ()

    async def dispose(self) -> None:
        """Free what sessions hold; one whose runtime is gone holds nothing."""
        for net in self.nets:
            with suppress(VoltLiftError):
                await net.session.dispose()


class Learned(Protocol):
    """Makes models from artefacts; ``voltlift_learned`` is such a package.

    A port, since it is a package of its own: rules answer before the first model is loaded,
    and without any.
    """

    @property
    def MODEL_NAMES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the package
        """Names of the artefacts that it can use."""
        ...

    def specs(self) -> tuple[str, ...]:
        """Return the hashes of the vector specs that it computes."""
        ...

    async def prepare(self) -> None:
        """Import what loading needs, in steps: whoever else waits has a turn in between."""
        ...

    async def load_models(
        self,
        artefacts: Mapping[str, Artefact],
        registry: ModelRegistry,
        inference: Inference | None = None,
    ) -> Models:
        """Return the models of these artefacts, by name.

        An artefact that does not fit is left out, never half used. Other files of an artefact
        are read from the registry where a model needs them; without ``inference`` only arrays
        are run.
        """
        ...

    async def try_model(
        self,
        request: TryModelRequest,
        files: Mapping[str, bytes],
        inference: Inference | None = None,
    ) -> TryModelResponse:
        """Return what a model says to the rows of a request, before anything of it is in use.

        Raises
        ------
        VoltLiftError
            ``not_available`` where nothing here runs the file; else what loading it would raise.
        """
        ...
