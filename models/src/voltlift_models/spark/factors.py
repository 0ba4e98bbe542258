"""Implicit-feedback ALS over workers, by Spark's own implementation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession
    from scipy.sparse import csr_matrix

    from voltlift_models.train.als import AlsConfig, ItemFactors

Interaction: TypeAlias = tuple[int, int, float]
"""User, item, and how much the user did of it (above 0)."""


def factors_on(spark: SparkSession, workers: int | None = None) -> ItemFactors:
    """Return what finds item factors on workers, for ``voltlift_models.train.als.train_als``.

    The matrix holds ``1 + alpha r`` in the way of the library implicit. Regularisation is put
    on Spark's scale by the mean number of entries in a row and in a column.
    """

    def fit(matrix: csr_matrix, config: AlsConfig, seed: int) -> NDArray[np.float32]:
        cells = matrix.tocoo()
        n_users, n_items = cells.shape
        used = len(np.unique(cells.col))
        ratings = (cells.nnz / n_users + cells.nnz / used) / 2
        return item_factors(
            spark,
            zip(cells.row.tolist(), cells.col.tolist(), (cells.data - 1.0).tolist(), strict=True),
            n_items,
            dimensions=config.factors,
            iterations=config.iterations,
            regularisation=config.regularisation / ratings,
            seed=seed,
            blocks=workers or spark.sparkContext.defaultParallelism,
        )

    return fit


def item_factors(
    spark: SparkSession,
    interactions: RDD[Interaction] | Iterable[Interaction],
    n_items: int,
    *,
    dimensions: int = 32,
    iterations: int = 50,
    alpha: float = 1.0,
    regularisation: float = 0.01,
    seed: int = 0,
    blocks: int = 2,
) -> NDArray[np.float32]:
    """Return the factors of items by alternating least squares on implicit feedback.

    Confidence is ``1 + alpha * r``, preference 1 where there is any (Hu, Koren, Volinsky 2008).
    Spark multiplies the regularisation by the number of ratings of each user and item (Zhou et
    al. 2008), other implementations do not: the same figure is not the same strength.

    Parameters
    ----------
    spark : SparkSession
        The session; its checkpoint directory cuts the lineage of the iterations.
    interactions : RDD or iterable of (int, int, float)
        User, item and strength.
    n_items : int
        Number of items; those nobody used have zero factors.
    dimensions, iterations, alpha, regularisation, seed
        Of the algorithm.
    blocks : int
        Blocks of users and of items; about as many as workers.

    Returns
    -------
    ndarray of float32, shape (n_items, dimensions)
    """
    from pyspark.ml.recommendation import ALS

    frame = spark.createDataFrame(
        interactions if hasattr(interactions, "mapPartitions") else list(interactions),
        "user int, item int, weight float",
    )
    als = ALS(
        rank=dimensions,
        maxIter=iterations,
        regParam=regularisation,
        alpha=alpha,
        implicitPrefs=True,
        seed=seed,
        userCol="user",
        itemCol="item",
        ratingCol="weight",
        numUserBlocks=blocks,
        numItemBlocks=blocks,
        checkpointInterval=10,
    )
    factors = np.zeros((n_items, dimensions), np.float32)
    for row in als.fit(frame).itemFactors.collect():
        factors[row["id"]] = row["features"]
    return factors
