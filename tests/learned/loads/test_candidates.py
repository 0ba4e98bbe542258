"""Weights to choose from, and which of them is taken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learned.loads.logs import diary_of, lift, today_at
from voltlift_learned.loads.candidates import weighted_median
from voltlift_learned.loads.model import load_features
from voltlift_learned.loads.specs import CHOICE_SPEC

POUND = 0.45359237


def found(weights, reps=5, planned=None, every=3):
    day = len(weights) * every
    result = load_features(today_at(diary_of(*lift(weights, reps, every)), day), "squat", planned)
    assert result is not None
    return result


def column(features, name):
    return features.matrix[:, CHOICE_SPEC.features.index(name)]


def test_own_weights_and_a_step_around_the_last_one():
    kg = found([50, 55, 60, 60]).candidates_kg
    assert [round(x, 6) for x in kg] == [50, 55, 60, 65]


def test_without_a_change_the_step_is_that_of_the_unit():
    assert found([60, 60, 60]).candidates_kg == pytest.approx([57.5, 60, 62.5])
    pounds = found([135 * POUND] * 3).candidates_kg / POUND
    assert pounds == pytest.approx([130, 135, 140])


def test_the_same_weight_from_other_units_is_one_candidate():
    kg = found([100, 100.0004, 99.9996, 100]).candidates_kg
    assert (np.abs(kg - 100) < 1).sum() == 1


def test_a_plan_of_fewer_repetitions_brings_heavier_candidates():
    few, many = (found([60, 60, 60], 10, planned).candidates_kg.max() for planned in (3, 10))
    assert few > many


def test_at_most_so_many_of_a_restless_lifter():
    kg = found(list(np.arange(20, 60, 1.7)))
    assert len(kg.candidates_kg) <= 16


def test_the_last_weight_is_marked_and_uses_are_counted():
    features = found([50, 55, 50, 55, 50])
    at = int(np.argmin(np.abs(features.candidates_kg - 50)))
    assert column(features, "c_last").tolist().count(1.0) == 1
    assert column(features, "c_last")[at] == 1
    assert column(features, "c_share")[at] == pytest.approx(0.6)
    assert column(features, "c_age")[at] == 1
    up = int(np.argmin(np.abs(features.candidates_kg - 55)))
    assert column(features, "c_followed")[up] == pytest.approx(1.0)
    assert column(features, "c_followed")[at] == 0


@given(
    st.lists(
        st.tuples(st.floats(5, 300), st.floats(0.01, 1)),
        min_size=1,
        max_size=12,
        unique_by=lambda pair: pair[0],
    )
)
def test_the_weighted_median_has_the_least_expected_relative_error(pairs):
    kg, chance = (np.array(x) for x in zip(*pairs, strict=True))
    chosen = np.exp(weighted_median(np.log(kg)[None], chance[None], np.ones((1, len(kg)), bool)))
    loss = (np.abs(kg[:, None] - kg) / kg * chance).sum(1)
    mine = (np.abs(chosen[0] - kg) / kg * chance).sum()
    assert mine == pytest.approx(loss.min(), rel=1e-9)


def test_empty_slots_are_never_taken():
    kg = np.log(np.array([[50.0, 60.0, 1.0]]))
    real = np.array([[True, True, False]])
    assert np.exp(weighted_median(kg, np.array([[0.1, 0.2, 9.0]]), real))[0] == pytest.approx(60)
