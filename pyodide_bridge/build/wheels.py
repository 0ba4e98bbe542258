"""The wheels of this repository, by hatchling, rebuilt when their sources change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from archives import digest, read_tree

PROJECTS = {
    "voltlift_core": (".", "core/src"),
    "voltlift_coach": ("core/coach", "core/coach/src"),
    "voltlift_importers": ("core/importers", "core/importers/src"),
    "voltlift_learned": ("core/learned", "core/learned/src"),
    "voltlift_replay": ("core/replay", "core/replay/src"),
    "voltlift_samples": ("core/samples", "core/samples/src"),
    "voltlift_bridge": ("pyodide_bridge", "pyodide_bridge/python"),
}
"""Folder of the pyproject.toml and of the sources, by import name."""


def build_wheels(root: Path, cache: Path) -> list[Path]:
    """Return the wheels of engine, importers, samples and bridge, in dependency order."""
    return [_build(root / project, root / source, cache / name)
            for name, (project, source) in PROJECTS.items()]  # fmt: skip


def _build(project: Path, source: Path, cache: Path) -> Path:
    inputs = read_tree(source)
    for name in ("pyproject.toml", "README.md", "LICENSE", "core/hatch_build.py"):
        if (project / name).is_file():
            inputs[f"/{name}"] = (project / name).read_bytes()
    folder = cache / digest(inputs)[:24]
    if not list(folder.glob("*.whl")):
        for old in cache.glob("*/*.whl"):
            old.unlink()
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
            cwd=project,
            check=True,
            capture_output=True,
            text=True,
        )
    (wheel,) = folder.glob("*.whl")
    return wheel
