"""The whole of training with Spark's hands: models as good as those of one process."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voltlift_models.pipeline.fit import Trainer
from voltlift_models.pipeline.hands import spark_hands
from voltlift_models.pipeline.recipe import Recipe, Simulated
from voltlift_models.train.als import AlsConfig
from voltlift_models.train.loads import LoadConfig
from voltlift_models.train.rankers import RankerConfig

RECIPE = Recipe(
    version="0.0.1",
    date="2026-01-31",
    seed=3,
    folds=2,
    simulated=Simulated(lifters=6, seed=3, rankers=6, loads=6, factors=6),
    rankers=RankerConfig(trees=30, most_choices=80),
    loads=LoadConfig(trees=40, folds=2),
    factors=AlsConfig(iterations=10),
)


@pytest.fixture(scope="module")
def lifters(corpus):
    return tuple(lifter for lifter in corpus.lifters if lifter.state.log.n_sessions > 20)[:6]


@pytest.fixture(scope="module")
def trainers(spark):
    with spark_hands() as hands:
        yield Trainer(RECIPE), Trainer(RECIPE, hands)


@pytest.fixture(scope="module")
def samples(trainers, lifters):
    """Return the rankers' samples, a half by each."""
    here, there = trainers
    return {"next": here.habits(lifters, "next"), "session": there.habits(lifters, "session")}


@pytest.fixture(scope="module")
def rankers(trainers, lifters, samples):
    known = trainers[0].known(lifters)
    return [trainer.ranker_of(known, samples) for trainer in trainers]


@pytest.mark.parametrize("task", ["next", "session"])
def test_rankers_find_the_right_exercise_as_often(rankers, samples, task):
    rates = []
    for ranker in rankers:
        booster = ranker.boosters[task]
        hits = [
            part.label[rows][np.argmax(booster.predict(part.matrix[rows]))] > 0
            for part in samples[task]
            for rows in part.choices()
            if part.label[rows].any()
        ]
        rates.append(np.mean(hits))
    assert len(hits) > 100
    assert rates[0] > 0.4
    assert rates[1] == pytest.approx(rates[0], abs=0.03)


def test_weights_are_guessed_as_well(trainers, lifters):
    errors = []
    for trainer in trainers:
        booster = trainer.load(lifters).boosters["point"]
        off = [
            np.abs(booster.predict(planned.vectors) - planned.change)
            for _, planned in trainers[0].loads(lifters)
        ]
        errors.append(np.mean(np.concatenate(off)))
    still = np.mean(np.concatenate([abs(one.change) for _, one in trainers[0].loads(lifters)]))
    assert errors[0] < 0.95 * still
    assert errors[1] == pytest.approx(errors[0], rel=0.05)


def test_factors_say_the_same_of_what_lifters_like(trainers, lifters):
    here, there = (trainer.factors(lifters) for trainer in trainers)
    assert replace(here, values=there.values).to_npz() == there.to_npz()
    for lifter in lifters[:3]:
        liked = {id_: 1.0 for id_ in lifter.state.log.exercise_ids if id_ in here.exercise_ids}
        scores = [factors.scores(factors.fold_in(liked)) for factors in (here, there)]
        assert np.corrcoef(*scores)[0, 1] > 0.9
