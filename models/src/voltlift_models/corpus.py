"""Lifters to learn from: each one's log as the engine knows it, and what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from voltlift_core import EngineState, ErrorCode, IngestRequest, Json, VoltLiftError, take_in


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


@dataclass(frozen=True)
class Remark:
    """What happened to a file, in a form that programs can branch on.

    Parameters
    ----------
    file : str
        The file, relative to the folder that was read.
    code : str
        What it was, such as ``unsupported_file``, ``duplicate`` or ``future_sessions``.
    message : str
        One or two sentences: what is wrong, what was expected, what to do.
    """

    file: str
    code: str
    message: str


class Excluded(Remark):
    """A file that no lifter came of."""


class Notice(Remark):
    """Something about a lifter that was kept: sessions left out, a unit that was guessed."""


@dataclass(frozen=True)
class Corpus:
    """Lifters to learn from or to evaluate on, with what was left out and why.

    Parameters
    ----------
    lifters : tuple of Lifter
        In the order of their names, each name once.
    excluded : tuple of Excluded
        Files that no lifter came of.
    notices : tuple of Notice
        What is to be known of those that were kept.
    """

    lifters: tuple[Lifter, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def real(self) -> tuple[Lifter, ...]:
        """Lifters of real logs: the only ones that may score."""
        return tuple(lifter for lifter in self.lifters if not lifter.source.simulated)

    @property
    def simulated(self) -> tuple[Lifter, ...]:
        """Made-up lifters."""
        return tuple(lifter for lifter in self.lifters if lifter.source.simulated)

    @property
    def data_hash(self) -> str:
        """SHA-256 over the hashes of all sources, in any order: the data of a model card."""
        lines = sorted(item.source.sha256 for item in self.lifters)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def require(self, lifters: int, purpose: str) -> None:
        """Refuse to go on with too few real lifters.

        Raises
        ------
        VoltLiftError
            ``invalid_request``, with what was left out.

        Examples
        --------
        >>> Corpus().require(0, "nothing")
        """
        if len(self.real) < lifters:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                f"there are too few lifters for {purpose}",
                expected=f"at least {lifters} of real logs",
                received=f"{len(self.real)}{_reasons(self.excluded)}",
                remedy="Add exports of other lifters; each file is taken for one lifter",
            )

    def __add__(self, other: Corpus) -> Corpus:
        """Return both together; lifters of the same name get numbers."""
        return Corpus(
            named_apart([*self.lifters, *other.lifters]),
            self.excluded + other.excluded,
            self.notices + other.notices,
        )


def named_apart(lifters: Iterable[Lifter]) -> tuple[Lifter, ...]:
    """Return the lifters with names that each occur once: ``log``, ``log-2``, ``log-3``."""
    found: dict[str, Lifter] = {}
    for lifter in lifters:
        name, count = lifter.name, 1
        while name in found:
            count += 1
            name = f"{lifter.name}-{count}"
        found[name] = replace(lifter, name=name)
    return tuple(found.values())


def _reasons(excluded: Iterable[Excluded]) -> str:
    text = "; ".join(f"{item.file}: {item.message}" for item in excluded)
    return f" ({text})" if text else ""
