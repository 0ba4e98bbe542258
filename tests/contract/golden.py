"""Golden contract cases: how a case is run, and what of an answer is compared.

A case is ``{"sample": {...} | "state": {...} | null, "calls": [{method, request, answer}]}``.
Running it starts an empty engine, takes in the sample lifter or the state, then makes the
calls one after another. Whatever measures time is left out of the comparison. The same
files are read by vitest (in-process Pyodide) and by Playwright (through the worker).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
TIMES = ("durationMs", "stages")

Call = Callable[[str, str], Awaitable[str]]


def without_times(value: Any) -> Any:
    """Return an answer without what differs from run to run."""
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES}
    if isinstance(value, list):
        return [without_times(item) for item in value]
    return value


async def prepare(case: dict[str, Any], call: Call) -> None:
    """Take in the lifter of a case."""
    state = case.get("state")
    if case.get("sample") is not None:
        answer = json.loads(await call("sample_state", json.dumps(case["sample"])))
        state = answer["ok"]["appState"]
    if state is not None:
        answer = json.loads(await call("ingest", json.dumps({"state": state})))
        assert "ok" in answer, answer


async def run(case: dict[str, Any], call: Call) -> list[Any]:
    """Return the comparable answers of a case's calls."""
    await prepare(case, call)
    answers = []
    for step in case["calls"]:
        request = step.get("text", json.dumps(step.get("request", {})))
        answers.append(without_times(json.loads(await call(step["method"], request))))
    return answers
