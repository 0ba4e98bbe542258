"""Points keep the order of scores, and reasons say what is so."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voltlift_learned.habit import Known, habit_features, habit_points, habit_reasons

scores = st.lists(st.integers(-800, 800), min_size=1, max_size=60).map(
    lambda values: np.array(values) / 100.0
)


@given(scores, st.sampled_from(["next", "session"]))
def test_points_keep_the_order_and_the_range(values, task):
    points = habit_points(task, values)
    assert ((points > 0) & (points <= 100)).all()
    order = np.argsort(values, kind="stable")
    rise = np.diff(points[order])
    assert (rise[np.diff(values[order]) > 0] > 0).all()
    assert (rise[np.diff(values[order]) == 0] == 0).all()


@given(scores, st.floats(-5, 5))
def test_points_look_at_differences_only(values, shift):
    np.testing.assert_allclose(
        habit_points("next", values), habit_points("next", values + shift), rtol=1e-6
    )


def test_a_clear_choice_has_more_points_than_one_of_many():
    alone = habit_points("next", np.array([9.0, 0.0, 0.0])).max()
    many = habit_points("next", np.zeros(50)).max()
    assert alone > 99
    assert many < 71
    assert habit_points("next", np.zeros(0)).shape == (0,)


def test_the_last_that_matters_is_far_from_the_best():
    spread = habit_points("session", -np.arange(30) / 10.0)
    np.testing.assert_allclose(spread[9], 20.0)
    np.testing.assert_allclose(np.diff(spread[:10]), spread[1] - spread[0])
    assert 0 < spread[-1] < 5


def reasons(today, exercise, known=None, top=4):
    features = habit_features(today, known or Known.none())
    found = habit_reasons(features, features.exercise_ids.index(exercise), top)
    return {reason.code: reason.values for reason in found}


def test_what_follows_and_the_day_that_was_alike(split, today_of):
    found = reasons(today_of(split, 74, ["squat"]), "leg-press")
    assert found["follows"] == {"exercise": "squat", "times": 10, "of": 10}
    assert found["session_like"] == {"days": 7}
    assert found["due"] == {"every": 7.0, "days": 7.0}


def test_openers_and_weekdays(split, today_of):
    found = reasons(today_of(split, 74), "squat")
    assert found["opens"] == {"times": 10, "of": 10}
    # Day 74 is a Monday.
    assert found["weekday"] == {"weekday": "Monday", "times": 10, "of": 10}
    assert "opens" not in reasons(today_of(split, 74), "leg-press")


def test_nothing_is_claimed_that_is_not_so(split, today_of, diary_of):
    # On a Monday nothing speaks for Friday's exercises.
    assert reasons(today_of(split, 74, ["squat"]), "curl") == {}
    # Daily exercises are not of a weekday.
    daily = [(day, ("a", "b")) for day in range(40)]
    assert "weekday" not in reasons(today_of(daily, 40), "a")
    known = Known.of([diary_of([(0, ("z",))])])
    assert reasons(today_of(split, 74), "z", known) == {"new": {}}


def test_the_strongest_come_first_and_no_more_than_asked(split, today_of):
    features = habit_features(today_of(split, 74, ["squat"]), Known.none())
    index = features.exercise_ids.index("leg-press")
    found = habit_reasons(features, index, 4)
    strengths = [reason.strength for reason in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 <= strength <= 1 for strength in strengths)
    assert habit_reasons(features, index, 1) == found[:1]
