"""Add up JUnit reports: ``python sum_tests.py FOLDER`` prints ``N passed, N failed, N skipped``."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(folder: Path) -> int:
    """Print one line per report and the total; return 1 if anything failed or nothing ran."""
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for report in sorted(folder.glob("*.xml")):
        count = dict.fromkeys(total, 0)
        for case in ElementTree.parse(report).iter("testcase"):
            tags = {child.tag for child in case}
            failed, skipped = bool(tags & {"failure", "error"}), "skipped" in tags
            count["failed" if failed else "skipped" if skipped else "passed"] += 1
        print(f"{report.stem}: {_words(count)}")
        for outcome, number in count.items():
            total[outcome] += number
    print(_words(total))
    return 0 if total["passed"] and not total["failed"] else 1


def _words(count: dict[str, int]) -> str:
    return ", ".join(f"{number} {outcome}" for outcome, number in count.items())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
