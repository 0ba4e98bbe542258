"""Which unit a file is in, and the plates behind converted weights."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import read, sets_of, strong

from voltlift_core.domain.units import KG_PER_LB, display, parse
from voltlift_core.domain.vocabulary import Unit
from voltlift_importers.units import infer_unit, is_converted_file, load_of

HEADER_WITH_UNIT = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps"


def squat(*weights: object) -> str:
    return strong(
        *[
            f"2024-04-{1 + i % 28:02} 10:00:00,Legs,1h,Squat (Barbell),1,{weight},5,0,0,,,"
            for i, weight in enumerate(weights)
        ]
    )


def with_units(*weights: str) -> str:
    return strong(
        *[
            f"2024-04-16 10:00:00,Legs,Squat (Barbell),1,{weight.replace(' ', ',')},5"
            for weight in weights
        ],
        header=HEADER_WITH_UNIT,
    )


def test_unit_stated_by_column_or_heading_counts() -> None:
    by_column = read(with_units("135 lbs", "185 lb"))
    assert by_column.unit is not None
    assert (by_column.unit.unit, by_column.unit.source) == ("lbs", "stated")
    assert by_column.unit.lb_share == 1
    assert by_column.sessions[0].unit == "lbs"
    assert [item.weight for item in sets_of(by_column)] == [135, 185]
    by_heading = read(squat(60).replace("Weight,", "Weight (kg),"))
    assert by_heading.unit is not None
    assert (by_heading.unit.unit, by_heading.unit.source) == ("kg", "stated")


def test_a_choice_overrides_what_was_inferred_and_not_what_the_file_states() -> None:
    inferred = read(squat(*[45, 95, 135, 185, 225] * 4))
    assert inferred.unit is not None
    assert (inferred.unit.unit, inferred.unit.source) == ("lbs", "inferred")
    assert inferred.unit.examples[0] in (45, 95, 135, 185, 225)
    chosen = read(squat(*[45, 95, 135, 185, 225] * 4), unit="kg")
    assert chosen.unit is not None
    assert (chosen.unit.unit, chosen.unit.source) == ("kg", "chosen")
    assert chosen.sessions[0].unit == "kg"
    assert [s.id for s in chosen.sessions] == [s.id for s in inferred.sessions]
    stated = read(with_units("135 lbs"), unit="kg")
    assert stated.unit is not None
    assert (stated.unit.unit, stated.unit.source) == ("lbs", "stated")
    assert [issue.code for issue in stated.issues] == ["unit_stated_by_file"]


@pytest.mark.parametrize(
    ("weights", "unit"),
    [
        ([60, 62.5, 65, 67.5, 70] * 4, "kg"),
        ([20, 60, 100, 140, 60, 100] * 4, "kg"),
        ([45, 65, 95, 115, 135, 155] * 4, "lbs"),
        ([45, 95, 135, 140, 145, 185, 190] * 4, "lbs"),
    ],
)
def test_unit_is_inferred_from_the_plates_of_bars(weights: list[float], unit: str) -> None:
    found = read(squat(*weights))
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == (unit, "inferred")


@pytest.mark.parametrize("weights", [[], [0, 0], [50], [40, 50, 70, 80] * 5])
def test_without_evidence_the_unit_is_assumed(weights: list[float]) -> None:
    found = read(squat(*weights) if weights else squat(0))
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == ("kg", "assumed")


def test_kilograms_converted_from_pounds_go_back_to_the_plates() -> None:
    found = read(
        squat("61.23492", "27.215519999999998", "43.09124").replace("Weight", "Weight (kg)", 1)
    )
    assert [item.weight for item in sets_of(found)] == [135, 60, 95]
    assert {session.unit for session in found.sessions} == {"lbs"}
    (issue,) = found.issues
    assert (issue.severity, issue.code, issue.count) == ("repaired", "converted_weights", 3)
    assert issue.expected == "135 lbs"
    assert issue.received == "61.23492"


def test_pounds_converted_from_kilograms_go_back_and_tell_the_unit() -> None:
    found = read(squat("44.09245243697551", "176.3698", "110.23113109243879", "0.0"))
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == ("lbs", "inferred")
    assert found.unit.kg_share == 1
    assert [item.weight for item in sets_of(found)] == [20, 80, 50, 0]
    assert {session.unit for session in found.sessions} == {"kg"}


def test_a_workout_with_both_units_is_kept_in_the_one_used_most() -> None:
    found = read(with_units("100 kg", "100 kg", "45 lbs"))
    (session,) = found.sessions
    assert session.unit == "kg"
    weights = [item.weight for item in sets_of(found)]
    assert weights[:2] == [100, 100]
    assert display(parse(weights[2], Unit.KG), Unit.LB) == 45
    assert [issue.code for issue in found.issues] == ["mixed_units"]


def test_a_unit_nobody_knows_rejects_the_row() -> None:
    found = read(with_units("100 kg", "100 stone", "0 stone"))
    assert [(row.line, row.code) for row in found.rejected] == [(3, "weight_unit_unknown")]
    assert found.sets == 2


def test_odd_weights_that_are_no_conversion_stay_as_they_are() -> None:
    weights = ["61.3", "47.11", "33.33", "58.37"]
    found = read(squat(*weights))
    assert [item.weight for item in sets_of(found)] == [float(weight) for weight in weights]
    assert "converted_weights" not in {issue.code for issue in found.issues}


GRID = st.integers(1, 1600).map(lambda quarters: quarters / 4)


@given(GRID, st.sampled_from([KG_PER_LB, 0.453592]), st.integers(4, 15))
def test_every_pound_plate_is_found_behind_its_kilograms(
    pounds: float, factor: float, decimals: int
) -> None:
    text = f"{round(pounds * factor, decimals)!r}"
    load = load_of(text, float(text))
    if load.is_plain:
        assert (load.value * 4).is_integer()
    elif load.decimals >= 2:
        assert load.converted(Unit.KG) == pounds


@given(GRID, st.sampled_from([1 / KG_PER_LB, 2.20462262, 2.204623]), st.integers(4, 15))
def test_every_kilogram_plate_is_found_behind_its_pounds(
    kilograms: float, factor: float, decimals: int
) -> None:
    text = f"{round(kilograms * factor, decimals)!r}"
    load = load_of(text, float(text))
    if not load.is_plain and load.decimals >= 2:
        assert load.converted(Unit.LB) == kilograms


@given(st.lists(GRID, max_size=30))
def test_plates_of_the_own_unit_are_never_taken_for_converted_ones(weights: list[float]) -> None:
    loads = [load_of(str(weight), weight) for weight in weights]
    assert not any(is_converted_file(loads, unit) for unit in Unit)
    evidence = infer_unit(Counter(loads), Counter(weights))
    assert evidence.source in ("inferred", "assumed")
    for share in (evidence.kg_share, evidence.lb_share):
        assert share is None or 0 <= share <= 1


def test_one_calculated_number_is_enough() -> None:
    assert is_converted_file([load_of("22.6796185", 22.6796185)], Unit.KG)
    assert not is_converted_file([load_of("22.68", 22.68)], Unit.KG)
    assert not is_converted_file([load_of("22.7123", 22.7123)], Unit.KG)
