"""Means over lifters: each counts once, and the interval is that of the bootstrap."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_models.evaluate.averages import bootstrap, bootstrap_ratio, macro

figures = st.lists(st.floats(0, 1), min_size=2, max_size=12)


def test_macro_counts_each_lifter_once_micro_each_case():
    one, other = [1.0] * 90, [0.0] * 10
    assert macro([np.mean(one), np.mean(other)]) == 0.5
    assert np.mean([*one, *other]) == 0.9


def test_a_lifter_without_a_case_is_left_out():
    found = bootstrap([0.2, math.nan, 0.4])
    assert (found.mean, found.n_lifters) == (pytest.approx(0.3), 2)
    assert math.isnan(bootstrap([math.nan]).mean)
    assert bootstrap([]).n_lifters == 0


@given(figures)
def test_the_interval_holds_the_mean_and_lies_between_the_lifters(values):
    found = bootstrap(values, resamples=400)
    slack = 1e-9
    assert min(values) - slack <= found.lo <= found.mean + slack
    assert found.mean - slack <= found.hi <= max(values) + slack


@given(figures, st.randoms(use_true_random=False))
def test_the_mean_does_not_depend_on_the_order_of_lifters(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert bootstrap(shuffled, resamples=10).mean == pytest.approx(
        bootstrap(values, resamples=10).mean
    )


def test_the_bootstrap_is_seeded():
    values = np.linspace(0, 1, 37) ** 2
    assert bootstrap(values, seed=3) == bootstrap(values, seed=3)
    assert bootstrap(values, seed=3) != bootstrap(values, seed=4)


def test_the_interval_is_about_that_of_the_normal_distribution():
    values = np.linspace(0, 1, 200)
    found = bootstrap(values)
    half = 1.96 * values.std() / math.sqrt(200)
    assert found.hi - found.mean == pytest.approx(half, rel=0.1)
    assert found.mean - found.lo == pytest.approx(half, rel=0.1)


def test_one_lifter_has_no_interval():
    found = bootstrap([0.4])
    assert (found.mean, found.n_lifters) == (0.4, 1)
    assert math.isnan(found.lo)
    assert math.isnan(found.hi)


def test_a_ratio_is_that_of_the_means():
    found = bootstrap_ratio([1, 3, math.nan], [2, 6, 5])
    assert (found.mean, found.lo, found.hi, found.n_lifters) == (0.5, 0.5, 0.5, 2)
    assert math.isnan(bootstrap_ratio([1, 1], [0, 0]).mean)
    assert math.isnan(bootstrap_ratio([], []).mean)
    one = bootstrap_ratio([1], [2])
    assert one.mean == 0.5
    assert math.isnan(one.lo)
