"""What trees are fitted to and by: this process, or workers that each hold a part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

Params: TypeAlias = Mapping[str, Any]
"""LightGBM's own parameters."""


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Samples to fit trees to.

    Parameters
    ----------
    matrix : ndarray of float32, shape (n, n_features)
        Features.
    label : ndarray, shape (n,)
        What to learn.
    weight : ndarray, shape (n,), optional
        Weight of each sample.
    group : ndarray of int, optional
        Number of samples of each question, in their order, for rankers.
    names : tuple of str
        Names of the features; empty for LightGBM's own.
    """

    matrix: NDArray[np.float32]
    label: NDArray[Any]
    weight: NDArray[Any] | None = None
    group: NDArray[Any] | None = None
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.label)

    @classmethod
    def joined(cls, parts: Iterable[TrainingSet]) -> TrainingSet:
        """Return several, at least one, as one; what not all have is left out."""
        listed = list(parts)

        def all_of(pick: Callable[[TrainingSet], NDArray[Any] | None]) -> NDArray[Any] | None:
            arrays = [array for part in listed if (array := pick(part)) is not None]
            return np.concatenate(arrays) if len(arrays) == len(listed) else None

        return cls(
            np.concatenate([part.matrix for part in listed]),
            np.concatenate([part.label for part in listed]),
            all_of(lambda part: part.weight),
            all_of(lambda part: part.group),
            listed[0].names,
        )

    def split(self, parts: int) -> list[TrainingSet]:
        """Return at most so many neighbouring parts of like size; questions stay whole.

        Examples
        --------
        >>> ranks = TrainingSet(np.zeros((5, 1), np.float32), np.zeros(5), group=np.array([3, 2]))
        >>> [len(part) for part in ranks.split(2)]
        [3, 2]
        """
        group = np.ones(len(self), np.int32) if self.group is None else self.group
        ends = np.cumsum(group)
        # The question that holds the first sample of a part belongs to the part before.
        wanted = np.linspace(0, len(self), parts + 1)[1:-1]
        cuts = np.unique(np.searchsorted(ends, wanted) + 1)
        questions = np.split(np.arange(len(group)), cuts[cuts < len(group)])
        found = []
        for part in questions:
            at = slice(int(ends[part[0]] - group[part[0]]), int(ends[part[-1]]))
            found.append(
                TrainingSet(
                    self.matrix[at],
                    self.label[at],
                    None if self.weight is None else self.weight[at],
                    None if self.group is None else self.group[part],
                    self.names,
                )
            )
        return found

    def dataset(self, params: Params, reference: lgb.Dataset | None = None) -> lgb.Dataset:
        """Return it as LightGBM takes it, with the bins of the reference if there is one."""
        return lgb.Dataset(
            self.matrix,
            self.label,
            weight=self.weight,
            group=self.group,
            feature_name=list(self.names) or "auto",
            reference=reference,
            params=dict(params),
        )


Fit: TypeAlias = Callable[[TrainingSet, Params, int], lgb.Booster]
"""Fits so many trees; ``voltlift_models.spark.boosting.fit_on`` makes another one."""


def fit_here(samples: TrainingSet, params: Params, rounds: int) -> lgb.Booster:
    """Fit trees in this process."""
    return lgb.train(dict(params), samples.dataset(params), rounds)
