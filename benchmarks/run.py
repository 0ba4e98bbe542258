"""The benchmark: builds, measures, compares, prints, writes ``benchmarks/latest.json``.

Usage, from the repository root: ``python -m benchmarks.run [--quick] [--skip-build]``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import ROOT, building, chromium, demo, learned, native, reporting, serving
from benchmarks.agreement import DisagreementError
from benchmarks.inputs import Counts, make_plan
from benchmarks.measurements import Row, measured, print_table, write
from benchmarks.targets import print_targets

LATEST = ROOT / "benchmarks/latest.json"
LIFTERS = ("beginner", "intermediate", "no_effort", "dumbbell")
"""Other lifters than the one that is timed; the baseline must agree on them too."""

FULL = {
    10: Counts(requests=200, warm_up=30, changes=40, ingestions=20),
    500: Counts(requests=200, warm_up=30, changes=40, ingestions=10),
    5000: Counts(requests=200, warm_up=30, changes=40, ingestions=5),
}
QUICK = {
    10: Counts(requests=40, warm_up=15, changes=12, ingestions=5),
    500: Counts(requests=40, warm_up=15, changes=12, ingestions=3),
    5000: Counts(requests=40, warm_up=15, changes=12, ingestions=2),
}
HYBRID = (500, 5000)
"""Histories that are asked about with learned models as well: in a short one they have no say."""

REPLAYED = 500
BUSY = 0.5
"""Load per core from which times say more about the machine than about the engine."""

ALIKE = Counts(requests=20, warm_up=0, changes=5, ingestions=1)
FIRST = Counts(requests=1, warm_up=0, changes=0, ingestions=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and return the exit code: 1 where something cannot be built or answers differ."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, below 90 s")
    parser.add_argument("--skip-build", action="store_true", help="measure what is built already")
    parser.add_argument(
        "--output", type=Path, help="file to write (default: latest.json, none where quick)"
    )
    options = parser.parse_args(arguments)
    console = Console()
    try:
        if not options.skip_build:
            with console.status("Building what is measured"):
                building.build()
        load = os.getloadavg()[0]
        if load > BUSY * (os.cpu_count() or 1):
            console.print(
                f"[yellow]The machine is busy (load {load:.1f}): compare ratios, not times.[/]"
            )
        rows, version = _measure(console, options.quick)
    except (building.BuildError, DisagreementError) as error:
        console.print(f"[bold red]{type(error).__name__}[/]")
        console.print(str(error)[-4000:], markup=False, soft_wrap=True)
        return 1
    print_targets(console, {row.name: row for row in rows})
    output: Path | None = options.output or (None if options.quick else LATEST)
    if output is not None:
        write(output, rows, reporting.meta(version, options.quick, load))
        console.print(f"Written to {output}")
    return 0


def _measure(console: Console, quick: bool) -> tuple[list[Row], str]:
    """Return all rows, and the browser's version."""
    sizes, starts, visits = (QUICK, 2, 4) if quick else (FULL, 6, 12)
    deliveries, questions = (1, 20) if quick else (5, 100)
    rows: list[Row] = []

    def show(group: str, new: list[Row], versus: str) -> None:
        print_table(console, group, new, versus)
        rows.extend(new)

    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder)
        plans = {n: make_plan(n, counts) for n, counts in sizes.items()}
        paths = {n: plan.write(inputs / f"plan-{n}.json") for n, plan in plans.items()}
        _compare_lifters(console, inputs)
        for n, plan in plans.items():
            group = f"cpython/{n} workouts"
            series = asyncio.run(native.measure(group, plan, paths[n]))
            show(group, reporting.request_rows(group, series), "TypeScript in Node")
            if n in HYBRID:
                group = f"{group}/hybrid"
                series = learned.measure_native(plan)
                show(group, reporting.hybrid_rows(group, series), "rules alone")
        start_up = make_plan(10, FIRST).write(inputs / "plan-start-up.json")
        headers = serving.project_headers()
        mounts = {
            "/": serving.PAGES,
            "/runtime/": ROOT / "pyodide_bridge/runtime",
            "/inference/": ROOT / "pyodide_bridge/inference",
            "/inputs/": inputs,
            "/models/": inputs / "release",
        }
        keys = learned.release(inputs / "release")
        with (
            serving.serve(mounts, headers | serving.ISOLATION) as address,
            serving.serve({"/": demo.DIST}, headers) as demo_address,
            chromium.Chromium.start() as browser,
        ):
            for n, path in paths.items():
                group = f"chromium/{n} workouts"
                series = chromium.measure_requests(browser, address, group, path)
                show(group, reporting.request_rows(group, series), "TypeScript")
                if n in HYBRID:
                    series = learned.measure_hybrid(browser, address, path, keys)
                    for title, models in (("hybrid", ""), ("hybrid with the net", "net.")):
                        name = f"{group}/{title}"
                        show(name, reporting.hybrid_rows(name, series, models), "rules alone")
            group = f"chromium/{REPLAYED} workouts"
            series = learned.measure_replay(browser, address, paths[REPLAYED], keys, questions)
            show(group, reporting.replay_rows(group, questions, series), "")
            series = learned.measure_delivery(browser, address, start_up, keys, deliveries)
            show("models", reporting.delivery_rows(series), "a second time")
            series = learned.measure_first_answers(browser, address, starts // 2)
            name = "models/first answer with models installed"
            show("models", [measured(name, series["models"], series["ours"])], "without")
            series = chromium.measure_start_up(browser, address, starts)
            show("start-up", reporting.start_up_rows(series), "stock Pyodide")
            times = demo.measure_cached_list(browser, demo_address, visits)
            name = "web demo/suggestions of last time on screen"
            # Without what was kept, a warm start-up is what a visitor waits for.
            show("web demo", [measured(name, times, series["warm.stock"])], "stock Pyodide")
            return rows, browser.version


def _compare_lifters(console: Console, inputs: Path) -> None:
    for lifter in LIFTERS:
        plan = make_plan(60, ALIKE, lifter)
        path = plan.write(inputs / f"plan-{lifter}.json")
        asyncio.run(native.measure(f"sample lifter {lifter}", plan, path))
    console.print(f"Engine and baseline agree on {', '.join(LIFTERS)}.")


if __name__ == "__main__":
    sys.exit(main())
