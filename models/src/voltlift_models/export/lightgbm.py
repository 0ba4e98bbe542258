"""LightGBM models to numpy trees and to ONNX, which decide alike on every float32 input.

LightGBM keeps thresholds as doubles, the other two as float32. For float32 inputs
``x <= threshold`` decides the same when the threshold is rounded *down* to float32; rounded
to nearest, an input exactly on it may change sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import lightgbm as lgb
import numpy as np
import onnx
from numpy.typing import NDArray
from onnxmltools.convert import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.trees import MAX_DEPTH, Link, TreeEnsemble

Node: TypeAlias = Mapping[str, Any]

LINKS: Mapping[str, Link] = {
    "binary": "sigmoid",
    "fair": "identity",
    "huber": "identity",
    "lambdarank": "identity",
    "mape": "identity",
    "quantile": "identity",
    "rank_xendcg": "identity",
    "regression": "identity",
    "regression_l1": "identity",
}
"""What turns the sum of the trees into the prediction, by objective."""

OPSET = 15
"""The highest that the converter writes correctly; the runtimes read all of them."""


UNSAID = frozenset({"nodes_hitrates", "nodes_missing_value_tracks_true"})
"""Attributes of the tree ensemble that say nothing here."""


def round_down(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the largest float32 that is not above each value.

    Examples
    --------
    >>> float(round_down(np.array([0.1]))[0]) <= 0.1 < float(np.float32(0.1))
    True
    """
    nearest = values.astype(np.float32)
    below = np.nextafter(nearest, np.float32(-np.inf))
    return np.where(nearest.astype(np.float64) > values, below, nearest)


