"""Feed-forward nets in the layers format of TensorFlow.js: ``model.json`` and weight shards.

Written here, since the converter of TensorFlow.js brings gigabytes and does not import. The
format: Keras' own description of the layers, and the weights as little-endian float32 one
after the other, cut into shards without regard to where a weight ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, Json, VoltLiftError
from voltlift_models.cards import canonical

Activation: TypeAlias = Literal["linear", "relu", "sigmoid", "tanh"]

SHARD_BYTES = 250_000
KERAS = "2.15.0"
"""Whose description of layers TensorFlow.js reads; Keras 3 writes another one."""


@dataclass(frozen=True, eq=False)
class Dense:
    """A fully connected layer: ``activation(x @ kernel + bias)``."""

    name: str
    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    activation: Activation = "linear"


@dataclass(frozen=True)
class Dropout:
    """A layer that lets everything through once training is over."""

    name: str
    rate: float


Layer: TypeAlias = Dense | Dropout


def to_tfjs(name: str, layers: Sequence[Layer], shard_bytes: int = SHARD_BYTES) -> dict[str, bytes]:
    """Return a net as the files of a layers model, by name, ``model.json`` first.

    Parameters
    ----------
    name : str
        Name of the model.
    layers : sequence of Dense or Dropout
        From the input to the output.
    shard_bytes : int
        Size of all shards but the last.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where the layers do not fit onto one another.
    """
    dense = _checked(layers)
    weights = b"".join(
        np.ascontiguousarray(values, "<f4").tobytes()
        for layer in dense
        for values in (layer.kernel, layer.bias)
    )
    shards = [weights[at : at + shard_bytes] for at in range(0, len(weights), shard_bytes)]
    paths = [f"group1-shard{at}of{len(shards)}.bin" for at in range(1, len(shards) + 1)]
    model: dict[str, Json] = {
        "format": "layers-model",
        "generatedBy": "voltlift",
        "convertedBy": None,
        "modelTopology": {
            "keras_version": KERAS,
            "backend": "tensorflow",
            "model_config": {"class_name": "Sequential", "config": _topology(name, layers, dense)},
        },
        "weightsManifest": [{"paths": paths, "weights": [*_weights(dense)]}],
    }
    return {"model.json": canonical(model), **dict(zip(paths, shards, strict=True))}


def _checked(layers: Sequence[Layer]) -> list[Dense]:
    dense = [layer for layer in layers if isinstance(layer, Dense)]
    names = [layer.name for layer in layers]
    problem = ""
    if not dense or not isinstance(layers[0], Dense):
        problem = "the first layer is not dense"
    elif len(set(names)) != len(names):
        problem = "two layers of one name"
    for one, other in pairwise(dense):
        if one.kernel.shape[1] != other.kernel.shape[0]:
            problem = f"{one.kernel.shape[1]} numbers for {other.name}"
    for layer in dense:
        if layer.bias.shape != layer.kernel.shape[1:]:
            problem = f"{layer.name} has a bias of shape {layer.bias.shape}"
        elif not (np.isfinite(layer.kernel).all() and np.isfinite(layer.bias).all()):
            problem = f"{layer.name} has weights that are no numbers"
    if problem:
        raise VoltLiftError(
            ErrorCode.INVALID_CONFIGURATION,
            "the net cannot be exported",
            expected="finite dense layers that fit onto one another",
            received=problem,
        )
    return dense


def _topology(name: str, layers: Sequence[Layer], dense: list[Dense]) -> Json:
    width = dense[0].kernel.shape[0]
    described: list[Json] = [
        {
            "class_name": "InputLayer",
            "config": {
                "batch_input_shape": [None, width],
                "dtype": "float32",
                "sparse": False,
                "name": "features",
            },
        }
    ]
    for layer in layers:
        config: dict[str, Json] = {"name": layer.name, "trainable": True, "dtype": "float32"}
        if isinstance(layer, Dense):
            config |= {
                "units": layer.kernel.shape[1],
                "activation": layer.activation,
                "use_bias": True,
            }
        else:
            config["rate"] = layer.rate
        described.append({"class_name": type(layer).__name__, "config": config})
    return {"name": name, "layers": described}


def _weights(dense: list[Dense]) -> list[Json]:
    return [
        {"name": f"{layer.name}/{part}", "shape": list(values.shape), "dtype": "float32"}
        for layer in dense
        for part, values in (("kernel", layer.kernel), ("bias", layer.bias))
    ]
