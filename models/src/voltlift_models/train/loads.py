"""Boosting of the next working weight: regression, quantiles and choice, cross-validated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.diary import Floats
from voltlift_learned.loads.model import PARTS, LoadModel
from voltlift_learned.loads.specs import CHOICE_SPEC, LOAD_SPEC
from voltlift_learned.spec import ModelSpec
from voltlift_models.export.lightgbm import to_trees
from voltlift_models.prepare.loads import LoadSamples
from voltlift_models.train.conformal import calibrate
from voltlift_models.train.fit import Fit, TrainingSet, fit_here

Matrix: TypeAlias = NDArray[np.float32]

_CLIP = 0.7
_TOO_FAR = 0.3


@dataclass(frozen=True)
class LoadConfig:
    """How the load models are trained; the defaults are the tuned ones.

    Parameters
    ----------
    seed : int
        Of everything random.
    trees, depth, leaves, learning_rate, early_stopping : number
        The boosting as specified.
    min_leaf, l2, feature_share, row_share, bins : number
        LightGBM's ``min_data_in_leaf``, ``lambda_l2``, ``feature_fraction``,
        ``bagging_fraction`` and ``max_bin``.
    objective : str
        Loss of the regression.
    max_cases, max_simulated_cases : int
        Most weights of a real and of a simulated lifter that are learned from, drawn by the seed.
    lifter_power : float
        A lifter with ``n`` weights counts ``n ** lifter_power``: between one vote a weight, 1,
        and one a lifter, 0.
    changed_weight : float
        How often a weight that changed counts for the quantiles: intervals that hold the many
        unchanged ones alone say little.
    tail : float
        The quantiles are those of ``tail`` and ``1 - tail`` under these weights; what share they
        hold is the calibration's affair.
    simulated_weight : float
        How much a simulated lifter counts against a real one.
    folds : int
        Folds over lifters for early stopping and calibration; real lifters alone are held out.
    inertia, level : float
        See ``Calibration``. The level is below 0.8 since the chosen weight, which an interval
        always holds, is right so often; 0.78 held 80 to 82 % of the weights of lifters that
        were left out.
    stay : float
        See ``LoadModel``.
    threads : int
        Threads of LightGBM.
    """

    seed: int = 5
    trees: int = 100
    depth: int = 5
    leaves: int = 31
    learning_rate: float = 0.05
    early_stopping: int = 10
    min_leaf: int = 20
    l2: float = 5.0
    feature_share: float = 0.5
    row_share: float = 0.8
    bins: int = 63
    objective: str = "regression_l1"
    max_cases: int = 800
    max_simulated_cases: int = 300
    lifter_power: float = 0.5
    changed_weight: float = 4.0
    tail: float = 0.1
    simulated_weight: float = 0.1
    folds: int = 4
    inertia: float = 30.0
    level: float = 0.78
    stay: float = 1.3
    threads: int = 1


@dataclass(frozen=True, eq=False)
class TrainedLoads:
    """What ``train_loads`` gives.

    Parameters
    ----------
    model : LoadModel
        The model that ships.
    boosters : mapping of str to Booster
        The same ensembles as LightGBM holds them, by name of the part.
    rounds : mapping of str to int
        Trees of each, as early stopping found.
    n_samples : int
        Weights that were learned from; those with and without a plan are the same ones.
    """

    model: LoadModel
    boosters: Mapping[str, lgb.Booster]
    rounds: Mapping[str, int]
    n_samples: int


@dataclass(frozen=True, eq=False)
class _Table:
    """Rows to fit, and the lifter each comes from."""

    matrix: Matrix
    target: Floats
    weight: Floats
    lifter: NDArray[np.intp]

    @property
    def samples(self) -> TrainingSet:
        """What trees are fitted to."""
        return TrainingSet(self.matrix, self.target, self.weight)


def train_loads(
    samples: Sequence[LoadSamples],
    config: LoadConfig | None = None,
    *,
    fit: Fit = fit_here,
    progress: Callable[[str], None] = lambda _: None,
) -> TrainedLoads:
    """Train all parts of a load model.

    Parameters
    ----------
    samples : sequence of LoadSamples
        Of each lifter with and without a plan.
    config : LoadConfig, optional
        Else the tuned one.
    fit : callable
        Fits the trees that ship; early stopping and calibration stay in this process.
    progress : callable, optional
        Told the part that is trained next.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` below two lifters with samples: nobody to hold out.
    """
    config = config or LoadConfig()
    names = sorted({part.lifter for part in samples if part.taught.any()})
    if len(names) < 2:
        raise VoltLiftError(
            ErrorCode.INVALID_CONFIGURATION,
            "load models need at least two lifters with four days of a loaded exercise",
            expected="2 lifters or more",
            received=str(len(names)),
            remedy="Add more exports, or simulated lifters",
        )
    number = {name: at for at, name in enumerate(names)}
    used = [part for part in samples if part.lifter in number]
    folds = _folds(used, number, config)
    boosters, rounds, held_out = {}, {}, {}
    for name in PARTS:
        progress(name)
        table = _table(name, used, number, config)
        params = _params(name, config)
        rounds[name], held_out[name] = _cross_validate(table, params, folds, config)
        boosters[name] = fit(table.samples, params, rounds[name])
    tested = [(part, number[part.lifter]) for part in used if not part.simulated]
    tested = tested or [(part, number[part.lifter]) for part in used]
    low, high = (
        [_predict(held_out[name][folds[at]], part) for part, at in tested]
        for name in ("low", "high")
    )
    parts = {
        name: replace(to_trees(booster), features=_spec(name).features)
        for name, booster in boosters.items()
    }
    calibration = calibrate([part for part, _ in tested], low, high, config.inertia, config.level)
    model = LoadModel(**parts, calibration=calibration, stay=config.stay)
    n_samples = sum(int(part.taught.sum()) for part in used) // 2
    return TrainedLoads(model, boosters, rounds, n_samples)


def _predict(booster: lgb.Booster, part: LoadSamples) -> Floats:
    return np.asarray(booster.predict(part.vectors), np.float64)


def _chooser(part: LoadSamples) -> str:
    return "planned_chooser" if part.planned else "chooser"


def _spec(name: str) -> ModelSpec:
    return CHOICE_SPEC if name.endswith("chooser") else LOAD_SPEC


def _folds(
    samples: Sequence[LoadSamples], number: Mapping[str, int], config: LoadConfig
) -> NDArray[np.intp]:
    """Return the fold in which each lifter is held out, -1 for those who never are."""
    simulated = {part.lifter: part.simulated for part in samples}
    real = [name for name in number if not simulated[name]] or list(number)
    out = np.full(len(number), -1, np.intp)
    if len(real) < 2:
        real = list(number)
    # The longest logs first, so that folds are of like size.
    size = {part.lifter: part.n for part in samples}
    for at, name in enumerate(sorted(real, key=lambda name: (-size[name], name))):
        out[number[name]] = at % min(config.folds, len(real))
    return out


def _params(name: str, config: LoadConfig) -> dict[str, Any]:
    objectives: dict[str, dict[str, Any]] = {
        "point": {"objective": config.objective},
        "low": {"objective": "quantile", "alpha": config.tail},
        "high": {"objective": "quantile", "alpha": 1.0 - config.tail},
    }
    objective = objectives.get(name, {"objective": "binary"})
    return objective | {
        "max_depth": config.depth,
        "num_leaves": config.leaves,
        "learning_rate": config.learning_rate,
        "min_data_in_leaf": config.min_leaf,
        "lambda_l2": config.l2,
        "feature_fraction": config.feature_share,
        "bagging_fraction": config.row_share,
        "bagging_freq": 1,
        "max_bin": config.bins,
        "use_missing": False,
        "deterministic": True,
        "force_row_wise": True,
        "seed": config.seed,
        "num_threads": config.threads,
        "verbose": -1,
    }


def _table(
    name: str, samples: Sequence[LoadSamples], number: Mapping[str, int], config: LoadConfig
) -> _Table:
    parts = []
    for part in samples:
        if name.endswith("chooser") and name != _chooser(part):
            continue
        at = _drawn(part, config)
        base = len(at) ** (config.lifter_power - 1.0) if len(at) else 0.0
        base *= config.simulated_weight if part.simulated else 1.0
        if name.endswith("chooser"):
            best, off = part.nearest
            at = at[off[at] < _TOO_FAR]
            question, slot = np.nonzero(part.choice.real[at])
            matrix = part.rows[at[question], slot]
            target = (best[at[question]] == slot).astype(np.float64)
            weight = np.full(len(target), base)
        else:
            matrix, target = part.vectors[at], np.clip(part.change[at], -_CLIP, _CLIP)
            more = config.changed_weight if name in ("low", "high") else 1.0
            weight = base * np.where(part.changed[at], more, 1.0)
        parts.append((matrix, target, weight, np.full(len(target), number[part.lifter], np.intp)))
    matrix, target, weight, lifter = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Table(matrix, target, weight / weight.mean(), lifter)


def _drawn(part: LoadSamples, config: LoadConfig) -> NDArray[np.intp]:
    """Return the samples of a lifter that are learned from; with a plan the same ones."""
    taught = np.flatnonzero(part.taught)
    most = config.max_simulated_cases if part.simulated else config.max_cases
    if len(taught) <= most:
        return taught
    rng = np.random.default_rng([config.seed, len(taught)])
    return np.sort(rng.choice(taught, most, replace=False))


def _cross_validate(
    table: _Table, params: dict[str, Any], folds: NDArray[np.intp], config: LoadConfig
) -> tuple[int, list[lgb.Booster]]:
    """Return the best number of trees, and each fold's booster that never saw its lifters."""
    fold = folds[table.lifter]
    parts = [
        (np.flatnonzero(fold != at), np.flatnonzero(fold == at)) for at in range(folds.max() + 1)
    ]
    found = lgb.cv(
        params,
        table.samples.dataset(params),
        config.trees,
        folds=parts,
        callbacks=[lgb.early_stopping(config.early_stopping, verbose=False)],
        return_cvbooster=True,
    )
    boosters: Any = found["cvbooster"]
    rounds = int(boosters.best_iteration)
    for booster in boosters.boosters:
        booster.best_iteration = rounds
    return rounds, list(boosters.boosters)
