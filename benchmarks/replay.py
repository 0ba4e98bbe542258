"""Next working weight on real logs: the rules against simply repeating last time.

Run with ``python -m benchmarks.replay DIR [--json FILE]``: DIR holds exports of workout apps.
The questions, the figures and the rows are those of T3 and T5 of ``voltlift evaluate``; here
they are held against the targets of the rules. Exit code 1 where one is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from voltlift_core import VoltLiftError
from voltlift_models.evaluate import Report, Task, evaluate
from voltlift_models.evaluate.engine_rows import LOAD_RULES, WITH_REPS
from voltlift_models.evaluate.report_json import write_json
from voltlift_models.evaluate.table import print_report
from voltlift_models.ingest import ingest

LAST_WEIGHT = "last weight"

TARGETS: tuple[tuple[str, Task, str, float], ...] = (
    (LOAD_RULES, "T3", "mape", 1.02),
    (LOAD_RULES, "T3", "mape_gap", 1.05),
    (LOAD_RULES + WITH_REPS, "T3", "mape", 0.95),
    (LOAD_RULES, "T5", "unsafe", 1.0),
    (LOAD_RULES + WITH_REPS, "T5", "unsafe", 1.0),
)
"""Row, task, figure, and the greatest multiple of the last weight's that is allowed."""


def missed(report: Report) -> int:
    """Print what came of each target, and return how many were missed."""
    failed = 0
    for row, task, figure, limit in TARGETS:
        ratio = report.tasks[task][row][figure].mean / report.tasks[task][LAST_WEIGHT][figure].mean
        # A figure that does not exist is no success.
        reached = ratio <= limit
        failed += not reached
        verdict = "reached" if reached else "MISSED"
        print(f"{row}: {figure} {ratio:.3f} x {LAST_WEIGHT}'s, at most {limit:g} x: {verdict}")
    for row in (LOAD_RULES, LOAD_RULES + WITH_REPS):
        share = report.tasks["T5"][row]["unflagged"].mean
        failed += share > 0
        print(f"{row}: {share:.2%} more than 10 % above the last weight without a flag")
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="exports of workout apps, one a lifter")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    arguments = parser.parse_args()
    try:
        report = evaluate(ingest(arguments.folder), tasks=("T3", "T5"), workers=2)
    except VoltLiftError as error:
        print(error, file=sys.stderr)
        return 2
    print_report(report, Console())
    if arguments.json:
        write_json(report, arguments.json)
    return 1 if missed(report) else 0


if __name__ == "__main__":
    raise SystemExit(main())
