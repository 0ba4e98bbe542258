"""Names of the figures, from the series that native and browser runs give."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import ROOT
from benchmarks.inputs import EXERCISES
from benchmarks.measurements import Row, measured
from voltlift_core import __version__

STAGES = ("engine", "features", "scoring", "ranking", "inference")
"""Parts of a recommendation: the whole engine without JSON and messages, then its stages."""

_REQUESTS = {"recommend": "recommend", "first_after_change": "recommend after a change"}
_INGESTIONS = {"ingest_state": "ingest whole state", "ingest_change": "ingest one session"}
SERVICES = ("suggest load", "recommend programs", "substitute", "readiness", "insights")
"""The other services: beside the exercise recommendation of the same run, for want of a rival."""

_HYBRID = {
    "recommend": "recommend",
    "first_after_change": "recommend after a change",
    "suggest_load": "suggest load",
    "load_after_change": "suggest load after a change",
}
_DELIVERIES = {
    "delivery": "first download and activation",
    "net_delivery": "the net and its runtime added",
}
_STEPS = ("checking", "downloading", "trying", "installing", "loading")

_SIDES = ("", "baseline.")


def request_rows(group: str, series: Mapping[str, Sequence[float]]) -> list[Row]:
    """Return the rows of one history: recommendations with stages, ingestions."""
    rows: list[Row] = []
    for key, title in _REQUESTS.items():
        name = f"{group}/{title}"
        rows.append(_against(name, series, key))
        rows += [measured(f"{name}/{stage}", series.get(f"{key}.{stage}", ())) for stage in STAGES]
    rows += [_against(f"{group}/{title}", series, key) for key, title in _INGESTIONS.items()]
    rows += [
        measured(f"{group}/{service}", series[service], series["recommend"]) for service in SERVICES
    ]
    # The engine works out the new aggregates with the first request, the baseline with the
    # change: only the sums say who is sooner.
    both = [_sum(series, f"{side}ingest_change", f"{side}first_after_change") for side in _SIDES]
    rows.append(measured(f"{group}/ingest one session and recommend", both[0], both[1]))
    return rows


def hybrid_rows(group: str, series: Mapping[str, Sequence[float]], models: str = "") -> list[Row]:
    """Return the rows of answers with learned models, beside rules alone in the same run.

    Parameters
    ----------
    group : str
        Begins the names.
    series : mapping
        Times by what was done, those by rules alone under ``rules.…``.
    models : str
        Begins the names of the series with these models.
    """
    rows: list[Row] = []
    for key, title in _HYBRID.items():
        if f"{models}{key}" not in series:
            continue
        name = f"{group}/{title}"
        rows.append(measured(name, series[f"{models}{key}"], series[f"rules.{key}"]))
        rows += [
            measured(f"{name}/{stage}", series[part], series.get(f"rules.{key}.{stage}", ()))
            for stage in ("engine", "inference")
            if (part := f"{models}{key}.{stage}") in series
        ]
    return rows


def delivery_rows(series: Mapping[str, Sequence[float]]) -> list[Row]:
    """Return the rows of models on their way into use, and of what is there already."""
    rows = [measured("models/cached models ready", series["cached"], series["again"])]
    alone = [key for key in series if key.startswith("cached.")]
    rows += [
        measured(f"models/cached models ready/{key.removeprefix('cached.')} alone", series[key])
        for key in alone
    ]
    for key, title in _DELIVERIES.items():
        rows.append(measured(f"models/{title}", series[key]))
        rows += [measured(f"models/{title}/{stage}", series[f"{key}.{stage}"]) for stage in _STEPS]
    net = "models/cached models ready, the net among them"
    rows.append(measured(net, series["net_cached"], series["net_again"]))
    return rows


def replay_rows(group: str, questions: int, series: Mapping[str, Sequence[float]]) -> list[Row]:
    """Return the rows of a replay of somebody's own log."""
    name = f"{group}/replay, {questions} questions of each task"
    parts = [key for key in series if key.startswith("replay.")]
    return [measured(name, series["replay"])] + [
        measured(f"{name}/{key.removeprefix('replay.')}", series[key]) for key in parts
    ]


def start_up_rows(series: Mapping[str, Sequence[float]]) -> list[Row]:
    """Return cold and warm start-up against stock Pyodide."""
    return [
        measured(f"start-up/{visit}", series[f"{visit}.ours"], series[f"{visit}.stock"])
        for visit in ("cold", "warm")
    ]


def meta(chromium: str, quick: bool, load: float) -> dict[str, Any]:
    """Return what the figures depend on: machine and versions."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _output("git", "rev-parse", "--short", "HEAD"),
        "quick": quick,
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "load_before": round(load, 2),
            "load_after": round(os.getloadavg()[0], 2),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "versions": {
            "voltlift_core": __version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "chromium": chromium,
            "node": _output("node", "--version").removeprefix("v"),
        },
        "exercises": EXERCISES,
        "baseline": "plain TypeScript (Node beside CPython); start-up: stock Pyodide",
    }


def _against(name: str, series: Mapping[str, Sequence[float]], key: str) -> Row:
    return measured(name, series[key], series[f"baseline.{key}"])


def _sum(series: Mapping[str, Sequence[float]], one: str, other: str) -> list[float]:
    return [a + b for a, b in zip(series[one], series[other], strict=True)]


def _output(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
