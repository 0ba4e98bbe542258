"""Archives with the same bytes for the same contents: sorted entries, no times, no owners."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, bytes]
"""Contents by path, with forward slashes."""

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest(files: Files) -> str:
    """Return one hash over paths and contents."""
    lines = [f"{sha256(files[path])}  {path}\n" for path in sorted(files)]
    return sha256("".join(lines).encode())


def read_zip(path: Path) -> dict[str, bytes]:
    """Return the files of a zip or wheel."""
    with zipfile.ZipFile(path) as archive:
        return {e.filename: archive.read(e) for e in archive.infolist() if not e.is_dir()}


def read_tree(root: Path, pattern: str = "**/*") -> dict[str, bytes]:
    """Return the files below ``root``, without bytecode caches."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def write_tree(root: Path, files: Files) -> None:
    """Write ``files`` below ``root``."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def make_zip(files: Files) -> bytes:
    """Return a deflated zip of ``files``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def make_tar_gz(files: Files) -> bytes:
    """Return a gzipped ustar archive of ``files``, the plainest form a browser can unpack."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    return gzip.compress(out.getvalue(), compresslevel=9, mtime=0)
