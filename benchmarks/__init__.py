"""How long the engine takes, beside what a developer would use instead.

``python -m benchmarks.run`` from the repository root; ``docs/how-to/benchmark.md`` explains
the figures.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The sources of this tree are measured, whatever may be installed.
_PARTS = ("coach", "importers", "learned", "replay", "samples")
_SOURCES = (
    "core/src",
    *(f"core/{part}/src" for part in _PARTS),
    "models/src",
    "pyodide_bridge/python",
)
sys.path[:0] = [str(ROOT / source) for source in _SOURCES]

# Before numpy is imported: one thread, as in the browser. Small products only lose by two.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
