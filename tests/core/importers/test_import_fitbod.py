"""Fitbod: UTC instants, always kilograms, warm-ups, workouts without a name."""

from __future__ import annotations

import pytest
from strong_files import read, sets_of

HEADER = (
    "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,"
    "isWarmup,Note,multiplier"
)
BENCH = "Barbell Bench Press"


def fitbod(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


def test_rows_of_one_instant_are_a_workout() -> None:
    found = read(
        fitbod(
            f"2024-04-16 19:47:42 +0000,{BENCH}, 10, 20.0,0.0,0.0,0.0,0.0,true,,1.0",
            f"2024-04-16 19:47:42 +0000,{BENCH}, 8, 60.0,0.0,0.0,0.0,0.0,false,good,1.0",
            "2024-04-18 06:00:00 +0000,Plank, 0, 0.0, 60.0,0.0,0.0,0.0,false,,1.0",
        ),
        utc_offset_minutes=-420,
    )
    assert (found.app, len(found.sessions)) == ("fitbod", 2)
    first = found.sessions[0]
    assert first.start_time == 1_713_296_862_000
    assert first.time_known
    assert [item.type for item in first.logs[0].sets] == ["W", "N"]
    assert [(item.reps, item.weight) for item in first.logs[0].sets] == [(10, 20), (8, 60)]
    assert first.logs[0].notes == "good"
    plank = found.sessions[1].logs[0].sets[0]
    assert (plank.reps, plank.seconds, plank.completed) == (0, 60, True)
    assert {session.unit for session in found.sessions} == {"kg"}
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == ("kg", "stated")


def test_utc_is_the_instant_not_the_lifters_clock() -> None:
    row = f"2024-04-17 02:30:00 +0000,{BENCH}, 10, 20.0,0,0,0,0,false,,1.0"
    found = read(fitbod(row), utc_offset_minutes=-420)
    assert found.first_day == "2024-04-16"
    assert found.sessions[0].utc_offset_minutes == -420
    west = read(fitbod(row), utc_offset_minutes=600)
    assert west.sessions[0].start_time == found.sessions[0].start_time
    assert west.sessions[0].id == found.sessions[0].id


def test_sets_with_times_of_their_own_are_one_workout_until_a_long_pause() -> None:
    times = ("10:00:00", "10:03:10", "11:20:00", "16:00:00")
    rows = [f"2024-04-16 {t} +0000,{BENCH}, 10, 20.0,0,0,0,0,false,,1.0" for t in times]
    found = read(fitbod(*rows))
    assert [len(s.logs[0].sets) for s in found.sessions] == [3, 1]
    backwards = read(fitbod(*reversed(rows)))
    assert [s.id for s in backwards.sessions] == [s.id for s in found.sessions]
    assert [s.start_time for s in backwards.sessions] == [s.start_time for s in found.sessions]


def test_pounds_that_were_converted_come_back() -> None:
    pounds = (45, 50, 135, 185, 225)
    rows = [
        f"2024-04-16 19:47:42 +0000,{BENCH}, 5, {lb * 0.45359237:.7f},0,0,0,0,false,,1.0"
        for lb in pounds
    ]
    found = read(fitbod(*rows))
    assert [item.weight for item in sets_of(found)] == list(pounds)
    assert found.sessions[0].unit == "lbs"
    assert "converted_weights" in [issue.code for issue in found.issues]


@pytest.mark.parametrize("multiplier", ["1.0", "2.0", "0.0", ""])
def test_the_multiplier_leaves_the_weight_as_it_was_entered(multiplier: str) -> None:
    row = f"2024-04-16 19:47:42 +0000,Dumbbell Bench Press, 10, 20.0,0,0,0,0,false,,{multiplier}"
    assert sets_of(read(fitbod(row)))[0].weight == 20


def test_distances_are_metres() -> None:
    found = read(fitbod("2024-04-16 19:47:42 +0000,Running,0,0, 900.0, 3000.0,0,0,false,,1.0"))
    assert (sets_of(found)[0].distance_meters, sets_of(found)[0].seconds) == (3000, 900)
