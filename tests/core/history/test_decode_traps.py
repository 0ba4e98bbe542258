"""The eight traps of real app states, each with what the decoder makes of it."""

from __future__ import annotations

import math

import pytest
from record_builders import START_MS, log_json, session_json, set_json, state_json

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.vocabulary import Equipment, Goal, Level, MuscleGroup
from voltlift_core.history.decode import decode_state
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import NORMAL, WARM_UP

CATALOGUE = Catalogue.bundled()


def _decode(state):
    return decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=60)


def _codes(report):
    return {issue.code: issue for issue in report.issues}


# 1. Equipment in several spellings.


def test_equipment_plurals_are_normalised():
    spelled = ["Dumbbells", "Machines", "Kettlebells", "Resistance Bands", "barbell"]
    decoded, report = _decode(state_json(settings={"units": "kg", "availableEquipment": spelled}))
    assert decoded.settings.equipment == {
        Equipment.DUMBBELL,
        Equipment.MACHINE,
        Equipment.CABLE,
        Equipment.KETTLEBELL,
        Equipment.BAND,
        Equipment.BARBELL,
    }
    issue = _codes(report)["equipment_spelling"]
    assert (issue.severity, issue.count) == ("repaired", 5)
    assert issue.path == "$.state.settings.availableEquipment[0]"
    assert (issue.expected, issue.received) == ("Dumbbell", "'Dumbbells'")


def test_exact_equipment_gives_no_issue():
    exact = ["Barbell", "Dumbbell", "Machine", "Bodyweight", "Cable"]
    decoded, report = _decode(state_json(settings={"units": "kg", "availableEquipment": exact}))
    assert len(decoded.settings.equipment) == 5
    assert report.issues == ()


@pytest.mark.parametrize("equipment", [[], ["Hoverboard"], [None, 3, {}]])
def test_equipment_without_a_known_word_counts_as_not_said(equipment):
    decoded, report = _decode(state_json(settings={"availableEquipment": equipment}))
    assert decoded.settings.equipment is None
    assert _codes(report)["equipment_empty"].severity == "warning"


# 2. Goals of several vocabularies.


@pytest.mark.parametrize(
    ("spelled", "goal"),
    [
        ("Build Muscle", Goal.HYPERTROPHY),
        ("Lose Fat", Goal.GENERAL_FITNESS),
        ("Improve Endurance", Goal.GENERAL_FITNESS),
        ("General Fitness", Goal.GENERAL_FITNESS),
        ("strength", Goal.STRENGTH),
        ("build muscle", Goal.HYPERTROPHY),
        ("Powerlifting", Goal.POWERLIFTING),
        ("power-building", Goal.POWER_BUILDING),
        ("Power Building", Goal.POWER_BUILDING),
    ],
)
def test_goals(spelled, goal):
    settings = {"units": "kg", "goal": {"type": spelled, "targetPerWeek": 4}}
    decoded, report = _decode(state_json(settings=settings))
    assert (decoded.settings.goal, decoded.settings.days_per_week) == (goal, 4)
    codes = [] if spelled == goal else ["goal_spelling"]
    assert [issue.code for issue in report.issues] == codes


def test_an_unknown_goal_is_none_and_reported():
    decoded, report = _decode(state_json(settings={"units": "kg", "goal": {"type": "Fly"}}))
    assert decoded.settings.goal is None
    issue = _codes(report)["goal_unknown"]
    assert (issue.severity, issue.path) == ("quarantined", "$.state.settings.goal.type")
    assert "Hypertrophy" in issue.expected


# 3. Soreness and stress of unknown direction: kept as entered, never turned round.


def test_soreness_and_stress_stay_as_entered():
    daily = {"2023-11-14": {"date": "2023-11-14", "muscleSoreness": 5, "stressLevel": 1}}
    decoded, report = _decode(state_json(dailyLogs=daily))
    (day,) = decoded.daily
    assert (day.day, day.muscle_soreness, day.stress_level) == (19_675, 5.0, 1.0)
    assert math.isnan(day.sleep_hours)
    assert report.issues == ()


# 4. Copied sets: stale RPE, lost set types.


def test_sets_not_completed_are_kept_as_not_completed():
    sets = [set_json(rpe=9, completed=False), set_json(completed=True)]
    decoded, report = _decode(state_json(session_json("a", log_json(*sets))))
    assert [item.completed for item in decoded.sessions[0].sets] == [False, True]
    assert report.issues == ()
    log = TrainingLog.from_records(decoded.sessions)
    assert log.rows["completed"].tolist() == [False, True]


