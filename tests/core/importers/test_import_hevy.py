"""Hevy: kinds of sets, supersets, ends, units in headings, months in the app's language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from strong_files import read, sets_of

from voltlift_core.errors import VoltLiftError

HEADER = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
    '"duration_seconds","rpe"'
)
START, END = "26 Jul 2025, 07:06", "26 Jul 2025, 08:11"


def row(**cells: object) -> str:
    defaults: dict[str, object] = {
        "title": "Push",
        "start": START,
        "end": END,
        "description": "",
        "exercise": "Bench Press (Barbell)",
        "superset": "",
        "notes": "",
        "index": 0,
        "type": "normal",
        "weight": 60,
        "reps": 5,
        "distance": "",
        "seconds": "",
        "rpe": "",
    }
    return ",".join(f'"{value}"' for value in (defaults | cells).values())


def hevy(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_a_workout_with_its_end_kinds_of_sets_and_effort() -> None:
    found = read(
        hevy(
            row(type="warmup", weight=40),
            row(index=1, rpe=8.5),
            row(index=2, type="failure"),
            row(index=3, type="dropset", weight=42.5),
        ),
        utc_offset_minutes=120,
    )
    assert found.app == "hevy"
    (session,) = found.sessions
    assert session.name == "Push"
    assert session.id.startswith("hevy-20250726T0706-")
    start = (datetime(2025, 7, 26, 5, 6) - datetime(1970, 1, 1)) // timedelta(milliseconds=1)
    assert (session.start_time, session.end_time) == (start, start + 65 * 60_000)
    assert session.utc_offset_minutes == 120
    assert [item.type for item in sets_of(found)] == ["W", "N", "F", "D"]
    assert [item.weight for item in sets_of(found)] == [40, 60, 60, 42.5]
    assert sets_of(found)[1].rpe == 8.5
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == ("kg", "stated")


def test_pounds_miles_and_durations_by_their_headings() -> None:
    header = HEADER.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    found = read(
        hevy(row(weight=135), row(weight="", reps="", distance=2, seconds=900), header=header)
    )
    press, run = sets_of(found)
    assert found.sessions[0].unit == "lbs"
    assert press.weight == 135
    assert (run.distance_meters, run.seconds, run.completed) == (3218.688, 900, True)


def test_supersets_keep_together_and_apart_from_the_same_exercise_alone() -> None:
    found = read(
        hevy(
            row(superset="0"),
            row(superset="0", exercise="Pull Up"),
            row(superset=""),
        )
    )
    supersets = [log.superset_id for log in found.sessions[0].logs]
    assert supersets[0] is not None
    assert supersets == [supersets[0], supersets[0], None]


def test_notes_of_exercise_and_workout() -> None:
    found = read(hevy(row(notes="wide grip", description="tired"), row(index=1, notes="wide grip")))
    assert found.sessions[0].notes == "tired"
    assert found.sessions[0].logs[0].notes == "wide grip"


@pytest.mark.parametrize(
    "start",
    [
        "26 Tem 2025, 07:06",  # Turkish
        "26 Tem 2025 07:06",
        "26 juil. 2025, 07:06",
        "26 lip 2025, 07:06",
        "26 7月 2025, 07:06",
        "26. Juli 2025, 07:06",
        "26 jul 2025, 07:06",
        "26 de jul. de 2025, 07:06",
        "26 lug 2025, 07:06",
        "2025年7月26日 07:06",
        "2025年7月26日 上午7:06",
        "Jul 26, 2025, 7:06 AM",
        "Jul 26, 2025, 7:06\u202fAM",
        "2025-07-26 07:06:00",
        "26/07/2025 07:06",
        "26.07.2025 07:06",
        "26 июля 2025, 07:06",
    ],
)
def test_every_language_gives_the_same_workout(start: str) -> None:
    english = read(hevy(row()))
    found = read(hevy(row(start=start, end="")))
    assert found.rejected_total == 0
    assert [s.id for s in found.sessions] == [s.id for s in english.sessions]
    assert found.sessions[0].start_time == english.sessions[0].start_time


def test_slashes_are_read_by_the_file_not_by_the_row() -> None:
    american = read(hevy(row(start="7/4/2025 07:06", end=""), row(start="7/26/2025 07:06", end="")))
    assert (american.first_day, american.last_day) == ("2025-07-04", "2025-07-26")
    elsewhere = read(
        hevy(row(start="7/4/2025 07:06", end=""), row(start="26/7/2025 07:06", end=""))
    )
    assert (elsewhere.first_day, elsewhere.last_day) == ("2025-04-07", "2025-07-26")


def test_an_end_before_the_start_or_a_day_later_is_left_out_and_said() -> None:
    for end in ("26 Jul 2025, 06:00", "28 Jul 2025, 07:06"):
        found = read(hevy(row(end=end)))
        assert found.sessions[0].end_time is None
        assert [issue.code for issue in found.issues] == ["end_out_of_range"]


def test_a_set_without_reps_was_skipped_and_an_unknown_kind_is_rejected() -> None:
    found = read(hevy(row(reps=0), row(reps=""), row(type="rest pause")))
    assert [item.completed for item in sets_of(found)] == [False, False]
    assert [(r.line, r.code, r.received) for r in found.rejected] == [
        (4, "set_order_unknown", "rest pause")
    ]


def test_without_a_header_the_columns_are_told_by_what_they_hold() -> None:
    found = read("\n".join([row(), row(index=1, type="failure")]) + "\n", unit="kg")
    assert (found.app, found.sets) == ("hevy", 2)
    assert "header_missing" in [issue.code for issue in found.issues]
    with pytest.raises(VoltLiftError):
        read(row(start="tomorrow") + "\n")
