"""Metrics against answers by hand, and what must hold of them whatever the input."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_replay.metrics import (
    coverage,
    hr_at_k,
    interval_sides,
    mape,
    median_ape,
    ndcg_at_k,
    paired_error,
    precision_at_k,
    recall_at_k,
    relative_errors,
    width,
    within,
)

ITEMS = list("abcdefghijkl")
truths = st.sets(st.sampled_from(ITEMS), min_size=1, max_size=8)
rankings = st.permutations(ITEMS)
places = st.integers(1, 12)


def test_a_ranking_by_hand():
    ranked, truth = ["a", "b", "c", "d", "e"], {"b", "e", "z"}
    assert hr_at_k(ranked, truth, 1) == 0
    assert hr_at_k(ranked, truth, 2) == 1
    assert precision_at_k(ranked, truth, 5) == 2 / 5
    assert recall_at_k(ranked, truth, 10) == 2 / 3
    gain = 1 / math.log2(3) + 1 / math.log2(6)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at_k(ranked, truth, 5) == pytest.approx(gain / best)


def test_the_best_list_of_more_than_k_is_k_hits():
    assert ndcg_at_k(["a", "b"], set("abcd"), 2) == 1
    assert precision_at_k(["a", "b"], set("abcd"), 2) == 1
    assert recall_at_k(["a", "b"], set("abcd"), 2) == 0.5


def test_a_short_list_gains_nothing_by_it():
    assert precision_at_k(["a"], {"a"}, 5) == 0.2
    assert hr_at_k([], {"a"}, 5) == ndcg_at_k([], {"a"}, 5) == 0


def test_nothing_sought_is_no_case():
    assert math.isnan(recall_at_k(["a"], (), 5))
    assert math.isnan(ndcg_at_k(["a"], (), 5))


@given(rankings, truths, places)
def test_a_perfect_ranking_is_one_and_none_is_better(ranked, truth, k):
    perfect = [*sorted(truth), *(item for item in ranked if item not in truth)]
    assert hr_at_k(perfect, truth, k) == ndcg_at_k(perfect, truth, k) == 1
    for metric in (hr_at_k, precision_at_k, recall_at_k, ndcg_at_k):
        assert 0 <= metric(ranked, truth, k) <= metric(perfect, truth, k) <= 1 + 1e-12


@given(rankings, truths, places, st.data())
def test_the_order_behind_k_does_not_count(ranked, truth, k, data):
    other = ranked[:k] + data.draw(st.permutations(ranked[k:]))
    for metric in (hr_at_k, precision_at_k, recall_at_k, ndcg_at_k):
        assert metric(ranked, truth, k) == metric(other, truth, k)


@given(rankings, truths, st.integers(1, 11))
def test_hits_further_up_gain_more(ranked, truth, at):
    if ranked[at] in truth and ranked[at - 1] not in truth:
        better = [*ranked[: at - 1], ranked[at], ranked[at - 1], *ranked[at + 1 :]]
        assert ndcg_at_k(better, truth, 12) > ndcg_at_k(ranked, truth, 12)


def test_errors_by_hand():
    errors = relative_errors([95, 100, 130, math.nan], [100, 100, 100, 100])
    assert errors.tolist() == pytest.approx([0.05, 0, 0.3, 1])
    assert mape(errors) == pytest.approx(1.35 / 4)
    assert median_ape(errors) == pytest.approx((0.05 + 0.3) / 2)
    assert within(errors, 0.05) == 0.5
    assert within(errors, 0) == 0.25


def test_what_a_conversion_of_units_leaves_is_exact():
    assert within(relative_errors([100 * 0.45359237], [45.36]), 0) == 1
    assert within(relative_errors([100.2], [100]), 0) == 0


def test_no_case_is_not_zero():
    for figure in (mape([]), median_ape([]), within([], 0.1), coverage([], [], [])):
        assert math.isnan(figure)


def test_intervals_by_hand():
    low, high, done = [90, 90, 90, math.nan], [110, 110, 110, math.nan], [89, 100, 111, 100]
    assert interval_sides(low, high, done).tolist() == [-1, 0, 1]
    assert coverage(low, high, done) == pytest.approx(1 / 3)
    assert width(low, high, [100, 100, 100, 100]) == pytest.approx(0.2)
    assert math.isnan(coverage([math.nan], [math.nan], [1]))
    assert math.isnan(width([math.nan], [math.nan], [1]))


def test_ends_of_an_interval_belong_to_it():
    assert coverage([20 * 2.2046226218 * 0.45359237], [25], [20]) == 1


def test_the_error_of_a_difference_by_hand():
    # Two of four differ, one each way: b = c = 1 of Agresti & Min, n = 4.
    assert paired_error([1, 0, 0, -1], range(4)) == pytest.approx(math.sqrt(3) / 6)
    # All of three differ the same way: mean 3/5, (3 + 1 - 5 * 9/25) / 25.
    assert paired_error([1, 1, 1], range(3)) == pytest.approx(math.sqrt(2.2) / 5)
    # The same three of one day count as one question that differs three times as much.
    assert paired_error([1, 1, 1], [4, 4, 4]) == pytest.approx(math.sqrt(1.44 + 1.72) / 5)


@given(st.lists(st.sampled_from([-1, -0.2, 0, 0.4, 1]), min_size=1, max_size=40), st.data())
def test_errors_are_larger_for_questions_that_agree_within_a_day(differences, data):
    n = len(differences)
    days = data.draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))
    error = paired_error(differences, range(n))
    assert 0 < error < 1
    assert paired_error([-d for d in differences], days) == pytest.approx(
        paired_error(differences, days)
    )
    # Each question three times on its day tells no more than once.
    thrice = paired_error(differences * 3, [*range(n)] * 3)
    assert thrice == pytest.approx(error, abs=1.5 / (n + 2))
    assert thrice > paired_error(differences * 3, range(3 * n)) - 1e-12


def test_errors_fall_with_the_square_root_of_the_number_of_questions():
    one, hundred = (paired_error([1, 0, -1, 0] * n, range(4 * n)) for n in (25, 2500))
    assert one / hundred == pytest.approx(10, rel=0.02)
