"""ALS on Spark: as good as implicit's, though not the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from voltlift_models.spark.factors import factors_on, item_factors
from voltlift_models.train.als import AlsConfig
from voltlift_models.train.als import item_factors as implicit_factors

USERS, ITEMS, KINDS = 160, 60, 4
CONFIG = AlsConfig(factors=8, iterations=10, regularisation=1.0)


@pytest.fixture(scope="module")
def tastes():
    """Return what users do, each mostly of one kind of items: as confidence, and held out."""
    rng = np.random.default_rng(5)
    kind = np.arange(ITEMS) % KINDS
    seen, hidden = np.zeros((USERS, ITEMS), np.float32), []
    for user in range(USERS):
        appeal = np.where(kind == user % KINDS, 12.0, 1.0)
        done = rng.choice(ITEMS, 12, replace=False, p=appeal / appeal.sum())
        seen[user, done[:8]] = rng.uniform(1.5, 4.0, 8)
        hidden.append(done[8:])
    return sp.csr_matrix(seen), hidden


def ndcg_at_10(items, tastes):
    matrix, hidden = tastes
    gram = items.T @ items + CONFIG.regularisation * np.eye(items.shape[1])
    gains = []
    for user, held_out in enumerate(hidden):
        row = matrix[user]
        mine = items[row.indices]
        vector = np.linalg.solve(
            gram + mine.T @ ((row.data - 1)[:, None] * mine), mine.T @ row.data
        )
        scores = items @ vector
        scores[row.indices] = -np.inf
        hit = np.isin(np.argsort(-scores)[:10], held_out)
        best = (1 / np.log2(np.arange(2, 2 + len(held_out)))).sum()
        gains.append((hit / np.log2(np.arange(2, 12))).sum() / best)
    return float(np.mean(gains))


def test_ranks_as_well_as_implicit(spark, tastes):
    here = ndcg_at_10(implicit_factors(tastes[0], CONFIG, 1), tastes)
    there = ndcg_at_10(factors_on(spark)(tastes[0], CONFIG, 1), tastes)
    shuffled = np.random.default_rng(0).permutation(implicit_factors(tastes[0], CONFIG, 1))
    assert here > ndcg_at_10(shuffled, tastes) + 0.1
    assert there == pytest.approx(here, abs=0.05)


def test_the_same_seed_gives_the_same_factors(spark, tastes):
    fit = factors_on(spark)
    np.testing.assert_allclose(fit(tastes[0], CONFIG, 1), fit(tastes[0], CONFIG, 1), atol=1e-6)


def test_items_nobody_used_have_zero_factors(spark):
    cells = [(user, item, 2.0) for user in range(6) for item in (0, 2, 3)]
    found = item_factors(spark, cells, 5, dimensions=4, iterations=3)
    assert found.shape == (5, 4)
    assert found.dtype == np.float32
    assert not found[[1, 4]].any()
    assert np.linalg.norm(found[[0, 2, 3]], axis=1).min() > 0.1


def test_interactions_may_come_from_workers(spark):
    cells = [(user, user % 3, 1.0) for user in range(9)]
    spread = spark.sparkContext.parallelize(cells, 2)
    options = {"dimensions": 3, "iterations": 2, "seed": 4}
    np.testing.assert_allclose(
        item_factors(spark, spread, 3, **options),
        item_factors(spark, cells, 3, **options),
        atol=1e-5,
    )
