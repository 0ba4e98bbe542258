"""Files made to break an importer: a clear refusal, or what is wrong said row by row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from strong_files import ENGLISH, read, sets_of, strong

from voltlift_core.contract import ImportPreview
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.wire import decode, encode_json, parse_json
from voltlift_importers.limits import MAX_CSV_BYTES, MAX_JSON_BYTES, MAX_ROWS, MAX_SESSIONS

ROW = "2024-04-16 19:47:42,Push,51m,Squat (Barbell),1,60,5,0,0,,,"


def refusal(file: bytes | str) -> VoltLiftError:
    with pytest.raises(VoltLiftError) as caught:
        read(file)
    error = caught.value
    assert error.expected
    assert error.received
    return error


def state(**parts: Any) -> str:
    return json.dumps({"state": {"settings": {"units": "kg"}, "history": []} | parts})


def session(**fields: Any) -> dict[str, Any]:
    item = {"id": "s", "reps": 5, "weight": 60, "type": "N", "completed": True}
    log = {"id": "l", "exerciseId": "pull-up", "sets": [item]}
    start = 1_713_296_862_000
    return {"id": "a", "status": "completed", "startTime": start, "logs": [log]} | fields


class TooLarge(bytes):
    """Bytes that claim a length, so that no test needs that much memory."""

    claimed = 0

    def __len__(self) -> int:
        return self.claimed


@pytest.mark.parametrize(
    ("start", "limit"), [(ENGLISH.encode(), MAX_CSV_BYTES), (b'{"state": {', MAX_JSON_BYTES)]
)
def test_too_many_bytes_are_refused_before_anything_is_parsed(start: bytes, limit: int) -> None:
    data = TooLarge(start)
    data.claimed = 200_000_000
    error = refusal(data)
    assert error.code is ErrorCode.FILE_TOO_LARGE
    assert error.expected == f"at most {limit // 1_000_000} MB"
    assert error.received == "200.0 MB"
    data.claimed = limit + 1
    assert refusal(data).code is ErrorCode.FILE_TOO_LARGE


def test_too_many_rows_and_too_many_workouts() -> None:
    rows = f"{ENGLISH}\n" + f"{ROW}\n" * (MAX_ROWS + 1)
    assert refusal(rows).code is ErrorCode.FILE_TOO_LARGE
    history = ",".join(['{"id":1}'] * (MAX_SESSIONS + 1))
    error = refusal('{"settings":{},"history":[' + history + "]}")
    assert error.code is ErrorCode.FILE_TOO_LARGE
    assert "workouts" in (error.expected or "")
    rows = [ROW.replace("Push", f"A{i}") for i in range(MAX_SESSIONS + 1)]
    assert "workouts" in (refusal(strong(*rows)).expected or "")


@pytest.mark.parametrize(
    "file",
    [
        b"," * 1_000_000,
        (b"," * 999 + b"\n") * 300,
        b"\n" * 2_000_000,
        b'"' * 400_000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
        b"PK\x03\x04" + b"\x00" * 1000,
        b"\x00" * 10_000,
        b"<html><script>alert(1)</script></html>",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"state":' * 50_000,
        b'{"state": {"history": [{"id": "a"},',
        b'{"history": [1,]}',
        b'{"history": []} {"history": []}',
        b'{"history" []}',
        b"{'history': []}",
        b'"history"',
        ENGLISH.encode("utf-16").replace(b"D", b"\xd8"),
    ],
)
def test_what_is_no_log_is_refused_with_what_was_expected(file: bytes) -> None:
    assert refusal(file).code in {ErrorCode.UNSUPPORTED_FILE, ErrorCode.FILE_TOO_LARGE}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_marks_make_no_difference(encoding: str) -> None:
    for text in (strong(ROW.replace("Push", "Drücken")), state(history=[session(name="推")])):
        assert read(text.encode(encoding)).sessions == read(text).sessions


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("60", "1e308", "weight_out_of_range"),
        ("60", "-60", "weight_out_of_range"),
        ("60", "NaN", "weight_unreadable"),
        ("60", "Infinity", "weight_unreadable"),
        ("60", "9" * 400, "weight_unreadable"),
        (",5,", ",-5,", "reps_out_of_range"),
        (",5,", ",1e9,", "reps_out_of_range"),
        ("2024-04-16", "9999-04-16", "date_unreadable"),
        ("2024-04-16", "0000-00-00", "date_unreadable"),
        ("2024-04-16", "-2024-04-16", "date_unreadable"),
        (",1,", ",__proto__,", "set_order_unknown"),
    ],
)
def test_absurd_values_cost_their_row_and_are_reported(column: str, value: str, code: str) -> None:
    found = read(strong(ROW, ROW.replace(column, value, 1), ROW.replace(",60,", ",70,")))
    assert [(row.line, row.code) for row in found.rejected] == [(3, code)]
    assert [item.weight for item in sets_of(found)] == [60, 70]


def test_absurd_values_of_an_app_state_are_put_in_quarantine() -> None:
    sets = [
        {"reps": -3, "weight": 60, "completed": True},
        {"reps": 5, "weight": 1e308, "completed": True},
        {"reps": 5, "weight": 60, "completed": True, "rpe": 99},
    ]
    log = {"exerciseId": "pull-up", "sets": sets}
    late = session(id="late", startTime=253_370_764_800_000)
    found = read(state(history=[session(logs=[log]), late]))
    assert [(item.reps, item.weight, item.rpe) for item in sets_of(found)] == [
        (0, 60, None),
        (5, 0, None),
        (5, 60, None),
    ]
    assert {issue.code for issue in found.issues if issue.severity == "quarantined"} == {
        "reps_unreadable",
        "weight_unreadable",
        "rpe_unreadable",
        "session_without_time",
    }
    assert [item.id for item in found.sessions] == ["a"]


def test_html_stays_text() -> None:
    script = "<script>alert('x')</script>"
    found = read(strong(ROW.replace("Push", script).replace("Squat (Barbell)", "<img src=x>")))
    assert found.sessions[0].name == script
    assert [item.name for item in found.custom_exercises] == ["<img src=x>"]


def test_nothing_of_a_file_reaches_the_prototype_of_an_object() -> None:
    poison = {"isAdmin": True}
    text = json.dumps(
        {
            "__proto__": poison,
            "state": {
                "__proto__": poison,
                "settings": {"units": "kg", "__proto__": poison, "goal": {"constructor": poison}},
                "dailyLogs": {"__proto__": {"sleepHours": 1}, "2024-04-16": {"sleepHours": 7}},
                "customExercises": [
                    {"id": "__proto__", "name": "P", "muscleGroup": "Back", "equipment": "Cable"}
                ],
                "removedExercises": [{"id": "x", "__proto__": poison}],
                "history": [
                    session(
                        id="__proto__",
                        logs=[
                            {
                                "id": "constructor",
                                "exerciseId": "__proto__",
                                "sets": [{"id": "prototype"}],
                            }
                        ],
                    )
                ],
            },
        }
    )
    found = read(text)
    written = encode_json(found)
    for key in ('"__proto__"', '"constructor"', '"prototype"', "isAdmin"):
        assert key not in written
    assert found.settings == {"units": "kg", "goal": {}}
    assert found.daily_logs == {"2024-04-16": {"sleepHours": 7}}
    assert found.documents == {"removedExercises": [{"id": "x"}]}
    (only,) = found.sessions
    assert only.logs[0].exercise_id == found.custom_exercises[0].id == "__proto___"


def test_halves_of_characters_become_marks() -> None:
    found = read('{"history": [' + json.dumps(session(name="a\ud800b")) + '], "note": "\\udc00"}')
    assert found.sessions[0].name == "a\ufffdb"
    assert found.documents == {"note": "\ufffd"}
    encode_json(found).encode("utf-8")


def test_nesting_inside_of_a_session_costs_no_more_than_itself() -> None:
    deep: Any = 1
    for _ in range(400):
        deep = {"a": [deep]}
    history = [session(notes=deep), session(id="b", logs=[deep]), session(id="c", logs=deep)]
    found = read(state(history=history, templates=deep))
    assert [item.id for item in found.sessions] == ["a", "b", "c"]
    encode_json(found)


def test_a_cell_longer_than_any_reader_takes() -> None:
    found = read(strong(ROW.replace("Push", "x" * 140_000), ROW))
    assert found.sets == 1
    assert [(row.line, row.code) for row in found.rejected] == [(2, "row_unreadable")]


def test_quotation_marks_that_never_close() -> None:
    found = read(strong(ROW, '"', ROW, '"' + ROW, ROW))
    assert found.sets >= 1
    assert found.sets + found.rejected_total <= 5


def many_names() -> str:
    return strong(*[ROW.replace("Squat (Barbell)", f"Thing {i} {i * 7919:x}") for i in range(1200)])


def unclosed() -> str:
    return ENGLISH + "\n" + '"\n' * 20_000


def garbage() -> str:
    return strong(*[f"x{i}{ROW}" for i in range(4_000)])


def many_workouts() -> str:
    return strong(*[ROW.replace("Push", f"A{i}") for i in range(4_000)])


def wide_rows() -> str:
    return ENGLISH + "\n" + (ROW + "," * 3000 + "\n") * 50


def states() -> str:
    return state(history=[session(id=str(i)) for i in range(2_000)])


MAKERS = [many_names, unclosed, garbage, many_workouts, wide_rows, states]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_work_grows_with_the_size_of_the_file_only(make: Callable[[], str]) -> None:
    """Twice the file takes about twice the steps of work, counted and not timed."""
    whole, half = make(), make()
    half = half[: len(half) // 2].replace("Thing", "Stuff")  # names that no cache holds yet
    if make is states:
        half = state(history=[session(id=str(i)) for i in range(1_000)])
    assert work(whole) <= 3 * work(half) + 50_000


def work(file: str) -> int:
    """Return how many functions of the importers are entered: the same on every machine."""
    entered = 0

    def count(frame: Any, event: str, arg: Any) -> None:
        nonlocal entered
        if event == "call":
            entered += 1

    sys.setprofile(count)
    try:
        read(file)
    except VoltLiftError:
        pass
    finally:
        sys.setprofile(None)
    return entered


def test_more_names_than_anybody_has_are_kept_and_not_looked_up() -> None:
    found = read(many_names())
    assert found.sets == 1200
    assert "too_many_names" in {issue.code for issue in found.issues}
    assert len(found.unmatched) == 1200
    assert sum(bool(item.proposals) for item in found.unmatched) <= 150


def test_an_answer_to_any_of_them_can_be_written_and_read() -> None:
    for file in (many_workouts(), states(), wide_rows()):
        found = read(file)
        assert decode(ImportPreview, parse_json(encode_json(found))) == found
