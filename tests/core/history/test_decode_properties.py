"""Nothing makes the decoder fail, and damage stays where it is."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_builders import DAY_MS, START_MS, log_json, session_json, set_json, state_json

from fuzzing import FUZZ
from voltlift_core import Delta, ExerciseLog, SetLog, WorkoutSession, encode, encode_json
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.units import display
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode import decode_delta, decode_state
from voltlift_core.history.log import TrainingLog

CATALOGUE = Catalogue.bundled()

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["completed", "N", "kg", "__proto__", "2023-11-14", "1e999", str(START_MS)])
    | st.integers(0, 4_000_000_000_000)
)
names = st.sampled_from(
    [
        "state",
        "settings",
        "history",
        "dailyLogs",
        "customExercises",
        "logs",
        "sets",
        "id",
        "exerciseId",
        "startTime",
        "endTime",
        "status",
        "unit",
        "units",
        "goal",
        "type",
        "muscleGroup",
        "bestWeight",
        "personalRecords",
        "favoriteExercises",
        "availableEquipment",
        "weight",
        "reps",
        "rpe",
        "date",
        "2023-11-14",
    ]
) | st.text(max_size=4)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=30,
)


def _decode(state):
    return decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=0)


def _check(decoded, report):
    """Whatever came in, what comes out can be computed with and written."""
    log = TrainingLog.from_records(decoded.sessions)
    assert log.n_rows == report.sets
    assert log.n_sessions == report.sessions
    rows = log.rows
    assert (rows["reps"] >= 0).all()
    assert not (rows["load_kg"] < 0).any()
    assert not ((rows["rpe"] < 1) | (rows["rpe"] > 10)).any()
    assert encode_json(report)
    assert all(issue.count > 0 and issue.path.startswith("$") for issue in report.issues)
    codes = [issue.code for issue in report.issues]
    assert len(codes) == len(set(codes))


@given(anything)
def test_any_value_is_an_answer(value):
    _check(*_decode(value))


@FUZZ
@given(anything, anything, anything, anything)
def test_any_value_in_any_part_is_an_answer(history, config, daily, custom):
    state = {"history": history, "settings": config, "dailyLogs": daily, "customExercises": custom}
    _check(*_decode(state))


@given(st.lists(anything, max_size=4), anything, st.dictionaries(names, anything, max_size=4))
def test_any_delta_is_an_answer(sessions, config, daily):
    delta = Delta(sessions=tuple(sessions), settings=config, daily_logs=daily)
    _check(*decode_delta(delta, catalogue=CATALOGUE, settings=Settings(), utc_offset_minutes=0))


def _state(n):
    history = [
        session_json(
            f"s{i}",
            log_json(set_json(), set_json(weight=62.5, rpe=8), exercise="barbell-bench-press"),
            log_json(set_json(type="W"), exercise="custom-1"),
            startTime=START_MS + i * DAY_MS,
            endTime=START_MS + i * DAY_MS + 3_600_000,
        )
        for i in range(n)
    ]
    custom = {
        "id": "custom-1",
        "name": "x",
        "muscleGroup": "Legs",
        "equipment": "Barbell",
        "category": "Compound",
        "difficulty": "Beginner",
    }
    daily = {"2023-11-14": {"sleepHours": 7}}
    return state_json(*history, customExercises=[custom], dailyLogs=daily)


def _places(value, path=()):
    """All places inside a JSON value, as key paths."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from _places(item, (*path, key))


@FUZZ
@given(st.data())
def test_damage_stays_in_its_session(data):
    state = _state(4)
    whole = {session.id: session for session in _decode(state)[0].sessions}
    damaged = copy.deepcopy(state)
    hit = data.draw(st.sets(st.integers(0, 3), max_size=2))
    for index in hit:
        session = damaged["state"]["history"][index]
        place = data.draw(st.sampled_from(list(_places(session))))
        target = session
        for key in place[:-1]:
            target = target[key]
        if isinstance(target, dict) and data.draw(st.booleans()):
            del target[place[-1]]
        else:
            junk = data.draw(anything)
            # Taking another session's id is no damage but another session.
            target[place[-1]] = None if junk in list(whole) else junk
    decoded, report = _decode(damaged)
    _check(decoded, report)
    found = {session.id: session for session in decoded.sessions}
    for index in set(range(4)) - hit:
        assert repr(found[f"s{index}"]) == repr(whole[f"s{index}"])


@given(st.sampled_from(["settings", "dailyLogs", "customExercises"]), anything)
def test_damage_beside_the_history_leaves_the_sessions(part, junk):
    state = _state(3)
    state["state"][part] = junk
    decoded, _ = _decode(state)
    assert [session.id for session in decoded.sessions] == ["s0", "s1", "s2"]


set_logs = st.builds(
    SetLog,
    id=st.text(max_size=3),
    reps=st.integers(0, 50),
    weight=st.integers(0, 4000).map(lambda quarters: quarters / 4),
    rpe=st.none() | st.sampled_from([6.0, 7.5, 10.0]),
    type=st.sampled_from(["N", "W", "D", "F"]),
    completed=st.booleans(),
    seconds=st.none() | st.floats(0, 7200),
    distance_meters=st.none() | st.floats(0, 50_000),
)
workouts = st.builds(
    WorkoutSession,
    id=st.uuids().map(str),
    name=st.text(max_size=5),
    start_time=st.integers(START_MS, START_MS + 1000 * DAY_MS),
    logs=st.lists(
        st.builds(
            ExerciseLog,
            id=st.just("l"),
            exercise_id=st.sampled_from([exercise.id for exercise in CATALOGUE.exercises]),
            sets=st.lists(set_logs, max_size=4).map(tuple),
            notes=st.none() | st.text(max_size=4),
        ),
        max_size=4,
    ).map(tuple),
    unit=st.sampled_from(["kg", "lbs"]),
    utc_offset_minutes=st.none() | st.integers(-720, 840),
    time_known=st.booleans(),
)


@given(st.lists(workouts, max_size=3, unique_by=lambda workout: workout.id))
def test_what_the_project_writes_is_read_without_an_issue(written):
    wire = json.loads(json.dumps([encode(workout) for workout in written]))
    decoded, report = decode_delta(
        Delta(sessions=tuple(wire)),
        catalogue=CATALOGUE,
        settings=Settings(),
        utc_offset_minutes=0,
    )
    assert report.issues == ()
    for workout, record in zip(written, decoded.sessions, strict=True):
        logged = [(log, item) for log in workout.logs for item in log.sets]
        assert len(record.sets) == len(logged)
        for (log, item), read in zip(logged, record.sets, strict=True):
            assert (read.exercise_id, read.reps, read.completed) == (
                log.exercise_id,
                item.reps,
                item.completed,
            )
            assert display(read.load_kg, Unit(workout.unit)) == item.weight


@pytest.mark.parametrize("n", [0, 1, 400])
def test_a_whole_state_of_our_own_has_no_issue(n):
    decoded, report = _decode(_state(n))
    assert (len(decoded.sessions), report.sets, report.issues) == (n, 3 * n, ())
