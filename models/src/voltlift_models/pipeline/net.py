"""The neural net in the pipeline: trained where TensorFlow is, judged and shipped anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.dense import dense_rows
from voltlift_learned.diary import Diary, Floats
from voltlift_learned.habit import Known
from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.rows import Ranker
from voltlift_models.export.quantise import quantised
from voltlift_models.export.tfjs import Dense, Layer, to_tfjs
from voltlift_models.pipeline.hands import Hands
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.prepare.dense import DenseSamples, dense_samples, frame_of
from voltlift_models.train.mlp import layers_of, to_onnx, train_mlp
from voltlift_replay.answers import Ranked
from voltlift_replay.moments import Moment

NAME: Final = "exercise-net"
PROBES: Final = 3
STAPLE: Final = 3
"""Commonness of the exercises that are ranked beside those the lifter has done."""
MOST: Final = 20
"""Exercises that a ranking holds."""


@dataclass(frozen=True, eq=False)
class TrainedNet:
    """A net in all forms that it ships in.

    Parameters
    ----------
    files : dict of str to bytes
        ``net.onnx`` (float32), ``net.int8.onnx`` and the TensorFlow.js layers model.
    layers : tuple of Dense
        Its weights, from the input to the output.
    n_samples : int
        Rows that it was fitted to.
    rows : ndarray of float32
        A few rows to try it with.
    """

    files: dict[str, bytes]
    layers: tuple[Dense, ...]
    n_samples: int
    rows: NDArray[np.float32]


def has_tensorflow() -> bool:
    """Return whether a net can be trained here."""
    return find_spec("tensorflow") is not None


def train_net(recipe: Recipe, hands: Hands, lifters: Sequence[Lifter]) -> TrainedNet:
    """Return the net of these lifters.

    Raises
    ------
    VoltLiftError
        ``not_available`` without TensorFlow.
    """
    if not has_tensorflow():
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "the neural net needs TensorFlow",
            expected="the extra neural",
            received="no TensorFlow",
            remedy="pip install 'voltlift-models[neural]'",
        )
    known = Known.of([Diary.of(lifter.state.log) for lifter in lifters])
    work = partial(_samples, popular=tuple(known.exercise_ids), recipe=recipe)
    samples = hands.map(work, lifters)
    fit = train_mlp(samples, recipe.net, recipe.seed)
    onnx = to_onnx(fit.model)
    layers: list[Layer] = layers_of(fit.model)
    shards = {f"tfjs/{name}": data for name, data in to_tfjs(NAME, layers).items()}
    return TrainedNet(
        files={"net.onnx": onnx, "net.int8.onnx": quantised(onnx), **shards},
        layers=tuple(layer for layer in layers if isinstance(layer, Dense)),
        n_samples=fit.samples,
        rows=next(part.matrix for part in samples if len(part.matrix))[:PROBES],
    )


def _samples(lifter: Lifter, popular: tuple[str, ...], recipe: Recipe) -> DenseSamples:
    most = recipe.net.simulated_sessions if lifter.source.simulated else 0
    return dense_samples(
        lifter,
        popular,
        seed=recipe.seed,
        max_sessions=most,
        on_the_way=recipe.net.on_the_way,
        later=recipe.net.later,
    )


_ACTIVATIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0.0),
    "sigmoid": lambda x: 1.0 / (1.0 + np.exp(-x)),
    "tanh": np.tanh,
}


def answer(layers: Sequence[Dense], rows: NDArray[np.float32]) -> Floats:
    """Return a net's answers, shape (n,): what every runtime has to give."""
    x = rows.astype(np.float64)
    for layer in layers:
        x = _ACTIVATIONS[layer.activation](x @ layer.kernel + layer.bias)
    return np.asarray(x[:, 0], np.float64)


@dataclass(frozen=True)
class NetRow:
    """The net of the fold that does not know the lifter, as a row of the evaluation."""

    fold_of: Mapping[str, int]
    nets: tuple[tuple[Dense, ...], ...]

    def __call__(self, lifter: Lifter) -> Ranker:
        """Return the lifter's ranker."""
        layers = self.nets[self.fold_of[lifter.name]]

        def rank(moment: Moment) -> Ranked:
            frame = frame_of(moment)
            exercises = frame.inputs.view.catalogue.exercises
            taken = moment.taken | moment.unknown_custom
            # What was never done and is rare was no negative in training either.
            asked = [
                at
                for at, item in enumerate(exercises)
                if (item.id in moment.known or item.commonness == STAPLE) and item.id not in taken
            ]
            chance = answer(layers, dense_rows(frame, asked))
            best = np.argsort(-chance, kind="stable")[:MOST].tolist()
            return Ranked([exercises[asked[at]].id for at in best], chance[best].tolist())

        return rank
