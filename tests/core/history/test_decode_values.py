"""Bad values: what is repaired, what is put in quarantine, and that the rest works."""

from __future__ import annotations

import math
import sys

import pytest
from record_builders import START_MS, log_json, session_json, set_json, state_json

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import ActiveProgram, Settings
from voltlift_core.domain.vocabulary import Category, Equipment, Level, Unit
from voltlift_core.history.decode import decode_equipment, decode_state, restore_settings
from voltlift_core.history.issues import IssueLog, show

CATALOGUE = Catalogue.bundled()
HUGE = 10**400
NAN = float("nan")


def _decode(state):
    return decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=60)


def _one_set(**changes):
    return _decode(state_json(session_json("a", log_json(set_json(**changes), set_json()))))


def _only(report):
    (issue,) = report.issues
    return issue


def same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


@pytest.mark.parametrize(
    ("field", "value", "read", "severity", "code"),
    [
        ("weight", "82.5", 82.5, "repaired", "weight_as_text"),
        ("weight", " 82,5 ", 82.5, "repaired", "weight_as_text"),
        ("weight", "", NAN, "repaired", "weight_as_text"),
        ("weight", "heavy", NAN, "quarantined", "weight_unreadable"),
        ("weight", "nan", NAN, "quarantined", "weight_unreadable"),
        ("weight", "1e3", NAN, "quarantined", "weight_unreadable"),
        ("weight", -20, NAN, "quarantined", "weight_unreadable"),
        ("weight", True, NAN, "quarantined", "weight_unreadable"),
        ("weight", NAN, NAN, "quarantined", "weight_unreadable"),
        ("weight", float("inf"), NAN, "quarantined", "weight_unreadable"),
        ("weight", 1e308, NAN, "quarantined", "weight_unreadable"),
        ("weight", HUGE, NAN, "quarantined", "weight_unreadable"),
        ("weight", [80], NAN, "quarantined", "weight_unreadable"),
        ("weight", {"kg": 80}, NAN, "quarantined", "weight_unreadable"),
        ("reps", "8", 8, "repaired", "reps_as_text"),
        ("reps", 8.5, 8, "repaired", "reps_fraction"),
        ("reps", -3, 0, "quarantined", "reps_unreadable"),
        ("reps", False, 0, "quarantined", "reps_unreadable"),
        ("reps", 2**40, 0, "quarantined", "reps_unreadable"),
        ("reps", HUGE, 0, "quarantined", "reps_unreadable"),
        ("reps", "8-10", 0, "quarantined", "reps_unreadable"),
        ("rpe", "8.5", 8.5, "repaired", "rpe_as_text"),
        ("rpe", 0, NAN, "quarantined", "rpe_unreadable"),
        ("rpe", 11, NAN, "quarantined", "rpe_unreadable"),
        ("rpe", True, NAN, "quarantined", "rpe_unreadable"),
        ("seconds", -1, NAN, "quarantined", "seconds_unreadable"),
        ("seconds", "90", 90.0, "repaired", "seconds_as_text"),
        ("type", "X", 0, "warning", "set_type_unknown"),
        ("type", None, 0, "warning", "set_type_unknown"),
        ("type", ["N"], 0, "warning", "set_type_unknown"),
        ("completed", "true", True, "repaired", "completed_spelling"),
        ("completed", 0, False, "repaired", "completed_spelling"),
        ("completed", None, False, "quarantined", "completed_unreadable"),
        ("completed", "perhaps", False, "quarantined", "completed_unreadable"),
        ("completed", 7, False, "quarantined", "completed_unreadable"),
    ],
)
def test_a_bad_value_leaves_the_rest_of_its_set(field, value, read, severity, code):
    decoded, report = _one_set(**{field: value})
    issue = _only(report)
    assert (issue.severity, issue.code, issue.count) == (severity, code, 1)
    assert issue.path == f"$.state.history[0].logs[0].sets[0].{field}"
    assert issue.expected
    assert issue.received == show(value)
    names = {"weight": "load_kg", "type": "kind"}
    damaged, whole = decoded.sessions[0].sets
    assert same(getattr(damaged, names.get(field, field)), read)
    for name in set(whole._fields) - {names.get(field, field)}:
        assert same(getattr(damaged, name), getattr(whole, name)) or name == "exercise_id"


