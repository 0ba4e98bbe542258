"""A directory as an all-or-nothing table of blobs; the ground of the filesystem adapters."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voltlift_core.errors import ErrorCode, VoltLiftError

FORMAT = "voltlift-files/1"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A row of the table: text that describes it, and the SHA-256 of its blob."""

    meta: str
    sha256: str


class FileTable:
    """Keys with a text and a blob each, in a directory of its own.

    Blobs are immutable files named by their SHA-256, so no key, however odd, ever becomes
    a file name. ``manifest.json`` says which key has which blob; replacing it, by rename,
    is the commit. A crash before it leaves the previous state, one after it the new one;
    files without a key are swept up by the next commit.

    One process owns the directory at a time.

    Parameters
    ----------
    directory : Path
        Made if it is not there.
    recover : bool
        Whether a damaged manifest means an empty table (derived data) or an error.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where the manifest cannot be read; ``storage`` where the directory
        cannot be used.
    """

    def __init__(self, directory: Path, *, recover: bool = False) -> None:
        self._blobs = directory / "blobs"
        self._manifest = directory / "manifest.json"
        with _storage_errors("open", directory):
            self._blobs.mkdir(parents=True, exist_ok=True)
            self._entries = self._load(recover=recover)

    @property
    def entries(self) -> Mapping[str, FileEntry]:
        """All rows, in order of first insertion."""
        return self._entries

    def read(self, key: str) -> bytes:
        """Return the blob of a key that is there.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the file is missing or does not fit its name.
        """
        name = self._entries[key].sha256
        try:
            data = (self._blobs / name).read_bytes()
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise _storage_error("read", self._blobs / name, error) from error
        if hashlib.sha256(data).hexdigest() != name:
            raise VoltLiftError(
                ErrorCode.CORRUPT_DATA,
                f"the stored entry {key!r} is damaged",
                path=str(self._blobs / name),
                expected=f"bytes with SHA-256 {name}",
                received=f"{len(data)} other bytes",
                remedy="Restore it from an export",
            )
        return data

    def commit(self, puts: Mapping[str, tuple[str, bytes]], deletes: Collection[str] = ()) -> None:
        """Delete keys, then insert or replace ``key: (meta, blob)``, all of it or nothing.

        Durable when it returns.
        """
        entries = dict(self._entries)
        blobs: dict[str, bytes] = {}
        for key in deletes:
            entries.pop(key, None)
        for key, (meta, data) in puts.items():
            entry = FileEntry(meta, hashlib.sha256(data).hexdigest())
            entries[key] = entry
            blobs[entry.sha256] = data
        with _storage_errors("write", self._manifest.parent):
            for name, data in blobs.items():
                if not self._holds(name, data):
                    _replace(self._blobs / name, data)
            if blobs:
                _sync_directory(self._blobs)
            rows = {key: [entry.meta, entry.sha256] for key, entry in entries.items()}
            text = json.dumps({"format": FORMAT, "entries": rows}, separators=(",", ":"))
            _replace(self._manifest, text.encode("ascii"))
            _sync_directory(self._manifest.parent)
        self._entries = entries
        self._sweep()

    def _holds(self, name: str, data: bytes) -> bool:
        """Whether the blob is there already, whole: an equal size may hide damage."""
        path = self._blobs / name
        return path.is_file() and path.read_bytes() == data

    def _sweep(self) -> None:
        """Remove blobs without a key and what a crash left; failing to is no failure."""
        wanted = {entry.sha256 for entry in self._entries.values()}
        with contextlib.suppress(OSError):
            left = list(self._manifest.parent.glob(".tmp-*"))
            for path in [*left, *(p for p in self._blobs.iterdir() if p.name not in wanted)]:
                path.unlink()

    def _load(self, *, recover: bool) -> dict[str, FileEntry]:
        try:
            fields = json.loads(self._manifest.read_bytes())
            if fields["format"] != FORMAT:
                raise ValueError(f"format {fields['format']!r}")
            return {
                key: FileEntry(str(meta), str(sha256))
                for key, (meta, sha256) in fields["entries"].items()
            }
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            if recover:
                return {}
            raise VoltLiftError(
                ErrorCode.CORRUPT_DATA,
                f"the manifest of the store cannot be read ({error})",
                path=str(self._manifest),
                expected=FORMAT,
                remedy="Restore the folder from a copy, or move it away to start empty",
            ) from error


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that at any moment it is either the old one or the new one, whole."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync_directory(directory: Path) -> None:
    """Make renames durable, where the system can: not all can open a directory."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _storage_errors(action: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _storage_error(action, path, error) from error


def _storage_error(action: str, path: Path, error: OSError) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.STORAGE,
        f"cannot {action} the store ({error.strerror or error})",
        path=str(path),
        remedy="Check that the folder exists, may be written and that the disk is not full",
    )
