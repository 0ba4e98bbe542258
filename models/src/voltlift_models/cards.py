"""Model cards: what an artefact is, what it was fitted to, how good it is, how to check it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from voltlift_core import ErrorCode, Json, VoltLiftError, decode, encode, parse_json
from voltlift_models.corpus import Source

Task: TypeAlias = Literal["T1", "T2", "T3", "T4"]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class DataSource:
    """A log that a model was fitted to, or the simulator.

    Parameters
    ----------
    file : str
        Name of the file, or of the simulator's scenario.
    sha256 : str
        Of the file as it was read; of a run of the simulator, over the hashes of its lifters.
    licence : str
        SPDX identifier.
    simulated : bool
        Whether its lifters are made up.
    """

    file: str
    sha256: str
    licence: str
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """What a model was fitted to.

    Parameters
    ----------
    samples : int
        Rows of the training matrix.
    lifters_real, lifters_simulated : int
        How many people they are of.
    date : str
        Day as of which the data was taken, from the configuration (YYYY-MM-DD), so that
        the same command writes the same card on any day.
    data : tuple of DataSource
        Each log; the simulator as one.
    """

    samples: int
    lifters_real: int
    lifters_simulated: int
    date: str
    data: tuple[DataSource, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the evaluation: mean over lifters, and its bootstrap interval."""

    mean: float
    lo: float
    hi: float
    n_lifters: int


@dataclass(frozen=True, slots=True)
class SpecCard:
    """The features that a model takes, in order.

    Parameters
    ----------
    name : str
        Name and version of the spec.
    hash : str
        What the spec of the engine must have too.
    features : tuple of str
        Names of the columns; of the factors, none.
    """

    name: str
    hash: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file of an artefact."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Probe:
    """Rows that a file is tried with before it is used, and what must come out.

    Parameters
    ----------
    file : str
        Name of the file.
    inputs : tuple of rows
        Feature rows; of a file that takes a part of the spec's features, that part.
    outputs : tuple of float
        One number a row.
    tolerance : float
        Largest absolute difference allowed.
    """

    file: str
    inputs: tuple[tuple[float, ...], ...]
    outputs: tuple[float, ...]
    tolerance: float = 1e-4

    @classmethod
    def of(cls, file: str, inputs: ArrayLike, outputs: ArrayLike, tolerance: float = 1e-4) -> Probe:
        """Return a probe of arrays: inputs (n, F), outputs (n,) or (n, 1)."""
        rows = np.asarray(inputs, np.float32)
        # Nine digits say which float32 it is.
        told = tuple(tuple(float(f"{value:.9g}") for value in row) for row in rows.tolist())
        answers = np.asarray(outputs, np.float64).reshape(len(rows))
        return cls(file, told, tuple(float(f"{x:.9g}") for x in answers.tolist()), tolerance)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What an artefact is; ``card.json`` beside its files.

    Parameters
    ----------
    model, version : str
        What it is called, and which edition this is (``1.0.0``).
    task : str
        Task of the evaluation that it serves.
    beats : str
        Row of the evaluation that it has to beat to be the default.
    default : bool
        Whether it did, in the run that trained it.
    description : str
        What it is, in a sentence.
    licence : str
        Under which it may be used, SPDX.
    trained_on : TrainedOn
        Data.
    metrics : dict of row to metric to Figure
        Its own rows and the naive ones, of lifters that it was not fitted to.
    spec : SpecCard
        Its inputs.
    seed : int
        Of everything random.
    tools : dict
        Versions of what trained it.
    limits : tuple of str
        What it cannot do, and what its figures do not say.
    files : tuple of FileCard
        Filled in when the artefact is written.
    probes : tuple of Probe
        Rows to try it with.
    min_engine : str
        Oldest engine that can run it.
    format : int
        Version of this description.
    """

    model: str
    version: str
    task: Task
    beats: str
    default: bool
    description: str
    trained_on: TrainedOn
    metrics: dict[str, dict[str, Figure]]
    spec: SpecCard
    seed: int
    tools: dict[str, str]
    limits: tuple[str, ...]
    probes: tuple[Probe, ...]
    min_engine: str
    licence: str = "MIT"
    files: tuple[FileCard, ...] = ()
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.bytes for file in self.files)


def read_card(data: bytes) -> ModelCard:
    """Return the card of its JSON text.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` with the path of the first field that does not fit.
    """
    try:
        card = decode(ModelCard, parse_json(data))
    except VoltLiftError as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            "the model card cannot be read",
            path=error.path,
            expected=error.expected,
            received=error.received,
            remedy="Export the model again",
        ) from error
    if problem := _problem(card):
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"the model card of {card.model} contradicts itself: {problem}",
            remedy="Export the model again",
        )
    return card


def write_card(card: ModelCard) -> bytes:
    """Return the JSON text of a card, the same bytes for the same card.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where the card contradicts itself.
    """
    data = canonical(encode(card))
    read_card(data)
    return data


def canonical(value: Json) -> bytes:
    """Return JSON text with sorted keys and a line a field, for files that are committed."""
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def trained_on(samples: int, sources: Sequence[Source], date: str) -> TrainedOn:
    """Return the data part of a card; a source a lifter, the simulator's runs as one each.

    Examples
    --------
    >>> trained_on(10, [Source("a.csv", "0" * 64, "MIT")], "2026-01-31").lifters_real
    1
    """
    real = [source for source in sources if not source.simulated]
    data = [DataSource(source.file, source.sha256, source.licence) for source in real]
    runs: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        if source.simulated:
            run = source.file.split(" lifter ")[0]
            runs.setdefault((run, source.licence), []).append(source.sha256)
    for (run, licence), hashes in sorted(runs.items()):
        together = sha256("".join(sorted(hashes)).encode())
        data.append(DataSource(run, together, licence, simulated=True))
    return TrainedOn(samples, len(real), len(sources) - len(real), date, tuple(data))


TOOLS: Final = ("lightgbm", "implicit", "numpy", "onnx", "onnxmltools")
"""Packages that trained models depend on."""


def tool_versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of Python and of installed packages."""
    return {
        "python": platform.python_version(),
        **{package: metadata.version(package) for package in packages},
    }


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _problem(card: ModelCard) -> str:
    """Return what in a card does not fit together, or nothing."""
    width = len(card.spec.features)
    names = [file.name for file in card.files]
    checks = (
        (card.format == FORMAT, f"format {card.format}, not {FORMAT}"),
        (bool(card.model and card.version), "no name or version"),
        (len(set(names)) == len(names), "a file is listed twice"),
        (
            all(len(probe.inputs) == len(probe.outputs) > 0 for probe in card.probes),
            "a probe without an output a row",
        ),
        (
            all(len(row) <= width for probe in card.probes for row in probe.inputs if width)
            and all(len({len(row) for row in probe.inputs}) == 1 for probe in card.probes),
            f"a probe whose rows are not alike, or of more than {width} features",
        ),
        (
            not names or {probe.file for probe in card.probes} <= set(names),
            "a probe of a file that there is not",
        ),
        (
            all(
                figure.lo <= figure.mean <= figure.hi and figure.n_lifters > 0
                for row in card.metrics.values()
                for figure in row.values()
            ),
            "a figure outside its own interval",
        ),
        (
            not any(source.simulated for source in card.trained_on.data)
            or card.trained_on.lifters_simulated > 0,
            "simulated data without a simulated lifter",
        ),
    )
    return next((problem for fine, problem in checks if not fine), "")
