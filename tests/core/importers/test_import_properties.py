"""Whatever a file holds: an answer or a clear refusal, and nothing lost on the way."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from strong_files import CATALOGUE, ENGLISH, read, sets_of, write

from voltlift_core.contract import ImportPreview
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.wire import decode, encode_json, parse_json

REFUSALS = {ErrorCode.UNSUPPORTED_FILE, ErrorCode.FILE_TOO_LARGE}
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
ANY_TEXT = PRINTABLE | st.sampled_from(
    [
        *(
            "1",
            "0",
            "-1",
            "W",
            "Note",
            "60",
            "61,5",
            "1e308",
            "nan",
            "kg",
            '"',
            "\n",
            ";",
            "²",
            "٣",
        ),
        *("2024-04-16 19:47:42", "3/4/24", "13/4/24 7:05 PM", "9999-12-31", "1h 5m"),
        "Squat (Barbell)",
    ]
)


def answer(file: bytes | str) -> ImportPreview | None:
    """Return the preview, None for a refusal; anything else fails the test."""
    try:
        found = read(file)
    except VoltLiftError as error:
        if error.code in REFUSALS:
            return None
        raise
    assert decode(ImportPreview, parse_json(encode_json(found))) == found
    assert found.new_sessions + found.known_sessions == len(found.sessions)
    assert found.sets == len(sets_of(found))
    assert found.rejected_total >= len(found.rejected)
    ids = [session.id for session in found.sessions]
    assert len(set(ids)) == len(ids)
    return found


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    answer(data)


@given(st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_text(data: bytes) -> None:
    answer(data)


@given(st.lists(st.lists(ANY_TEXT, max_size=14), max_size=12), st.sampled_from([",", ";", "\t"]))
@settings(max_examples=150)
def test_any_rows_below_a_header(rows: list[list[str]], delimiter: str) -> None:
    header = ENGLISH.replace(",", delimiter) + "\n"
    body = write(rows, delimiter)
    found = answer((header + body).encode("utf-8", "surrogatepass"))
    assert found is not None


@given(st.lists(st.lists(ANY_TEXT, min_size=12, max_size=12), min_size=1, max_size=12))
def test_every_row_is_a_set_or_rejected(rows: list[list[str]]) -> None:
    rows = [
        ["x" if i == 0 and not cell.strip() else cell for i, cell in enumerate(r)] for r in rows
    ]
    found = answer(ENGLISH + "\n" + write(rows, ","))
    if found is not None:
        assert found.sets + found.rejected_total == len(rows)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "logs", "sets", "startTime", "units", "weight", "reps", "name"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(history=JSON, settings_=JSON, daily=JSON, custom=JSON)
def test_any_app_state(history: object, settings_: object, daily: object, custom: object) -> None:
    state = {
        "history": history,
        "settings": settings_,
        "dailyLogs": daily,
        "customExercises": custom,
    }
    answer(json.dumps({"state": state}))


NAMES = st.sampled_from([item.name for item in CATALOGUE.exercises[::9]])
SETS = st.tuples(
    NAMES,
    st.integers(0, 40).map(lambda steps: steps * 2.5),
    st.integers(1, 30),
    st.sampled_from(["N", "W", "D", "F"]),
    st.none() | st.integers(2, 20).map(lambda half: half / 2),
)
WORKOUTS = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), max_size=8),
        st.integers(0, 12 * 60),
        st.lists(SETS, min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=6,
)
DIALECTS = st.sampled_from(
    [
        (",", csv.QUOTE_MINIMAL, "utf-8", "."),
        (";", csv.QUOTE_ALL, "utf-8-sig", "."),
        (";", csv.QUOTE_MINIMAL, "utf-8", ","),
        ("\t", csv.QUOTE_MINIMAL, "utf-16", ","),
        (",", csv.QUOTE_ALL, "utf-8", ","),
    ]
)


@given(WORKOUTS, DIALECTS)
@settings(max_examples=100, deadline=None)
def test_a_generated_file_comes_back_set_by_set(
    workouts: list[tuple[str, int, list[tuple[str, float, int, str, float | None]]]],
    dialect: tuple[str, int, str, str],
) -> None:
    delimiter, quoting, encoding, decimal = dialect
    first = datetime(2024, 1, 1, 6)
    rows = [ENGLISH.replace("Weight", "Weight (kg)", 1).split(",")]
    expected = []
    for day, (name, minutes, sets) in enumerate(workouts):
        start = first + timedelta(days=day, minutes=day)
        for number, (exercise, weight, reps, kind, rpe) in enumerate(sets, 1):
            order = str(number) if kind == "N" else kind
            shown = "" if rpe is None else f"{rpe}".replace(".", decimal)
            load = f"{weight}".replace(".", decimal)
            rows.append(
                [
                    *(f"{start}", name, f"{minutes}m", exercise, order, load, str(reps)),
                    *("0", "0", "", "", shown),
                ]
            )
            match = CATALOGUE.match(exercise)
            assert match is not None
            expected.append((start, match.exercise_id, weight, reps, kind, rpe))
    found = answer(write(rows, delimiter, quoting).encode(encoding))
    assert found is not None
    assert (found.rejected, found.unmatched) == ((), ())
    got = [
        (
            datetime(1970, 1, 1) + timedelta(milliseconds=session.start_time),
            log.exercise_id,
            item.weight,
            item.reps,
            item.type,
            item.rpe,
        )
        for session in found.sessions
        for log in session.logs
        for item in log.sets
    ]
    assert got == expected
    assert {session.unit for session in found.sessions} == {"kg"}
    for session, (name, minutes, _) in zip(found.sessions, workouts, strict=True):
        assert session.name == (name or "Workout")
        assert session.end_time == (session.start_time + minutes * 60_000 if minutes else None)
