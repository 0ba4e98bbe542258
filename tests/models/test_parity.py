"""The browser's runtimes answer as the models that were fitted: onnxruntime-web, TensorFlow.js."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest
from numpy.typing import NDArray

from parity import answers
from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.export.lightgbm import to_onnx, to_trees
from voltlift_models.export.tfjs import SHARD_BYTES, Dense, Dropout, Layer, to_tfjs


def booster(objective: str) -> lgb.Booster:
    rng = np.random.default_rng(3)
    matrix = np.round(rng.normal(size=(600, 9)), 1).astype(np.float32)
    target = matrix[:, 0] * 2 + matrix[:, 1] * (matrix[:, 2] > 0)
    labels = (target > 0).astype(np.float64) if objective == "binary" else target
    params = {
        "objective": objective,
        "use_missing": False,
        "max_depth": 5,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": 1,
        "verbose": -1,
    }
    return lgb.train(params, lgb.Dataset(matrix, labels), 60)


def on_thresholds(model: lgb.Booster) -> NDArray[np.float32]:
    """Rows whose every value lies on a threshold of its feature, or one float beside it."""
    trees, rng = to_trees(model), np.random.default_rng(9)
    rows = np.zeros((150, len(trees.features)), np.float32)
    for column in range(rows.shape[1]):
        own = trees.threshold[(trees.feature == column) & np.isfinite(trees.threshold)]
        value = rng.choice(own, len(rows)) if len(own) else rows[:, column]
        side = rng.choice(np.array([-np.inf, 0, np.inf], np.float32), len(rows))
        rows[:, column] = np.where(side == 0, value, np.nextafter(value, side))
    return rows


@pytest.mark.parametrize("objective", ["regression", "binary"])
def test_trees_decide_alike_in_the_browser_s_runtime(objective: str, tmp_path: Path) -> None:
    model = booster(objective)
    rows = on_thresholds(model)
    (tmp_path / "trees.onnx").write_bytes(to_onnx(model))
    (told,) = answers(("onnx", tmp_path / "trees.onnx", rows))
    assert np.abs(told - np.asarray(model.predict(rows))).max() < 1e-5
    assert np.abs(told - to_trees(model).predict(rows)).max() < 1e-5


def net(*sizes: int) -> list[Layer]:
    rng = np.random.default_rng(6)
    layers: list[Layer] = []
    for at, (wide, narrow) in enumerate(pairwise(sizes)):
        last = at == len(sizes) - 2
        kernel = rng.normal(0, wide**-0.5, (wide, narrow)).astype(np.float32)
        bias = rng.normal(0, 0.1, narrow).astype(np.float32)
        layers.append(Dense(f"dense_{at}", kernel, bias, "sigmoid" if last else "relu"))
        if not last:
            layers.append(Dropout(f"dropout_{at}", 0.3))
    return layers


def forward(layers: list[Layer], rows: NDArray[np.float32]) -> NDArray[np.float64]:
    values = rows.astype(np.float64)
    for layer in layers:
        if isinstance(layer, Dense):
            values = values @ layer.kernel + layer.bias
            relu = layer.activation == "relu"
            values = np.maximum(values, 0) if relu else 1 / (1 + np.exp(-values))
    return np.asarray(values[:, 0])


@pytest.mark.parametrize(("sizes", "shards"), [((100, 128, 64, 1), 1), ((100, 512, 300, 1), 4)])
def test_tensorflow_js_reads_the_net_and_all_its_shards(
    sizes: tuple[int, ...], shards: int, tmp_path: Path
) -> None:
    layers = net(*sizes)
    files = to_tfjs("net", layers)
    assert len(files) == 1 + shards
    assert [len(content) for content in [*files.values()][1:-1]] == [SHARD_BYTES] * (shards - 1)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    rows = np.random.default_rng(1).random((50, 100)).astype(np.float32)
    (told,) = answers(("tfjs", tmp_path / "model.json", rows))
    assert np.abs(told - forward(layers, rows)).max() < 1e-6


def test_the_same_net_gives_the_same_files() -> None:
    assert to_tfjs("net", net(100, 8, 1)) == to_tfjs("net", net(100, 8, 1))


def dense(wide: int, narrow: int, *, name: str = "more", value: float = 1.0) -> Dense:
    kernel = np.full((wide, narrow), value, np.float32)
    return Dense(name, kernel, np.ones(narrow, np.float32))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "first layer"),
        ([Dropout("dropout", 0.3), *net(4, 2, 1)], "first layer"),
        ([dense(4, 2), dense(2, 1)], "one name"),
        ([*net(4, 2), dense(3, 1)], "2 numbers for more"),
        ([Dense("a", np.ones((2, 1), np.float32), np.ones(2, np.float32))], "bias of shape"),
        ([dense(2, 1, value=np.nan)], "no numbers"),
    ],
)
def test_layers_that_do_not_fit_are_refused(layers: list[Layer], message: str) -> None:
    with pytest.raises(VoltLiftError, match=message) as caught:
        to_tfjs("net", layers)
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