@pytest.mark.parametrize("field", ["weight", "rpe", "seconds"])
def test_missing_numbers_are_nan_without_an_issue(field):
    decoded, report = _one_set(**{field: None})
    value = decoded.sessions[0].sets[0]
    assert math.isnan({"weight": value.load_kg, "rpe": value.rpe, "seconds": value.seconds}[field])
    assert report.issues == ()


def test_missing_reps_are_a_skipped_set():
    decoded, report = _one_set(reps=None)
    assert decoded.sessions[0].sets[0].reps == 0
    assert report.issues == ()


def test_the_same_problem_at_many_places_is_one_issue():
    sets = [set_json(reps=-1) for _ in range(7)]
    _, report = _decode(
        state_json(session_json("a", log_json(*sets)), session_json("b", log_json(*sets)))
    )
    assert _only(report).count == 14
    assert report.sets == 14


@pytest.mark.parametrize("junk", [None, 5, "set", [], True])
def test_what_is_no_set_is_left_out_alone(junk):
    decoded, report = _decode(state_json(session_json("a", log_json(set_json(), junk, set_json()))))
    assert len(decoded.sessions[0].sets) == 2
    assert _only(report).path == "$.state.history[0].logs[0].sets[1]"


@pytest.mark.parametrize("junk", [5, "sets", {}, True])
def test_sets_that_are_no_list_leave_the_session(junk):
    log = {"exerciseId": "barbell-bench-press", "sets": junk}
    decoded, report = _decode(state_json(session_json("a", log, log_json(set_json()))))
    assert len(decoded.sessions[0].sets) == 1
    assert _only(report).code == "sets_unreadable"


@pytest.mark.parametrize("junk", [5, "logs", {}, True])
def test_exercises_that_are_no_list_leave_the_session(junk):
    decoded, report = _decode(state_json(session_json("a", logs=junk)))
    assert [session.sets for session in decoded.sessions] == [()]
    assert _only(report).code == "exercises_unreadable"


@pytest.mark.parametrize("junk", [None, 5, "log", []])
def test_what_is_no_exercise_leaves_the_positions_of_the_others(junk):
    decoded, report = _decode(state_json(session_json("a", junk, log_json(set_json()))))
    assert [item.entry for item in decoded.sessions[0].sets] == [1]
    assert _only(report).code == "exercise_unreadable"


@pytest.mark.parametrize("junk", [None, "", "  ", True, 1.5, [], {}, HUGE])
def test_an_exercise_without_an_id_is_quarantined(junk):
    decoded, report = _decode(state_json(session_json("a", log_json(set_json(), exercise=junk))))
    assert decoded.sessions[0].sets == ()
    assert _only(report).code == "exercise_id_unreadable"


@pytest.mark.parametrize("junk", [None, 5, "session", [], True])
def test_what_is_no_session_never_drops_the_state(junk):
    decoded, report = _decode(state_json(junk, session_json("a")))
    assert [session.id for session in decoded.sessions] == ["a"]
    issue = _only(report)
    assert (issue.code, issue.path) == ("session_unreadable", "$.state.history[0]")


@pytest.mark.parametrize("junk", [None, "", [], {}, True, 1.5])
def test_a_session_without_an_id_is_quarantined(junk):
    decoded, report = _decode(state_json(session_json(junk), session_json("a")))
    assert [session.id for session in decoded.sessions] == ["a"]
    assert _only(report).code == "session_without_id"


