"""How long an import takes, and whether it ever holds the page up.

Usage, after ``make build``, from the repository root: ``python -m benchmarks.importing
[--rounds N] [--sets N]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from playwright.sync_api import FilePayload, Page, expect
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT, serving
from benchmarks.chromium import Chromium
from benchmarks.demo import DIST

_WATCH = ROOT / "benchmarks/browser/importing.js"
_HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
    "Notes,Workout Notes,RPE"
)
_LIFTS = (
    "Squat (Barbell)",
    "Bench Press (Barbell)",
    "Deadlift (Barbell)",
    "Overhead Press (Barbell)",
    "Lat Pulldown (Cable)",
    "Bicep Curl (Dumbbell)",
    "Leg Extension (Machine)",
    "Uncle Bob Press",
)
_SETS_PER_LIFT = 4
_LIFTS_PER_WORKOUT = 5
_PATIENCE_MS = 120_000
LONG_TASK_MS = 50
"""From here on a task is one that a thumb could feel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """Milliseconds of one import.

    ``dry_run`` is from choosing the file to the painted report, ``keep`` from the tap to the
    painted page that follows it (everything is durable by then), ``longest`` the longest task
    of the main thread from choosing to half a second after that page.
    """

    dry_run: float
    keep: float
    longest: float


def export_of(sets: int) -> FilePayload:
    """Return an export of Strong with so many sets: one workout every other day."""
    rows = [_HEADER]
    start = datetime(2020, 1, 1, 18)
    for n in range(sets):
        exercise, index = divmod(n, _SETS_PER_LIFT)
        workout, place = divmod(exercise, _LIFTS_PER_WORKOUT)
        day = start + timedelta(days=2 * workout)
        lift = _LIFTS[(workout + 3 * place) % len(_LIFTS)]
        weight = 40 + 2.5 * ((workout // 10 + 7 * place) % 40)
        rpe = (7, "", 8.5, "")[n % 4]
        rows.append(
            f"{day:%Y-%m-%d %H:%M:%S},Day {workout % 5},1h 5m,{lift},{index + 1},{weight:g},"
            f"{5 + n % 6},0,0,,,{rpe}"
        )
    return {"name": "strong.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def measure_imports(browser: Chromium, address: str, rounds: int, sets: int) -> list[Import]:
    """Import the same file as so many first-time visitors, each with a ready engine."""
    file = export_of(sets)
    found: list[Import] = []
    for _ in range(rounds):
        with browser.new_visitor() as page:
            page.add_init_script(path=_WATCH)
            page.goto(address)
            # The engine is there, as it is for anybody who has read the first screen.
            expect(page.get_by_role("progressbar")).to_have_count(0, timeout=_PATIENCE_MS)
            page.wait_for_timeout(1_000)
            found.append(_measure(page, file))
    return found


def _measure(page: Page, file: FilePayload) -> Import:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(file)
    keep = page.get_by_role("button", name="Keep it", exact=True)
    expect(keep).to_be_enabled(timeout=_PATIENCE_MS)
    keep.click()
    expect(page.locator(".arrival")).to_be_visible(timeout=_PATIENCE_MS)
    page.wait_for_timeout(500)
    seen = page.evaluate("() => importing")
    at: dict[str, float] = seen["at"]
    tasks: list[dict[str, float]] = seen["tasks"]
    during = [task["duration"] for task in tasks if task["startTime"] >= at["chosen"]]
    return Import(
        dry_run=at["reported"] - at["chosen"],
        keep=at["arrived"] - at["kept"],
        longest=max(during, default=0.0),
    )


def print_imports(console: Console, sets: int, imports: Sequence[Import]) -> None:
    """Print each figure beside the number to reach."""
    table = Table(title=f"Import of {sets:,} sets, Chromium", title_justify="left")
    for heading in ("", "p50 ms", "worst ms", "below", ""):
        table.add_column(heading, justify="left" if not heading else "right")
    totals = [each.dry_run + each.keep for each in imports]
    longest = [each.longest for each in imports]
    rows: list[tuple[str, list[float], float | None]] = [
        ("file chosen until the report is painted", [each.dry_run for each in imports], None),
        ("kept until the next page is painted", [each.keep for each in imports], None),
        ("import with dry run", totals, 3_000),
        ("longest task of the main thread (0: none above 50)", longest, LONG_TASK_MS),
    ]
    for name, samples, below in rows:
        median = statistics.median(samples)
        verdict = "" if below is None else "reached" if median < below else "[bold red]missed[/]"
        limit = "" if below is None else f"{below:,.0f}"
        table.add_row(name, f"{median:.0f}", f"{max(samples):.0f}", limit, verdict)
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the built page, and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.importing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sets", type=int, default=10_000)
    options = parser.parse_args(arguments)
    console = Console()
    folder = os.environ.get("VOLTLIFT_DIST") or DIST
    load = os.getloadavg()[0]
    console.print(f"load {load:.1f} on {os.cpu_count()} cores")
    with (
        serving.serve({"/": ROOT / folder}, serving.project_headers()) as address,
        Chromium.start() as browser,
    ):
        imports = measure_imports(browser, address, options.rounds, options.sets)
    print_imports(console, options.sets, imports)
    return 0


if __name__ == "__main__":
    sys.exit(main())
