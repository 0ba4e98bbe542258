"""Outside of what it was trained on the load model abstains, and the training data are inside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from learned.loads.logs import diary_of, lift, stump_model, today_at
from voltlift_learned.diary import DAY_S, Diary, Today
from voltlift_learned.loads.features import LOAD_FEATURES
from voltlift_learned.loads.limits import LIMITS, in_range
from voltlift_learned.loads.model import load_features
from voltlift_models.corpus import Lifter
from voltlift_models.ingest import read_export
from voltlift_models.prepare.loads import load_samples
from voltlift_models.simulate import simulate_lifter

LOGS = Path(__file__).parents[4] / "shared" / "data" / "logs"


@pytest.mark.parametrize(
    ("weights", "days_later", "answers"),
    [
        ([300, 305, 310], 3, True),
        ([300, 310, 320], 3, False),
        ([50, 55, 60], 700, True),
        ([50, 55, 60], 710, False),
        ([10, 10, 160], 3, True),
        ([10, 10, 170], 3, False),
        ([170, 170, 10], 3, False),
    ],
    ids=["heavy", "too heavy", "after a gap", "too long a gap", "a jump", "too high", "too low"],
)
def test_it_abstains_outside_of_what_it_has_seen(weights, days_later, answers):
    today = today_at(diary_of(*lift(weights)), 6 + days_later)
    assert (stump_model().predict(today, "squat") is not None) == answers


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_is_its_own(name):
    found = load_features(today_at(diary_of(*lift([50, 55, 60])), 9), "squat")
    assert found is not None
    assert in_range(found.vector)
    for value in (LIMITS[name][0] - 0.01, LIMITS[name][1] + 0.01):
        changed = found.vector.copy()
        changed[LOAD_FEATURES.index(name)] = value
        assert not in_range(changed)


def all_in_range(lifter: Lifter) -> bool:
    vectors = load_samples(lifter, planned=False).vectors
    return all(in_range(np.asarray(vector)) for vector in vectors)


def test_made_up_lifters_of_the_training_are_inside():
    assert all(all_in_range(simulate_lifter(1, index)) for index in range(4))


@pytest.mark.skipif(not LOGS.is_dir(), reason="needs the real logs in ../shared/data/logs")
@pytest.mark.parametrize("file", ["hevy-1.csv", "fitnotes-1.csv", "strong-3.csv"])
def test_real_lifters_of_the_training_are_inside(file):
    assert all_in_range(read_export(LOGS / file))


def test_a_later_question_of_the_same_day_is_judged_by_its_own_numbers():
    diary: Diary = diary_of(*lift([50, 55, 60]), *lift([20, 25, 30], name="curl", first=1))
    after = Today.of(diary, 712 * DAY_S)
    assert stump_model().predict(after, "squat") is None
    assert stump_model().predict(Today.of(diary, 20 * DAY_S), "curl") is not None
