"""The engine's ports with models in them: those of a folder of artefacts, or of one fold."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import voltlift_coach
import voltlift_learned
from voltlift_core import Artefact, Inference, Ports
from voltlift_models.artifacts import read_artifact, read_manifest
from voltlift_models.cards import write_card
from voltlift_models.corpus import Lifter

RUNTIME_FILES: Final[Mapping[str, str]] = {
    "ranker": "ranker.npz",
    "collaborative-filter": "factors.npz",
    "load": "load.npz",
}
"""The file of each model that the engine itself runs."""

NET: Final = "exercise-net"

ARTIFACTS: Final = Path(__file__).parents[2] / "artifacts"
"""The artefacts that ship with the project."""


@dataclass(frozen=True, slots=True)
class RuntimeModel:
    """A model as the engine's registry holds it.

    Parameters
    ----------
    name, version : str
        Which it is.
    data : bytes
        The file that the engine itself runs; empty where it runs none.
    files : mapping of str to bytes
        Files for other runtimes.
    card : mapping
        Its card.
    """

    name: str
    version: str
    data: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    card: Mapping[str, object] = field(default_factory=dict)

    def artefact(self) -> Artefact:
        """Return it as it is installed, with the hash of each file."""
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()}
        sha256 = hashlib.sha256(self.data).hexdigest()
        return Artefact(self.name, self.version, sha256, self.data, self.card, hashes)


async def ports_with(models: tuple[RuntimeModel, ...], inference: Inference | None = None) -> Ports:
    """Return ports whose registry holds these models, active, for ``Engine.load_models``.

    Parameters
    ----------
    models : tuple of RuntimeModel
        What is active.
    inference : Inference, optional
        What runs nets, such as ``voltlift_models.inference.NativeInference()``.
    """
    ports = Ports(coach=voltlift_coach, learned=voltlift_learned, inference=inference)
    for model in models:
        await ports.models.install(model.artefact(), model.files)
        await ports.models.activate(model.name, model.version)
    return ports


def shipped_models(root: Path = ARTIFACTS) -> tuple[RuntimeModel, ...]:
    """Return the default models of a folder of artefacts, each byte checked.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where a file does not fit its card.
    """
    return tuple(
        RuntimeModel(entry.model, entry.version, artifact.files[RUNTIME_FILES[entry.model]])
        for entry in read_manifest(root).artifacts
        if entry.default and entry.model in RUNTIME_FILES
        for artifact in (read_artifact(root, entry.model),)
    )


def shipped_net(root: Path = ARTIFACTS) -> RuntimeModel:
    """Return the neural net of a folder of artefacts, which is no default model.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where a file does not fit its card.
    """
    found = read_artifact(root, NET)
    card = json.loads(write_card(found.card))
    return RuntimeModel(NET, found.card.version, b"", found.files, card)


@dataclass(frozen=True, slots=True)
class SameForAll:
    """Ports with the same models for every lifter, nets run by ``inference``."""

    models: tuple[RuntimeModel, ...]
    inference: Inference | None = None

    def __call__(self, _: Lifter) -> Ports:
        """Return the ports of an engine for any lifter."""
        return asyncio.run(ports_with(self.models, self.inference))


@dataclass(frozen=True, slots=True)
class ByFold:
    """Ports with models that never saw the lifter.

    Parameters
    ----------
    fold_of : mapping of str to int
        Fold of each lifter, by name.
    models : tuple of tuple of RuntimeModel
        Models of each fold, fitted to the lifters of all others.
    inference : Inference, optional
        What runs nets.
    """

    fold_of: Mapping[str, int]
    models: tuple[tuple[RuntimeModel, ...], ...]
    inference: Inference | None = None

    def __call__(self, lifter: Lifter) -> Ports:
        """Return the ports of an engine for this lifter."""
        return asyncio.run(ports_with(self.models[self.fold_of[lifter.name]], self.inference))
