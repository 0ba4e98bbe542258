"""How many exercise names of real exports are matched, and to what: ``make match-report``.

Prints the share of matched rows by file, the names left unknown, and a sample of 200 matches
to be judged by eye. Files are read as CSV by the header of their name column; everything
else of an import plays no part here.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import Match
from voltlift_importers.names import match_name, propose

NAME_COLUMNS = (
    "Exercise Name",
    "exercise_title",
    "Exercise",
    "运动名称",
    "Übungsname",
    "Nombre del ejercicio",
    "Nom de l'exercice",
)
"""Headers of the column with the exercise's name, by app and language."""

_SAMPLE = 200
_SEED = 7
_UNCERTAIN = 4
"""How much likelier a match that is not exact comes into the sample."""


def main(arguments: list[str] | None = None) -> None:
    """Print the report of a folder of exports."""
    parser = argparse.ArgumentParser(prog="match_report", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/logs"))
    parser.add_argument(
        "--names",
        type=Path,
        default=Path("tests/core/catalogue/export_names.json"),
        help="more names for the sample: a JSON object with names as keys",
    )
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder; give one that holds CSV exports")
    for line in report(options.folder, options.names):
        print(line)


def report(folder: Path, names: Path | None = None) -> Iterator[str]:
    """Give the lines of the report."""
    catalogue = Catalogue.bundled()
    files = {path.name: names_of(path) for path in sorted(folder.glob("*.csv"))}
    total: Counter[str] = Counter()
    matched_rows = 0
    yield f"{'file':20} {'rows':>6} {'names':>6} {'rows matched':>13}"
    for file, counted in files.items():
        matched = sum(n for name, n in counted.items() if match_name(name, catalogue))
        yield _rate(file, counted, matched)
        matched_rows += matched
        total += counted
    yield _rate("all", total, matched_rows)
    yield "\nunknown (rows, name, first proposals)"
    for name, rows in total.most_common():
        if match_name(name, catalogue) is None:
            likely = ", ".join(
                f"{p.exercise_id} {p.score:.2f}" for p in propose(name, catalogue, 2)
            )
            yield f"{rows:6} {name}   {likely}"
    more = json.loads(names.read_text("utf-8")) if names is not None and names.is_file() else {}
    chosen = sample([*total, *more], catalogue)
    yield f"\nsample of {len(chosen)} matches (method, name, exercise)"
    for name, match in chosen.items():
        yield f"{match.how:10} {name}   {match.exercise_id}"


def names_of(path: Path) -> Counter[str]:
    """Return the exercise names of an export, with their number of rows."""
    text = path.read_text("utf-8-sig")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    column = next((name for name in rows.fieldnames or () if name in NAME_COLUMNS), None)
    return Counter() if column is None else Counter(row[column] or "" for row in rows)


def sample(names: Iterable[str], catalogue: Catalogue, size: int = _SAMPLE) -> dict[str, Match]:
    """Return a seeded sample of the matched names.

    Names that match by more than spelling (translated, similar, rearranged) are likelier to be
    drawn, since errors hide there. The order of ``names`` plays no part.
    """
    matches = {n: m for n in sorted(set(names)) if (m := match_name(n, catalogue)) is not None}
    draw = random.Random(_SEED)
    keys = {name: draw.random() ** (1 / _weight(match)) for name, match in matches.items()}
    drawn = sorted(matches, key=lambda name: -keys[name])[:size]
    return {name: matches[name] for name in sorted(drawn)}


def _weight(match: Match) -> int:
    return _UNCERTAIN if match.how in {"translated", "similar", "rearranged"} else 1


def _rate(label: str, counted: Mapping[str, int], matched: int) -> str:
    rows = sum(counted.values())
    return f"{label:20} {rows:6} {len(counted):6} {matched / max(rows, 1):13.2%}"


if __name__ == "__main__":
    main()
