"""Run the test suite inside Pyodide, on the runtime that ships.

``python pyodide_bridge/build/run_tests.py [pytest arguments]``

Without a path, the tests of the engine, the bridge, the contract and the runtime itself. Node does
the work (``tests/pyodide/run.mjs``); this script fetches pytest once and keeps it outside the tree.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from archives import read_zip, write_tree
from numpy_wheel import cache_folder, find_numpy_wheel

BUILD = Path(__file__).resolve().parent
ROOT = BUILD.parents[1]
IN_PYODIDE = ROOT / "tests" / "pyodide"
NUMPY_FOR_TESTS = ("random", "testing", "ma")
"""Parts of numpy that tests may use (hypothesis seeds the first) though they do not ship."""

SUITE = ("core", "learned", "replay", "bridge", "contract", "pyodide")


def pytest_folder() -> Path:
    """Return a folder with pytest and its plugins, unpacked; fetched when not there yet."""
    requirements = IN_PYODIDE / "requirements.txt"
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


def numpy_folder() -> Path:
    """Return a folder with the parts of numpy that only tests use."""
    lock = json.loads((ROOT / "node_modules" / "pyodide" / "pyodide-lock.json").read_text())
    entry = lock["packages"]["numpy"]
    folder = cache_folder() / f"numpy-for-tests-{entry['sha256'][:16]}"
    if not folder.is_dir():
        wheel = read_zip(find_numpy_wheel(entry["file_name"], entry["sha256"], BUILD))
        parts = tuple(f"numpy/{part}/" for part in NUMPY_FOR_TESTS)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            write_tree(Path(scratch, "x"), {p: d for p, d in wheel.items() if p.startswith(parts)})
            shutil.move(Path(scratch, "x"), folder)
    return folder


def main(arguments: list[str]) -> int:
    """Run pytest in Node; return its exit code."""
    folders = [
        f"tests/{name}" for name in SUITE if list((ROOT / "tests" / name).rglob("test_*.py"))
    ]
    chosen = [a for a in arguments if not a.startswith("-")]
    node = ["node", "--stack-size=4000", str(IN_PYODIDE / "run.mjs")]
    extras = [str(pytest_folder()), str(numpy_folder())]
    return subprocess.run(
        [*node, *extras, *([] if chosen else folders), *arguments], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