def thresholds(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return float32 thresholds that decide as LightGBM's for every finite float32 input.

    LightGBM takes what is within 1e-35 of zero for zero, so a threshold in there moves to
    the edge that keeps all of it on the side where zero goes.
    """
    edge = np.float32(1e-35)
    tiny = np.abs(values) <= float(edge)
    aside = np.where(values >= 0, edge, np.nextafter(-edge, np.float32(-np.inf)))
    return np.where(tiny, aside, round_down(values))


def to_trees(booster: lgb.Booster) -> TreeEnsemble:
    """Return a fitted booster as numpy trees, up to its best iteration.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where the booster uses what the trees cannot do: categories,
        zeros as missing values, linear leaves, several classes, more than eight levels, or
        an objective with another link.
    """
    dump = booster.dump_model()
    objective = str(dump.get("objective", "")).split(" ")[0]
    link = _link(dump, objective)
    roots = [tree["tree_structure"] for tree in dump["tree_info"]]
    depth = max(map(_depth, roots), default=0)
    if depth > MAX_DEPTH:
        raise _refused("the trees are too deep", f"at most {MAX_DEPTH} levels", str(depth))
    levels: list[list[tuple[int, float, float]]] = [[] for _ in range(depth)]
    leaves: list[float] = []
    # The nodes of one level of one tree come together, so level by level they are in order.
    for root in roots:
        _lay_out(root, 0, levels, leaves)
    nodes = [node for level in levels for node in level]
    return TreeEnsemble(
        features=tuple(booster.feature_name()),
        depth=depth,
        feature=np.array([node[0] for node in nodes], np.int16),
        threshold=thresholds(np.array([node[1] for node in nodes], np.float64)),
        mean=np.array([node[2] for node in nodes], np.float32),
        leaf=np.array(leaves, np.float32),
        link=link,
        objective=objective,
    )


def to_onnx(booster: lgb.Booster) -> bytes:
    """Return a fitted booster as an ONNX model: ``features`` (n, F) to ``score`` (n, 1).

    Predicts what ``to_trees(booster).predict`` does, within float32.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` for the same boosters that ``to_trees`` refuses.
    """
    trees = to_trees(booster)
    # As a plain regression the converter writes the sum; the link is a node of its own.
    plain = lgb.Booster(model_str=_with_objective(_rounded_text(booster), "regression"))
    shape = [None, len(trees.features)]
    model = convert_lightgbm(
        plain,
        name="trees",
        initial_types=[("features", FloatTensorType(shape))],
        target_opset=OPSET,
    )
    graph = model.graph
    for made in graph.node:
        # All of one value, which is what they are without being said; a fifth of the size.
        kept = [attribute for attribute in made.attribute if attribute.name not in UNSAID]
        del made.attribute[:]
        made.attribute.extend(kept)
    scores = graph.output[0].name
    node = "Sigmoid" if trees.link == "sigmoid" else "Identity"
    graph.node.append(onnx.helper.make_node(node, [scores], ["score"]))
    del graph.output[:]
    graph.output.append(onnx.helper.make_tensor_value_info("score", 1, [None, 1]))
    # The converter goes through a set: in another process the same model had other bytes.
    operators = sorted(model.opset_import, key=lambda each: each.domain)
    del model.opset_import[:]
    model.opset_import.extend(operators)
    onnx.checker.check_model(model, full_check=True)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def _rounded_text(booster: lgb.Booster) -> str:
    """Return the model's text with thresholds rounded down, without what that makes wrong."""
    text = booster.model_to_string()
    # The sizes of the trees in bytes no longer fit; without them LightGBM reads them in turn.
    text = re.sub(r"^tree_sizes=.*\n", "", text, flags=re.M)

    def rounded(found: re.Match[str]) -> str:
        values = thresholds(np.array(found[1].split(" "), np.float64))
        return "threshold=" + " ".join(repr(float(value)) for value in values)

    return re.sub(r"^threshold=(.+)$", rounded, text, flags=re.M)


def _with_objective(text: str, objective: str) -> str:
    # The converter reads the parameters of the training before the objective itself.
    text = re.sub(r"^parameters:$.*^end of parameters$", "", text, flags=re.M | re.S)
    return re.sub(r"^objective=.*$", f"objective={objective}", text, count=1, flags=re.M)


def _link(dump: Node, objective: str) -> Link:
    """Return the link of a model, or refuse what numpy trees cannot do."""
    checks: tuple[tuple[Callable[[], bool], str, str], ...] = (
        (lambda: objective in LINKS, "an objective of " + ", ".join(LINKS), objective),
        (lambda: dump["num_tree_per_iteration"] == 1, "one tree an iteration", "several classes"),
        (lambda: not dump["average_output"], "a sum of trees", "their average"),
        (
            lambda: objective != "binary" or "sigmoid:1" in dump["objective"].split(),
            "sigmoid:1",
            str(dump.get("objective")),
        ),
        (lambda: "sqrt" not in dump.get("objective", ""), "no reg_sqrt", "reg_sqrt"),
    )
    for passes, expected, received in checks:
        if not passes():
            raise _refused("a model of this kind cannot be exported", expected, received)
    return LINKS[objective]


def _depth(node: Node) -> int:
    if "split_index" not in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))


def _lay_out(
    node: Node, level: int, levels: list[list[tuple[int, float, float]]], leaves: list[float]
) -> float:
    """Write a node and all below it, in order; return its mean."""
    split = "split_index" in node
    if not split and "leaf_const" in node and node.get("leaf_coeff"):
        raise _refused("a model of this kind cannot be exported", "constant leaves", "linear ones")
    if level == len(levels):
        leaves.append(float(node["leaf_value"]))
        return leaves[-1]
    if not split:
        # A short path goes on to the left; the right hand is never reached.
        value = float(node["leaf_value"])
        levels[level].append((0, np.inf, value))
        for _ in range(2):
            _lay_out(node, level + 1, levels, leaves)
        return value
    if node["decision_type"] != "<=" or node["missing_type"] == "Zero":
        raise _refused(
            "a model of this kind cannot be exported",
            "numeric splits that take zero for a value",
            f"{node['decision_type']!r}, missing {node['missing_type']!r}",
        )
    at = len(levels[level])
    levels[level].append((0, np.inf, 0.0))
    left, right = node["left_child"], node["right_child"]
    means = [_lay_out(child, level + 1, levels, leaves) for child in (left, right)]
    mean = float(np.average(means, weights=[max(_count(child), 1) for child in (left, right)]))
    levels[level][at] = (int(node["split_feature"]), float(node["threshold"]), mean)
    return mean


def _count(node: Node) -> int:
    return int(node.get("internal_count", node.get("leaf_count", 0)))


def _refused(what: str, expected: str, received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.INVALID_CONFIGURATION,
        what,
        expected=expected,
        received=received,
        remedy="Train with the parameters of models/configs",
    )
