"""A corpus on disk is the corpus that was written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core import VoltLiftError
from voltlift_models.corpus import Corpus, Excluded, Lifter, Notice, Source
from voltlift_models.parquet import (
    SET_SCHEMA,
    is_corpus,
    lifters_of,
    lifters_table,
    read_corpus,
    sets_table,
    write_corpus,
)
from voltlift_models.simulate import simulate
from voltlift_samples import sample_state

NOW_MS = 1_767_225_600_000


def lifter(state: object, name: str = "one") -> Lifter:
    return Lifter.of_app_state(name, json.loads(json.dumps(state)), Source(f"{name}.csv", "ab"))


def there_and_back(item: Lifter) -> Lifter:
    return next(iter(lifters_of(sets_table(item), lifters_table([item]))))


def assert_same(one: Lifter, other: Lifter) -> None:
    assert (one.name, one.source) == (other.name, other.source)
    ours, theirs = one.state.log, other.state.log
    assert ours.session_ids == theirs.session_ids
    assert ours.exercise_ids == theirs.exercise_ids
    for columns, expected in ((theirs.rows, ours.rows), (theirs.sessions, ours.sessions)):
        assert columns.keys() == expected.keys()
        for name, column in expected.items():
            assert columns[name].dtype == column.dtype
            np.testing.assert_array_equal(columns[name], column, err_msg=name)
    assert one.state.settings == other.state.settings
    assert one.state.custom == other.state.custom
    assert repr(one.state.daily) == repr(other.state.daily)  # NaN is not equal to itself
    assert dict(one.state.documents) == dict(other.state.documents)


@pytest.mark.parametrize("name", ["advanced", "dumbbell", "intermediate"])
def test_a_sample_lifter_comes_back_exactly(name):
    item = lifter(sample_state(name, now_ms=NOW_MS, workouts=60))
    assert_same(item, there_and_back(item))


def test_own_exercises_odd_sets_and_empty_entries_come_back_exactly():
    odd_set = {"reps": 8, "type": "D", "completed": False, "rpe": 8.5, "seconds": 12.5}
    timed = {"weight": None, "reps": 0, "type": "W", "completed": True, "seconds": 61.2}
    state = {
        "settings": {"units": "lbs", "favourites": ["my-row"]},
        "customExercises": [
            {
                "id": "custom-my-row",
                "name": "My Row",
                "muscleGroup": "Back",
                "equipment": "Cable",
                "category": "Compound",
                "difficulty": "Beginner",
            }
        ],
        "dailyLogs": {"2024-01-05": {"date": "2024-01-05", "sleepHours": 7.5, "bodyweight": 180}},
        "history": [
            # Bare weights are in the pounds of the settings; the unit stays unstated.
            {
                "id": "bare",
                "startTime": 1_700_000_000_123,
                "status": "completed",
                "utcOffsetMinutes": 330,
                "timeKnown": False,
                "logs": [
                    {"exerciseId": "barbell-squat", "sets": []},
                    {"exerciseId": "custom-my-row", "sets": [{**odd_set, "weight": 42.5}, timed]},
                    {"exerciseId": "barbell-squat", "sets": [{**odd_set, "weight": 0.1}]},
                ],
            },
            {"id": "empty", "startTime": 1_700_100_000_000, "status": "completed", "logs": []},
            {
                "id": "kilos",
                "startTime": 1_700_200_000_000,
                "endTime": 1_700_203_600_000,
                "status": "completed",
                "unit": "kg",
                "logs": [{"exerciseId": "plank", "sets": [{**odd_set, "weight": 1 / 3}]}],
            },
        ],
    }
    item = lifter(state)
    assert item.state.log.n_sessions == 3
    back = there_and_back(item)
    assert_same(item, back)
    assert back.state.log.sessions["unit_stated"].tolist() == [False, False, True]


weights = st.one_of(st.none(), st.floats(0, 500), st.integers(0, 500))
one_set = st.fixed_dictionaries(
    {
        "weight": weights,
        "reps": st.integers(0, 100),
        "rpe": st.one_of(st.none(), st.floats(1, 10)),
        "type": st.sampled_from("NWDF"),
        "completed": st.booleans(),
        "seconds": st.one_of(st.none(), st.floats(0, 3600)),
    }
)
logs = st.lists(
    st.fixed_dictionaries(
        {
            "exerciseId": st.sampled_from(["barbell-squat", "plank", "no-such-thing"]),
            "sets": st.lists(one_set, max_size=3),
        }
    ),
    max_size=3,
)


@given(
    st.lists(st.tuples(st.integers(0, 2 * 10**12), logs), max_size=4),
    st.sampled_from([None, "kg", "lbs"]),
)
def test_whatever_was_logged_in_kilograms_or_stated_units_comes_back_exactly(sessions, unit):
    history = [
        {"id": f"s{at}", "startTime": start, "status": "completed", "unit": unit, "logs": entries}
        for at, (start, entries) in enumerate(sessions)
    ]
    item = lifter({"settings": {"units": "kg"}, "history": history})
    assert_same(item, there_and_back(item))


def test_a_folder_keeps_lifters_and_what_was_left_out(tmp_path):
    simulated = simulate(2, seed=5)
    corpus = simulated + Corpus(
        (lifter(sample_state("beginner", now_ms=NOW_MS)),),
        (Excluded("a.csv", "duplicate", "the same"),),
        (Notice("b.csv", "unit_assumed", "kg"),),
    )
    assert not is_corpus(tmp_path)
    write_corpus(tmp_path, corpus)
    assert is_corpus(tmp_path)
    back = read_corpus(tmp_path)
    for one, other in zip(corpus.lifters, back.lifters, strict=True):
        assert_same(one, other)
    assert (back.excluded, back.notices) == (corpus.excluded, corpus.notices)
    assert back.data_hash == corpus.data_hash
    assert [item.name for item in back.real] == ["one"]
    assert len(back.simulated) == 2


def test_any_reader_finds_one_row_a_set(tmp_path):
    item = lifter(sample_state("beginner", now_ms=NOW_MS, workouts=3))
    write_corpus(tmp_path, Corpus((item,)))
    table = pq.read_table(tmp_path / "sets.parquet")
    assert table.schema.names == SET_SCHEMA.names
    assert table.num_rows == item.state.log.n_rows
    assert set(table["kind"].to_pylist()) <= set("NWDF")


def test_what_was_not_logged_is_null_not_a_number_that_spoils_sums(tmp_path):
    item = lifter(sample_state("beginner", now_ms=NOW_MS, workouts=3))
    table = sets_table(item)
    for name in ("rpe", "seconds", "load_kg"):
        values = table[name].to_pylist()
        missing = int(np.isnan(item.state.log.rows[name]).sum())
        assert values.count(None) == missing, name
        assert all(value == value for value in values), name
    assert None in table["seconds"].to_pylist()


def test_writing_twice_gives_the_same_bytes(tmp_path):
    corpus = simulate(1, seed=9)
    for name in ("a", "b"):
        write_corpus(tmp_path / name, corpus)
    for file in ("sets.parquet", "lifters.parquet"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def damage_nothing_there(folder: Path) -> None:
    (folder / "sets.parquet").unlink()


def damage_cut_short(folder: Path) -> None:
    path = folder / "sets.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def damage_other_format(folder: Path) -> None:
    path = folder / "lifters.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"format": "voltlift-corpus/99"}), path)


def damage_rows_lost(folder: Path) -> None:
    path = folder / "sets.parquet"
    pq.write_table(pq.read_table(path).slice(0, 5), path)


@pytest.mark.parametrize(
    "damage",
    [damage_nothing_there, damage_cut_short, damage_other_format, damage_rows_lost],
)
def test_a_damaged_corpus_is_an_error_that_says_what_to_do(tmp_path, damage):
    write_corpus(tmp_path, simulate(1, seed=3))
    damage(tmp_path)
    with pytest.raises(VoltLiftError, match=r"no corpus that can be read.*voltlift ingest"):
        read_corpus(tmp_path)


def test_lifters_of_one_name_are_told_apart_when_corpora_are_joined():
    one = simulate(1, seed=3)
    assert [item.name for item in (one + one).lifters] == [
        "simulated-3-0000",
        "simulated-3-0000-2",
    ]


def test_the_data_hash_tells_data_not_order():
    one, two = simulate(1, seed=3), simulate(1, seed=4)
    assert (one + two).data_hash == (two + one).data_hash
    assert one.data_hash != two.data_hash
