"""The collaborative filter: implicit-feedback ALS over lifters and exercises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from implicit.als import AlternatingLeastSquares
from numpy.typing import NDArray

from voltlift_core import Catalogue
from voltlift_learned.factors import Factors, preferences
from voltlift_models.prepare.interactions import Interactions, content
from voltlift_replay.moments import Moment

ItemFactors = Callable[["sp.csr_matrix", "AlsConfig", int], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsConfig:
    """Settings of the collaborative filter.

    Parameters
    ----------
    factors : int
        Length of the embeddings.
    iterations : int
        Rounds of alternating least squares.
    alpha : float
        A preference r counts as 1 + alpha r observations.
    regularisation : float
        On implicit's scale, which is not Spark's.
    simulated_share : float
        Weight of made-up lifters in the popularity.
    smoothing : float
        Added to the share of lifters before its logarithm is taken.
    commonness_weight : float
        What the catalogue's commonness, 1 to 3, adds to the log popularity.
    content_weight, factor_weight : float
        What likeness to today's exercises, and liking, count for novel exercises.
    """

    factors: int = 32
    iterations: int = 50
    alpha: float = 1.0
    regularisation: float = 5.0
    simulated_share: float = 0.2
    smoothing: float = 0.05
    commonness_weight: float = 0.8
    content_weight: float = 4.0
    factor_weight: float = 2.0


def confidence(data: Interactions, config: AlsConfig) -> sp.csr_matrix:
    """Return the matrix 1 + alpha r of lifters by exercises."""
    shape = (data.n_rows, len(data.exercise_ids))
    values = (1.0 + config.alpha * data.strength).astype(np.float32)
    return sp.csr_matrix((values, (data.row, data.exercise)), shape=shape)


def item_factors(matrix: sp.csr_matrix, config: AlsConfig, seed: int) -> NDArray[np.float32]:
    """Return the item factors of implicit's ALS, on one thread, so the same ones every time."""
    model = AlternatingLeastSquares(
        factors=config.factors,
        iterations=config.iterations,
        regularization=config.regularisation,
        alpha=1.0,
        random_state=seed,
        num_threads=1,
        use_gpu=False,
    )
    model.fit(matrix, show_progress=False)
    return np.asarray(model.item_factors, np.float32)


def train_als(
    data: Interactions, config: AlsConfig, seed: int, fit: ItemFactors = item_factors
) -> Factors:
    """Return the exercise factors that lifters agree on.

    Parameters
    ----------
    data : Interactions
        Who does what.
    config : AlsConfig
        Settings.
    seed : int
        Of the first factors.
    fit : callable
        Finds the item factors of a matrix; implicit by default.
    """
    catalogue = Catalogue.bundled()
    share = data.done_share(simulated=False)
    share = share + config.simulated_share * data.done_share(simulated=True)
    prior = np.log(share + config.smoothing) + config.commonness_weight * catalogue.commonness
    return Factors(
        exercise_ids=data.exercise_ids,
        values=fit(confidence(data, config), config, seed),
        content=content(catalogue),
        prior=prior.astype(np.float32),
        alpha=config.alpha,
        regularisation=config.regularisation,
        content_weight=config.content_weight,
        factor_weight=config.factor_weight,
    )


class Liking:
    """Ranks exercises by the collaborative filter alone, as a row of the evaluation."""

    def __init__(self, factors: Factors) -> None:
        self.factors = factors

    def __call__(self, moment: Moment) -> Sequence[str]:
        """Return the catalogue by the liking of the lifter as of this moment."""
        liked = preferences(moment.past, moment.today.day)
        for id_ in moment.done:
            liked[id_] = liked.get(id_, 0.0) + float(np.log(4.0))
        return best(self.factors, self.factors.scores(self.factors.fold_in(liked)), moment)


class Novelty:
    """Ranks exercises by ``Factors.novel``, as a row of the evaluation."""

    def __init__(self, factors: Factors) -> None:
        self.factors = factors

    def __call__(self, moment: Moment) -> Sequence[str]:
        """Return the catalogue by how likely each exercise is to be taken up now."""
        liked = preferences(moment.past, moment.today.day)
        return best(self.factors, self.factors.novel(liked, moment.done), moment)


def best(factors: Factors, scores: NDArray[np.float64], moment: Moment) -> list[str]:
    """Return the exercises by score, without what no ranking may hold."""
    taken = moment.taken
    ranked = (factors.exercise_ids[at] for at in np.argsort(-scores, kind="stable").tolist())
    return [id_ for id_ in ranked if id_ not in taken]
