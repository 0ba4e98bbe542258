"""The smallest model there is, in every form that runtimes read: y = sigmoid(x·W + b)."""

from __future__ import annotations

import json
from base64 import b64decode

import numpy as np
from numpy.typing import NDArray

KERNEL = (0.5, -1.0, 2.0)
BIAS = 0.25

WIDTH = len(KERNEL)

FORMS = ("net.onnx", "tfjs/model.json")
"""The file of each form that is opened."""

_ONNX = (
    "CAgSADqIAQoRCgF4CgFXEgFtIgZNYXRNdWwKDgoBbQoBYhIBYSIDQWRkCg8KAWESAXkiB1NpZ21vaWQSBHRpbnkq"
    "FwgDCAEQAUIBV0oMAAAAPwAAgL8AAABAKg0IARABQgFiSgQAAIA+WhEKAXgSDAoKCAESBgoACgIIA2IRCgF5EgwK"
    "CggBEgYKAAoCCAFCBAoAEA0="
)
"""MatMul, Add and Sigmoid of opset 13, as ``onnx.helper`` writes them: ``x`` in, ``y`` out."""


def tiny_files(form: str) -> dict[str, bytes]:
    """Return the files of one of ``FORMS``, by name.

    Examples
    --------
    >>> sorted(tiny_files("tfjs/model.json"))[:2]
    ['tfjs/group1-shard1of2.bin', 'tfjs/group1-shard2of2.bin']
    """
    if form == "net.onnx":
        return {form: b64decode(_ONNX)}
    weights = np.array([*KERNEL, BIAS], "<f4").tobytes()
    shards = [f"group1-shard{at}of2.bin" for at in (1, 2)]
    # Cut within the kernel: shards know nothing of weights.
    cut = weights[:6], weights[6:]
    folder = form.rpartition("/")[0]
    return {
        form: json.dumps(_layers_model(shards)).encode(),
        **{f"{folder}/{name}": data for name, data in zip(shards, cut, strict=True)},
    }


def tiny_answers(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what the model has to say to rows, shape (n, 1).

    Examples
    --------
    >>> tiny_answers(np.zeros((1, 3), np.float32)).round(4).tolist()
    [[0.5622]]
    """
    answers: NDArray[np.float64] = rows.astype(np.float64) @ np.array(KERNEL)[:, None] + BIAS
    return 1 / (1 + np.exp(-answers))


def _layers_model(shards: list[str]) -> dict[str, object]:
    shape = {"name": "x", "batch_input_shape": [None, WIDTH], "dtype": "float32"}
    dense = {"name": "y", "units": 1, "activation": "sigmoid", "use_bias": True}
    layers = [
        {"class_name": "InputLayer", "config": {**shape, "sparse": False}},
        {"class_name": "Dense", "config": {**dense, "trainable": True, "dtype": "float32"}},
    ]
    weights = [
        {"name": "y/kernel", "shape": [WIDTH, 1], "dtype": "float32"},
        {"name": "y/bias", "shape": [1], "dtype": "float32"},
    ]
    config = {"class_name": "Sequential", "config": {"name": "tiny", "layers": layers}}
    return {
        "format": "layers-model",
        "generatedBy": "voltlift",
        "convertedBy": None,
        "modelTopology": {
            "keras_version": "2.15.0",
            "backend": "tensorflow",
            "model_config": config,
        },
        "weightsManifest": [{"paths": shards, "weights": weights}],
    }