@pytest.mark.parametrize(
    "id_", ["__proto__", "constructor", "toString", "../../etc", "ü\x00\ud800"]
)
def test_hostile_ids_are_ids_like_any_other(id_):
    state = state_json(session_json(id_, log_json(set_json(), exercise=id_)))
    decoded, _ = _decode(state)
    assert (decoded.sessions[0].id, decoded.sessions[0].sets[0].exercise_id) == (id_, id_)


def test_of_two_sessions_with_one_id_the_last_counts():
    decoded, report = _decode(
        state_json(session_json("a"), session_json("a", log_json(set_json())))
    )
    assert len(decoded.sessions) == 1
    assert len(decoded.sessions[0].sets) == 1
    assert _only(report).code == "duplicate_session"


@pytest.mark.parametrize(
    ("value", "seconds", "code"),
    [
        (START_MS, START_MS / 1000, None),
        (START_MS + 0.5, START_MS / 1000 + 0.0005, None),
        (str(START_MS), START_MS / 1000, "start_time_as_text"),
        ("2023-11-14T22:13:20Z", START_MS / 1000, "start_time_as_text"),
        ("2023-11-14T23:13:20+01:00", START_MS / 1000, "start_time_as_text"),
    ],
)
def test_start_times(value, seconds, code):
    decoded, report = _decode(state_json(session_json("a", startTime=value, endTime=None)))
    assert decoded.sessions[0].start_s == pytest.approx(seconds, abs=1e-6)
    assert [issue.code for issue in report.issues] == ([code] if code else [])


BAD_TIMES = [None, "yesterday", "0000-99-99", True, -1, 4.2e12, 1e308, NAN, HUGE, [], {}]


@pytest.mark.parametrize("value", BAD_TIMES)
def test_a_session_that_cannot_be_placed_in_time_is_quarantined(value):
    decoded, report = _decode(
        state_json(session_json("a", startTime=value, endTime=None), session_json("b"))
    )
    assert [session.id for session in decoded.sessions] == ["b"]
    assert decoded.skipped_ids == {"a"}
    assert _only(report).code == "session_without_time"


@pytest.mark.parametrize("value", BAD_TIMES)
def test_the_end_stands_in_for_a_start_that_is_unreadable(value):
    decoded, report = _decode(state_json(session_json("a", startTime=value)))
    assert decoded.sessions[0].start_s == START_MS / 1000 + 3600
    assert _only(report).code == "start_time_unreadable"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (START_MS - 1, "end_before_start"),
        (START_MS + 30 * 3_600_000, "session_too_long"),
        ("never", "end_time_unreadable"),
        (1e308, "end_time_unreadable"),
    ],
)
def test_an_impossible_end_leaves_the_session(value, code):
    decoded, report = _decode(state_json(session_json("a", log_json(set_json()), endTime=value)))
    assert math.isnan(decoded.sessions[0].end_s)
    assert len(decoded.sessions[0].sets) == 1
    assert _only(report).code == code


def test_an_end_written_as_text_is_read():
    decoded, report = _decode(state_json(session_json("a", endTime=str(START_MS + 60_000))))
    assert decoded.sessions[0].end_s == START_MS / 1000 + 60
    assert _only(report).code == "end_time_as_text"


def test_a_workout_across_midnight_keeps_its_end():
    late = session_json("a", startTime=START_MS, endTime=START_MS + 4 * 3_600_000)
    decoded, report = _decode(state_json(late))
    assert decoded.sessions[0].end_s - decoded.sessions[0].start_s == 14_400
    assert report.issues == ()


