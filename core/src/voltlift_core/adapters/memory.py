"""Adapters that keep everything in memory: for tests, and where nothing may be stored."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from voltlift_core.adapters.shelf import Key, Shelf
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Artefact, FeatureEntry, Installed, LogRecord


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
        self._shelf = Shelf()
        self._artefacts: dict[Key, Artefact] = {}
        self._files: dict[Key, dict[str, bytes]] = {}

    async def installed(self) -> list[Installed]:
        """Return what is kept, oldest installation first."""
        return self._shelf.entries()

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions of a name, oldest installation first."""
        return self._shelf.versions(name)

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none."""
        version = self._shelf.active.get(name)
        return None if version is None else verified(self._artefacts[name, version])

    async def file(self, name: str, version: str, file: str) -> bytes:
        """Return one of the other files of an artefact."""
        self._shelf.require((name, version))
        return verified_file(self._artefacts[name, version], file, self._files[name, version])

    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        """Keep an artefact, inactive; ``corrupt_data`` where bytes and SHA-256 differ."""
        key = artefact.name, artefact.version
        content = verified_files(verified(artefact), files or {})
        self._keep(self._shelf.install(key, size_of(artefact, content)))
        self._artefacts[key], self._files[key] = artefact, content

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one; the one before is the last good version."""
        self._keep(self._shelf.activate(name, version))

    async def deactivate(self, name: str) -> None:
        """Let no version of this name be active; the one that was is the last good version."""
        self._keep(self._shelf.deactivate(name))

    async def roll_back(self, name: str) -> str:
        """Make the last good version the active one and return it."""
        self._keep(self._shelf.roll_back(name))
        return self._shelf.active[name]

    async def remove(self, name: str, version: str) -> None:
        """Delete a version that is not active."""
        self._keep(self._shelf.remove((name, version)))

    def _keep(self, shelf: Shelf) -> None:
        for key in self._shelf.gone(shelf):
            del self._artefacts[key], self._files[key]
        self._shelf = shelf


def verified(artefact: Artefact) -> Artefact:
    """Return the artefact if its bytes fit its SHA-256, else raise ``corrupt_data``."""
    _verify(f"artefact {artefact.name} {artefact.version}", artefact.data, artefact.sha256)
    return artefact


def verified_files(artefact: Artefact, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the other files of an artefact if each of them is there and fits its SHA-256."""
    if files.keys() != artefact.files.keys():
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"the files of {artefact.name} {artefact.version} are not those it names",
            expected=", ".join(artefact.files) or "none",
            received=", ".join(files) or "none",
            remedy="Install it again from where it came",
        )
    return {name: verified_file(artefact, name, files) for name in artefact.files}


def verified_file(artefact: Artefact, name: str, files: Mapping[str, bytes]) -> bytes:
    """Return one of the other files of an artefact, if it is one and its bytes fit."""
    if name not in artefact.files:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"{artefact.name} {artefact.version} has no such file",
            expected="one of " + ", ".join(artefact.files) if artefact.files else "no file",
            received=name,
        )
    what = f"{name} of {artefact.name} {artefact.version}"
    _verify(what, files[name], artefact.files[name])
    return bytes(files[name])


def size_of(artefact: Artefact, files: Mapping[str, bytes]) -> int:
    """Return the bytes of an artefact and its other files."""
    return len(artefact.data) + sum(map(len, files.values()))


def _verify(what: str, data: bytes, sha256: str) -> None:
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256.lower():
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"{what} is damaged",
            expected=f"SHA-256 {sha256}",
            received=digest,
            remedy="Install it again from where it came",
        )
