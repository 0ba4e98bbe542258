"""Fit and habit together: weights, points that add up, and rules that stand alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.scoring.blend import blend, habit_weight
from voltlift_core.scoring.config import HabitRules
from voltlift_core.scoring.protocol import Scores, Term

POINTS = st.lists(st.floats(0, 100), min_size=3, max_size=3)
ALPHAS = st.floats(0, 1)


def scores(component, *columns):
    terms = tuple(
        Term(component, np.array(column, dtype=float), lambda index: ("why", {}))
        for column in columns
    )
    return Scores(terms, {component: 100.0})


@given(POINTS, POINTS, ALPHAS)
def test_shown_is_the_weighted_sum_and_reasons_add_up_to_it(fit, habit, alpha):
    mixed = blend(scores("balance", fit), [(scores("habit", habit), 1.0)], alpha)
    expected = (1 - alpha) * np.array(fit) + alpha * np.array(habit)
    np.testing.assert_allclose(mixed.shown.total, expected, atol=1e-9)
    for index in range(3):
        parts = mixed.shown.components(index)
        assert sum(part.points for part in parts) == pytest.approx(expected[index], abs=1e-9)


def test_both_parts_stay_visible_as_they_were_given():
    mixed = blend(scores("balance", [10, 20, 30]), [(scores("habit", [90, 0, 0]), 1.0)], 0.7)
    assert mixed.fit.tolist() == [10, 20, 30]
    assert mixed.habit is not None
    assert mixed.habit.tolist() == [90, 0, 0]
    assert mixed.alpha == 0.7
    assert dict(mixed.shown.maxima) == {"balance": pytest.approx(30), "habit": pytest.approx(70)}


def test_two_learned_scorers_share_the_habit_part_by_weight():
    habits = [(scores("habit", [100, 0, 0]), 3.0), (scores("habit", [0, 100, 0]), 1.0)]
    mixed = blend(scores("balance", [0, 0, 0]), habits, 1.0)
    assert mixed.habit is not None
    assert mixed.habit.tolist() == [75, 25, 0]
    assert dict(mixed.shown.maxima) == {"balance": 0, "habit": 100}


def test_what_counts_for_nothing_is_zero_and_not_minus_zero():
    mixed = blend(scores("balance", [-5, 0, 5]), [(scores("habit", [1, 2, 3]), 1.0)], 1.0)
    points = [reason.points for part in mixed.shown.components(0) for reason in part.reasons]
    assert [str(value) for value in points] == ["0.0", "1.0"]


@pytest.mark.parametrize(
    ("habits", "alpha"), [([], 0.7), ([(scores("habit", [1, 2, 3]), 1.0)], 0.0)]
)
def test_without_habit_the_rules_stand_alone(habits, alpha):
    fit = scores("balance", [10, 20, 30])
    mixed = blend(fit, habits, alpha)
    assert mixed.shown is fit
    assert mixed.habit is None
    assert mixed.alpha == 0.0


@given(st.integers(0, 50), st.integers(0, 50), ALPHAS)
def test_habit_never_fades_out_again(a, b, routine):
    rules = HabitRules()
    low, high = sorted((a, b))
    assert habit_weight(low, rules, routine) <= habit_weight(high, rules, routine) <= routine


@pytest.mark.parametrize(
    ("workouts", "expected"), [(0, 0), (2, 0), (3, 0.0875), (9, 0.6125), (10, 0.7), (400, 0.7)]
)
def test_the_default_fades_in_from_the_third_to_the_tenth_workout(workouts, expected):
    assert habit_weight(workouts, HabitRules()) == pytest.approx(expected)
