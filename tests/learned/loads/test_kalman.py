"""Hidden strength: what the filter learns from sessions, and what it is not thrown off by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_learned.loads.kalman import curve, strength


def filtered(log_kg, reps, days=None, now=None):
    n = len(log_kg)
    days = np.arange(n) * 3.0 if days is None else np.array(days, float)
    return strength(
        np.array([log_kg], float),
        np.array([reps], float),
        days[None],
        np.ones((1, n), np.bool_),
        np.array([days[-1] + 3.0 if now is None else now]),
    )


def test_a_steady_lifter_is_known():
    state = filtered(np.full(15, np.log(100.0)), np.full(15, 5.0))
    expected, _ = state.at(np.array([5.0]))
    assert np.exp(expected[0]) == pytest.approx(100.0, rel=1e-6)
    assert np.abs(state.surprise).max() < 1e-9


def test_more_repetitions_mean_less_weight():
    state = filtered(np.full(15, np.log(100.0)), np.full(15, 5.0))
    loads = [state.at(np.array([float(reps)]))[0][0] for reps in range(1, 16)]
    assert np.all(np.diff(loads) < 0)


def test_the_slope_of_the_own_rep_curve_is_learned():
    reps = np.array([3.0, 12.0] * 10)
    steep = filtered(np.log(150.0) - 1.4 * curve(reps), reps)
    flat = filtered(np.log(150.0) - 0.6 * curve(reps), reps)
    assert steep.slope[0] == pytest.approx(1.4, abs=0.1)
    assert flat.slope[0] == pytest.approx(0.6, abs=0.1)


def test_uncertainty_grows_with_the_gap_and_shrinks_with_sessions():
    steady = np.full(10, np.log(80.0))
    soon, late = (filtered(steady, np.full(10, 5.0), now=27.0 + gap) for gap in (2, 60))
    few = filtered(steady[:2], np.full(2, 5.0))
    at = np.array([5.0])
    assert soon.at(at)[1][0] < late.at(at)[1][0]
    assert soon.at(np.array([12.0]))[1][0] < few.at(np.array([12.0]))[1][0] + 0.05


def test_one_mistyped_weight_moves_the_level_less_than_its_size():
    weights = np.full(12, np.log(60.0))
    weights[-1] = np.log(600.0)
    state = filtered(weights, np.full(12, 5.0))
    moved = state.at(np.array([5.0]))[0][0] - np.log(60.0)
    assert 0 < moved < 0.35 * np.log(10)


@given(st.lists(st.tuples(st.floats(1, 500), st.integers(1, 30)), min_size=1, max_size=12))
def test_it_stays_finite(sessions):
    kg, reps = zip(*sessions, strict=True)
    state = filtered(np.log(np.array(kg)), np.array(reps, float))
    expected, sd = state.at(np.array([8.0]))
    assert np.isfinite([expected[0], sd[0], state.slope[0]]).all()
    assert sd[0] > 0