@pytest.mark.parametrize(
    ("status", "counts", "code"),
    [
        ("completed", True, None),
        ("Completed", True, "session_status_spelling"),
        ("finished", True, "session_status_spelling"),
        ("archived", True, "session_status_unknown"),
        (None, True, "session_status_unknown"),
        (3, True, "session_status_unknown"),
        ("active", False, None),
        ("template", False, None),
        ("draft", False, None),
        ("Draft", False, "session_status_spelling"),
    ],
)
def test_only_completed_sessions_count(status, counts, code):
    decoded, report = _decode(state_json(session_json("a", status=status)))
    assert (len(decoded.sessions), "a" in decoded.skipped_ids) == (int(counts), not counts)
    assert [issue.code for issue in report.issues] == ([code] if code else [])


@pytest.mark.parametrize(
    ("settings", "session", "kg", "stated", "code"),
    [
        ("kg", None, 100.0, False, None),
        ("lbs", None, 45.359237, False, None),
        ("lbs", "kg", 100.0, True, None),
        ("kg", "lbs", 45.359237, True, None),
        ("kg", "LB", 45.359237, True, "session_unit_spelling"),
        ("lbs", "stone", 45.359237, False, "session_unit_unknown"),
        ("pounds", None, 45.359237, False, "unit_spelling"),
        (None, None, 100.0, False, "unit_assumed"),
        (None, "lbs", 45.359237, True, None),
    ],
)
def test_units(settings, session, kg, stated, code):
    state = state_json(
        session_json("a", log_json(set_json(weight=100)), unit=session),
        settings={"units": settings},
    )
    decoded, report = _decode(state)
    assert decoded.sessions[0].sets[0].load_kg == kg
    assert decoded.sessions[0].unit_stated is stated
    assert [issue.code for issue in report.issues] == ([code] if code else [])


@pytest.mark.parametrize(
    ("value", "offset", "issues"),
    [(None, 60, 0), (-300, -300, 0), (345, 345, 0), (900, 60, 1), ("UTC", 60, 1), (0.5, 60, 1)],
)
def test_utc_offsets(value, offset, issues):
    decoded, report = _decode(state_json(session_json("a", utcOffsetMinutes=value)))
    assert decoded.sessions[0].utc_offset == offset
    assert len(report.issues) == issues


def test_a_date_without_a_time_of_day_says_so():
    decoded, _ = _decode(state_json(session_json("a", timeKnown=False), session_json("b")))
    assert [session.time_known for session in decoded.sessions] == [False, True]


@pytest.mark.parametrize("state", [None, 5, "state", [], True, NAN])
def test_what_is_no_state_is_an_answer(state):
    decoded, report = _decode(state)
    assert (decoded.sessions, decoded.settings, decoded.custom_exercises) == ((), Settings(), ())
    assert _only(report).code == "state_unreadable"


@pytest.mark.parametrize("history", [5, "history", {"a": {}}, True])
def test_a_history_that_is_no_list_leaves_the_settings(history):
    decoded, report = _decode({"history": history, "settings": {"units": "lbs"}})
    assert decoded.settings.unit is Unit.LB
    assert (_only(report).code, _only(report).path) == ("history_unreadable", "$.history")


def test_a_state_of_nulls_is_empty_without_issues():
    names = ("settings", "history", "dailyLogs", "customExercises", "templates", "activeWorkout")
    decoded, report = _decode({"state": dict.fromkeys(names), "version": None})
    assert (decoded.sessions, decoded.daily, report.issues) == ((), (), ())


def test_deep_nesting_is_harmless():
    deep = []
    for _ in range(sys.getrecursionlimit() * 3):
        deep = [deep]
    state = state_json(session_json("a", log_json(set_json(weight=deep), deep), deep), deep)
    decoded, report = _decode(state)
    assert len(decoded.sessions) == 1
    assert report.sets == 1
    assert len(report.issues) == 4


