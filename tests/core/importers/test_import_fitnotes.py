"""FitNotes: days without a time, units a row, shifted columns, categories of own exercises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import read, sets_of

HEADER = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"


def fitnotes(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_a_day_is_a_workout_whose_time_is_not_known() -> None:
    found = read(
        fitnotes(
            "2022-09-14,Barbell Squat,Legs,45.0,lbs,10,,,,",
            "2022-09-14,Dumbbell Curl,Biceps,20.0,lbs,10,,,,slow",
            "2022-09-16,Barbell Squat,Legs,135.0,lbs,5,,,,",
        ),
        utc_offset_minutes=-420,
    )
    assert (found.app, len(found.sessions), found.sets) == ("fitnotes", 2, 3)
    first, _ = found.sessions
    assert (first.time_known, first.end_time, first.unit) == (False, None, "lbs")
    assert first.id.startswith("fitnotes-20220914-")
    assert (found.first_day, found.last_day) == ("2022-09-14", "2022-09-16")
    assert first.logs[1].notes == "slow"


def test_the_day_is_the_lifters_wherever_that_is() -> None:
    for offset in (-840, 0, 840):
        found = read(fitnotes("2022-09-14,Squat,Legs,45,lbs,10,,,,"), utc_offset_minutes=offset)
        assert found.first_day == "2022-09-14"


@pytest.mark.parametrize(
    ("row", "name", "weight", "reps", "note"),
    [
        ("2022-09-14,Row, Cable,Back,50,kgs,8,,,,", "Row, Cable", 50, 8, None),
        ("2022-09-14,Press, A, Seated,Chest,12,kgs,9,,,,x", "Press, A, Seated", 12, 9, "x"),
        ("2022-09-14,Row, Cable,Back,50,kgs,8", "Row, Cable", 50, 8, None),
        ("2022-09-14,Row,Back,50,kgs,8,,,,slow, then fast", "Row", 50, 8, "slow, then fast"),
        ("2022-09-14,Row, Cable,Back,50,kgs,8,,,,slow, fast", "Row, Cable", 50, 8, "slow, fast"),
    ],
)  # fmt: skip
def test_commas_that_nobody_quoted(
    row: str, name: str, weight: float, reps: int, note: str | None
) -> None:
    found = read(fitnotes(row))
    assert found.rejected_total == 0
    (item,) = sets_of(found)
    assert (item.weight, item.reps, found.sessions[0].logs[0].notes) == (weight, reps, note)
    alone = read(fitnotes(row.replace(name, f'"{name}"')))
    assert alone.sessions[0].logs[0].exercise_id == found.sessions[0].logs[0].exercise_id
    assert [issue.code for issue in found.issues] == ["shifted_columns"]


@given(
    st.lists(st.sampled_from(["Row", " Cable", " Seated", " 45"]), min_size=1, max_size=4),
    st.integers(1, 400),
    st.integers(1, 30),
)
def test_a_shifted_row_is_never_read_with_other_numbers(
    parts: list[str], weight: int, reps: int
) -> None:
    name = ",".join(["Press", *parts])
    found = read(fitnotes(f"2022-09-14,{name},Back,{weight},kgs,{reps},,,,"))
    for item in sets_of(found):
        assert (item.weight, item.reps) == (weight, reps)
    assert found.sets + found.rejected_total == 1


def test_what_cannot_be_put_right_is_rejected_with_its_reason() -> None:
    found = read(
        fitnotes("2022-09-14,a,b,c,d,e,f,g,h,i,j,k,l", "2022-09-14,Squat,Legs,x,kgs,5,,,,")
    )
    assert [(row.line, row.code) for row in found.rejected] == [
        (2, "too_many_columns"),
        (3, "weight_unreadable"),
    ]


def test_units_in_the_heading_or_in_the_row() -> None:
    header = HEADER.replace("Weight,Weight Unit", "Weight (lbs)")
    found = read(fitnotes("2022-09-14,Barbell Squat,Legs,135.0,10,,,,", header=header))
    assert found.sessions[0].unit == "lbs"
    assert found.unit is not None
    assert found.unit.source == "stated"
    found = read(fitnotes("2022-09-14,Barbell Squat,Legs,60.0,kgs,10,,,,"))
    assert found.sessions[0].unit == "kg"


def test_times_and_distances() -> None:
    found = read(
        fitnotes(
            "2022-09-14,Treadmill,Cardio,,,,2.5,km,0:15:30,", "2022-09-14,Plank,Abs,,,,,,0:01:00,"
        )
    )
    run, plank = sets_of(found)
    assert (run.distance_meters, run.seconds) == (2500, 930)
    assert (plank.seconds, plank.completed) == (60, True)


def test_the_category_says_what_an_exercise_of_the_lifters_own_trains() -> None:
    found = read(
        fitnotes(
            "2022-09-14,Grandmas Zzyx,Back,20,kgs,10,,,,",
            "2022-09-14,Qwrtz Thing,Biceps,20,kgs,10,,,,",
            "2022-09-14,Vwxyz Thing,My Stuff,20,kgs,10,,,,",
        )
    )
    groups = {exercise.name: exercise.muscle_group for exercise in found.custom_exercises}
    assert groups == {"Grandmas Zzyx": "Back", "Qwrtz Thing": "Arms", "Vwxyz Thing": "Cardio"}


def test_other_versions_of_the_file() -> None:
    short = HEADER.removesuffix(",Comment")
    assert read(fitnotes("2022-09-14,Pull Up,Back,64.0,kgs,8,,,", header=short)).sets == 1
    headless = read("2022-09-14,Pull Up,Back,64.0,kgs,8,,,\n" * 2)
    assert (headless.app, headless.sets) == ("fitnotes", 2)
    resaved = read(
        fitnotes("14/09/2022;Pull Up;Back;64,5;kgs;8;;;;", header=HEADER.replace(",", ";"))
    )
    assert (sets_of(resaved)[0].weight, resaved.first_day) == (64.5, "2022-09-14")
