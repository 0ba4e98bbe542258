"""Outside of what it was trained on the load model abstains."""

from __future__ import annotations

import pytest

from learned.loads.logs import diary_of, lift, stump_model, today_at
from voltlift_learned.diary import DAY_S, Diary, Today
from voltlift_learned.loads.features import LOAD_FEATURES
from voltlift_learned.loads.limits import LIMITS, in_range
from voltlift_learned.loads.model import load_features


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


def test_a_later_question_of_the_same_day_is_judged_by_its_own_numbers():
    diary: Diary = diary_of(*lift([50, 55, 60]), *lift([20, 25, 30], name="curl", first=1))
    after = Today.of(diary, 712 * DAY_S)
    assert stump_model().predict(after, "squat") is None
    assert stump_model().predict(Today.of(diary, 20 * DAY_S), "curl") is not None
