"""The rankers of the next exercise and of today's session: boosted trees that compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.diary import Floats
from voltlift_learned.habit import FEATURES, direction
from voltlift_models.prepare.habit import HabitSamples
from voltlift_models.train.fit import Fit, TrainingSet, fit_here


@dataclass(frozen=True)
class RankerConfig:
    """How a ranker is trained; the defaults are the tuned ones.

    Parameters
    ----------
    trees, depth, leaves, learning_rate : number
        The boosting as specified.
    min_leaf, l2, feature_share, row_share, bins : number
        LightGBM's ``min_data_in_leaf``, ``lambda_l2``, ``feature_fraction``,
        ``bagging_fraction`` and ``max_bin``.
    truncation : int
        Ranks that lambdarank looks at.
    monotone : bool
        Whether more votes must not lower the score (see `direction`).
    most_choices : int
        Most choices of a lifter that are learned from.
    seldom_share : float
        Share kept of the candidates that nothing speaks for.
    simulated_weight : float
        How much a simulated lifter counts against a real one.
    threads : int
        Threads of LightGBM.
    """

    trees: int = 100
    depth: int = 5
    leaves: int = 31
    learning_rate: float = 0.05
    min_leaf: int = 20
    l2: float = 1.0
    feature_share: float = 0.5
    row_share: float = 0.8
    bins: int = 63
    truncation: int = 10
    monotone: bool = True
    most_choices: int = 1200
    seldom_share: float = 0.15
    simulated_weight: float = 0.1
    threads: int = 1


def train_ranker(
    samples: Sequence[HabitSamples],
    config: RankerConfig | None = None,
    seed: int = 5,
    fit: Fit = fit_here,
) -> lgb.Booster:
    """Return the ranker fitted to the choices of several lifters, who count alike.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is no choice, or samples of both tasks are mixed.
    """
    config = config or RankerConfig()
    used = [item.thin(config.seldom_share, seed) for item in samples if item.n]
    tasks = {item.task for item in used}
    if len(tasks) != 1:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "a ranker learns one task from at least one choice",
            path="samples",
            expected='samples of "next" or of "session", with choices',
            received=f"{len(used)} lifters with choices of {sorted(tasks)}",
        )
    names = FEATURES[tasks.pop()]
    weight = np.concatenate([_weight(item, config) for item in used])
    together = TrainingSet(
        np.concatenate([item.matrix for item in used]),
        np.concatenate([item.label for item in used]),
        weight / weight.mean(),
        np.concatenate([item.sizes for item in used]),
        tuple(names),
    )
    return fit(together, parameters(names, config, seed), config.trees)


def parameters(names: Sequence[str], config: RankerConfig, seed: int) -> dict[str, object]:
    """Return what LightGBM is told."""
    return {
        "objective": "lambdarank",
        "label_gain": [0, 1, 2],
        "lambdarank_truncation_level": config.truncation,
        "max_depth": config.depth,
        "num_leaves": config.leaves,
        "learning_rate": config.learning_rate,
        "min_data_in_leaf": config.min_leaf,
        "lambda_l2": config.l2,
        "feature_fraction": config.feature_share,
        "bagging_fraction": config.row_share,
        "bagging_freq": 1,
        "max_bin": config.bins,
        "monotone_constraints": [direction(name) * config.monotone for name in names],
        "use_missing": False,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": config.threads,
        "seed": seed,
        "verbose": -1,
    }


def _weight(item: HabitSamples, config: RankerConfig) -> Floats:
    """Return the weight of each row; all of a lifter's choices together count one."""
    one = config.simulated_weight if item.simulated else 1.0
    return np.full(len(item.label), one / item.n)
