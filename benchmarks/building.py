"""Everything that is measured, built from the sources of this tree."""

from __future__ import annotations

import subprocess
import sys

from benchmarks import ROOT

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("runtime, bridge and web app", ["make", "--silent", "build"]),
    ("stock Pyodide", [sys.executable, "pyodide_bridge/build/build_runtime.py", "--stock"]),
    ("types", ["npx", "tsc", "--noEmit", "-p", "benchmarks"]),
    ("baseline", ["npx", "vite", "build", "--config", "benchmarks/baseline/vite.config.ts"]),
    ("pages", ["npx", "vite", "build", "--config", "benchmarks/browser/vite.config.ts"]),
)


class BuildError(Exception):
    """Something that is measured could not be built."""


def build() -> None:
    """Build what is not up to date.

    Raises
    ------
    BuildError
        With the output of the step that failed.
    """
    for name, command in STEPS:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            raise BuildError(f"{name}: {' '.join(command)}\n{done.stdout}{done.stderr}")
