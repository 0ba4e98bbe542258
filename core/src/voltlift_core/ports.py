"""Ports: what the engine asks of the world outside, as protocols.

Only ports and the engine are async, since IndexedDB and ONNX sessions are promises.
``voltlift_core.adapters`` holds in-memory and filesystem adapters, the bridge those over
IndexedDB; ``voltlift_conformance`` holds the checks that every adapter passes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One session as its owner keeps it.

    Parameters
    ----------
    id : str
        The session's id.
    content_hash : str
        Changes whenever the content does; compared, never computed, by the engine.
    text : str
        The session as app-state JSON text.
    """

    id: str
    content_hash: str
    text: str


class LogStore(Protocol):
    """The log and its owner: one durable record a session.

    A method returns when its effect is durable; a failed call leaves the previous
    state readable. Documents are the app-state parts that are not sessions:
    ``settings``, ``dailyLogs``, ``customExercises``.
    """

    async def manifest(self) -> dict[str, str]:
        """Return the content hash of every session, by id."""
        ...

    async def read(self, ids: Sequence[str]) -> list[LogRecord]:
        """Return the records of these ids, in that order; unknown ids are left out."""
        ...

    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        """Delete ids, then insert or replace records, all of it or nothing.

        A text is kept as it is, whether it can be read or not.
        """
        ...

    async def read_document(self, name: str) -> str | None:
        """Return a document's JSON text, or None where there is none."""
        ...

    async def write_document(self, name: str, text: str) -> None:
        """Insert or replace a document."""
        ...


@dataclass(frozen=True, slots=True)
class FeatureEntry:
    """A derived value: a JSON header that says what it is, and opaque bytes."""

    header: str
    data: bytes = b""


class FeatureStore(Protocol):
    """Derived data: history columns, user vectors, exercise stats, session cache.

    Everything here can be rebuilt from the log, so an adapter may lose entries, but
    never return damaged ones or half a write.
    """

    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        """Return all entries whose key starts with ``prefix``, in key order."""
        ...

    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        """Insert or replace entries and delete keys, all of it or nothing."""
        ...


ACTIVE_BUDGET = 4_000_000
"""Bytes that the active artefacts of a registry may take together."""

STORED_BUDGET = 8_000_000
"""Bytes that all installed artefacts may take together."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A versioned artefact of the registry: a rule configuration, or a model.

    Parameters
    ----------
    name, version : str
        What it is called, and which edition this is.
    sha256 : str
        Of ``data``, hexadecimal.
    data : bytes
        The file that the engine itself reads (a rule configuration, ``ranker.npz``); empty where it
        reads none.
    card : mapping
        The model card.
    files : mapping of str to str
        The other files, for other runtimes (ONNX, TensorFlow.js): SHA-256 by name. Their bytes
        are read one by one, since an engine has no use for them.
    """

    name: str
    version: str
    sha256: str
    data: bytes
    card: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Installed:
    """An artefact that is kept, without its bytes.

    ``bytes`` is the size of all its files; ``last_good`` says that it was the active one
    before the present one was.
    """

    name: str
    version: str
    bytes: int
    active: bool = False
    last_good: bool = False


class ModelRegistry(Protocol):
    """Versioned artefacts, of which at most one per name is active, within two budgets.

    Active artefacts and the last good version of each name stay; of the others the oldest make
    room for what is installed.
    """

    async def installed(self) -> list[Installed]:
        """Return what is kept, oldest installation first."""
        ...

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions of a name, oldest installation first."""
        ...

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the bytes do not fit the SHA-256.
        """
        ...

    async def file(self, name: str, version: str, file: str) -> bytes:
        """Return one of the other files of an artefact.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where there is none of this name, ``corrupt_data`` where the
            bytes do not fit the SHA-256.
        """
        ...

    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        """Keep an artefact, inactive; one of the same version is replaced.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where bytes and SHA-256 differ, ``file_too_large`` where it does not
            fit the budgets beside what has to stay. What was there is as it was.
        """
        ...

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one; the one before is the last good version.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where that version is not installed, ``file_too_large`` where
            the active artefacts would exceed their budget.
        """
        ...

    async def deactivate(self, name: str) -> None:
        """Let no version of this name be active; the one that was is the last good version."""
        ...

    async def roll_back(self, name: str) -> str:
        """Make the last good version the active one and return it.

        The version that was active stays installed, but is not the last good one.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where there is no last good version, ``file_too_large`` where
            the active artefacts would exceed their budget.
        """
        ...

    async def remove(self, name: str, version: str) -> None:
        """Delete a version that is not active.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where it is active or not installed.
        """
        ...


Tensor: TypeAlias = NDArray[np.float32]


class InferenceSession(Protocol):
    """A model that is open in a runtime of its own: ONNX Runtime, or TensorFlow.js.

    Every call may hang, crash or answer with no numbers: whoever asks sets a limit, checks, and
    has rules to stand in.
    """

    @property
    def runtime(self) -> str:
        """Name of the runtime, such as ``onnxruntime-web``."""
        ...

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the tensors that it takes."""
        ...

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the tensors that it gives."""
        ...

    async def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return all outputs for the inputs, each float32 in the shape the model gives.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where names or shapes are others than the model's, ``inference``
            where the runtime fails or the session is disposed of.
        """
        ...

    async def dispose(self) -> None:
        """Free what it holds; a second time does nothing."""
        ...


class Inference(Protocol):
    """Opens models that are not arrays of our own."""

    def can_open(self, file: str) -> bool:
        """Return whether a runtime here reads this kind of file, by its name."""
        ...

    async def open(self, file: str, files: Mapping[str, bytes]) -> InferenceSession:
        """Return a session that has answered once already, so that the next answer is fast.

        Parameters
        ----------
        file : str
            The file to open: ``*.onnx``, or the ``model.json`` of TensorFlow.js.
        files : mapping of str to bytes
            Files of the artefact by name, the weights that the file names among them.

        Raises
        ------
        VoltLiftError
            ``not_available`` where no runtime reads it, ``corrupt_data`` where it is no model or
            files are missing, ``inference`` where the runtime cannot be had or fails.
        """
        ...


class Clock(Protocol):
    """Time, for durations and stamps; requests carry their own ``now``."""

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        ...

    def monotonic_ms(self) -> float:
        """Return milliseconds that never run backwards."""
        ...


class Progress(Protocol):
    """Receives progress of long work."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` steps of ``stage`` are done."""
        ...
