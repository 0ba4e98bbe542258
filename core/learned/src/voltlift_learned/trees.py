"""Boosted trees as numpy arrays: answers and reasons without a runtime.

Every tree is completed to the same depth, so all rows go down all trees together, one level
at a time. Level ``l`` of ``T`` trees holds ``T 2^l`` nodes; node ``i`` of a level has the
children ``2 i`` and ``2 i + 1`` of the next one, so the whole walk is a gather and a shift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_learned.bundle import Array, corrupt, pack, unpack

Floats: TypeAlias = NDArray[np.float64]
Floats32: TypeAlias = NDArray[np.float32]
Link: TypeAlias = Literal["identity", "sigmoid"]

MAX_DEPTH = 8
KIND = "trees/1"

# Rows times trees that are walked at once: the arrays of a step stay in the processor's cache.
_CHUNK = 16_384


@dataclass(frozen=True, eq=False)
class TreeEnsemble:
    """A sum of regression trees.

    A row goes left at a node where ``row[feature] <= threshold``. Inputs are finite float32;
    thresholds are float32, rounded down from what the trees were fitted with, which for such
    inputs decides the same.

    Parameters
    ----------
    features : tuple of str
        Names of the columns.
    depth : int
        Levels of inner nodes of every tree, from 0 to 8; shorter paths are filled up with
        nodes that everything passes on the left.
    feature : ndarray of int16, shape (n_trees * (2 ** depth - 1),)
        Column that each node looks at: level after level, in a level tree after tree.
    threshold : ndarray of float32
        Same order; infinite where the node fills a path up.
    mean : ndarray of float32
        Same order: mean of the leaves below, weighted by the training rows that fell there.
    leaf : ndarray of float32, shape (n_trees * 2 ** depth,)
        Values of the leaves, tree after tree.
    base : float
        Added to the sum.
    link : {"identity", "sigmoid"}
        What turns the sum into the prediction.
    objective : str
        What the trees were fitted for, for the record.

    Examples
    --------
    >>> stump = TreeEnsemble(
    ...     features=("reps",), depth=1, feature=np.zeros(1, np.int16),
    ...     threshold=np.array([8], np.float32), mean=np.zeros(1, np.float32),
    ...     leaf=np.array([1, -1], np.float32))
    >>> stump.predict(np.array([[8], [9]], np.float32)).tolist()
    [1.0, -1.0]
    """

    features: tuple[str, ...]
    depth: int
    feature: NDArray[np.int16]
    threshold: Floats32
    mean: Floats32
    leaf: Floats32
    base: float = 0.0
    link: Link = "identity"
    objective: str = ""

    @property
    def n_trees(self) -> int:
        """Number of trees."""
        return len(self.leaf) >> self.depth

    @cached_property
    def expected(self) -> float:
        """Sum that a mean training row gets; ``attribute`` explains the difference from it."""
        roots = self.mean[: self.n_trees] if self.depth else self.leaf
        return self.base + float(roots.sum(dtype=np.float64))

    def raw(self, matrix: Floats32) -> Floats:
        """Return the sum over the trees for each row, before the link.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where the columns are not those of the trees.
        """
        matrix = self._checked(matrix)
        n, trees = len(matrix), self.n_trees
        total = np.full(n, self.base)
        step = max(1, _CHUNK // max(trees, 1))
        for start in range(0, n if trees else 0, step):
            rows = matrix[start : start + step]
            for at in self._walk(rows):
                end = at
            total[start : start + step] += self.leaf.take(end).sum(axis=1, dtype=np.float64)
        return total

    def predict(self, matrix: Floats32) -> Floats:
        """Return the prediction for each row, shape (n,).

        Parameters
        ----------
        matrix : ndarray of float32, shape (n, n_features)
            Finite values in the order of ``features``.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where the columns are not those of the trees.
        """
        total = self.raw(matrix)
        if self.link == "identity":
            return total
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(total, -500.0, 500.0))))

    def attribute(self, row: Floats32) -> Floats:
        """Return how much each feature moves the raw sum of a row, shape (n_features,).

        Path attribution (Saabas): a split is credited with the change of the mean from the
        node to its child. All of it adds up to ``raw - expected``. About a tenth of the cost
        of exact Shapley values, with mostly the same first reason.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where the columns are not those of the trees.
        """
        shares = np.zeros(len(self.features))
        if not self.depth or not self.n_trees:
            return shares
        path = [at[0] for at in self._walk(self._checked(row[None, :]))]
        means = [level[at] for (_, _, level), at in zip(self._levels, path, strict=False)]
        means.append(self.leaf[path[-1]])
        for level, (feature, _, _) in enumerate(self._levels):
            change = means[level + 1].astype(np.float64) - means[level]
            shares += np.bincount(feature[path[level]], change, len(shares))
        return shares

    def to_npz(self) -> bytes:
        """Return the trees as the bytes of an ``.npz`` file, the same ones every time."""
        about = {
            "features": list(self.features),
            "depth": self.depth,
            "base": self.base,
            "link": self.link,
            "objective": self.objective,
        }
        arrays: dict[str, Array] = {
            "feature": self.feature,
            "threshold": self.threshold,
            "mean": self.mean,
            "leaf": self.leaf,
        }
        return pack(KIND, about, arrays)

    @classmethod
    def from_npz(cls, data: bytes) -> TreeEnsemble:
        """Return the trees of a file that ``to_npz`` wrote.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the bytes are no such file, or its arrays do not fit.
        """
        about, arrays = unpack(KIND, data)
        try:
            trees = cls(
                features=tuple(map(str, about["features"])),
                depth=int(about["depth"]),
                feature=arrays["feature"].astype(np.int16),
                threshold=arrays["threshold"].astype(np.float32),
                mean=arrays["mean"].astype(np.float32),
                leaf=arrays["leaf"].astype(np.float32),
                base=float(about["base"]),
                link=about["link"],
                objective=str(about["objective"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise corrupt("the trees are incomplete", str(error)) from error
        if problem := trees._problem():
            raise corrupt("the trees do not fit together", problem)
        return trees

    def _problem(self) -> str:
        """Return what is wrong with the arrays, or nothing."""
        if not 0 <= self.depth <= MAX_DEPTH:
            return f"a depth of {self.depth}"
        if self.leaf.ndim != 1:
            return f"leaves of shape {self.leaf.shape}"
        nodes = self.n_trees * ((1 << self.depth) - 1)
        shapes = {array.shape for array in (self.feature, self.threshold, self.mean)}
        if shapes != {(nodes,)} or self.leaf.shape != (self.n_trees << self.depth,):
            return f"arrays of shape {sorted(shapes)} for {self.n_trees} trees"
        if nodes and not 0 <= self.feature.min() <= self.feature.max() < len(self.features):
            return "a node looks at a feature that there is not"
        finite = np.isfinite(self.leaf).all() and np.isfinite(self.mean).all()
        if not finite or np.isnan(self.threshold).any() or not np.isfinite(self.base):
            return "values that are no numbers"
        return "" if self.link in get_args(Link) else f"a link {self.link!r}"

    def _checked(self, matrix: Floats32) -> Floats32:
        if matrix.ndim != 2 or matrix.shape[1] != len(self.features):
            raise VoltLiftError(
                ErrorCode.INVALID_CONFIGURATION,
                "the trees were fitted to other columns",
                expected=f"a matrix of {len(self.features)} columns",
                received=f"shape {matrix.shape}",
                remedy="Use a model made for this version of the engine",
            )
        return np.ascontiguousarray(matrix, np.float32)

    @cached_property
    def _levels(self) -> list[tuple[NDArray[np.intp], Floats32, Floats32]]:
        """Feature, threshold and mean of each level."""
        return [
            (self.feature[part].astype(np.intp), self.threshold[part], self.mean[part])
            for part in self._parts()
        ]

    def _parts(self) -> Iterator[slice]:
        for level in range(self.depth):
            size = 1 << level
            yield slice(self.n_trees * (size - 1), self.n_trees * (2 * size - 1))

    def _walk(self, rows: Floats32) -> Iterator[NDArray[np.intp]]:
        """Yield the nodes that each row passes, (n, n_trees) a level, the leaves last."""
        n, width = rows.shape
        values = rows.ravel()
        offset = np.arange(0, n * width, width, dtype=np.intp)[:, None]
        at = np.tile(np.arange(self.n_trees, dtype=np.intp), (n, 1))
        yield at
        for feature, threshold, _ in self._levels:
            right = values.take(feature.take(at) + offset) > threshold.take(at)
            at = 2 * at + right
            yield at
