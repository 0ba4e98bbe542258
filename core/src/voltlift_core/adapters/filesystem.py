"""Adapters over a folder: for training, command lines and embedding on a server."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from voltlift_core.adapters.files import FileTable
from voltlift_core.adapters.memory import not_installed, verified
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Artefact, FeatureEntry, LogRecord

_RECORD, _DOCUMENT = "record/", "document/"


def _encode(text: str) -> bytes:
    # Text from JSON may hold lone surrogates, which strict UTF-8 has no bytes for.
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


class FileLogStore:
    """A log store in a folder; every call is durable when it returns.

    Parameters
    ----------
    directory : str or Path
        A folder of its own, made if it is not there.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where something stored is damaged: a log is never silently
        shortened; ``storage`` where the disk refuses.
    """

    def __init__(self, directory: str | Path) -> None:
        self._table = FileTable(Path(directory))

    async def manifest(self) -> dict[str, str]:
        """Return the content hash of every session, by id."""
        return {
            key.removeprefix(_RECORD): entry.meta
            for key, entry in self._table.entries.items()
            if key.startswith(_RECORD)
        }

    async def read(self, ids: Sequence[str]) -> list[LogRecord]:
        """Return the records of these ids, in that order; unknown ids are left out."""
        return [
            LogRecord(id_, entry.meta, _decode(self._table.read(_RECORD + id_)))
            for id_ in ids
            if (entry := self._table.entries.get(_RECORD + id_)) is not None
        ]

    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        """Insert or replace records and delete ids, all of it or nothing."""
        self._table.commit(
            {_RECORD + r.id: (r.content_hash, _encode(r.text)) for r in records},
            [_RECORD + id_ for id_ in deleted],
        )

    async def read_document(self, name: str) -> str | None:
        """Return a document's JSON text, or None where there is none."""
        key = _DOCUMENT + name
        return _decode(self._table.read(key)) if key in self._table.entries else None

    async def write_document(self, name: str, text: str) -> None:
        """Insert or replace a document."""
        self._table.commit({_DOCUMENT + name: ("", _encode(text))})


class FileFeatureStore:
    """A feature store in a folder; entries that are damaged are as good as lost."""

    def __init__(self, directory: str | Path) -> None:
        self._table = FileTable(Path(directory), recover=True)

    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        """Return all whole entries whose key starts with ``prefix``, in key order."""
        found: dict[str, FeatureEntry] = {}
        for key in sorted(key for key in self._table.entries if key.startswith(prefix)):
            try:
                found[key] = FeatureEntry(self._table.entries[key].meta, self._table.read(key))
            except VoltLiftError as error:
                if error.code is not ErrorCode.CORRUPT_DATA:
                    raise
        return found

    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        """Insert or replace entries and delete keys, all of it or nothing."""
        self._table.commit(
            {key: (entry.header, bytes(entry.data)) for key, entry in entries.items()}, deleted
        )


class FileModelRegistry:
    """A model registry in a folder."""

    def __init__(self, directory: str | Path) -> None:
        self._table = FileTable(Path(directory))

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none."""
        pointer = self._table.entries.get(_active_key(name))
        if pointer is None:
            return None
        key = _version_key(name, pointer.meta)
        fields = json.loads(self._table.entries[key].meta)
        return verified(
            Artefact(name, pointer.meta, fields["sha256"], self._table.read(key), fields["card"])
        )

    async def install(self, artefact: Artefact) -> None:
        """Keep an artefact, inactive; ``corrupt_data`` where bytes and SHA-256 differ."""
        verified(artefact)
        meta = json.dumps({"sha256": artefact.sha256, "card": dict(artefact.card)})
        key = _version_key(artefact.name, artefact.version)
        self._table.commit({key: (meta, bytes(artefact.data))})

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where that version is not installed.
        """
        if _version_key(name, version) not in self._table.entries:
            raise not_installed(name, version, await self.versions(name))
        self._table.commit({_active_key(name): (version, b"")})

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions, oldest installation first."""
        found = [json.loads(key) for key in self._table.entries]
        return [key[2] for key in found if key[:2] == ["version", name]]


def _version_key(name: str, version: str) -> str:
    return json.dumps(["version", name, version])


def _active_key(name: str) -> str:
    return json.dumps(["active", name])
