"""The logs that shipped models may come from: named, licensed, and verified by their hash."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.corpus import Corpus, Excluded, Lifter, Notice, Source
from voltlift_models.ingest import MAX_BYTES, export_files, read_file

LICENCES = ("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unlicense")
"""SPDX identifiers under which a log may become part of a shipped model."""

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class LogSource:
    """A published log.

    Parameters
    ----------
    file : str
        Name that it goes by here; a file is recognised by its hash, whatever its name.
    app : str
        The app that wrote it.
    repository, commit, path : str
        Where it is published.
    licence : str
        SPDX identifier of the repository's licence.
    sha256_published : str
        SHA-256 of the file as published.
    sha256 : str
        SHA-256 of the same file with its free-text note columns emptied.
    """

    file: str
    app: str
    repository: str
    commit: str
    path: str
    licence: str
    sha256_published: str
    sha256: str

    @property
    def hashes(self) -> tuple[str, str]:
        """Both hashes that the file may have."""
        return self.sha256_published, self.sha256


@dataclass(frozen=True, slots=True)
class DataConfig:
    """The logs of a configuration file, and the host of their repositories."""

    host: str
    logs: tuple[LogSource, ...]

    @property
    def licences(self) -> dict[str, str]:
        """SPDX identifier by SHA-256."""
        return {sha256: log.licence for log in self.logs for sha256 in log.hashes}

    def published(self, sha256: str) -> str:
        """Return the hash under which a log is known: that of the file as published.

        Two copies of a log, with its notes and without, are one; a hash that the list does
        not know stays as it is.
        """
        known = {log.sha256: log.sha256_published for log in self.logs}
        return known.get(sha256, sha256)

    def describe(self) -> str:
        """Return how to get the logs, for people."""
        lines = [
            "The shipped models are trained on these published logs. Clone each repository, check",
            "out the commit, and copy the file into one folder, under any name:",
            "",
        ]
        for log in self.logs:
            lines += [
                f"  {log.file}  ({log.licence})",
                f"    {self.host}/{log.repository} at {log.commit}, file {log.path}",
                f"    SHA-256 {log.sha256_published}",
            ]
        lines += ["", "Then: voltlift run --logs FOLDER"]
        lines += ["Without logs: voltlift run --simulated-only trains on made-up lifters alone."]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Verification:
    """Which logs of the configuration a folder holds.

    Parameters
    ----------
    found : tuple of (LogSource, Path)
        Logs that are there, byte by byte.
    missing : tuple of LogSource
        Logs that are not there.
    differing : tuple of (LogSource, Path)
        Files that go by a log's name, but are another version or were changed.
    unlisted : tuple of Path
        Other files; they are not trained on.
    """

    found: tuple[tuple[LogSource, Path], ...]
    missing: tuple[LogSource, ...]
    differing: tuple[tuple[LogSource, Path], ...]
    unlisted: tuple[Path, ...]

    def require_all(self, config: DataConfig, folder: Path) -> None:
        """Refuse a folder that lacks a log or holds a changed one.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` with what is missing or differs, and how to get it.
        """
        if not self.missing:
            return
        differing = {log.file for log, _ in self.differing}
        received = [
            f"{log.file} " + ("differs from its commit" if log.file in differing else "is missing")
            for log in self.missing
        ]
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "these are not the logs that the configuration names",
            path=str(folder),
            expected=f"{len(config.logs)} logs with the SHA-256 of data.toml",
            received="; ".join(received),
            remedy="\n" + config.describe(),
        )


def read_sources(path: Path) -> DataConfig:
    """Return the logs that a ``data.toml`` names.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where it cannot be read, a field is missing or misspelt, a
        hash is none, two logs share a name or hash, or a licence is not a permissive one.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        logs = tuple(_read(item, f"log[{at}]") for at, item in enumerate(content["log"]))
        host = str(content["host"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VoltLiftError(
            ErrorCode.INVALID_CONFIGURATION,
            f"the list of logs cannot be read ({error})",
            path=str(path),
            expected="host, and a table [[log]] for each log with "
            + ", ".join(field.name for field in fields(LogSource)),
        ) from error
    for subject, values in (
        ("file", [log.file for log in logs]),
        ("sha256", [sha256 for log in logs for sha256 in set(log.hashes)]),
    ):
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise VoltLiftError(
                ErrorCode.INVALID_CONFIGURATION,
                "two logs of the list are the same",
                path=str(path),
                expected=f"a {subject} of its own for each",
                received=twice[0],
            )
    return DataConfig(host, logs)


def verify(folder: Path, config: DataConfig) -> Verification:
    """Return which logs of the configuration are in a folder, told by their SHA-256.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where the folder is missing or empty, with how to get the logs.
    """
    try:
        files = export_files(folder)
    except VoltLiftError as error:
        raise VoltLiftError(
            error.code,
            "there are no logs to train on",
            path=str(folder),
            expected="a folder with the logs of data.toml",
            received="nothing",
            remedy="\n" + config.describe(),
        ) from error
    by_hash = {sha256: log for log in config.logs for sha256 in log.hashes}
    by_name = {log.file: log for log in config.logs}
    found: dict[str, tuple[LogSource, Path]] = {}
    others: list[Path] = []
    for file in files:
        log = by_hash.get(_sha256(file))
        if log is not None:
            found.setdefault(log.file, (log, file))
        else:
            others.append(file)
    missing = tuple(log for log in config.logs if log.file not in found)
    open_names = {log.file for log in missing}
    differing = [(by_name[file.name], file) for file in others if file.name in open_names]
    changed = {file for _, file in differing}
    return Verification(
        found=tuple(found[log.file] for log in config.logs if log.file in found),
        missing=missing,
        differing=tuple(differing),
        unlisted=tuple(file for file in others if file not in changed),
    )


def load_logs(
    folder: Path, config: DataConfig, *, progress: Callable[[str], None] | None = None
) -> Corpus:
    """Return the lifters of exactly the logs that a configuration names.

    Their sources carry the hash of the file as published, whichever copy was read.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` unless each of them is there, byte by byte.
    """
    verification = verify(folder, config)
    verification.require_all(config, folder)
    lifters: list[Lifter] = []
    notices: list[Notice] = []
    excluded: list[Excluded] = []
    for log, file in verification.found:
        if progress is not None:
            progress(log.file)
        # What was verified is no damage, whatever this machine's clock says.
        read = read_file(file, log.file, now_s=math.inf)
        if read.lifter is None:
            excluded += [read.excluded] if read.excluded else []
            continue
        source = Source(log.file, log.sha256_published, log.licence)
        lifters.append(replace(read.lifter, name=Path(log.file).stem, source=source))
        notices += read.notices
    ordered = sorted(lifters, key=lambda lifter: lifter.name)
    return Corpus(tuple(ordered), tuple(excluded), tuple(notices))


def _read(item: object, where: str) -> LogSource:
    names = {field.name for field in fields(LogSource)}
    if not isinstance(item, dict) or set(item) != names:
        given = sorted(item) if isinstance(item, dict) else item
        raise ValueError(f"{where}: the fields are {sorted(names)}, received {given}")
    log = LogSource(**{name: str(value) for name, value in item.items()})
    for sha256 in log.hashes:
        if len(sha256) != 64 or not _HEX.issuperset(sha256):
            raise ValueError(f"{where}: {sha256!r} is no SHA-256 in lower-case hex")
    if log.licence not in LICENCES:
        raise ValueError(f"{where}: {log.licence!r} is none of the licences {', '.join(LICENCES)}")
    return log


def _sha256(file: Path) -> str:
    if file.stat().st_size > MAX_BYTES:
        return ""
    return hashlib.sha256(file.read_bytes()).hexdigest()
