"""Rankers learn habits that others share, the same each time, and never against a vote."""

from __future__ import annotations

import numpy as np
import pytest

from voltlift_core import VoltLiftError
from voltlift_learned.diary import Diary
from voltlift_learned.habit import FEATURES, Known, direction
from voltlift_models.export.lightgbm import to_trees
from voltlift_models.prepare.habit import habit_samples
from voltlift_models.simulate import simulate
from voltlift_models.train.rankers import RankerConfig, train_ranker

CONFIG = RankerConfig(trees=30, learning_rate=0.1, simulated_weight=1.0)


@pytest.fixture(scope="module")
def samples():
    made = [item for item in simulate(16, 3).lifters if 30 <= item.state.log.n_sessions <= 90][:6]
    known = Known.of(Diary.of(lifter.state.log) for lifter in made)
    return {
        task: [habit_samples(lifter, known, task, most=40) for lifter in made]
        for task in ("next", "session")
    }


def hits(samples, score, grade):
    found = [
        float((samples.label[rows][np.argmax(score[rows])]) >= grade) for rows in samples.choices()
    ]
    return float(np.mean(found))


@pytest.fixture(scope="module")
def boosters(samples):
    return {task: train_ranker(samples[task][:5], CONFIG) for task in samples}


@pytest.mark.parametrize("task", ["next", "session"])
def test_an_unseen_lifter_is_ranked_better_than_by_frequency(samples, boosters, task):
    unseen = samples[task][5]
    frequent = unseen.matrix[:, FEATURES[task].index("share_45")]
    learned = boosters[task].predict(unseen.matrix)
    assert hits(unseen, learned, 1) > hits(unseen, frequent, 1)


def test_training_twice_gives_the_same_trees(samples, boosters):
    again = train_ranker(samples["next"][:5], CONFIG)
    assert again.model_to_string() == boosters["next"].model_to_string()


@pytest.mark.parametrize("task", ["next", "session"])
def test_trees_in_numpy_say_the_same(samples, boosters, task):
    unseen = samples[task][5].matrix
    trees = to_trees(boosters[task])
    assert trees.features == FEATURES[task]
    np.testing.assert_allclose(trees.predict(unseen), boosters[task].predict(unseen), atol=1e-5)


def test_more_votes_never_lower_a_score(samples, boosters):
    matrix = samples["next"][5].matrix[:200]
    before = boosters["next"].predict(matrix)
    for name in ("knn_4", "p_next", "r_p_next"):
        column = FEATURES["next"].index(name)
        more = matrix.copy()
        more[:, column] += 0.3 * direction(name)
        assert (boosters["next"].predict(more) >= before - 1e-9).all(), name


def test_lifters_count_alike_however_long_their_logs(samples):
    short, long = samples["next"][0], samples["next"][1]
    once = train_ranker([short, long], CONFIG)
    assert once.num_trees() == 30
    names = once.feature_name()
    assert tuple(names) == FEATURES["next"]


def test_bad_input_is_told(samples):
    with pytest.raises(VoltLiftError, match="at least one choice"):
        train_ranker([], CONFIG)
    with pytest.raises(VoltLiftError):
        train_ranker([samples["next"][0], samples["session"][0]], CONFIG)
