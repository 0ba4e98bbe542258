"""Deltas and the workout going on."""

from __future__ import annotations

import math

import pytest
from record_builders import START_MS, log_json, session_json, set_json

from voltlift_core import CurrentSession, Delta, ExerciseLog, SetLog
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode import decode_current, decode_delta
from voltlift_core.history.records import CurrentRecord

CATALOGUE = Catalogue.bundled()
POUNDS = Settings(unit=Unit.LB)


def _decode(delta, settings=POUNDS, path="$"):
    return decode_delta(
        delta, catalogue=CATALOGUE, settings=settings, utc_offset_minutes=-300, path=path
    )


def test_sessions_take_unit_and_offset_from_the_lifter():
    decoded, report = _decode(Delta(sessions=(session_json("a", log_json(set_json(weight=45))),)))
    (session,) = decoded.sessions
    assert session.sets[0].load_kg == 45 * 0.45359237
    assert (session.utc_offset, session.unit_stated) == (-300, False)
    assert report.issues == ()


def test_new_settings_hold_for_the_sessions_beside_them():
    sessions = (session_json("a", log_json(set_json(weight=45))),)
    decoded, _ = _decode(Delta(sessions=sessions, settings={"units": "kg"}))
    assert decoded.sessions[0].sets[0].load_kg == 45
    assert decoded.settings == Settings(unit=Unit.KG)


def test_new_settings_without_a_unit_mean_kilograms_with_a_warning():
    sessions = (session_json("a", log_json(set_json(weight=45))),)
    decoded, report = _decode(Delta(sessions=sessions, settings={"name": "Ada"}))
    assert decoded.sessions[0].sets[0].load_kg == 45
    assert [issue.code for issue in report.issues] == ["unit_assumed"]


def test_what_a_delta_does_not_bring_is_none():
    decoded, _ = _decode(Delta())
    assert (decoded.settings, decoded.custom_exercises) == (None, None)
    assert (decoded.sessions, decoded.daily, decoded.deleted_days) == ((), (), frozenset())


def test_an_empty_list_of_custom_exercises_replaces_the_former():
    assert _decode(Delta(custom_exercises=()))[0].custom_exercises == ()


def test_hashes_become_content_hashes():
    sessions = (session_json("a"), session_json("b"))
    decoded, _ = _decode(Delta(sessions=sessions, hashes={"a": "x1", "c": "x3"}))
    assert [session.content_hash for session in decoded.sessions] == ["x1", ""]


@pytest.mark.parametrize(
    "session",
    [
        session_json("h1"),
        session_json("h2", log_json(set_json())),
        session_json("z", status="template"),
        session_json("z", status="draft"),
        session_json("z", status="active"),
        session_json("z", startTime=None, endTime=None),
    ],
)
def test_what_is_no_history_any_more_is_to_leave_the_log(session):
    decoded, _ = _decode(Delta(sessions=(session,)))
    assert decoded.sessions == ()
    assert decoded.skipped_ids == {session["id"]}


def test_a_session_that_becomes_completed_later_in_the_same_delta_counts():
    sessions = (session_json("a", status="active"), session_json("a"))
    decoded, _ = _decode(Delta(sessions=sessions))
    assert len(decoded.sessions) == 1
    assert decoded.skipped_ids == frozenset()


def test_a_null_day_is_to_be_deleted():
    decoded, report = _decode(Delta(daily_logs={"1970-01-03": None, "1970-01-04": {}}))
    assert decoded.deleted_days == {2}
    assert [day.day for day in decoded.daily] == [3]
    assert report.issues == ()


def test_paths_start_where_the_caller_says():
    _, report = _decode(Delta(sessions=(None,)), path="$.delta")
    assert report.issues[0].path == "$.delta.sessions[0]"


def test_custom_exercises_of_the_delta_are_known_to_its_sessions():
    custom = {
        "id": "custom-9",
        "name": "x",
        "muscleGroup": "Legs",
        "equipment": "Other",
        "category": "Compound",
        "difficulty": "Beginner",
    }
    sessions = (session_json("a", log_json(set_json(), exercise="custom-9")),)
    _, report = _decode(Delta(sessions=sessions, custom_exercises=(custom,)))
    assert report.issues == ()


def _current(session, unit=Unit.KG):
    return decode_current(session, catalogue=CATALOGUE, unit=unit)


def test_no_workout_going_on():
    record = _current(None)
    assert math.isnan(record.start_s)
    assert (record.exercise_ids, record.sets) == ((), ())
    assert repr(_current(CurrentSession())) == repr(CurrentRecord())


def test_the_workout_going_on():
    logs = (
        ExerciseLog(id="1", exercise_id="bench-press", sets=(SetLog(id="s", reps=5, weight=100),)),
        ExerciseLog(id="2", exercise_id="custom-1"),
        ExerciseLog(
            id="3",
            exercise_id="barbell-bench-press",
            sets=(SetLog(id="t", reps=3, weight=45, rpe=9, type="W", completed=False),),
        ),
    )
    record = _current(CurrentSession(start_time=START_MS, logs=logs, unit="lbs"))
    assert record.start_s == START_MS / 1000
    assert record.exercise_ids == ("barbell-bench-press", "custom-1")
    first, last = record.sets
    assert (first.load_kg, first.reps, first.entry) == (100 * 0.45359237, 5, 0)
    assert math.isnan(first.rpe)
    assert (last.entry, last.rpe, last.kind, last.completed) == (2, 9.0, 1, False)


def test_weights_are_in_the_lifters_unit_where_the_session_does_not_say():
    logs = (ExerciseLog(id="1", exercise_id="x", sets=(SetLog(id="s", reps=5, weight=100),)),)
    assert _current(CurrentSession(logs=logs), Unit.LB).sets[0].load_kg == 100 * 0.45359237
    assert _current(CurrentSession(logs=logs, unit="kg"), Unit.LB).sets[0].load_kg == 100


def test_values_that_cannot_be_are_missing():
    logs = (
        ExerciseLog(id="1", exercise_id=" ", sets=(SetLog(id="s", reps=5, weight=1),)),
        ExerciseLog(
            id="2",
            exercise_id="x",
            sets=(SetLog(id="s", reps=-5, weight=-1.0, rpe=99.0, seconds=-1.0),),
        ),
    )
    record = _current(CurrentSession(start_time=10**400, logs=logs))
    assert math.isnan(record.start_s)
    (only,) = record.sets
    assert (only.reps, only.entry) == (0, 1)
    assert all(map(math.isnan, (only.load_kg, only.rpe, only.seconds)))
