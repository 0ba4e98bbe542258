"""The neural net, with Keras; TensorFlow is imported only where it is used."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.export.tfjs import Activation, Dense, Dropout, Layer
from voltlift_models.prepare.dense import DenseSamples

if TYPE_CHECKING:
    import keras


ROWS = 8192
"""Rows that are predicted at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MlpConfig:
    """Settings of the neural net.

    Parameters
    ----------
    hidden : tuple of int
        Sizes of the hidden layers.
    dropout : float
        Share of the last hidden layer that is left out in training.
    learning_rate : float
        Of Adam.
    batch : int
        Rows a step.
    epochs : int
        At most.
    patience : int
        Epochs without a better validation loss before training stops; the best ones stay.
    validation : float
        Share of the lifters that training stops by.
    simulated_sessions : int
        Latest sessions of a made-up lifter that are learned from.
    on_the_way, later : int, float
        Moments and labels of a session, see ``dense_samples``. The defaults teach what comes
        next, which ranks better than what the session will hold (``later = 1``).
    """

    hidden: tuple[int, ...] = (128, 64)
    dropout: float = 0.3
    learning_rate: float = 1e-3
    batch: int = 512
    epochs: int = 25
    patience: int = 3
    validation: float = 0.2
    simulated_sessions: int = 60
    on_the_way: int = 2
    later: float = 0.0


