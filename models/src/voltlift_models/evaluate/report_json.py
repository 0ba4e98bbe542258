"""The report as JSON, ``{task: {row: {metric: {mean, lo, hi, n_lifters}}}, details: ...}``.

Shares are fractions; what does not exist (no case, no interval) is null.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias, cast

from voltlift_core import ErrorCode, Json, VoltLiftError
from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.judge import Bin
from voltlift_models.evaluate.report import (
    Aim,
    Comparison,
    LeftOut,
    LifterReport,
    Ratio,
    Report,
    RowNote,
    Sides,
)
from voltlift_replay.questions import TASKS

FORMAT = "voltlift-evaluation/1"

_Object: TypeAlias = Mapping[str, Any]


def to_json(report: Report) -> dict[str, Json]:
    """Return the report as JSON: the tasks at the root, everything else in ``details``."""
    fields = asdict(report)
    tasks = fields.pop("tasks")
    return cast("dict[str, Json]", plain({**tasks, "details": {"format": FORMAT, **fields}}))


def from_json(value: _Object) -> Report:
    """Return the report that ``to_json`` gave.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where it is none.
    """
    try:
        details = value["details"]
        if details["format"] != FORMAT:
            raise _no_report(f"format {details['format']!r}")
        return Report(
            tasks={
                task: {
                    row: {name: Estimate(**_floats(e)) for name, e in metrics.items()}
                    for row, metrics in value[task].items()
                }
                for task in TASKS
                if task in value
            },
            rows={
                task: {row: RowNote(**note) for row, note in notes.items()}
                for task, notes in details["rows"].items()
            },
            lifters=tuple(_lifter(item) for item in details["lifters"]),
            comparisons=tuple(
                Comparison(**{**item, "difference": Estimate(**_floats(item["difference"]))})
                for item in details["comparisons"]
            ),
            ratios=tuple(
                Ratio(**{**item, "ratio": Estimate(**_floats(item["ratio"]))})
                for item in details["ratios"]
            ),
            aims=tuple(Aim(**_floats(item)) for item in details["aims"]),
            calibration={
                task: {row: tuple(Bin(**each) for each in bins) for row, bins in rows.items()}
                for task, rows in details["calibration"].items()
            },
            intervals={row: Sides(**sides) for row, sides in details["intervals"].items()},
            excluded=tuple(LeftOut(**item) for item in details["excluded"]),
            notices=tuple(LeftOut(**item) for item in details["notices"]),
            warnings=tuple(details["warnings"]),
            settings=details["settings"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_report(f"{type(error).__name__}: {error}") from error


def write_json(report: Report, path: Path) -> None:
    """Write the report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(to_json(report), indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> Report:
    """Return a report that was written.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where the file is none.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_report(f"{path}: {error}") from error
    return from_json(value)


def _lifter(item: _Object) -> LifterReport:
    figures = {
        task: {row: _floats(values) for row, values in rows.items()}
        for task, rows in item["figures"].items()
    }
    return LifterReport(**{**item, "figures": figures})


def _floats(values: _Object) -> dict[str, Any]:
    return {name: math.nan if value is None else value for name, value in values.items()}


def plain(value: Any) -> Json:
    """Return a value with lists for tuples, and null for what is not finite."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return cast("Json", value)


def _no_report(received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.INVALID_REQUEST,
        "this is no evaluation report",
        expected=f"what `voltlift evaluate --out` writes, in the format {FORMAT}",
        received=received,
    )
