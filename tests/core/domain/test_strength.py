"""Estimates of the one-repetition maximum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.domain.strength import one_rep_max, one_rep_max_factor, reps_to_failure


@pytest.mark.parametrize(
    ("load", "reps", "rpe", "expected"),
    [
        (100, 1, np.nan, 100.0),
        (100, 5, np.nan, 100 * 36 / 32),
        (100, 6, np.nan, 120.0),
        (100, 10, np.nan, 100 * (1 + 10 / 30)),
        (100, 12, np.nan, 140.0),
        (100, 30, np.nan, 140.0),
        (100, 5, 10, 100 * 36 / 32),
        (100, 3, 8, 100 * 36 / 32),
        (100, 5, 8, 100 * (1 + 7 / 30)),
        (100, 10, 6, 140.0),
        (0, 10, np.nan, 0.0),
    ],
)
def test_known_answers(load, reps, rpe, expected):
    assert one_rep_max(load, reps, rpe) == pytest.approx(expected)


@pytest.mark.parametrize(("load", "reps"), [(100, 0), (np.nan, 5), (100, -3), (100, np.nan)])
def test_no_estimate_without_load_and_reps(load, reps):
    assert np.isnan(one_rep_max(load, reps))


def test_shapes_broadcast():
    assert one_rep_max(np.array([[50.0], [100.0]]), np.array([1, 5, 8])).shape == (2, 3)
    assert one_rep_max(np.empty(0), np.empty(0)).shape == (0,)


@given(st.floats(1, 30), st.floats(1, 30))
def test_more_reps_are_never_weaker(one, other):
    low, high = sorted((one, other))
    assert one_rep_max_factor(low) <= one_rep_max_factor(high)


@given(st.integers(1, 30), st.floats(1, 10), st.floats(1, 10))
def test_less_effort_for_the_same_reps_is_never_weaker(reps, one, other):
    easy, hard = sorted((one, other))
    assert one_rep_max_factor(reps, easy) >= one_rep_max_factor(reps, hard)


@given(st.integers(1, 40), st.floats(1, 10) | st.just(np.nan))
def test_the_estimate_is_at_least_the_load_and_at_most_the_cap(reps, rpe):
    assert 1.0 <= one_rep_max_factor(reps, rpe) <= 1.4
    assert 1 <= reps_to_failure(reps, rpe) <= 12