@dataclass(frozen=True, eq=False)
class MlpFit:
    """A fitted net, and how it went.

    Parameters
    ----------
    model : keras.Model
        The net with the best validation loss.
    samples : int
        Rows that it was fitted to.
    losses : tuple of float
        Validation loss of each epoch.
    """

    model: keras.Model
    samples: int
    losses: tuple[float, ...]

    def predict(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of each row, shape (n,)."""
        # Not model.predict, which compiles anew for every model and warns of it.
        parts = (matrix[at : at + ROWS] for at in range(0, len(matrix), ROWS))
        answers = [np.asarray(self.model(part, training=False))[:, 0] for part in parts]
        return np.concatenate([np.zeros(0), *answers])


def train_mlp(samples: Sequence[DenseSamples], config: MlpConfig, seed: int) -> MlpFit:
    """Return a net that tells what was done in a session from what was not.

    Every lifter weighs the same, however long the log. A share of the lifters decides when
    to stop; of a single one, its latest rows do.

    Parameters
    ----------
    samples : sequence of DenseSamples
        A lifter each.
    config : MlpConfig
        Settings.
    seed : int
        Of weights, dropout, order and the split.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there are no samples of both kinds.
    """
    parts = [part for part in samples if 0 < part.label.sum() < part.n]
    if not parts:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is nothing to train the neural net on",
            expected="samples of what was done and of what was not",
            received=f"{len(samples)} lifters without both",
        )
    library = _keras(seed)
    training, held = _split(parts, config.validation, seed)
    model = _net(library, config, training[0].shape[1])
    stop = library.callbacks.EarlyStopping(patience=config.patience, restore_best_weights=True)
    history = model.fit(
        training[0],
        training[1],
        sample_weight=training[2],
        validation_data=held,
        batch_size=config.batch,
        epochs=config.epochs,
        callbacks=[stop],
        verbose=0,
    )
    losses = tuple(float(loss) for loss in history.history["val_loss"])
    return MlpFit(cast("keras.Model", model), len(training[0]), losses)


def to_onnx(model: keras.Model) -> bytes:
    """Return a net as an ONNX model, float32: ``features`` (n, F) to ``score`` (n, 1).

    Raises
    ------
    VoltLiftError
        ``internal`` where what Keras wrote is not valid, which it does not notice itself.
    """
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "net.onnx")
        model.export(str(path), format="onnx", verbose=False)
        made = onnx.load(path)
    try:
        _rename(made)
        onnx.checker.check_model(made, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise VoltLiftError(
            ErrorCode.INTERNAL, f"Keras wrote an ONNX model that is not valid: {error}"
        ) from error
    return bytes(made.SerializeToString(deterministic=True))


def layers_of(model: keras.Model) -> list[Layer]:
    """Return the layers of a feed-forward net, for ``to_tfjs``.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` for a layer of another kind.
    """
    layers: list[Layer] = []
    for layer in model.layers:
        kind = type(layer).__name__
        if kind == "Dense":
            kernel, bias = (np.asarray(values, np.float32) for values in layer.get_weights())
            activation = cast("Activation", layer.activation.__name__)
            layers.append(Dense(layer.name, kernel, bias, activation))
        elif kind == "Dropout":
            layers.append(Dropout(layer.name, float(layer.rate)))
        elif kind != "InputLayer":
            raise VoltLiftError(
                ErrorCode.INVALID_CONFIGURATION,
                "the net cannot be exported for TensorFlow.js",
                expected="Dense and Dropout layers",
                received=kind,
            )
    return layers


def _keras(seed: int) -> Any:
    """Import Keras so that two runs give the same weights, and say so where it is missing."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    try:
        import keras
        import tensorflow as tf
    except ImportError as error:
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "the neural net needs TensorFlow",
            expected="the packages of voltlift-models[neural]",
            received=str(error),
            remedy="Run make setup-training, or leave the neural net out",
        ) from error
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    return keras


def _net(keras: Any, config: MlpConfig, width: int) -> Any:
    layers = keras.layers
    names = [f"dense_{at}" for at in range(len(config.hidden))]
    net = keras.Sequential(
        [
            keras.Input((width,), name="features"),
            *(
                layers.Dense(size, activation="relu", name=name)
                for size, name in zip(config.hidden, names, strict=True)
            ),
            layers.Dropout(config.dropout, name="dropout"),
            layers.Dense(1, activation="sigmoid", name="score"),
        ],
        name="exercise_net",
    )
    net.compile(optimizer=keras.optimizers.Adam(config.learning_rate), loss="binary_crossentropy")
    return net


_Arrays = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _split(parts: Sequence[DenseSamples], share: float, seed: int) -> tuple[_Arrays, _Arrays]:
    """Return training and validation rows; weights add up to the same for each lifter."""
    if len(parts) == 1:
        rows = round(parts[0].n * (1 - share))
        x, y, weight = _together(parts)
        return (x[:rows], y[:rows], weight[:rows]), (x[rows:], y[rows:], weight[rows:])
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(parts))
    n_held = min(max(1, round(len(parts) * share)), len(parts) - 1)
    held = {int(at) for at in order[:n_held]}
    return (
        _together([part for at, part in enumerate(parts) if at not in held]),
        _together([parts[at] for at in sorted(held)]),
    )


def _together(parts: Sequence[DenseSamples]) -> _Arrays:
    weights = [part.weight / part.weight.sum() for part in parts]
    total = sum(part.n for part in parts)
    scale = total / len(parts)
    return (
        np.concatenate([part.matrix for part in parts]),
        np.concatenate([part.label for part in parts]),
        np.concatenate([weight * scale for weight in weights]).astype(np.float32),
    )


def _rename(made: Any) -> None:
    """Call input and output what those of the trees are called, and number all else.

    Keras counts every export of a process into the names.
    """
    graph = made.graph
    names = {"": "", graph.input[0].name: "features", graph.output[0].name: "score"}
    for weights in graph.initializer:
        weights.name = names.setdefault(weights.name, f"weights_{len(names)}")
    for at, node in enumerate(graph.node):
        node.name = f"{node.op_type}_{at}"
        for ends in (node.input, node.output):
            ends[:] = [names.setdefault(name, f"value_{len(names)}") for name in ends]
    graph.name, graph.doc_string = "net", ""
    for value, name in ((graph.input[0], "features"), (graph.output[0], "score")):
        value.name = name
        value.type.tensor_type.shape.dim[0].dim_param = "rows"
    del graph.value_info[:]
