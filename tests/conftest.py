"""Settings of every test: repeatable hypothesis runs, and what may run in which interpreter."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

IN_PYODIDE = sys.platform == "emscripten"

# Modules that cannot even be imported inside Pyodide; for single tests there is the marker.
CPYTHON_ONLY = {"contract/test_schema.py": "compares committed files, with jsonschema (native)"}

# Tests of the browser's runtime run inside it only, together with the whole suite.
collect_ignore = list(CPYTHON_ONLY) if IN_PYODIDE else ["pyodide"]

# Repeatable: the examples depend on the test only. No deadline: machines differ.
_COMMON = settings(deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("default", _COMMON, max_examples=100)
settings.register_profile(
    "pyodide", _COMMON, max_examples=25, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", _COMMON, max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "pyodide" if IN_PYODIDE else "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker for tests that cannot run inside Pyodide."""
    config.addinivalue_line(
        "markers",
        "cpython_only(reason): needs what Pyodide has not (processes, files outside the tests)",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Inside Pyodide, skip what is marked, each with its reason in the summary."""
    for item in items if IN_PYODIDE else []:
        if marker := item.get_closest_marker("cpython_only"):
            reason = marker.kwargs["reason"]
            item.add_marker(pytest.mark.skip(reason=f"CPython only: {reason}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Inside Pyodide, name the modules that were left out."""
    for path, reason in CPYTHON_ONLY.items() if IN_PYODIDE else ():
        terminalreporter.write_line(f"CPython only: tests/{path}: {reason}")
