"""Samples to figures: percentiles, ratios, the table and the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    ``baseline`` is the median of what it is compared with, in the same unit, and ``ratio``
    the median over it; all of them are None where there is nothing to measure yet.
    """

    name: str
    p50: float | None
    p95: float | None
    unit: str
    baseline: float | None
    ratio: float | None
    n: int


def measured(name: str, samples: Sequence[float], baseline: Sequence[float] = ()) -> Row:
    """Return the row of a series in milliseconds, beside that of its baseline."""
    if not samples:
        return Row(name=name, p50=None, p95=None, unit="ms", baseline=None, ratio=None, n=0)
    p50, p95 = np.percentile(samples, [50, 95]).tolist()
    median = float(np.median(baseline)) if len(baseline) else None
    return Row(
        name=name,
        p50=round(p50, 4),
        p95=round(p95, 4),
        unit="ms",
        baseline=None if median is None else round(median, 4),
        ratio=round(p50 / median, 3) if median else None,
        n=len(samples),
    )


def print_table(console: Console, group: str, rows: Sequence[Row], versus: str) -> None:
    """Print the rows of a group, without its name; a dash stands for what does not exist."""
    table = Table(title=group, title_justify="left")
    table.add_column("")
    for heading in ("p50 ms", "p95 ms", versus, "ratio", "n"):
        table.add_column(heading, justify="right")
    for row in rows:
        values = (_text(row.p50), _text(row.p95), _text(row.baseline), _text(row.ratio))
        *above, label = row.name.removeprefix(f"{group}/").split("/")
        table.add_row("  " * len(above) + label, *values, str(row.n or "–"))
    console.print(table)


def write(path: Path, rows: Sequence[Row], meta: dict[str, Any]) -> None:
    """Write ``name → {p50, p95, unit, baseline, ratio, n}``, and the circumstances."""
    figures: dict[str, Any] = {"_meta": meta}
    for row in rows:
        fields = asdict(row)
        figures[fields.pop("name")] = fields
    path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _text(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
