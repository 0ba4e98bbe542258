"""Run the test suite inside Pyodide, on the runtime that ships.

``python tests/pyodide/run.py [pytest arguments]``; without arguments, the tests of the engine,
the bridge, the contract and the runtime itself. Node does the work (``run.mjs``); this script
fetches pytest once and keeps it outside the tree.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SUITE = ("core", "bridge", "contract", "pyodide")


def cache_folder() -> Path:
    """Return the folder for downloads, the same as the runtime's builder uses."""
    chosen = os.environ.get("VOLTLIFT_CACHE")
    base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    return Path(chosen) if chosen else Path(base).expanduser() / "voltlift"


def pytest_folder() -> Path:
    """Return a folder with pytest and its plugins, unpacked; fetched when not there yet."""
    requirements = HERE / "requirements.txt"
    key = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    folder = cache_folder() / f"pytest-{key}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        wheels, site = Path(scratch, "wheels"), Path(scratch, "site")
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input",
             "--disable-pip-version-check", "--only-binary=:all:", "--python-version", "3.12",
             "--implementation", "py", "--abi", "none", "--platform", "any",
             "--dest", str(wheels), "--requirement", str(requirements)],
            check=True,
        )  # fmt: skip
        for wheel in wheels.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(site)
        # Another run may have been faster; either result will do.
        if not folder.is_dir():
            shutil.move(site, folder)
    return folder


def main(arguments: list[str]) -> int:
    """Run pytest in Node; return its exit code."""
    folders = [f"tests/{name}" for name in SUITE if list((ROOT / "tests" / name).rglob("test_*.py"))]
    chosen = [a for a in arguments if not a.startswith("-")]
    node = ["node", "--stack-size=4000", str(HERE / "run.mjs"), str(pytest_folder())]
    return subprocess.run([*node, *([] if chosen else folders), *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
