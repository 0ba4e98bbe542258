"""LightGBM to numpy trees and ONNX: the same decisions, on thresholds as well."""

from __future__ import annotations

from typing import Any

import lightgbm as lgb
import numpy as np
import onnx
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnxmltools.convert import convert_lightgbm

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.trees import TreeEnsemble
from voltlift_models.export.lightgbm import LINKS, OPSET, round_down, thresholds, to_onnx, to_trees

PARAMS: dict[str, Any] = {
    "use_missing": False,
    "max_depth": 5,
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 5,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
    "verbose": -1,
}
F = 12


def table(n: int = 800) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    rng = np.random.default_rng(5)
    matrix = rng.normal(size=(n, F)).astype(np.float32)
    # Counts and flags: thresholds between whole numbers and around zero.
    matrix[:, 3:8] = np.round(matrix[:, 3:8] * 2)
    target = matrix[:, 0] * 2 + np.sin(matrix[:, 1] * 3) + matrix[:, 3] * (matrix[:, 4] > 0)
    return matrix, target.astype(np.float64)


def fitted(objective: str = "regression", rounds: int = 40, **extra: Any) -> lgb.Booster:
    matrix, target = table()
    group = None
    if objective in ("lambdarank", "rank_xendcg"):
        target, group = np.digitize(target, [0, 2]).astype(np.float64), [8] * (len(target) // 8)
    elif objective == "binary":
        target = (target > 0).astype(np.float64)
    names = [f"feature_{at}" for at in range(matrix.shape[1])]
    data = lgb.Dataset(matrix, target, group=group, feature_name=names)
    return lgb.train({**PARAMS, "objective": objective, **extra}, data, rounds)


def on_thresholds(trees: TreeEnsemble) -> NDArray[np.float32]:
    """Rows whose every value lies exactly on a threshold, or one float beside it."""
    rng = np.random.default_rng(11)
    rows = table(400)[0]
    real = np.isfinite(trees.threshold)
    for column in range(rows.shape[1]):
        own = trees.threshold[real & (trees.feature == column)]
        if len(own):
            value = rng.choice(own, len(rows))
            side = rng.choice(np.array([-np.inf, 0, np.inf], np.float32), len(rows))
            beside = np.nextafter(value, side)
            rows[:, column] = np.where(side == 0, value, beside)
    return rows


def onnx_scores(data: bytes, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    scores: NDArray[np.float32] = session.run(["score"], {"features": rows})[0]
    return scores[:, 0]


@pytest.mark.parametrize("objective", sorted(LINKS))
def test_all_forms_agree_on_thresholds_too(objective: str) -> None:
    booster = fitted(objective)
    trees = to_trees(booster)
    for rows in (table(200)[0], on_thresholds(trees)):
        expected = booster.predict(rows)
        assert np.abs(trees.predict(rows) - expected).max() < 1e-6
        assert np.abs(onnx_scores(to_onnx(booster), rows) - expected).max() < 1e-5


def test_thresholds_rounded_to_nearest_would_not_agree() -> None:
    booster = fitted()
    trees = to_trees(booster)
    up = np.nextafter(trees.threshold, np.float32(np.inf))
    rows = on_thresholds(trees)
    moved = TreeEnsemble(
        trees.features, trees.depth, trees.feature, up, trees.mean, trees.leaf, trees.base
    )
    assert np.abs(moved.predict(rows) - booster.predict(rows)).max() > 1e-3


def test_probabilities_come_out_as_probabilities() -> None:
    trees = to_trees(fitted("binary"))
    told = trees.predict(table()[0])
    assert trees.link == "sigmoid"
    assert 0 < told.min() < 0.2 < 0.8 < told.max() < 1


def test_the_expected_is_the_mean_over_the_training_rows() -> None:
    booster = fitted()
    told = to_trees(booster).expected
    assert told == pytest.approx(np.mean(np.asarray(booster.predict(table()[0]))), abs=1e-6)
    contributions = np.asarray(booster.predict(table(5)[0], pred_contrib=True))
    assert told == pytest.approx(contributions[0, -1], abs=1e-6)


def test_the_first_reason_is_mostly_that_of_exact_shapley_values() -> None:
    booster = fitted(rounds=60)
    trees = to_trees(booster)
    rows = table(200)[0]
    exact = np.asarray(booster.predict(rows, pred_contrib=True))[:, :-1]
    told = np.array([trees.attribute(row) for row in rows])
    same = np.abs(exact).argmax(axis=1) == np.abs(told).argmax(axis=1)
    assert same.mean() > 0.75


def test_trees_of_uneven_depth_are_filled_up() -> None:
    booster = fitted(max_depth=8, num_leaves=12, min_data_in_leaf=2)
    trees = to_trees(booster)
    rows = on_thresholds(trees)
    assert 4 <= trees.depth <= 8
    assert np.isinf(trees.threshold).any()
    assert np.abs(trees.predict(rows) - booster.predict(rows)).max() < 1e-6


def test_a_model_that_learned_nothing_says_its_mean() -> None:
    matrix, _ = table(40)
    data = lgb.Dataset(matrix, np.full(40, 3.5))
    booster = lgb.train({**PARAMS, "objective": "regression"}, data, 3)
    trees = to_trees(booster)
    assert trees.depth == 0
    assert trees.predict(matrix[:4]) == pytest.approx(booster.predict(matrix[:4]))
    assert trees.attribute(matrix[0]).tolist() == [0.0] * F


def test_early_stopping_is_kept() -> None:
    matrix, target = table()
    data = lgb.Dataset(matrix[:400], target[:400])
    stop = lgb.early_stopping(2, verbose=False)
    rng = np.random.default_rng(1)
    noise = lgb.Dataset(matrix[400:], rng.normal(size=400), reference=data)
    params = {**PARAMS, "objective": "regression"}
    booster = lgb.train(params, data, 80, valid_sets=[noise], callbacks=[stop])
    assert to_trees(booster).n_trees == booster.best_iteration < 80
    scores = onnx_scores(to_onnx(booster), matrix)
    assert np.abs(scores - booster.predict(matrix)).max() < 1e-5


def test_both_files_are_the_same_every_time() -> None:
    assert to_onnx(fitted()) == to_onnx(fitted())


def test_the_order_in_which_the_converter_names_operators_does_not_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It comes of a set, which another process goes through in another order."""
    written = []
    for backwards in (False, True):

        def convert(*arguments: object, turned: bool = backwards, **options: object) -> object:
            model = convert_lightgbm(*arguments, **options)
            found = sorted(model.opset_import, key=lambda one: one.domain, reverse=turned)
            del model.opset_import[:]
            model.opset_import.extend(found)
            return model

        monkeypatch.setattr("voltlift_models.export.lightgbm.convert_lightgbm", convert)
        written.append(to_onnx(fitted()))
    assert written[0] == written[1]
    assert to_trees(fitted()).to_npz() == to_trees(fitted()).to_npz()


def test_the_onnx_model_is_readable_by_every_runtime() -> None:
    model = onnx.load_from_string(to_onnx(fitted("binary")))
    domains = {entry.domain: entry.version for entry in model.opset_import}
    assert domains[""] <= OPSET
    assert domains["ai.onnx.ml"] <= 3
    assert [value.name for value in model.graph.input] == ["features"]
    assert [value.name for value in model.graph.output] == ["score"]


@pytest.mark.parametrize(
    ("objective", "extra"),
    [
        ("poisson", {}),
        ("regression", {"reg_sqrt": True}),
        ("regression", {"zero_as_missing": True, "use_missing": True}),
        ("regression", {"linear_tree": True}),
        ("regression", {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}),
        ("regression", {"max_depth": 12, "num_leaves": 400, "min_data_in_leaf": 1}),
        ("binary", {"sigmoid": 2.0}),
    ],
)
def test_models_that_the_trees_cannot_express_are_refused(
    objective: str, extra: dict[str, Any]
) -> None:
    matrix, target = table()
    labels = (
        np.abs(target)
        if objective == "poisson"
        else (target > 0) + target * (objective != "binary")
    )
    params = {**PARAMS, "objective": objective, **extra}
    booster = lgb.train(params, lgb.Dataset(matrix, labels), 5)
    with pytest.raises(VoltLiftError) as caught:
        to_onnx(booster)
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION


def test_several_classes_are_refused() -> None:
    matrix, target = table()
    labels = np.digitize(target, [0, 2])
    booster = lgb.train(
        {**PARAMS, "objective": "multiclass", "num_class": 3}, lgb.Dataset(matrix, labels), 2
    )
    with pytest.raises(VoltLiftError, match="cannot be exported"):
        to_trees(booster)


def test_categories_are_refused() -> None:
    matrix, target = table()
    codes = np.abs(matrix[:, 3:4])
    data = lgb.Dataset(codes, target, categorical_feature=[0])
    booster = lgb.train({**PARAMS, "objective": "regression", "min_data_per_group": 5}, data, 3)
    with pytest.raises(VoltLiftError, match="numeric splits"):
        to_trees(booster)


@given(st.floats(-1e30, 1e30))
def test_rounding_down_keeps_every_decision(value: float) -> None:
    down = round_down(np.array([value]))[0]
    above = np.nextafter(down, np.float32(np.inf))
    assert float(down) <= value < float(above)


def test_thresholds_within_a_hair_of_zero_keep_zero_on_its_side() -> None:
    edge = np.float32(1e-35)
    told = thresholds(np.array([float(edge), 0.0, -1e-40, -float(edge), 0.5]))
    assert told[:2].tolist() == [edge, edge]
    assert (told[2:4] < -edge).all()
    assert told[4] == 0.5
