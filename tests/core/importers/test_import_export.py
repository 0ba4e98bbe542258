"""CSV out and in again: the same sets; nothing a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import CATALOGUE, outlooks, read, storing

from voltlift_core import ExportCsvRequest, ExportCsvResponse
from voltlift_core.contract import ImportPreview, WorkoutSession
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode import decode_custom_exercises
from voltlift_core.history.issues import IssueLog
from voltlift_core.wire import decode, encode
from voltlift_importers import export_csv

Format = Literal["strong", "hevy"]
FORMATS: tuple[Format, ...] = ("strong", "hevy")
START = 1_713_296_820_000


def export(
    *sessions: WorkoutSession | dict[str, Any], form: Format = "strong", own: Any = ()
) -> ExportCsvResponse:
    values = tuple(item if isinstance(item, dict) else encode(item) for item in sessions)
    catalogue = CATALOGUE.with_custom(decode_custom_exercises(list(own), "$", IssueLog()))
    return export_csv(ExportCsvRequest(sessions=values, format=form), catalogue)


def a_set(**fields: Any) -> dict[str, Any]:
    return {"id": "s", "reps": 5, "weight": 60, "type": "N", "completed": True} | fields


def a_session(*sets: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "name": "Push",
        "startTime": START,
        "endTime": START + 3_900_000,
        "status": "completed",
        "unit": "kg",
        "utcOffsetMinutes": 0,
        "logs": [{"id": "l", "exerciseId": "barbell-bench-press", "sets": list(sets)}],
    } | fields


def content(found: ImportPreview | list[WorkoutSession]) -> list[tuple[object, ...]]:
    """Return every completed set with all that a CSV keeps of it and of its workout."""
    sessions = found.sessions if isinstance(found, ImportPreview) else found
    return [
        (
            session.start_time // 60_000,
            session.time_known,
            session.name,
            log.exercise_id,
            round(item.weight * KG_PER_UNIT[Unit.LB if session.unit == "lbs" else Unit.KG], 2),
            item.reps,
            item.rpe,
            item.type,
            item.seconds,
            item.distance_meters,
        )
        for session in sorted(sessions, key=lambda session: (session.start_time, session.name))
        for log in session.logs
        for item in log.sets
        if item.completed
    ]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(
    lambda text: " ".join(text.split())
)
FORMULA = st.sampled_from(
    [
        "=1+1",
        "+49",
        "-x",
        "@SUM(A1)",
        "'=1",
        "''-",
        '=HYPERLINK("x")',
        "＝1",
        "'90s",
        'a"b',
        "a,b;c",
    ]
)
IDS = st.sampled_from([exercise.id for exercise in CATALOGUE.exercises[::7]])
SET = st.fixed_dictionaries(
    {
        "id": st.just("s"),
        "reps": st.integers(1, 50),
        "weight": st.integers(0, 400).map(lambda steps: steps * 1.25),
        "rpe": st.none() | st.integers(2, 20).map(lambda half: half / 2),
        "type": st.sampled_from(["N", "W", "D", "F"]),
        "completed": st.just(True),
        "seconds": st.none() | st.integers(1, 3600).map(float),
        "distanceMeters": st.none() | st.integers(1, 42_000).map(float),
    }
)
LOG = st.fixed_dictionaries(
    {"id": st.just("l"), "exerciseId": IDS, "sets": st.lists(SET, min_size=1, max_size=4)}
)
SESSIONS = st.lists(
    st.tuples(
        TEXT | FORMULA, st.lists(LOG, min_size=1, max_size=3), st.sampled_from(["kg", "lbs"])
    ),
    min_size=1,
    max_size=4,
)


@given(SESSIONS, st.sampled_from(FORMATS), st.booleans())
def test_export_and_import_give_the_same_sets(
    workouts: list[tuple[str, list[dict[str, Any]], str]], form: Format, time_known: bool
) -> None:
    sessions = [
        decode(
            WorkoutSession,
            {
                "id": f"app-{day}",
                "name": name or "Workout",
                "startTime": START + day * 86_400_000,
                "endTime": START + day * 86_400_000 + 65 * 60_000,
                "logs": logs,
                "unit": unit,
                "utcOffsetMinutes": 0,
                "timeKnown": time_known,
            },
        )
        for day, (name, logs, unit) in enumerate(workouts)
    ]
    answer = export(*sessions, form=form)
    found = read(answer.text)
    assert found.app == form
    assert (found.rejected_total, found.unmatched) == (0, ())
    got, expected = content(found), content(sessions)
    if not time_known:  # A date alone stands at noon.
        got, expected = [item[1:] for item in got], [item[1:] for item in expected]
    assert got == expected
    assert (answer.sets, answer.sessions) == (len(expected), len(sessions))
    if time_known:
        assert [s.end_time for s in found.sessions] == [s.end_time for s in sessions]
        # Loading one's own export beside the log stores nothing twice.
        assert set(outlooks(read(answer.text, storing(*sessions)))) == {"duplicate"}


@given(SESSIONS, st.sampled_from(FORMATS))
def test_no_cell_begins_like_a_formula_and_numbers_stay_numbers(
    workouts: list[tuple[str, list[dict[str, Any]], str]], form: Format
) -> None:
    values = [
        a_session(id=str(day), name=name, logs=[{**log, "notes": name} for log in logs], notes=name)
        for day, (name, logs, _) in enumerate(workouts)
    ]
    answer = export(*values, form=form)
    header, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert rows
    for row in rows:
        assert len(row) == len(header)
        for cell in row:
            assert not re.match(r"[=+\-@\t\r＝＋－＠]", cell)
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", row[4 if form == "strong" else 9])
    # Unquoted cells are numbers for every spreadsheet.
    list(csv.reader(io.StringIO(answer.text, newline=""), quoting=csv.QUOTE_NONNUMERIC))


def test_names_of_own_exercises_come_back_to_the_same_exercise() -> None:
    own = {"id": "custom-1", "name": "=My, Exercise", "muscleGroup": "Back", "equipment": "Cable"}
    log = {"id": "l", "exerciseId": "custom-1", "sets": [a_set()]}
    answer = export(a_session(logs=[log]), own=[own])
    assert "'=My, Exercise" in answer.text
    found = read(answer.text)
    assert [item.name for item in found.unmatched] == ["=My, Exercise"]


def test_notes_with_line_breaks_and_quotation_marks() -> None:
    note = 'first "line"\nsecond, line; third'
    for form in FORMATS:
        log = {"id": "l", "exerciseId": "pull-up", "sets": [a_set(), a_set()], "notes": note}
        found = read(export(a_session(logs=[log], notes="-hard"), form=form).text)
        assert found.sessions[0].logs[0].notes == note
        assert found.sessions[0].notes == "-hard"


def test_supersets_are_kept_by_hevy_and_reported_for_strong() -> None:
    logs = [
        {"id": str(i), "exerciseId": id_, "sets": [a_set()], "supersetId": "x"}
        for i, id_ in enumerate(("pull-up", "barbell-bench-press"))
    ]
    hevy = export(a_session(logs=logs), form="hevy")
    assert not hevy.left_out
    (session,) = read(hevy.text).sessions
    assert len({log.superset_id for log in session.logs} - {None}) == 1
    strong = export(a_session(logs=logs))
    assert [(issue.code, issue.count) for issue in strong.left_out] == [("superset_left_out", 2)]


def test_what_was_not_done_is_left_out_and_said() -> None:
    answer = export(
        a_session(a_set(), a_set(completed=False)),
        a_session(a_set(), id="t", status="template"),
        a_session(a_set(), id="u", logs=[{"id": "l", "exerciseId": "qqq", "sets": [a_set()]}]),
    )
    assert (answer.sessions, answer.sets) == (2, 2)
    assert {issue.code for issue in answer.left_out} == {
        "set_not_completed",
        "session_not_completed",
        "unknown_exercise",
    }


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_gives_a_header_and_rubbish_is_no_crash(form: Format) -> None:
    answer = export(form=form)
    assert (answer.sets, answer.text.count("\n")) == (0, 1)
    assert answer.file_name == f"voltlift-{form}.csv"
    request = ExportCsvRequest(sessions=("x", None, {"id": 7}, [1]), format=form)
    assert export_csv(request, CATALOGUE).sets == 0


def test_the_file_is_named_by_its_last_day() -> None:
    assert export(a_session(a_set()), form="hevy").file_name == "voltlift-hevy-2024-04-16.csv"


def test_control_characters_and_half_characters_leave_the_text() -> None:
    answer = export(a_session(a_set(), name="a\x00b\ud800c\x1b"))
    assert read(answer.text.encode()).sessions[0].name == "ab\ufffdc"
