"""Whatever a file holds: an answer or a clear refusal, and nothing lost on the way."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

from any_file import ANY_TEXT, answer
from hypothesis import given, settings
from hypothesis import strategies as st
from strong_files import CATALOGUE, ENGLISH, write


@given(st.lists(st.lists(ANY_TEXT, min_size=12, max_size=12), min_size=1, max_size=12))
def test_every_row_is_a_set_or_rejected(rows: list[list[str]]) -> None:
    rows = [
        ["x" if i == 0 and not cell.strip() else cell for i, cell in enumerate(r)] for r in rows
    ]
    found = answer(ENGLISH + "\n" + write(rows, ","))
    if found is not None:
        assert found.sets + found.rejected_total == len(rows)


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
