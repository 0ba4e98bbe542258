"""How long the engine takes, beside what a developer would use instead.

``python -m benchmarks.run`` from the repository root; ``docs/how-to/benchmark.md`` explains
the figures.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The sources of this tree are measured, whatever may be installed.
_SOURCES = ("core/src", "core/coach/src", "core/importers/src", "pyodide_bridge/python")
sys.path[:0] = [str(ROOT / source) for source in _SOURCES]