def test_a_light_normal_set_stays_a_normal_set():
    sets = [set_json(weight=20, type="N"), set_json(weight=100), set_json(weight=20, type="W")]
    decoded, _ = _decode(state_json(session_json("a", log_json(*sets))))
    assert [item.kind for item in decoded.sessions[0].sets] == [NORMAL, NORMAL, WARM_UP]


# 5. Mock sessions.


def test_mock_sessions_never_count():
    mock = session_json("h1", log_json(set_json()))
    decoded, report = _decode(state_json(mock, session_json("h2"), session_json("real")))
    assert [session.id for session in decoded.sessions] == ["real"]
    assert decoded.skipped_ids == {"h1", "h2"}
    assert (report.sessions, report.sets, report.issues) == (1, 0, ())


# 6. Ids that no library knows, set type `normal`, muscles and goals in lower case.


def test_an_old_id_is_resolved_by_name():
    decoded, report = _decode(
        state_json(session_json("a", log_json(set_json(), exercise="bench-press")))
    )
    assert decoded.sessions[0].sets[0].exercise_id == "barbell-bench-press"
    assert _codes(report)["exercise_id_resolved"].severity == "repaired"


def test_unknown_ids_keep_their_identity():
    logs = [log_json(set_json(), exercise=id_) for id_ in ("custom-1f", "zorb-rolling", 42)]
    decoded, report = _decode(state_json(session_json("a", *logs)))
    ids = [item.exercise_id for item in decoded.sessions[0].sets]
    assert ids == ["custom-1f", "zorb-rolling", "42"]
    issue = _codes(report)["unknown_exercise"]
    assert (issue.severity, issue.count) == ("warning", 3)
    assert issue.path == "$.state.history[0].logs[0].exerciseId"
    assert issue.received == "'custom-1f'"


def test_set_type_normal_is_accepted():
    sets = [set_json(type=t) for t in ("normal", "n", "warmup", "Warm-up", "W", "dropset")]
    decoded, report = _decode(state_json(session_json("a", log_json(*sets))))
    assert [item.kind for item in decoded.sessions[0].sets] == [0, 0, 1, 1, 1, 2]
    assert _codes(report)["set_type_spelling"].count == 5


def test_a_custom_exercise_in_lower_case_is_known_to_the_history():
    custom = {
        "id": "custom-7",
        "name": "Svend press",
        "muscleGroup": "chest",
        "secondaryMuscles": ["triceps", "Shoulders", "chest"],
        "equipment": "plates",
        "category": "isolation",
        "difficulty": "beginner",
    }
    decoded, report = _decode(
        state_json(
            session_json("a", log_json(set_json(), exercise="custom-7")), customExercises=[custom]
        )
    )
    (exercise,) = decoded.custom_exercises
    assert exercise.muscle_group is MuscleGroup.CHEST
    assert exercise.secondary_muscles == (MuscleGroup.ARMS, MuscleGroup.SHOULDERS)
    assert (exercise.equipment, exercise.difficulty) == (Equipment.PLATE, Level.BEGINNER)
    assert "unknown_exercise" not in _codes(report)
    assert {issue.severity for issue in report.issues} == {"repaired"}


# 7. lastSync of two types, difficulty missing.


@pytest.mark.parametrize("last_sync", [1_700_000_000_000, "2023-11-14T22:13:20Z", None])
def test_last_sync_of_any_type_is_ignored(last_sync):
    settings = {"units": "kg", "ironCloud": {"enabled": True, "lastSync": last_sync}}
    assert _decode(state_json(settings=settings))[1].issues == ()


def test_a_missing_difficulty_is_intermediate_with_a_warning():
    custom = {
        "id": "custom-7",
        "name": "Svend press",
        "muscleGroup": "Chest",
        "equipment": "Plate",
        "category": "Isolation",
    }
    decoded, report = _decode(state_json(customExercises=[custom]))
    assert decoded.custom_exercises[0].difficulty is Level.INTERMEDIATE
    (issue,) = report.issues
    assert (issue.severity, issue.code) == ("warning", "difficulty_missing")
    assert issue.path == "$.state.customExercises[0].difficulty"


# 8. Order of sessions.


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_sessions_in_any_order_are_sorted_by_time(order):
    sessions = [session_json(f"s{i}", startTime=START_MS + i * 1000, endTime=None) for i in order]
    decoded, _ = _decode(state_json(*sessions))
    assert TrainingLog.from_records(decoded.sessions).session_ids == ("s0", "s1", "s2")