def test_settings_in_full():
    settings = {
        "name": "Ada",
        "units": "lbs",
        "goal": {"type": "Strength", "targetPerWeek": 5},
        "experienceLevel": "Advanced",
        "availableEquipment": ["Barbell"],
        "barWeight": 45,
        "bodyweight": 200,
        "gender": "Female",
        "favoriteExercises": ["bench-press", "custom-1"],
        "activeProgram": {"programId": "ppl", "currentSessionIndex": 0},
        "personalRecords": {
            "bench-press": {"records": [], "bestWeight": {"value": 225, "date": 1, "reps": 1}},
            "barbell-bench-press": {"bestWeight": {"value": 215}},
            "custom-1": {"records": []},
        },
    }
    read, issues = restore_settings(settings, catalogue=CATALOGUE)
    assert read == Settings(
        unit=Unit.LB,
        goal=read.goal,
        level=Level.ADVANCED,
        equipment=frozenset({Equipment.BARBELL}),
        days_per_week=5,
        bodyweight_kg=200 * 0.45359237,
        gender="female",
        bar_kg=45 * 0.45359237,
        favourites=frozenset({"barbell-bench-press", "custom-1"}),
        personal_records_kg={"barbell-bench-press": 225 * 0.45359237},
        active_program=ActiveProgram(program_id="ppl"),
    )
    assert {issue.code for issue in issues} == {"exercise_id_resolved", "unknown_exercise"}


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("units", 3),
        ("goal", [1]),
        ("experienceLevel", "Godlike"),
        ("availableEquipment", "Barbell"),
        ("barWeight", "heavy"),
        ("bodyweight", -70),
        ("bodyweight", True),
        ("gender", 5),
        ("favoriteExercises", {"a": 1}),
        ("personalRecords", [1]),
        ("personalRecords", {"a": 5}),
        ("personalRecords", {"a": {"bestWeight": {"value": -5}}}),
    ],
)
def test_bad_settings_are_reported_and_left_out(name, junk):
    settings, issues = restore_settings({name: junk}, catalogue=CATALOGUE)
    assert settings == Settings()
    assert issues[0].path.startswith(f"$.{name}")


@pytest.mark.parametrize("value", [0, "none", False])
def test_a_program_is_followed_only_where_there_is_one(value):
    settings, _ = restore_settings({"activeProgram": value}, catalogue=CATALOGUE)
    assert settings.active_program is None


def test_equipment_of_a_request_is_read_alike():
    issues = IssueLog()
    assert decode_equipment(["Cables"], "$.equipment", issues) == {Equipment.CABLE}
    assert issues.issues()[0].path == "$.equipment[0]"


def test_custom_exercises_that_say_little_get_defaults_and_warnings():
    customs = [{"id": "custom-1", "muscleGroup": "Legs"}, {"id": "custom-2", "muscleGroup": "?"}]
    decoded, report = _decode(state_json(customExercises=[*customs, None, {"name": "x"}]))
    (exercise,) = decoded.custom_exercises
    assert (exercise.name, exercise.equipment, exercise.category, exercise.difficulty) == (
        "custom-1",
        Equipment.OTHER,
        Category.ISOLATION,
        Level.INTERMEDIATE,
    )
    assert [(issue.code, issue.severity) for issue in report.issues] == [
        ("custom_exercise_without_name", "warning"),
        ("custom_exercise_equipment_unknown", "warning"),
        ("custom_exercise_category_unknown", "warning"),
        ("difficulty_missing", "warning"),
        ("custom_exercise_muscle_unknown", "quarantined"),
        ("custom_exercise_unreadable", "quarantined"),
        ("custom_exercise_without_id", "quarantined"),
    ]


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"secondaryMuscles": "Arms"}, "secondary_muscles_unreadable", "quarantined"),
        ({"secondaryMuscles": ["Arms", 5]}, "secondary_muscles_unreadable", "quarantined"),
        ({"category": "compound"}, "category_spelling", "repaired"),
        ({"bodyweightShare": 7}, "bodyweight_share_unreadable", "quarantined"),
        ({"commonness": "many"}, "commonness_unreadable", "quarantined"),
    ],
)
def test_a_bad_value_leaves_the_rest_of_its_exercise(change, code, severity):
    custom = {
        "id": "custom-1",
        "name": "Sled push",
        "muscleGroup": "Legs",
        "equipment": "Other",
        "category": "Compound",
        "difficulty": "Beginner",
    }
    decoded, report = _decode(state_json(customExercises=[custom | change]))
    (exercise,) = decoded.custom_exercises
    assert (exercise.name, exercise.category) == ("Sled push", Category.COMPOUND)
    assert (_only(report).code, _only(report).severity) == (code, severity)


