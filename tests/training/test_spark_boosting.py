"""LightGBM in a barrier stage: the trees of one process."""

from __future__ import annotations

from dataclasses import replace

import lightgbm as lgb
import numpy as np
import pytest

from voltlift_core import VoltLiftError
from voltlift_models.spark import boosting
from voltlift_models.spark.boosting import fit_on, train_boosted
from voltlift_models.train.fit import TrainingSet, fit_here

COMMON = {
    "learning_rate": 0.05,
    "max_depth": 5,
    "num_leaves": 31,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "num_threads": 1,
    "verbosity": -1,
}
WEIGHTS = {**COMMON, "objective": "regression"}
RANKS = {**COMMON, "objective": "lambdarank", "metric": "ndcg", "eval_at": [5]}


def weights(n=3000, seed=0):
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(n, 10)).astype(np.float32)
    label = 2 * matrix[:, 0] + np.sin(3 * matrix[:, 1]) + 0.1 * rng.normal(size=n)
    return TrainingSet(matrix, label)


def weighted(n=3000, seed=0):
    samples = weights(n, seed)
    return replace(samples, weight=np.random.default_rng(seed).uniform(0.5, 2.0, n))


def ranks(questions=150, seed=0):
    rng = np.random.default_rng(seed)
    group = rng.integers(3, 15, questions)
    matrix = rng.normal(size=(group.sum(), 6)).astype(np.float32)
    label = (matrix[:, 0] + 0.3 * rng.normal(size=len(matrix)) > 1).astype(int)
    return TrainingSet(matrix, label, group=group)


def shards(spark, samples, parts):
    return spark.sparkContext.parallelize(samples.split(parts), parts)


@pytest.mark.parametrize("workers", [1, 2])
def test_predictions_of_like_parts_are_those_of_one_process(spark, workers):
    samples = weights()
    found = train_boosted(shards(spark, samples, 4), WEIGHTS, rounds=40, workers=workers)
    expected = fit_here(samples, WEIGHTS, 40)
    assert found.num_trees() == expected.num_trees() == 40
    left, right = (booster.predict(samples.matrix) for booster in (found, expected))
    assert np.std(right) > 0.1
    # Sums of histograms in another order.
    np.testing.assert_allclose(left, right, atol=1e-6)


@pytest.mark.parametrize(
    ("samples", "params"), [(weighted(), WEIGHTS), (ranks(), RANKS)], ids=["weights", "ranks"]
)
def test_one_worker_is_one_process_whatever_the_objective(spark, samples, params):
    found = fit_on(spark, 1)(samples, params, 40).predict(samples.matrix)
    np.testing.assert_array_equal(found, fit_here(samples, params, 40).predict(samples.matrix))


def test_rankings_of_two_workers_are_as_good(spark):
    samples, held_out = ranks(600), ranks(300, seed=1)
    fits = [fit(samples, RANKS, 60) for fit in (fit_here, fit_on(spark, 2))]
    here, there = (booster.predict(held_out.matrix) for booster in fits)
    ends = np.cumsum(held_out.group)[:-1]

    def first_right(scores):
        parts = zip(np.split(scores, ends), np.split(held_out.label, ends), strict=True)
        asked = [(score, label) for score, label in parts if label.any()]
        return np.mean([label[np.argmax(score)] for score, label in asked])

    assert first_right(here) > first_right(held_out.matrix[:, 1]) + 0.3
    assert first_right(there) == pytest.approx(first_right(here), abs=0.03)
    assert np.corrcoef(here, there)[0, 1] > 0.98


def test_two_runs_give_the_same_model(spark):
    fit = fit_on(spark, 2)
    assert fit(weights(), WEIGHTS, 20).model_to_string() == (
        fit(weights(), WEIGHTS, 20).model_to_string()
    )


@pytest.mark.parametrize("objective", ["regression", "regression_l1", "quantile"])
def test_weights_bags_and_percentiles_differ_but_are_as_good(spark, objective):
    bags = {"bagging_fraction": 0.8, "bagging_freq": 1, "feature_fraction": 0.5}
    params = {**WEIGHTS, **bags, "objective": objective, "alpha": 0.9}
    samples, held_out = weighted(), weights(1500, seed=1)
    fits = [fit(samples, params, 100) for fit in (fit_here, fit_on(spark, 2))]
    here, there = (booster.predict(held_out.matrix) for booster in fits)
    steep = 0.9 if objective == "quantile" else 0.5

    def loss(answer):
        off = held_out.label - answer
        return np.mean(np.maximum(steep * off, (steep - 1) * off))

    assert loss(here) < 0.5 * loss(np.full(len(held_out), np.median(samples.label)))
    assert loss(there) == pytest.approx(loss(here), rel=0.05)
    assert np.corrcoef(here, there)[0, 1] > 0.99


def test_early_stopping_stops_all_workers_at_the_same_tree(spark):
    samples, held_out = weights(400), weights(400, seed=1)
    params = {**WEIGHTS, "learning_rate": 0.3}
    found = train_boosted(
        shards(spark, samples, 2), params, rounds=300, workers=2, valid=held_out, stop_after=5
    )
    data = samples.dataset(params)
    alone = lgb.train(
        params,
        data,
        300,
        valid_sets=[held_out.dataset(params, data)],
        callbacks=[lgb.early_stopping(5, verbose=False)],
    )
    assert alone.best_iteration < 295
    assert found.num_trees() == alone.best_iteration


def test_bins_of_a_thinned_sample_do_as_well(spark, monkeypatch):
    monkeypatch.setattr(boosting, "BIN_SAMPLES", 500)
    samples, held_out = weights(), weights(1500, seed=1)

    def error(booster):
        return np.mean((held_out.label - booster.predict(held_out.matrix)) ** 2)

    found = train_boosted(shards(spark, samples, 4), WEIGHTS, rounds=60, workers=2)
    assert error(found) == pytest.approx(error(fit_here(samples, WEIGHTS, 60)), rel=0.1)


def test_more_workers_than_cores_would_wait_for_ever(spark):
    with pytest.raises(VoltLiftError, match="at once at workers: expected at most 2"):
        train_boosted(shards(spark, weights(100), 3), WEIGHTS, rounds=1, workers=3)


def test_a_worker_without_samples_is_refused(spark):
    with pytest.raises(VoltLiftError, match="has no samples"):
        train_boosted(shards(spark, weights(100), 1), WEIGHTS, rounds=1, workers=2)


def test_parts_keep_questions_whole_and_lose_nothing():
    samples = ranks()
    parts = samples.split(4)
    assert len(parts) == 4
    assert all(part.group.sum() == len(part) for part in parts)
    assert max(len(part) for part in parts) - min(len(part) for part in parts) < 30
    joined = TrainingSet.joined(parts)
    for name in ("matrix", "label", "group"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(samples, name))
    assert [len(part) for part in weights(3).split(5)] == [1, 1, 1]
