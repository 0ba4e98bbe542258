"""The loaded work of a log: top sets, what counts, and the windows before a moment."""

from __future__ import annotations

import math

import numpy as np

from learned.loads.logs import diary_of, lift, one_set, today_at, workout
from voltlift_core import TrainingLog
from voltlift_core.history.records import CurrentRecord
from voltlift_learned.diary import Diary
from voltlift_learned.loads.lifts import HORIZON_DAYS, Lifts, Questions, rows_before


def test_top_set_is_the_heaviest_and_of_equal_ones_that_of_most_repetitions():
    lifts = Lifts.of(
        diary_of(
            workout(
                3,
                one_set("squat", 80, 10),
                one_set("squat", 100, 3, rpe=8),
                one_set("squat", 100, 5, rpe=9),
            )
        )
    )
    assert lifts.kg.tolist() == [100.0]
    assert (lifts.reps[0], lifts.least[0], lifts.at_top[0], lifts.sets[0]) == (5, 3, 2, 3)
    assert lifts.rpe[0] == 9
    assert math.isclose(lifts.e1rm[0], math.log(100 * (1 + 5 / 30)))


def test_what_has_no_load_is_left_out():
    lifts = Lifts.of(
        diary_of(
            workout(
                1,
                one_set("pull up", 0.0, 8),
                one_set("dip", 1.0, 8),
                one_set("plank", 20.0, 0),
                one_set("row", 1.25, 8),
            )
        )
    )
    assert [lifts.exercise_ids[at] for at in lifts.exercise] == ["row"]


def test_an_empty_log_has_no_lifts():
    assert len(Lifts.of(Diary.of(TrainingLog())).kg) == 0
    assert len(Lifts.before(today_at(Diary.of(TrainingLog()), 10)).kg) == 0


def test_todays_work_so_far_comes_last_with_exercises_that_are_new():
    diary = diary_of(*lift([50, 55]))
    now = CurrentRecord(exercise_ids=("bench",), sets=(one_set("bench", 40),))
    lifts = Lifts.before(today_at(diary, 9, now))
    assert [lifts.exercise_ids[at] for at in lifts.exercise] == ["squat", "squat", "bench"]
    assert lifts.day.tolist() == [0, 3, 9]


def test_windows_hold_earlier_days_of_the_exercise_alone():
    diary = diary_of(
        workout(1, one_set("squat", 50), one_set("bench", 40)),
        workout(2, one_set("bench", 41)),
        workout(5, one_set("squat", 55)),
        workout(9, one_set("squat", 60)),
    )
    questions = Questions.at(today_at(diary, 9), ["squat", "bench", "curl"], [0, 0, 0])
    rows = rows_before(questions, 3)
    kg = [[questions.lifts.kg[at] for at in row if at >= 0] for row in rows]
    assert kg == [[50.0, 55.0], [40.0, 41.0], []]


def test_nothing_older_than_the_horizon_is_looked_at():
    diary = diary_of(*lift([50, 60, 70], every=HORIZON_DAYS))
    day = 2 * HORIZON_DAYS + 1
    rows = rows_before(Questions.at(today_at(diary, day), ["squat"], [0]), 5)
    assert (rows >= 0).sum() == 1
    whole = Questions(
        Lifts.of(diary),
        np.zeros(1, np.int32),
        np.full(1, day, np.int32),
        np.full(1, 3, np.int32),
        np.zeros(1),
    )
    assert (rows_before(whole, 5) >= 0).sum() == 1
