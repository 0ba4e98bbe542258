"""Random and damaged files: an answer or a clear refusal, and the same of every kind."""

from __future__ import annotations

import json
from typing import Any

from any_file import ANY_TEXT, answer
from hypothesis import given
from hypothesis import strategies as st
from strong_files import ENGLISH, read, stored, write

from fuzzing import FUZZ

HEADERS = (
    ENGLISH,
    (
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
        "set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
    ),
    "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment",
    (
        "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,"
        "Note,multiplier"
    ),
)
ROWS = (
    "2024-04-16 19:47:42,Push,51m,Squat (Barbell),1,60,5,0,0,,,8",
    'Push,"26 Nis 2024, 19:47","26 Nis 2024, 20:47",,Squat (Barbell),0,,0,warmup,60,5,,,8.5',
    "2024-04-16,Row, Cable,Back,50,kgs,8,,,0:01:30,good, really",
    "2024-04-16 19:47:42 +0000,Dumbbell Row, 10, 22.6796185,0.0,0.0,0.0,0.0,false,,1.0",
)
FILES = tuple(
    "\n".join([header, *[row] * 3]) + "\n" for header, row in zip(HEADERS, ROWS, strict=True)
)
STATE = json.dumps(
    {
        "state": {
            "settings": {"units": "lbs"},
            "history": [
                {
                    "id": "a",
                    "status": "completed",
                    "startTime": 1_713_296_862_000,
                    "logs": [{"exerciseId": "squat", "sets": [{"reps": 5, "weight": 225.5}]}],
                }
            ]
            * 2,
            "dailyLogs": {"2024-04-16": {"sleepHours": 7}},
        },
        "version": 1,
    }
)
KNOWN = stored(read(FILES[0]))


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    answer(data)


@FUZZ
@given(st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_text(data: bytes) -> None:
    answer(data)


@FUZZ
@given(
    st.sampled_from(HEADERS),
    st.lists(st.lists(ANY_TEXT, max_size=14), max_size=8),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_rows_below_a_header(header: str, rows: list[list[str]], delimiter: str) -> None:
    text = header.replace(",", delimiter) + "\n" + write(rows, delimiter)
    found = answer(text.encode("utf-8", "surrogatepass"), KNOWN)
    assert found is not None


CHANGE = st.tuples(st.integers(0, 600), st.integers(0, 12), st.text(max_size=6))


@FUZZ
@given(st.sampled_from([*FILES, STATE]), st.lists(CHANGE, min_size=1, max_size=4))
def test_a_file_with_damage(file: str, changes: list[tuple[int, int, str]]) -> None:
    for at, gone, instead in changes:
        at %= len(file) + 1
        file = file[:at] + instead + file[at + gone :]
    answer(file.encode("utf-8", "surrogatepass"), KNOWN)


@FUZZ
@given(st.sampled_from([*FILES, STATE]), st.integers(0, 700))
def test_a_file_that_was_cut_off_holds_nothing_that_the_whole_one_has_not(
    file: str, end: int
) -> None:
    found = answer(file[:end].encode())
    if found is None:
        return
    whole = {session.id for session in read(file).sessions}
    assert len(found.sessions) <= len(whole)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "logs", "sets", "startTime", "units", "weight", "reps", "name", "__proto__"]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@FUZZ
@given(history=JSON, settings=JSON, daily=JSON, custom=JSON, other=JSON)
def test_any_app_state(**parts: Any) -> None:
    names = {"daily": "dailyLogs", "custom": "customExercises"}
    state = {names.get(name, name): value for name, value in parts.items()}
    found = answer(json.dumps({"state": state}), KNOWN)
    assert found is not None
    assert found.documents is not None
