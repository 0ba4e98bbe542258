"""From artefacts to models: each is checked, and left out where it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from voltlift_core.contract import LeftOutModel, LoadedModel
from voltlift_core.engine.learned import Models
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features.vectors import DENSE_100
from voltlift_core.ports import Artefact, Inference, InferenceSession, ModelRegistry
from voltlift_core.scoring.protocol import SessionScorer
from voltlift_learned.discovery import FactorDiscovery
from voltlift_learned.factors import FACTORS_SPEC, Factors
from voltlift_learned.forecaster import LoadForecaster
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.loads.specs import LOAD_SPEC
from voltlift_learned.ranker import RANKER_SPEC, Ranker, RankerScorer

T = TypeVar("T")

NET = "exercise-net"

FORMS = ("net.onnx", "tfjs/model.json")
"""Files of the net that can be opened, the preferred one first."""

SPECS = tuple(spec.hash for spec in (RANKER_SPEC, FACTORS_SPEC, LOAD_SPEC, DENSE_100))
"""Hashes of the vector specs that are computed here."""


async def models_of(
    artefacts: Mapping[str, Artefact], registry: ModelRegistry, inference: Inference | None
) -> Models:
    """Return what could be loaded, and what could not, and why."""
    found = _Found(artefacts)
    versions = {name: artefact.version for name, artefact in artefacts.items()}
    ranker = found.read("ranker", Ranker.from_npz)
    factors = found.read("collaborative-filter", Factors.from_npz)
    load = found.read("load", LoadModel.from_npz)
    session = await found.open(NET, registry, inference)
    scorer = None
    if ranker is not None:
        filter_version = "" if factors is None else versions["collaborative-filter"]
        scorer = RankerScorer(ranker, versions["ranker"], factors, filter_version)
    nets: tuple[SessionScorer, ...] = ()
    if session is not None:
        # Who has no net active does not wait for its code.
        from voltlift_learned.net import NetScorer

        new = None if scorer is None else scorer.new
        nets = (NetScorer(session, versions[NET], new),)
    return Models(
        habits=() if scorer is None else (scorer,),
        nets=nets,
        loads=None if load is None else LoadForecaster(load, versions["load"]),
        discovery=None
        if factors is None
        else FactorDiscovery(factors, versions["collaborative-filter"]),
        loaded=tuple(found.loaded),
        left_out=tuple(found.left_out),
    )


class _Found:
    """Reads artefacts one by one; what does not fit is noted and left out."""

    def __init__(self, artefacts: Mapping[str, Artefact]) -> None:
        self.artefacts = artefacts
        self.loaded: list[LoadedModel] = []
        self.left_out: list[LeftOutModel] = []

    def read(self, name: str, of: Callable[[bytes], T]) -> T | None:
        """Return a model of arrays; None where there is none, or none that fits."""
        artefact = self.artefacts.get(name)
        if artefact is None:
            return None
        try:
            model = of(artefact.data)
        except Exception as error:
            # A file may be wrong in a way that nobody thought of; the other models stand.
            self._leave_out(artefact, error, ErrorCode.CORRUPT_DATA)
            return None
        self._take(artefact, "numpy")
        return model

    async def open(
        self, name: str, registry: ModelRegistry, inference: Inference | None
    ) -> InferenceSession | None:
        """Return a session of a model that runs elsewhere; None as above."""
        artefact = self.artefacts.get(name)
        if artefact is None:
            return None
        try:
            session = await open_session(artefact, registry, inference)
        except Exception as error:
            # A runtime may fail in ways of its own; none of them is worth the other models.
            self._leave_out(artefact, error, ErrorCode.INFERENCE)
            return None
        self._take(artefact, session.runtime)
        return session

    def _take(self, artefact: Artefact, runtime: str) -> None:
        self.loaded.append(
            LoadedModel(name=artefact.name, version=artefact.version, runtime=runtime)
        )

    def _leave_out(self, artefact: Artefact, error: Exception, unforeseen: ErrorCode) -> None:
        if isinstance(error, VoltLiftError):
            code, message = error.code, str(error)
        else:
            code, message = unforeseen, f"{type(error).__name__}: {error}"
        self.left_out.append(
            LeftOutModel(
                name=artefact.name, version=artefact.version, code=str(code), message=message
            )
        )


async def open_session(
    artefact: Artefact, registry: ModelRegistry, inference: Inference | None
) -> InferenceSession:
    """Return a session of the first form of a net that a runtime here reads.

    Raises
    ------
    VoltLiftError
        ``vector_spec_mismatch`` where it was fitted to other features, ``not_available`` where
        no runtime reads any of its files; else what opening it raises.
    """
    spec = artefact.card.get("spec")
    DENSE_100.require(str(spec.get("hash", "none")) if isinstance(spec, Mapping) else "none")
    if inference is not None:
        for file in FORMS:
            if file in artefact.files and inference.can_open(file):
                return await inference.open(file, await _files_of(artefact, file, registry))
    raise VoltLiftError(
        ErrorCode.NOT_AVAILABLE,
        f"nothing here runs {artefact.name}",
        expected="a runtime that reads " + " or ".join(FORMS),
        received="no runtime" if inference is None else ", ".join(artefact.files) or "no file",
    )


async def _files_of(artefact: Artefact, file: str, registry: ModelRegistry) -> dict[str, bytes]:
    """Return a file with those beside it: the weights that a ``model.json`` names."""
    folder = file.rpartition("/")[0]
    names = [file]
    if folder:
        names += [name for name in artefact.files if name.startswith(f"{folder}/") and name != file]
    return {name: await registry.file(artefact.name, artefact.version, name) for name in names}
