"""App states: recognised by content, decoded as at ingestion, handed on self-describing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import CATALOGUE, outlooks, read, stored, storing

from voltlift_core.contract import ExerciseLog, SetLog, WorkoutSession
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import decode_state
from voltlift_core.wire import encode, encode_json

START = 1_713_296_862_000


def a_set(**fields: Any) -> dict[str, Any]:
    return {"id": "s", "reps": 5, "weight": 135, "type": "N", "completed": True} | fields


def a_session(**fields: Any) -> dict[str, Any]:
    log = {"id": "l", "exerciseId": "bench-press", "sets": [a_set()], "notes": "pause"}
    return {
        "id": "a",
        "name": "Push",
        "status": "completed",
        "startTime": START,
        "endTime": START + 3_600_000,
        "logs": [log],
    } | fields


def a_state(*sessions: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"settings": {"units": "lbs"}, "history": list(sessions), "dailyLogs": {}} | parts


def test_completed_sessions_come_back_describing_themselves() -> None:
    envelope = {"state": a_state(a_session()), "version": 3}
    found = read("\ufeff \n" + json.dumps(envelope), utc_offset_minutes=-300)
    assert found.app == "app_state"
    (session,) = found.sessions
    assert (session.id, session.name, session.unit) == ("a", "Push", "lbs")
    assert (session.start_time, session.end_time) == (START, START + 3_600_000)
    assert session.utc_offset_minutes == -300
    assert session.logs[0].notes == "pause"
    assert (session.logs[0].exercise_id, session.logs[0].sets[0].weight) == ("bench-press", 135)
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == ("lbs", "stated")
    assert (found.sets, found.exercises, found.new_sessions) == (1, 1, 1)
    assert found.first_day == found.last_day == "2024-04-16"


def test_the_inner_state_alone_is_read_too() -> None:
    assert read(json.dumps(a_state(a_session()))).sets == 1


def test_the_report_is_the_one_of_ingestion() -> None:
    state = a_state(a_session(), a_session(id="b", startTime="nonsense"))
    _, report = decode_state({"state": state}, catalogue=CATALOGUE, utc_offset_minutes=0)
    found = read(json.dumps({"state": state}))
    assert found.issues == report.issues
    assert "start_time_unreadable" in {issue.code for issue in found.issues}
    assert [session.id for session in found.sessions] == ["a", "b"]


def test_templates_mock_sessions_and_active_workouts_are_no_history() -> None:
    found = read(
        json.dumps(
            a_state(
                a_session(id="h1"),
                a_session(id="t", status="template"),
                a_session(id="now", status="active"),
                a_session(),
            )
        )
    )
    assert [session.id for session in found.sessions] == ["a"]


def test_what_was_stored_means_the_same_when_it_is_ingested() -> None:
    logs = [
        {
            "exerciseId": "squat",
            "sets": [
                a_set(weight="61,5", type="normal"),
                a_set(rpe=99, completed="true"),
                a_set(reps=None, completed=False, type="W"),
                a_set(weight=-1, seconds=30),
                "rubbish",
            ],
        },
        {"exerciseId": None, "sets": [a_set()]},
    ]
    state = a_state(a_session(logs=logs, unit="kg"), a_session(id="b", logs=None))
    found = read(json.dumps(state), utc_offset_minutes=60)
    stored = {"settings": {"units": "kg"}, "history": [encode(item) for item in found.sessions]}
    before, _ = decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=60)
    after, report = decode_state(stored, catalogue=CATALOGUE, utc_offset_minutes=0)
    for old, new in zip(before.sessions, after.sessions, strict=True):
        assert (old.id, old.start_s, old.utc_offset) == (new.id, new.start_s, new.utc_offset)
        for a, b in zip(old.sets, new.sets, strict=True):
            # A weight that could not be read is NaN at first, and 0 once it is stored.
            assert b.load_kg == (a.load_kg if a.load_kg == a.load_kg else 0)
            assert (a.exercise_id, a.reps, a.kind, a.completed) == (
                b.exercise_id,
                b.reps,
                b.kind,
                b.completed,
            )
    assert not [issue for issue in report.issues if issue.severity == "quarantined"]


def test_settings_daily_logs_and_own_exercises_are_handed_on() -> None:
    own = {"id": "custom-1", "name": "Mine", "muscleGroup": "legs", "equipment": "Dumbbells"}
    found = read(
        json.dumps(
            a_state(
                settings={"units": "kg", "goal": {"type": "Strength"}},
                dailyLogs={"2024-04-16": {"sleepHours": 7}, "2024-04-17": "rubbish"},
                customExercises=[own],
            )
        )
    )
    assert found.settings == {"units": "kg", "goal": {"type": "Strength"}}
    assert found.daily_logs == {"2024-04-16": {"sleepHours": 7}}
    (exercise,) = found.custom_exercises
    assert (exercise.id, exercise.muscle_group, exercise.equipment) == (
        "custom-1",
        "Legs",
        "Dumbbell",
    )


@pytest.mark.parametrize(
    ("units", "choice", "unit", "source"),
    [
        ("lbs", "kg", "lbs", "stated"),
        (None, "lbs", "lbs", "chosen"),
        (None, None, "kg", "assumed"),
        (17, None, "kg", "assumed"),
    ],
)
def test_unit_of_an_app_state(units: object, choice: str | None, unit: str, source: str) -> None:
    found = read(json.dumps(a_state(a_session(), settings={"units": units})), unit=choice)
    assert found.unit is not None
    assert (found.unit.unit, found.unit.source) == (unit, source)
    assert found.sessions[0].unit == unit


def test_known_sessions_are_marked() -> None:
    known = stored(read(json.dumps(a_state(a_session(id="b")))))
    later = a_session(startTime=START + 86_400_000, endTime=None)
    found = read(json.dumps(a_state(later, a_session(id="b"))), known)
    assert (found.new_sessions, found.known_sessions) == (1, 1)
    assert outlooks(found) == ["known", "new"]


def test_numbers_that_json_does_not_have_cannot_reach_the_wire() -> None:
    text = '{"settings": {"a": NaN, "b": 1e999, "c": [-Infinity]}, "history": []}'
    found = read(text)
    assert found.settings == {"a": None, "b": None, "c": [None]}
    encode_json(found)


def test_deep_nesting_is_cut_and_too_deep_nesting_refused() -> None:
    deep = '{"settings": ' + '{"a": ' * 200 + "1" + "}" * 200 + "}"
    encode_json(read(deep))
    with pytest.raises(VoltLiftError) as caught:
        read("[" * 200_000)
    assert caught.value.code is ErrorCode.UNSUPPORTED_FILE


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('{"state": {"history": [', "history"),
        ("[]", "a list"),
        ("{}", "an empty object"),
        ('{"type": "FeatureCollection"}', "'type'"),
        ('{"state": {"cart": []}, "version": 1}', "'state', 'version'"),
    ],
)
def test_other_json_is_refused_with_what_was_seen(text: str, seen: str) -> None:
    with pytest.raises(VoltLiftError) as caught:
        read(text)
    assert caught.value.code is ErrorCode.UNSUPPORTED_FILE
    assert seen in (caught.value.received or "")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(
    str.strip
)
SETS = st.builds(
    SetLog,
    id=TEXT,
    reps=st.integers(0, 100),
    weight=st.integers(0, 4000).map(lambda quarters: quarters / 4),
    rpe=st.none() | st.integers(2, 20).map(lambda half: half / 2),
    type=st.sampled_from(["N", "W", "D", "F"]),
    completed=st.booleans(),
    seconds=st.none() | st.integers(1, 3600).map(float),
    distance_meters=st.none() | st.integers(1, 42_000).map(float),
)
LOGS = st.builds(
    ExerciseLog,
    id=TEXT,
    exercise_id=st.sampled_from(["pull-up", "custom-1", "no-such-thing"]),
    sets=st.lists(SETS, max_size=3).map(tuple),
    notes=st.none() | TEXT,
    superset_id=st.none() | TEXT,
)
SESSIONS = st.builds(
    WorkoutSession,
    id=TEXT.filter(lambda text: text not in ("h1", "h2")),
    name=TEXT,
    start_time=st.integers(1_000_000_000, 4_000_000_000).map(lambda seconds: seconds * 1000),
    logs=st.lists(LOGS, max_size=3).map(tuple),
    unit=st.sampled_from(["kg", "lbs"]),
    utc_offset_minutes=st.integers(-720, 720),
    time_known=st.booleans(),
    source=TEXT,
    source_template_id=st.none() | TEXT,
    notes=st.none() | TEXT,
)


@given(st.lists(SESSIONS, max_size=4, unique_by=lambda session: session.id), st.booleans())
def test_what_the_app_exports_comes_back_the_same(
    sessions: list[WorkoutSession], enveloped: bool
) -> None:
    own = {"id": "custom-1", "name": "Mine", "muscleGroup": "Back", "equipment": "Cable"}
    state = {
        "history": [encode(session) for session in sessions],
        "activeWorkout": None,
        "settings": {"units": "lbs", "nameChoices": {"Bench": ""}, "goal": {"type": "Strength"}},
        "dailyLogs": {"2024-04-16": {"date": "2024-04-16", "sleepHours": 7}},
        "customExercises": [own],
        "removedExercises": [{**own, "id": "custom-2"}],
    }
    text = json.dumps({"state": state, "version": 1} if enveloped else state, indent=1)
    found = read(text)
    assert {session.id: session for session in found.sessions} == {
        session.id: session for session in sessions
    }
    assert found.settings == state["settings"]
    assert found.daily_logs == state["dailyLogs"]
    assert found.documents == {
        "activeWorkout": None,
        "removedExercises": state["removedExercises"],
    }
    again = read(text, storing(*sessions, custom=found.custom_exercises))
    assert set(outlooks(again)) <= {"known"}


def test_fields_that_are_not_kept_are_named() -> None:
    odd = a_session(biometrics=[{"heartRate": 120}], mood=None)
    odd["logs"][0]["sets"][0]["aiSuggestion"] = {"weight": 60}
    found = read(json.dumps(a_state(a_session(id="b"), odd)))
    issues = [issue for issue in found.issues if issue.code == "field_not_kept"]
    assert [(issue.path, issue.count) for issue in issues] == [("$.history[1].biometrics", 2)]
