"""The columnar log: whatever way it came about, it holds the same sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
import record_builders as build
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.chunk import ROW_COLUMNS, SESSION_COLUMNS, build_chunk, load_chunk
from voltlift_core.history.log import CHUNK_SESSIONS, TrainingLog
from voltlift_core.history.records import NORMAL, SessionRecord, SetRecord

NAN = float("nan")


def _set(exercise: str = "squat", load: float = 100.0) -> SetRecord:
    return SetRecord(exercise, 0, load, 5, NAN, NORMAL, True, NAN)


def _session(index: int, *sets: SetRecord, at: float | None = None) -> SessionRecord:
    start = 1e9 + 86_400.0 * index if at is None else at
    return SessionRecord(f"s{index:05d}", start, NAN, 0, True, sets or (_set(),))


def _contents(log: TrainingLog) -> list[object]:
    """Everything a log says, chunk cuts and the order of exercise ids apart."""
    rows = {name: column.tolist() for name, column in log.rows.items()}
    rows["exercise"] = [log.exercise_ids[i] for i in rows["exercise"]]
    sessions = {name: column.tolist() for name, column in log.sessions.items()}
    return [repr(rows), repr(sessions), log.session_ids, log.hashes, sorted(log.exercise_ids)]


def _assert_well_formed(log: TrainingLog) -> None:
    keys = list(zip(log.sessions["start_s"].tolist(), log.session_ids, strict=True))
    assert keys == sorted(keys)
    assert np.all(np.diff(log.rows["session"]) >= 0)
    for name, dtype in {**ROW_COLUMNS, **SESSION_COLUMNS}.items():
        column = log.rows[name] if name in ROW_COLUMNS else log.sessions[name]
        assert column.dtype == dtype, name
    for chunk in log.chunks:
        assert 0 < chunk.n_sessions <= CHUNK_SESSIONS
        assert set(chunk.rows["exercise"].tolist()) == set(range(len(chunk.exercise_ids)))


def _latest(records: Iterable[SessionRecord]) -> list[SessionRecord]:
    return list({record.id: record for record in records}.values())


@given(
    st.lists(build.records, max_size=10),
    st.lists(
        st.tuples(
            st.lists(build.records, max_size=4),
            st.sets(st.sampled_from([f"s{i}" for i in range(14)]), max_size=4),
        ),
        max_size=4,
    ),
    st.integers(1, 5),
)
def test_changes_equal_rebuilding(start, changes, chunk_sessions):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("voltlift_core.history.log.CHUNK_SESSIONS", chunk_sessions)
        log = TrainingLog.from_records(start)
        expected = {record.id: record for record in start}
        for changed, deleted in changes:
            log = log.with_changes(changed, deleted)
            expected |= {record.id: record for record in changed}
            expected = {id_: r for id_, r in expected.items() if id_ not in deleted}
            _assert_well_formed(log)
            assert _contents(log) == _contents(TrainingLog.from_records(expected.values()))
            assert all(chunk.n_sessions <= chunk_sessions for chunk in log.chunks)


@given(st.lists(build.records, max_size=12), st.integers(0, 7))
def test_until_is_the_log_of_the_sessions_before(records, day):
    moment = 1e9 + day * 86_400.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("voltlift_core.history.log.CHUNK_SESSIONS", 3)
        past = TrainingLog.from_records(records).until(moment)
    before = [record for record in _latest(records) if record.start_s < moment]
    _assert_well_formed(past)
    assert _contents(past) == _contents(TrainingLog.from_records(before))


def test_the_past_does_not_know_exercises_of_the_future():
    log = TrainingLog.from_records([_session(0, _set("squat")), _session(1, _set("deadlift"))])
    assert log.until(1e9 + 1).exercise_ids == ("squat",)


@given(st.lists(build.records, max_size=8))
def test_records_come_back_from_columns(records):
    ordered = sorted(_latest(records), key=lambda record: (record.start_s, record.id))
    back = [r for chunk in TrainingLog.from_records(records).chunks for r in chunk.records()]
    assert repr(back) == repr(ordered)


@given(st.lists(build.records, min_size=1, max_size=8))
def test_a_chunk_survives_storage(records):
    chunk = TrainingLog.from_records(records).chunks[0]
    header, data = chunk.dump()
    loaded = load_chunk(header, data)
    assert repr(loaded.records()) == repr(chunk.records())
    assert loaded.exercise_ids == chunk.exercise_ids
    assert loaded.dump() == (header, data)


def test_a_loaded_chunk_can_be_changed():
    log = TrainingLog((load_chunk(*TrainingLog.from_records([_session(0)]).chunks[0].dump()),))
    assert log.with_changes([_session(1)]).n_sessions == 2


def _damaged() -> list[tuple[str, str, bytes]]:
    header, data = build_chunk([_session(0, _set(), _set("row")), _session(1)]).dump()
    outside = bytearray(data)
    outside[0:4] = (2).to_bytes(4, "little")
    negative = bytearray(data)
    negative[12:16] = (-1).to_bytes(4, "little", signed=True)
    unordered = bytearray(data)
    unordered[0:4] = (1).to_bytes(4, "little")
    return [
        ("sets out of order", header, bytes(unordered)),
        (
            "no session",
            '{"format":"chunk/1","rows":0,"sessionIds":[],"hashes":[],"exerciseIds":[]}',
            b"",
        ),
        ("not JSON", header[:-5], data),
        ("empty header", "", data),
        ("a list", "[]", data),
        ("null", "null", data),
        ("another format", header.replace("chunk/", "chunk/9"), data),
        ("a byte short", header, data[:-1]),
        ("a byte more", header, data + b"\0"),
        ("no bytes", header, b""),
        ("more rows than there are", header.replace('"rows":3', '"rows":4'), data),
        ("negative rows", header.replace('"rows":3', '"rows":-1'), data),
        ("a session outside", header, bytes(outside)),
        ("a negative exercise", header, bytes(negative)),
        ("a hash too few", header.replace('"hashes":["",""]', '"hashes":[""]'), data),
        ("an exercise too few", header.replace('"squat",', ""), data),
        ("deeply nested", "[" * 100_000, data),
    ]


@pytest.mark.parametrize(
    ("header", "data"), [pytest.param(*rest, id=what) for what, *rest in _damaged()]
)
def test_a_damaged_chunk_is_corrupt_data(header, data):
    with pytest.raises(VoltLiftError) as caught:
        load_chunk(header, data)
    assert caught.value.code is ErrorCode.CORRUPT_DATA


def test_chunks_that_did_not_change_are_the_same_objects():
    log = TrainingLog.from_records(_session(i) for i in range(3 * CHUNK_SESSIONS))
    middle = _session(CHUNK_SESSIONS + 7, _set("row"))
    changed = log.with_changes([middle])
    assert len(log.chunks) == len(changed.chunks) == 3
    assert [a is b for a, b in zip(log.chunks, changed.chunks, strict=True)] == [True, False, True]


def test_moving_a_session_in_time_touches_where_it_was_and_where_it_goes():
    log = TrainingLog.from_records(_session(i) for i in range(3 * CHUNK_SESSIONS))
    moved = replace(_session(5), start_s=_session(2 * CHUNK_SESSIONS + 5).start_s + 1)
    changed = log.with_changes([moved])
    assert changed.chunks[1] is log.chunks[1]
    assert changed.session_ids.index(moved.id) == 2 * CHUNK_SESSIONS + 5
    assert changed.n_sessions == log.n_sessions


def test_a_log_that_grows_fills_its_last_chunk():
    log = TrainingLog()
    for i in range(2 * CHUNK_SESSIONS + 3):
        log = log.with_changes([_session(i)])
    assert [chunk.n_sessions for chunk in log.chunks] == [CHUNK_SESSIONS, CHUNK_SESSIONS, 3]


def test_newest_first_in_batches_gives_the_same_log():
    records = [_session(i) for i in range(700)]
    log = TrainingLog()
    for first in range(0, 700, 200):
        log = log.with_changes(records[::-1][first : first + 200])
    _assert_well_formed(log)
    assert _contents(log) == _contents(TrainingLog.from_records(records))


def test_equal_start_times_are_ordered_by_id():
    log = TrainingLog.from_records([_session(2, at=1e9), _session(1, at=1e9)])
    log = log.with_changes([_session(0, at=1e9), _session(3, at=1e9)])
    assert log.session_ids == ("s00000", "s00001", "s00002", "s00003")


def test_sessions_without_sets_count():
    empty = replace(_session(1), sets=())
    log = TrainingLog.from_records([_session(0), empty]).with_changes([_session(2)])
    assert (log.n_sessions, log.n_rows) == (3, 2)
    assert log.rows["session"].tolist() == [0, 2]


def test_deleting_everything_leaves_an_empty_log():
    log = TrainingLog.from_records([_session(0), _session(1)])
    empty = log.with_changes([], ["s00000", "s00001", "unknown"])
    assert empty.chunks == ()
    assert (empty.n_sessions, empty.n_rows, empty.exercise_ids) == (0, 0, ())
    _assert_well_formed(empty)


def test_what_is_changed_and_deleted_at_once_is_gone():
    assert TrainingLog().with_changes([_session(0)], ["s00000"]).n_sessions == 0


def test_another_unit_changes_only_loads_without_a_unit_of_their_own():
    bare = replace(_session(0, _set(load=100.0)), unit_stated=False)
    log = TrainingLog.from_records([bare, _session(1, _set(load=50.0))])
    assert log.with_unit(Unit.KG, Unit.LB).rows["load_kg"].tolist() == [45.359237, 50.0]
    assert log.rows["load_kg"].tolist() == [100.0, 50.0]


def test_a_unit_changed_and_changed_back_leaves_no_noise():
    loads = [0.0, 0.1, 22.6796185, 61.23492, 135.0, NAN]
    bare = replace(_session(0, *(_set(load=load) for load in loads)), unit_stated=False)
    log = TrainingLog.from_records([bare])
    back = log.with_unit(Unit.KG, Unit.LB).with_unit(Unit.LB, Unit.KG)
    np.testing.assert_array_equal(back.rows["load_kg"], loads)


def test_another_unit_shares_chunks_without_bare_weights():
    log = TrainingLog.from_records([_session(0)])
    assert log.with_unit(Unit.KG, Unit.LB).chunks[0] is log.chunks[0]
