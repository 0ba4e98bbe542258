"""The ports ``LogStore``, ``FeatureStore`` and ``ModelRegistry`` over the worker's JavaScript.

One JSON text each way and one buffer for bytes; no proxy outlives its call, and a failure
is part of the answer. The other side is ``pyodide_bridge/src/worker/python-stores.ts``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from voltlift_core import (
    Artefact,
    ErrorCode,
    FeatureEntry,
    Installed,
    LogRecord,
    VoltLiftError,
)


class _Buffer(Protocol):
    def to_bytes(self) -> bytes: ...


class _Answer(Protocol):
    json: str
    data: _Buffer


class _Target(Protocol):
    async def request(self, method: str, arguments: str, data: object) -> _Answer: ...


class JavaScriptObject:
    """Asks an object of the worker, which answers by JSON text and a buffer.

    Parameters
    ----------
    target : JavaScript object
        Has ``request(method, arguments, data)``.
    """

    def __init__(self, target: object) -> None:
        self._target = cast(_Target, target)

    async def _ask(self, method: str, *arguments: object, data: bytes = b"") -> tuple[Any, bytes]:
        # Pyodide's modules exist inside Pyodide only, where alone this runs.
        to_js = import_module("pyodide.ffi").to_js
        answer = await self._target.request(method, json.dumps(arguments), to_js(data))
        # Python holds the answer by reference count; a JsProxy has no `destroy` of its own.
        content, received = json.loads(answer.json), answer.data.to_bytes()
        if "error" in content:
            raise _error(content["error"])
        return content["ok"], received


class JavaScriptLogStore(JavaScriptObject):
    """The log in IndexedDB, as the page keeps it.

    Parameters
    ----------
    target : JavaScript object
        What ``pythonLogStore`` returns.

    Raises
    ------
    VoltLiftError
        ``storage`` from every method, where the browser refuses.
    """

    async def manifest(self) -> dict[str, str]:
        """Return the content hash of every session, by id."""
        hashes, _ = await self._ask("manifest")
        return dict(hashes)

    async def read(self, ids: Sequence[str]) -> list[LogRecord]:
        """Return the records of these ids, in that order; unknown ids are left out."""
        records, _ = await self._ask("read", list(ids))
        return [LogRecord(id_, content_hash, text) for id_, content_hash, text in records]

    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        """Insert or replace records and delete ids, all of it or nothing."""
        rows = [(record.id, record.content_hash, record.text) for record in records]
        await self._ask("write", rows, list(deleted))

    async def read_document(self, name: str) -> str | None:
        """Return a document's JSON text, or None where there is none."""
        text, _ = await self._ask("readDocument", name)
        return None if text is None else str(text)

    async def write_document(self, name: str, text: str) -> None:
        """Insert or replace a document."""
        await self._ask("writeDocument", name, text)


class JavaScriptFeatureStore(JavaScriptObject):
    """Derived data in IndexedDB.

    Parameters
    ----------
    target : JavaScript object
        What ``pythonFeatureStore`` returns.

    Raises
    ------
    VoltLiftError
        ``storage`` from every method, where the browser refuses.
    """

    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        """Return all entries whose key starts with ``prefix``, in key order."""
        index, data = await self._ask("read", prefix)
        entries, offset = {}, 0
        for key, header, length in index:
            entries[key] = FeatureEntry(header, data[offset : offset + length])
            offset += length
        # IndexedDB orders by UTF-16 units, Python by code points.
        return dict(sorted(entries.items()))

    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        """Insert or replace entries and delete keys, all of it or nothing."""
        index = [(key, entry.header, len(entry.data)) for key, entry in entries.items()]
        data = b"".join(entry.data for entry in entries.values())
        await self._ask("write", index, list(deleted), data=data)


class JavaScriptModelRegistry(JavaScriptObject):
    """Models and rule configurations in IndexedDB.

    Parameters
    ----------
    target : JavaScript object
        What ``pythonModelRegistry`` returns.

    Raises
    ------
    VoltLiftError
        ``storage`` from every method, where the browser refuses.
    """

    async def installed(self) -> list[Installed]:
        """Return what is kept, oldest installation first."""
        rows, _ = await self._ask("installed")
        return [Installed(*row) for row in rows]

    async def versions(self, name: str) -> list[str]:
        """Return the installed versions of a name, oldest installation first."""
        return [entry.version for entry in await self.installed() if entry.name == name]

    async def active(self, name: str) -> Artefact | None:
        """Return the active artefact of this name; None where there is none."""
        found, data = await self._ask("active", name)
        if found is None:
            return None
        version, sha256, card, files = found
        return Artefact(name, version, sha256, data, card, dict(files))

    async def file(self, name: str, version: str, file: str) -> bytes:
        """Return one of the other files of an artefact."""
        return (await self._ask("file", name, version, file))[1]

    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        """Keep an artefact, inactive; ``corrupt_data`` where bytes and SHA-256 differ."""
        content = files or {}
        described = (artefact.name, artefact.version, artefact.sha256, dict(artefact.card))
        sizes = [(name, len(data)) for name, data in content.items()]
        data = b"".join((artefact.data, *content.values()))
        hashes = list(artefact.files.items())
        await self._ask("install", *described, len(artefact.data), hashes, sizes, data=data)

    async def activate(self, name: str, version: str) -> None:
        """Make an installed version the active one; the one before is the last good version."""
        await self._ask("activate", name, version)

    async def deactivate(self, name: str) -> None:
        """Let no version of this name be active; the one that was is the last good version."""
        await self._ask("deactivate", name)

    async def roll_back(self, name: str) -> str:
        """Make the last good version the active one and return it."""
        version, _ = await self._ask("rollBack", name)
        return str(version)

    async def remove(self, name: str, version: str) -> None:
        """Delete a version that is not active."""
        await self._ask("remove", name, version)


def _error(content: dict[str, Any]) -> VoltLiftError:
    details = content.get("details") or {}
    # Codes that only the bridge has are the browser's own failures.
    code = content.get("code")
    known = ErrorCode(code) if code in set(ErrorCode) else ErrorCode.STORAGE
    told = {name: details.get(name) for name in ("expected", "received", "remedy")}
    return VoltLiftError(known, str(content.get("message")), **told)
