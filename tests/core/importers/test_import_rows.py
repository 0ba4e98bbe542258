"""Rows that are not taken, values that are left out, names without an exercise."""

from __future__ import annotations

import pytest
from strong_files import CATALOGUE, ENGLISH, read, sets_of, strong

from voltlift_core import Known
from voltlift_core.catalogue.catalogue import exercise_from_json
from voltlift_core.contract import PreviewImportRequest
from voltlift_core.wire import encode
from voltlift_importers import preview_now
from voltlift_importers.exercises import custom_id_of

GOOD = "2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,"
OTHER = "2024-04-17 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,1e308,5,0,0,,,", "weight_out_of_range", "Weight"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,-20,5,0,0,,,", "weight_out_of_range", "Weight"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,heavy,5,0,0,,,", "weight_unreadable", "Weight"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,nan,5,0,0,,,", "weight_unreadable", "Weight"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,-5,0,0,,,", "reps_out_of_range", "Reps"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,1e9,0,0,,,", "reps_out_of_range", "Reps"),
        # One reason is enough for a row that has two.
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,-1,-1,0,0,,,", "weight_out_of_range", "Weight"),
        ("9999-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,", "date_unreadable", "Date"),
        ("2024-02-30 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,", "date_unreadable", "Date"),
        (",Push,51m,Push Up,1,60,5,0,0,,,", "date_unreadable", "Date"),
        ("2024-04-16 19:47:42,Push,51m,,1,60,5,0,0,,,", "exercise_missing", "Exercise Name"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,X,60,5,0,0,,,", "set_order_unknown", "Set Order"),
        ("2024-04-16 19:47:42,Push", "too_few_columns", None),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,a,b,8,c", "too_many_columns", None),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason_and_the_others_are_taken(
    row: str, code: str, column: str | None
) -> None:
    found = read(strong(GOOD, row, GOOD))
    assert found.sets == 2
    assert found.rejected_total == 1
    (rejected,) = found.rejected
    assert (rejected.line, rejected.code, rejected.column) == (3, code, column)
    assert not rejected.harmless
    assert rejected.expected
    assert rejected.received


def test_lines_count_quoted_line_breaks_and_blank_lines() -> None:
    noted = '2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,"one\ntwo",,'
    found = read(strong(noted, "", "bad,Push,51m,Push Up,1,60,5,0,0,,,"))
    assert [row.line for row in found.rejected] == [5]


def test_an_unclosed_quotation_mark_is_one_rejected_row() -> None:
    broken = '2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,"never closed,,'
    found = read(strong(GOOD, broken, *[GOOD] * 150))
    assert found.sets == 151
    assert [(row.line, row.code) for row in found.rejected] == [(3, "row_unreadable")]


def test_a_repeated_header_is_harmless() -> None:
    found = read(strong(GOOD, ENGLISH, OTHER))
    assert found.sets == 2
    (row,) = found.rejected
    assert (row.code, row.harmless) == ("repeated_header", True)


def test_what_several_exports_in_one_file_hold_counts_once() -> None:
    parts = (GOOD, GOOD, ENGLISH, GOOD, OTHER, ENGLISH, GOOD, GOOD, GOOD)
    found = read(strong(*parts))
    assert found.sets == 4, "three equal sets, as the last part has, and another one"
    rows = [(row.line, row.code) for row in found.rejected]
    assert [line for line, code in rows if code == "repeated_row"] == [5, 8, 9]
    assert found.rejected_total == found.rejected_harmless == 5


def test_the_list_is_capped_and_serious_rows_come_before_harmless_ones() -> None:
    timer = GOOD.replace(",1,60,5,", ",Rest Timer,0,0,")
    bad = GOOD.replace(",1,60,5,", ",1,60,-1,")
    found = read(strong(GOOD, *[timer] * 300, *[bad] * 50))
    assert found.rejected_total == 350
    assert len(found.rejected) == 200
    assert sum(not row.harmless for row in found.rejected) == 50
    lines = [row.line for row in found.rejected]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,11", "rpe_unreadable"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,0,,,0.5", "rpe_unreadable"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,0,1e9,,,", "seconds_unreadable"),
        ("2024-04-16 19:47:42,Push,51m,Push Up,1,60,5,far,0,,,", "distance_unreadable"),
    ],
)
def test_a_bad_value_that_a_set_can_do_without_is_left_out(row: str, code: str) -> None:
    found = read(strong(row))
    (item,) = sets_of(found)
    assert (item.weight, item.reps) == (60, 5)
    assert (item.rpe, item.seconds, item.distance_meters) == (None, None, None)
    (issue,) = found.issues
    assert (issue.severity, issue.code, issue.path[:6]) == ("quarantined", code, "line 2")


def test_empty_weight_and_reps_are_zero_and_fractions_are_cut_with_an_issue() -> None:
    empty = "2024-04-16 19:47:42,Push,51m,Push Up,1,,,0,0,,,"
    half = "2024-04-16 19:47:42,Push,51m,Push Up,2,60,7.5,0,0,,,"
    found = read(strong(empty, half))
    first, second = sets_of(found)
    assert (first.weight, first.reps, first.completed) == (0, 0, False)
    assert second.reps == 7
    assert [issue.code for issue in found.issues] == ["reps_fraction"]


def test_an_unmatched_name_becomes_a_custom_exercise_and_is_never_lost() -> None:
    other = GOOD.replace("Push Up", "Ohio State")
    found = read(strong(GOOD, other, other, GOOD.replace("Push Up", "ohio-state")))
    (name, spelling) = found.unmatched
    assert (name.name, name.sets) == ("Ohio State", 2)
    assert name.custom_id == spelling.custom_id == custom_id_of("OHIO STATE")
    (custom,) = found.custom_exercises
    assert custom.id == name.custom_id
    assert custom.name == "Ohio State"
    assert custom.id in {log.exercise_id for s in found.sessions for log in s.logs}


@pytest.mark.parametrize(
    ("name", "group", "equipment"),
    [
        ("Ohio State", "Cardio", "Other"),
        ("Curl Pulldown Bicep", "Arms", "Other"),
        ("Cable Upright Bar Thing", "Cardio", "Cable"),
        ("Odd Glute Thing (Band)", "Legs", "Resistance Band"),
        ("Weighted Thing Barbell/Dumbbell", "Cardio", "Other"),
        ("Bicep and Glute Thing", "Cardio", "Other"),
        ("Chest Supported Thing (Machine)", "Cardio", "Machine"),
    ],
)
def test_of_a_custom_exercise_only_what_its_name_says_for_certain_is_filled_in(
    name: str, group: str, equipment: str
) -> None:
    found = read(strong(GOOD.replace("Push Up", name)))
    (custom,) = found.custom_exercises
    assert (custom.muscle_group, custom.equipment) == (group, equipment)
    fields = encode(custom)
    assert isinstance(fields, dict)
    assert exercise_from_json(fields).is_custom


def test_an_imported_custom_exercise_is_met_again() -> None:
    text = strong(GOOD.replace("Push Up", "Ohio State"))
    first = read(text)
    fields = encode(first.custom_exercises[0])
    assert isinstance(fields, dict)
    catalogue = CATALOGUE.with_custom([exercise_from_json(fields)])
    again = preview_now(PreviewImportRequest(file_name="x", text=text), None, Known(catalogue))
    assert again.unmatched == ()
    assert again.custom_exercises == ()
    assert again.sessions == first.sessions
