"""The numbers to reach, and whether a run reached them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table

from benchmarks.measurements import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """``figure`` of the row called ``name`` has to stay below ``below``."""

    what: str
    name: str
    figure: Literal["p50", "p95", "ratio"]
    below: float


TARGETS = (
    Target(
        what="Recommendation at 500 workouts, ms",
        name="chromium/500 workouts/recommend",
        figure="p95",
        below=10,
    ),
    Target(
        what="Recommendation at 5,000 workouts, ms",
        name="chromium/5000 workouts/recommend",
        figure="p95",
        below=15,
    ),
    Target(
        what="One changed session at 5,000 workouts, ms",
        name="chromium/5000 workouts/ingest one session",
        figure="p95",
        below=15,
    ),
    Target(
        what="Load suggestion at 500 workouts, ms",
        name="chromium/500 workouts/suggest load",
        figure="p95",
        below=5,
    ),
    Target(
        what="Program recommendation at 500 workouts, ms",
        name="chromium/500 workouts/recommend programs",
        figure="p95",
        below=5,
    ),
    Target(
        what="Load suggestion at 5,000 workouts, ms",
        name="chromium/5000 workouts/suggest load",
        figure="p95",
        below=5,
    ),
    Target(
        what="Program recommendation at 5,000 workouts, ms",
        name="chromium/5000 workouts/recommend programs",
        figure="p95",
        below=5,
    ),
    Target(
        what="Hybrid recommendation at 500 workouts, ms",
        name="chromium/500 workouts/hybrid/recommend",
        figure="p95",
        below=25,
    ),
    Target(
        what="Models' part in it, ms",
        name="chromium/500 workouts/hybrid/recommend/inference",
        figure="p95",
        below=10,
    ),
    Target(
        what="Hybrid recommendation at 5,000 workouts, ms",
        name="chromium/5000 workouts/hybrid/recommend",
        figure="p95",
        below=50,
    ),
    Target(
        what="Hybrid load suggestion at 500 workouts, ms",
        name="chromium/500 workouts/hybrid/suggest load",
        figure="p95",
        below=15,
    ),
    Target(
        what="Hybrid load suggestion at 5,000 workouts, ms",
        name="chromium/5000 workouts/hybrid/suggest load",
        figure="p95",
        below=30,
    ),
    Target(
        what="Cached models ready, ms",
        name="models/cached models ready",
        figure="p50",
        below=50,
    ),
    Target(
        what="First download and activation of all models, ms",
        name="models/first download and activation",
        figure="p50",
        below=500,
    ),
    Target(
        what="First answer with models installed, share of without",
        name="models/first answer with models installed",
        figure="ratio",
        below=1.1,
    ),
    Target(
        what="Cold start-up, share of stock Pyodide's",
        name="start-up/cold",
        figure="ratio",
        below=0.5,
    ),
    Target(
        what="Warm start-up, share of stock Pyodide's",
        name="start-up/warm",
        figure="ratio",
        below=0.5,
    ),
    Target(
        what="Suggestions of last time on screen, ms",
        name="web demo/suggestions of last time on screen",
        figure="p50",
        below=200,
    ),
)


def print_targets(console: Console, rows: Mapping[str, Row]) -> None:
    """Print each number beside what this run measured."""
    table = Table(title="Numbers to reach", title_justify="left")
    for heading in ("", "figure", "below", "measured", ""):
        table.add_column(heading, justify="left" if not heading else "right")
    for target in TARGETS:
        value = getattr(rows[target.name], target.figure) if target.name in rows else None
        if value is None:
            measured, verdict = "–", "not measured"
        else:
            measured = f"{value:.3g}"
            verdict = "reached" if value < target.below else "[bold red]missed[/]"
        table.add_row(target.what, target.figure, f"{target.below:g}", measured, verdict)
    console.print(table)