def test_a_custom_cardio_exercise_without_a_category_is_cardio():
    decoded, _ = _decode(state_json(customExercises=[{"id": "custom-1", "muscleGroup": "cardio"}]))
    assert decoded.custom_exercises[0].category is Category.CARDIO


def test_a_daily_bodyweight_may_carry_its_own_unit():
    daily = {"2023-11-14": {"bodyweight": 200, "unit": "lbs"}, "2023-11-15": {"bodyweight": 90}}
    decoded, _ = _decode(state_json(dailyLogs=daily))
    assert [day.bodyweight_kg for day in decoded.daily] == [200 * 0.45359237, 90.0]


DAY = {"sleepHours": 7.5, "bodyweight": 150, "hadPainOrDiscomfort": True, "hrv": 60}


def test_daily_logs():
    later = {**DAY, "hadPainOrDiscomfort": False}
    decoded, report = _decode(
        state_json(settings={"units": "lbs"}, dailyLogs={"2023-11-15": later, "2023-11-14": DAY})
    )
    assert [(day.day, day.pain, day.hrv_ms) for day in decoded.daily] == [
        (19_675, 1.0, 60.0),
        (19_676, 0.0, 60.0),
    ]
    assert decoded.daily[0].bodyweight_kg == 150 * 0.45359237
    assert math.isnan(decoded.daily[0].stress_level)
    assert report.issues == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sleepHours", 25),
        ("sleepQuality", 0),
        ("stressLevel", 6),
        ("muscleSoreness", True),
        ("bodyweight", 5),
        ("hrv", -1),
        ("restingHR", 1e308),
        ("proteinGrams", "much"),
        ("waterLitres", [2]),
        ("hadPainOrDiscomfort", "yes"),
    ],
)
def test_a_bad_reading_leaves_the_others_of_its_day(key, value):
    decoded, report = _decode(
        state_json(dailyLogs={"2023-11-14": {"perceivedEnergy": 4, key: value}})
    )
    (day,) = decoded.daily
    assert day.perceived_energy == 4.0
    assert sum(math.isnan(getattr(day, name)) for name in day.__slots__) == 13
    issue = _only(report)
    assert (issue.severity, issue.path) == (
        "quarantined",
        f"$.state.dailyLogs.2023-11-14.{key}",
    )


@pytest.mark.parametrize(
    ("logs", "days", "code"),
    [
        ({"2023-11-14T00:00:00.000Z": DAY}, [19_675], None),
        ({"14.11.2023": {**DAY, "date": "2023-11-14"}}, [19_675], "daily_log_date"),
        ([{**DAY, "date": "2023-11-14"}], [19_675], None),
        ({"14.11.2023": DAY}, [], "daily_log_without_date"),
        ({"2023-02-30": DAY}, [], "daily_log_without_date"),
        ({"1969-12-31": DAY}, [], "daily_log_without_date"),
        ({"__proto__": DAY, "2023-11-14": DAY}, [19_675], "daily_log_without_date"),
        ({"2023-11-14": 5}, [], "daily_log_unreadable"),
        ([5], [], "daily_log_without_date"),
        ("logs", [], "daily_logs_unreadable"),
    ],
)
def test_days(logs, days, code):
    decoded, report = _decode(state_json(dailyLogs=logs))
    assert [day.day for day in decoded.daily] == days
    assert [issue.code for issue in report.issues] == ([code] if code else [])
