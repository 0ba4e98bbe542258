"""Real exports, where the folder ../shared/data is there."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest
from strong_files import CATALOGUE, read, sets_of, stored

from voltlift_core import ExportCsvRequest, Known
from voltlift_core.contract import ImportPreview
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.wire import encode
from voltlift_importers import export_csv
from voltlift_importers.units import infer_unit, load_of

LOGS = Path(__file__).parents[3].parent / "shared" / "data" / "logs"

FACTORS = {"kg": 1.0, "lbs": KG_PER_UNIT[Unit.LB], None: 1.0}

pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the folder ../shared/data is absent")


@pytest.mark.parametrize(
    ("file", "app", "sessions", "sets", "unit", "source", "days"),
    [
        ("strong-1.csv", "strong", 384, 6778, "lbs", "inferred", ("2020-09-29", "2023-12-17")),
        ("strong-2.csv", "strong", 37, 666, "kg", "inferred", ("2026-04-24", "2026-07-22")),
        ("strong-3.csv", "strong", 20, 266, "kg", "stated", ("2025-03-09", "2025-04-17")),
        ("hevy-1.csv", "hevy", 501, 9542, "kg", "stated", ("2023-11-20", "2026-01-13")),
        ("hevy-2.csv", "hevy", 17, 330, "kg", "stated", ("2025-05-13", "2025-06-30")),
        ("fitnotes-1.csv", "fitnotes", 290, 3697, "lbs", "stated", ("2022-09-14", "2025-11-12")),
        ("fitnotes-2.csv", "fitnotes", 124, 2495, "kg", "stated", ("2023-11-21", "2025-06-22")),
    ],
)
def test_every_row_is_accounted_for(
    file: str,
    app: str,
    sessions: int,
    sets: int,
    unit: str,
    source: str,
    days: tuple[str, str],
) -> None:
    data = (LOGS / file).read_bytes()
    found = read(data)
    rows = data.decode("utf-8-sig").count("\n") - 1
    assert found.app == app
    assert (len(found.sessions), found.sets, found.rejected_total) == (sessions, sets, 0)
    assert rows - 1 <= found.sets + found.rejected_total <= rows
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == (unit, source)
    assert (found.first_day, found.last_day) == days
    again = read(data, stored(found))
    assert (again.new_sessions, again.known_sessions) == (0, sessions)


@pytest.mark.parametrize("file", ["hevy-1.csv", "fitnotes-1.csv", "strong-1.csv"])
@pytest.mark.parametrize("form", ["strong", "hevy"])
def test_a_real_log_survives_export_and_import(file: str, form: Literal["strong", "hevy"]) -> None:
    found = read((LOGS / file).read_bytes())
    known = stored(found)
    request = ExportCsvRequest(sessions=tuple(map(encode, found.sessions)), format=form)
    back = read(export_csv(request, known.catalogue).text, Known(known.catalogue))

    def sets(preview: ImportPreview) -> Counter[tuple[str, float, int, str]]:
        return Counter(
            (log.exercise_id, round(item.weight * FACTORS[session.unit], 2), item.reps, item.type)
            for session in preview.sessions
            for log in session.logs
            for item in log.sets
            if item.completed
        )

    assert sets(back) == sets(found)
    assert back.rejected_total == 0


def test_the_lifter_of_the_first_log_moved_to_a_gym_with_pound_plates() -> None:
    found = read((LOGS / "strong-1.csv").read_bytes())
    units = [session.unit for session in found.sessions]
    moved = units.index("lbs")
    assert set(units[:moved]) == {"kg"}
    assert set(units[moved:]) == {"lbs"}
    weights = Counter(item.weight for item in sets_of(found))
    off_plates = sum(n for weight, n in weights.items() if not (weight * 4).is_integer())
    assert off_plates <= 3


def test_the_pounds_of_the_third_log_come_back_exactly() -> None:
    found = read((LOGS / "strong-3.csv").read_bytes())
    weights = {item.weight for item in sets_of(found)}
    assert {135.0, 140.0, 95.0, 155.0, 27.5} <= weights
    assert all((weight * 2).is_integer() for weight in weights)
    assert {session.unit for session in found.sessions} == {"lbs"}


@pytest.mark.parametrize(
    ("file", "names", "weights", "unit"),
    [
        ("hevy-1.csv", "exercise_title", "weight_kg", "kg"),
        ("hevy-2.csv", "exercise_title", "weight_kg", "kg"),
        ("fitnotes-1.csv", "Exercise", "Weight", "lbs"),
        ("fitnotes-2.csv", "Exercise", "Weight", "kg"),
        ("strong-3.csv", "Exercise Name", "Weight (kg)", "kg"),
    ],
)
def test_a_stated_unit_would_have_been_inferred(
    file: str, names: str, weights: str, unit: str
) -> None:
    with (LOGS / file).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";" if file == "strong-3.csv" else ","))
    weighted = [(row[names], row[weights]) for row in rows if float(row[weights] or 0)]
    matches = {name: CATALOGUE.match(name) for name, _ in weighted}
    bars = {
        name
        for name, match in matches.items()
        if match is not None
        and CATALOGUE.exercises[CATALOGUE.index[match.exercise_id]].equipment is Equipment.BARBELL
    }
    evidence = infer_unit(
        Counter(load_of(text, float(text)) for _, text in weighted),
        Counter(float(text) for name, text in weighted if name in bars),
    )
    assert (evidence.unit, evidence.source) == (unit, "inferred")
