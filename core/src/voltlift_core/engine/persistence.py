"""Derived data in the feature store: history columns, restored instead of decoded again.

Keys: ``log/meta`` names the chunks and documents of a revision, ``log/chunk-<n>`` holds
one chunk, ``log/document-<name>`` settings and the like as they came. A change writes
the chunks that are new, the meta entry and the removals in one transaction. Whatever does
not fit - version, catalogue, checksum - is dropped and rebuilt from the log: nothing here
is the truth.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from voltlift_core.errors import VoltLiftError
from voltlift_core.history.chunk import load_chunk
from voltlift_core.history.log import TrainingLog
from voltlift_core.ports import FeatureEntry, FeatureStore

PREFIX = "log/"
META = "log/meta"
DOCUMENT = "log/document-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What the feature store held: the log, the raw documents and their revision."""

    revision: int
    log: TrainingLog
    documents: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chunk or document as it is stored."""

    value: object
    checksum: int


@dataclass
class ColumnStore:
    """Reads and writes the columns of the current revision.

    Parameters
    ----------
    store : FeatureStore
        Where they are kept.
    stamp : str
        Identifies engine version and catalogue; columns with another one are rebuilt.
    """

    store: FeatureStore
    stamp: str
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _stored_keys: frozenset[str] = frozenset()
    _next_key: int = 0
    _meta: str | None = None

    async def restore(self) -> Restored | None:
        """Return what was kept, or None where nothing usable is."""
        entries = await self.store.read(PREFIX)
        self._stored_keys = frozenset(entries)
        if META not in entries:
            return None
        self._meta = entries[META].header
        try:
            meta = json.loads(entries[META].header)
            if meta["stamp"] != self.stamp:
                return None
            sums: Mapping[str, int] = meta["checksums"]
            for key in sums:
                if _checksum(entries[key]) != sums[key]:
                    raise ValueError(f"checksum of {key} does not fit")
            chunks = {
                key: load_chunk(entries[key].header, entries[key].data) for key in meta["chunks"]
            }
            documents = {
                name: json.loads(entries[DOCUMENT + name].header) for name in meta["documents"]
            }
            restored = Restored(
                revision=int(meta["revision"]),
                log=TrainingLog(tuple(chunks.values())),
                documents=documents,
            )
            next_key = int(meta["nextKey"])
        except (VoltLiftError, ValueError, KeyError, TypeError, AttributeError):
            return None
        values = chunks | {DOCUMENT + name: value for name, value in documents.items()}
        self._kept = {key: _Kept(value, sums[key]) for key, value in values.items()}
        self._next_key = next_key
        return restored

    async def save(self, revision: int, log: TrainingLog, documents: Mapping[str, object]) -> None:
        """Write what changed since the last call, all of it or nothing.

        What is new is found by identity: chunks and documents are never changed in place.
        Where another engine has written meanwhile (another tab), everything is new.
        """
        await self._look()
        known = {id(kept.value): key for key, kept in self._kept.items()}
        kept: dict[str, _Kept] = {}
        entries: dict[str, FeatureEntry] = {}
        next_key = self._next_key
        chunk_keys = []
        for chunk in log.chunks:
            key = known.get(id(chunk))
            if key is None:
                key = f"{PREFIX}chunk-{next_key:06d}"
                next_key += 1
                entries[key] = FeatureEntry(*chunk.dump())
            kept[key] = self._keep(key, chunk, entries)
            chunk_keys.append(key)
        for name, value in documents.items():
            key = DOCUMENT + name
            if key not in self._kept or self._kept[key].value is not value:
                entries[key] = FeatureEntry(json.dumps(value, separators=(",", ":")))
            kept[key] = self._keep(key, value, entries)
        meta = {
            "stamp": self.stamp,
            "revision": revision,
            "chunks": chunk_keys,
            "documents": list(documents),
            "checksums": {key: item.checksum for key, item in kept.items()},
            "nextKey": next_key,
        }
        entries[META] = FeatureEntry(json.dumps(meta, separators=(",", ":")))
        await self.store.write(entries, deleted=self._stored_keys - kept.keys() - {META})
        self._kept, self._next_key = kept, next_key
        self._meta = entries[META].header
        self._stored_keys = frozenset({META, *kept})

    async def _look(self) -> None:
        """Forget what was kept, unless it is still what this engine has written last."""
        meta = (await self.store.read(META)).get(META)
        header = None if meta is None else meta.header
        if header == self._meta:
            return
        self._kept = {}
        self._stored_keys = frozenset(await self.store.read(PREFIX))
        # Keys that nobody has used: neither engine may take one of the other's for its own.
        numbers = (key.removeprefix(f"{PREFIX}chunk-") for key in self._stored_keys)
        used = [int(number) + 1 for number in numbers if number.isdecimal()]
        self._next_key = max([self._next_key, *used])

    def _keep(self, key: str, value: object, entries: Mapping[str, FeatureEntry]) -> _Kept:
        entry = entries.get(key)
        return self._kept[key] if entry is None else _Kept(value, _checksum(entry))


def _checksum(entry: FeatureEntry) -> int:
    return zlib.crc32(entry.data, zlib.crc32(entry.header.encode()))
