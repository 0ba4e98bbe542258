"""Writing a program out: rotations, waves, effort and easy weeks, rests and minutes."""

import pytest
from program_builders import library

from voltlift_coach.programs.expand import expand, minutes, rest_seconds
from voltlift_core.catalogue.catalogue import Catalogue

CATALOGUE = Catalogue.bundled()


def sessions(frequency=2, **changes):
    lib = library(changes)
    return expand(lib, lib.get("test"), frequency)


def sets(session, index=0):
    return [(g.count, g.reps, g.percent, g.rpe) for g in session.exercises[index].groups]


def test_days_rotate_over_the_end_of_a_week():
    plan = sessions(3, weekly={"3": []}, weeks=2)
    assert [s.name for s in plan] == ["A", "B", "A", "B", "A", "B"]
    assert [(s.week, s.day) for s in plan] == [(1, 1), (1, 3), (1, 5), (2, 1), (2, 3), (2, 5)]
    assert [s.offset for s in plan] == [0, 2, 4, 7, 9, 11]


def test_a_frequency_may_have_days_of_its_own():
    plan = sessions(2, weekly={"2": ["B", "B"]}, weeks=1)
    assert [s.name for s in plan] == ["B", "B"]


def test_waves_follow_the_turns_of_their_day():
    plan = sessions(3, weekly={"3": []}, days={"A": ["barbell-squat 5|3|1"], "B": ["plank 2x30s"]})
    reps = [sets(s)[0][1][0] for s in plan if s.name == "A"]
    assert reps == [5, 3, 1, 5, 3, 1]


def test_an_empty_wave_leaves_the_exercise_out():
    plan = sessions(days={"A": ["barbell-squat 5", "barbell-row 5|-"], "B": ["plank 2x30s"]})
    assert [len(s.exercises) for s in plan if s.name == "A"] == [2, 1, 2, 1]


def test_neighbours_of_the_same_exercise_become_one():
    lines = ["barbell-squat 5@85%", "barbell-squat 3x10@50%", "barbell-row 3x8", "barbell-squat 5"]
    plan = sessions(days={"A": lines})
    ids = [item.exercise_id for item in plan[0].exercises]
    assert ids == ["barbell-squat", "barbell-row", "barbell-squat"]
    assert [group.count for group in plan[0].exercises[0].groups] == [1, 3]


def test_easy_weeks_halve_the_sets_at_low_effort():
    lines = ["barbell-squat 5x5", "barbell-row 3x5+@80%", "plank 3x30s", "barbell-curl 3x8|3x9@7"]
    plan = sessions(days={"A": lines}, deloadEvery=2)
    normal, easy = plan[0], plan[2]
    assert not any(item.easy for item in normal.exercises)
    assert [item.easy for item in easy.exercises] == [True, True, True, False]
    assert sets(easy, 0) == [(3, (5, 5), None, 6.0)]
    assert sets(easy, 1) == [(2, (5, 5), pytest.approx(0.72), None)]
    assert not easy.exercises[1].groups[0].amrap
    assert sets(easy, 2) == [(2, (1, 1), None, None)]
    assert sets(easy, 3)[0][0] == 3, "an exercise with waves rests by them"


def test_effort_rises_week_by_week_and_starts_again_after_the_easy_one():
    lines = ["barbell-squat 3x5", "barbell-row 3x5@9", "barbell-curl 3x5@60%", "plank 30s"]
    plan = sessions(days={"A": lines}, weeks=6, effort=[7, 8], deloadEvery=3)
    first = [s for s in plan if s.day == 1]
    assert [sets(s, 0)[0][3] for s in first] == [7, 8, 6, 7, 8, 6]
    assert sets(first[0], 1)[0][3] == 9, "what is stated stays"
    assert sets(first[0], 2)[0][2:] == (0.6, None)
    assert sets(first[0], 3)[0][3] is None


def test_rest_grows_with_the_weight_and_the_muscles():
    lines = [
        "barbell-squat 3x5",
        "barbell-squat 3x8",
        "leg-press 3x12",
        "dumbbell-curl 3x5 &",
        "cable-triceps-pushdown 3x5",
        "plank 30s",
        "stationary-bike 20m",
        "barbell-row 3x5 r200",
    ]
    (session,) = sessions(1, weekly={"1": []}, weeks=1, days={"A": lines[1:]})
    heavy = sessions(1, weekly={"1": []}, weeks=1, days={"A": lines[:1]})[0]
    items = [*heavy.exercises, *session.exercises]
    rests = [rest_seconds(item, CATALOGUE.get(item.exercise_id)) for item in items]
    assert rests == [180, 120, 90, 20, 75, 45, 60, 200]


def test_minutes_count_work_rest_and_both_sides():
    exercises = {e.id: e for e in CATALOGUE.exercises}
    two = sessions(1, weekly={"1": []}, weeks=1, days={"A": ["leg-press 3x10"]})[0]
    # 5 min to warm up, 1 to set up, 3 sets of 40 s work and 90 s rest.
    assert minutes(two, exercises) == round(5 + 1 + 3 * 130 / 60)
    one = sessions(1, weekly={"1": []}, weeks=1, days={"A": ["single-leg-press 3x10"]})[0]
    assert exercises["single-leg-press"].unilateral
    assert minutes(one, exercises) == round(5 + 1 + 3 * 170 / 60)
    assert minutes(one, {}) == 5
