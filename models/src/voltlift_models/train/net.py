"""The neural net of a set of lifters, and as a row of the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.dense import dense_rows
from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.moments import Moment
from voltlift_models.evaluate.rows import Ranked
from voltlift_models.prepare.dense import DenseSamples, dense_samples, frame_of
from voltlift_models.prepare.interactions import interactions
from voltlift_models.train.mlp import MlpConfig, MlpFit, train_mlp

Mapper: TypeAlias = Callable[[Callable[[Lifter], DenseSamples], Sequence[Lifter]], Any]

POPULAR = 40
"""Popular exercises that negatives are taken from."""

AT_LARGE = 10
"""Popular exercises that are candidates beside the lifter's own."""

SIMULATED_SHARE = 0.2


@dataclass(frozen=True, eq=False)
class TrainedNet:
    """A fitted net, and what it was fitted to.

    Parameters
    ----------
    fit : MlpFit
        The net.
    popular : tuple of str
        Exercises by popularity among the lifters that it was fitted to.
    rows : ndarray of float32, shape (n, 100)
        A few rows, to try an export with.
    """

    fit: MlpFit
    popular: tuple[str, ...]
    rows: NDArray[np.float32] = field(repr=False)


def popular_exercises(lifters: Sequence[Lifter]) -> tuple[str, ...]:
    """Return the exercises that most lifters did, made-up ones counting a fifth."""
    data = interactions(lifters)
    share = data.done_share(simulated=False)
    share = share + SIMULATED_SHARE * data.done_share(simulated=True)
    order = np.argsort(-share, kind="stable")[:POPULAR].tolist()
    return tuple(data.exercise_ids[at] for at in order)


def train_net(
    lifters: Sequence[Lifter], config: MlpConfig, seed: int, mapper: Mapper = map
) -> TrainedNet:
    """Return the net of lifters: prepared and fitted.

    Parameters
    ----------
    lifters : sequence of Lifter
        Whom it learns from; made-up ones with their latest sessions only.
    config : MlpConfig
        Settings.
    seed : int
        Of everything random.
    mapper : callable
        ``map``, or one that does its work elsewhere.
    """
    popular = popular_exercises(lifters)
    prepare = partial(_samples, popular=popular, config=config, seed=seed)
    samples = list(mapper(prepare, lifters))
    fit = train_mlp(samples, config, seed)
    first = next(part for part in samples if part.n)
    return TrainedNet(fit, popular, first.matrix[:3])


class Doing:
    """Ranks exercises by the net's probability that they are done now.

    Parameters
    ----------
    net : TrainedNet
        Fitted to other lifters than those that it is asked about.
    """

    def __init__(self, net: TrainedNet) -> None:
        self.net = net

    def __call__(self, moment: Moment) -> Ranked:
        """Return the lifter's own exercises, and a few popular ones, by probability."""
        frame = frame_of(moment)
        index = frame.inputs.view.catalogue.index
        ids = [
            id_
            for id_ in dict.fromkeys([*sorted(moment.known), *self.net.popular[:AT_LARGE]])
            if id_ in index and id_ not in moment.taken
        ]
        scores = self.net.fit.predict(dense_rows(frame, [index[id_] for id_ in ids]))
        order = np.argsort(-scores, kind="stable").tolist()
        return Ranked([ids[at] for at in order], scores[order].tolist())


def _samples(lifter: Lifter, popular: Sequence[str], config: MlpConfig, seed: int) -> DenseSamples:
    return dense_samples(
        lifter,
        popular,
        seed=seed,
        max_sessions=config.simulated_sessions if lifter.source.simulated else 0,
        on_the_way=config.on_the_way,
        later=config.later,
    )
