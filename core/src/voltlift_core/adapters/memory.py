"""Adapters that keep everything in memory: for tests, and where nothing may be stored."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Artefact, FeatureEntry, LogRecord


class MemoryLogStore:
    """A log store that lives as long as the object does.

    Examples
    --------
    >>> import asyncio
    >>> store = MemoryLogStore()
    >>> asyncio.run(store.write([LogRecord("a", "hash", "{}")]))
    >>> asyncio.run(store.manifest())
    {'a': 'hash'}
    """

    def __init__(self) -> None:
        self._records: dict[str, LogRecord] = {}
        self._documents: dict[str, str] = {}

    async def manifest(self) -> dict[str, str]:
        """Return the content hash of every session, by id."""
        return {id_: record.content_hash for id_, record in self._records.items()}

    async def read(self, ids: Sequence[str]) -> list[LogRecord]:
        """Return the records of these ids, in that order; unknown ids are left out."""
        return [self._records[id_] for id_ in ids if id_ in self._records]

    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        """Insert or replace records and delete ids, all of it or nothing."""
        new = {r.id: LogRecord(r.id, r.content_hash, r.text) for r in records}
        gone = set(deleted)
        self._records = {k: v for k, v in self._records.items() if k not in gone} | new

    async def read_document(self, name: str) -> str | None:
        """Return a document's JSON text, or None where there is none."""
        return self._documents.get(name)

    async def write_document(self, name: str, text: str) -> None:
        """Insert or replace a document."""
        self._documents[name] = text


class MemoryFeatureStore:
    """A feature store that lives as long as the object does."""

    def __init__(self) -> None:
        self._entries: dict[str, FeatureEntry] = {}

    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        """Return all entries whose key starts with ``prefix``, in key order."""
        keys = sorted(key for key in self._entries if key.startswith(prefix))
        return {key: self._entries[key] for key in keys}

    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        """Insert or replace entries and delete keys, all of it or nothing."""
        new = {key: FeatureEntry(e.header, bytes(e.data)) for key, e in entries.items()}
        gone = set(deleted)
        self._entries = {k: v for k, v in self._entries.items() if k not in gone} | new


class MemoryModelRegistry:
    """A model registry that lives as long as the object does."""

    def __init__(self) -> None:
        self._artefacts: dict[str, dict[str, Artefact]] = {}
        self._active: dict[str, str] = {}

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none."""
        version = self._active.get(name)
        return None if version is None else verified(self._artefacts[name][version])

    async def install(self, artefact: Artefact) -> None:
        """Keep an artefact, inactive; ``corrupt_data`` where bytes and SHA-256 differ."""
        self._artefacts.setdefault(artefact.name, {})[artefact.version] = verified(artefact)

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where that version is not installed.
        """
        if version not in self._artefacts.get(name, {}):
            raise not_installed(name, version, await self.versions(name))
        self._active[name] = version

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions, oldest installation first."""
        return list(self._artefacts.get(name, {}))


def verified(artefact: Artefact) -> Artefact:
    """Return the artefact if its bytes fit its SHA-256, else raise ``corrupt_data``."""
    digest = hashlib.sha256(artefact.data).hexdigest()
    if digest != artefact.sha256.lower():
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"artefact {artefact.name} {artefact.version} is damaged",
            expected=f"SHA-256 {artefact.sha256}",
            received=digest,
            remedy="Install it again from where it came",
        )
    return artefact


def not_installed(name: str, version: str, installed: Sequence[str]) -> VoltLiftError:
    """Return the error for a version that is to be activated and is not there."""
    return VoltLiftError(
        ErrorCode.INVALID_REQUEST,
        f"{name} has no such version installed",
        expected="one of " + ", ".join(installed) if installed else "an installed version",
        received=version,
        remedy="Install it first",
    )
