"""Adapters over a folder: for training, command lines and embedding on a server."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from voltlift_core.adapters.files import FileTable
from voltlift_core.adapters.memory import size_of, verified, verified_file, verified_files
from voltlift_core.adapters.shelf import Shelf
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Artefact, FeatureEntry, Installed, LogRecord

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
    """A model registry in a folder.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where something stored is damaged; ``storage`` where the disk refuses.
    """

    def __init__(self, directory: str | Path) -> None:
        self._table = FileTable(Path(directory))
        # Keys are JSON, so that no name can be taken for another one.
        rows = [(json.loads(key), entry.meta) for key, entry in self._table.entries.items()]
        pointers: dict[str, dict[str, str]] = {"active": {}, "last": {}}
        sizes = {}
        for (kind, name, *rest), meta in rows:
            if kind in pointers:
                pointers[kind][name] = meta
            elif kind == "version":
                # The first edition of this folder did not say how large an artefact is.
                sizes[name, rest[0]] = int(json.loads(meta).get("bytes", 0))
        self._shelf = Shelf(sizes, pointers["active"], pointers["last"])

    async def installed(self) -> list[Installed]:
        """Return what is kept, oldest installation first."""
        return self._shelf.entries()

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions of a name, oldest installation first."""
        return self._shelf.versions(name)

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none."""
        version = self._shelf.active.get(name)
        if version is None:
            return None
        data = self._table.read(_key("version", name, version))
        return verified(self._described(name, version, data))

    async def file(self, name: str, version: str, file: str) -> bytes:
        """Return one of the other files of an artefact."""
        self._shelf.require((name, version))
        artefact = self._described(name, version, b"")
        key = _key("file", name, version, file)
        found = {file: self._table.read(key)} if file in artefact.files else {}
        return verified_file(artefact, file, found)

    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        """Keep an artefact, inactive; ``corrupt_data`` where bytes and SHA-256 differ."""
        content = verified_files(verified(artefact), files or {})
        name, version, size = artefact.name, artefact.version, size_of(artefact, content)
        shelf = self._shelf.install((name, version), size)
        described = {"sha256": artefact.sha256, "card": dict(artefact.card)}
        meta = json.dumps({**described, "bytes": size, "files": dict(artefact.files)})
        puts = {_key("version", name, version): (meta, bytes(artefact.data))}
        puts |= {_key("file", name, version, f): ("", data) for f, data in content.items()}
        # Files of an earlier edition of this version that this one does not have.
        old = [key for key in self._files_of(name, version) if key not in puts]
        self._commit(shelf, puts, old)

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one; the one before is the last good version."""
        self._commit(self._shelf.activate(name, version))

    async def deactivate(self, name: str) -> None:
        """Let no version of this name be active; the one that was is the last good version."""
        self._commit(self._shelf.deactivate(name))

    async def roll_back(self, name: str) -> str:
        """Make the last good version the active one and return it."""
        self._commit(self._shelf.roll_back(name))
        return self._shelf.active[name]

    async def remove(self, name: str, version: str) -> None:
        """Delete a version that is not active."""
        self._commit(self._shelf.remove((name, version)))

    def _commit(
        self,
        shelf: Shelf,
        puts: Mapping[str, tuple[str, bytes]] | None = None,
        deleted: Collection[str] = (),
    ) -> None:
        """Store what has changed between two shelves, in one go."""
        changes, gone = dict(puts or {}), list(deleted)
        for name, version in self._shelf.gone(shelf):
            gone += [_key("version", name, version), *self._files_of(name, version)]
        for kind, before, after in (
            ("active", self._shelf.active, shelf.active),
            ("last", self._shelf.last_good, shelf.last_good),
        ):
            gone += [_key(kind, name) for name in before if name not in after]
            changes |= {_key(kind, n): (v, b"") for n, v in after.items() if before.get(n) != v}
        if changes or gone:
            self._table.commit(changes, gone)
        self._shelf = shelf

    def _described(self, name: str, version: str, data: bytes) -> Artefact:
        meta = json.loads(self._table.entries[_key("version", name, version)].meta)
        return Artefact(name, version, meta["sha256"], data, meta["card"], meta.get("files", {}))

    def _files_of(self, name: str, version: str) -> list[str]:
        start = ["file", name, version]
        return [key for key in self._table.entries if json.loads(key)[:3] == start]


def _key(*parts: str) -> str:
    return json.dumps(parts)
