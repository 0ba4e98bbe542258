"""LightGBM over workers: a barrier stage in which each task trains on its part of the samples."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, VoltLiftError

if TYPE_CHECKING:
    from pyspark import RDD, BarrierTaskContext

Params: TypeAlias = Mapping[str, Any]

Place: TypeAlias = tuple[int, int]
"""Partition of a shard, and its position there."""

BIN_SAMPLES = 200_000
"""Samples that bins are found on, LightGBM's own default."""

WAIT_MINUTES = 2
"""How long the tasks wait for each other before LightGBM gives up."""


_PARALLEL = {
    "tree_learner": "data",
    "pre_partition": True,
    "time_out": WAIT_MINUTES,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(frozen=True, eq=False)
class Shard:
    """Samples to train on; those of one question stay in one shard.

    Parameters
    ----------
    matrix : ndarray of float32, shape (n, n_features)
        Features.
    label : ndarray, shape (n,)
        What to learn.
    weight : ndarray, shape (n,), optional
        Weight of each sample.
    group : ndarray of int, optional
        Number of samples of each question, for rankers.
    """

    matrix: NDArray[np.float32]
    label: NDArray[Any]
    weight: NDArray[Any] | None = None
    group: NDArray[Any] | None = None

    @classmethod
    def joined(cls, shards: Iterable[Shard]) -> Shard:
        """Return several as one, in their order."""
        parts = list(shards)

        def all_of(pick: Callable[[Shard], NDArray[Any] | None]) -> NDArray[Any] | None:
            arrays = [array for part in parts if (array := pick(part)) is not None]
            return np.concatenate(arrays) if len(arrays) == len(parts) else None

        return cls(
            np.concatenate([part.matrix for part in parts]),
            np.concatenate([part.label for part in parts]),
            all_of(lambda part: part.weight),
            all_of(lambda part: part.group),
        )

    def dataset(
        self, feature_names: Iterable[str], params: Params, reference: lgb.Dataset | None = None
    ) -> lgb.Dataset:
        """Return it as LightGBM takes it, with the bins of the reference if there is one."""
        return lgb.Dataset(
            self.matrix,
            self.label,
            weight=self.weight,
            group=self.group,
            feature_name=list(feature_names) or "auto",
            reference=reference,
            params=dict(params),
            free_raw_data=False,
        )


def train_boosted(
    shards: RDD[Shard],
    params: Params,
    *,
    rounds: int,
    workers: int,
    feature_names: Iterable[str] = (),
    valid: Shard | None = None,
    stop_after: int = 10,
) -> lgb.Booster:
    """Return trees that were trained on all shards without gathering them on one machine.

    The workers exchange histograms (``tree_learner=data``): every split is found on all
    samples, among the very bins that one process finds. Those come of the first
    ``BIN_SAMPLES`` at most, thinned out evenly, which is all that passes through the driver.
    What is left of differences: sums in another order, bags drawn by each worker, and leaves of
    objectives that take percentiles (``regression_l1``, ``quantile``), averaged over workers.

    Parameters
    ----------
    shards : RDD of Shard
        Samples, such as ``lifters(...).map(...)`` makes them.
    params : mapping
        LightGBM's own parameters, as for one process.
    rounds : int
        Trees at most.
    workers : int
        Parts to train on; the cluster must have as many free cores, as a barrier stage waits
        for all of them.
    feature_names : iterable of str
        Names of the columns.
    valid : Shard, optional
        To stop early by. All workers get the whole of it: each would stop at another tree by
        samples of its own, and the others would wait for it.
    stop_after : int
        Trees without progress on ``valid`` before it stops.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there are fewer cores than asked for, or too few samples.
    """
    context = shards.context
    if workers > context.defaultParallelism:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "a barrier stage needs all its workers at once",
            path="workers",
            expected=f"at most {context.defaultParallelism}, the cores there are",
            received=str(workers),
        )
    parts, total = _parts(shards, workers)
    every = -(-total // BIN_SAMPLES)
    sample = parts.mapPartitions(lambda part: [s.matrix[::every] for s in _ordered(part)])
    bins = np.concatenate(sample.collect())
    job = _Job({**params, **_PARALLEL}, rounds, tuple(feature_names), valid, stop_after, bins)
    held = context.broadcast(job)

    def work(part: Iterator[tuple[Place, Shard]]) -> list[str]:
        shared: _Job = held.value
        return shared.train(Shard.joined(_ordered(part)))

    try:
        (model,) = parts.barrier().mapPartitions(work).collect()
    finally:
        held.unpersist()
    return lgb.Booster(model_str=model)


def _ordered(part: Iterable[tuple[Place, Shard]]) -> list[Shard]:
    # A shuffle keeps no order; the same order gives the same sums.
    return [shard for _, shard in sorted(part, key=itemgetter(0))]


def _parts(shards: RDD[Shard], workers: int) -> tuple[RDD[tuple[Place, Shard]], int]:
    """Return the shards in as many parts as workers, neighbours together; and their size."""
    found = shards.getNumPartitions()

    def placed(part: int, items: Iterable[Shard]) -> Iterator[tuple[Place, Shard]]:
        return (((part, at), item) for at, item in enumerate(items))

    def worker(place: Place) -> int:
        part, at = place
        return part * workers // found if found >= workers else at % workers

    parts = shards.mapPartitionsWithIndex(placed).partitionBy(workers, worker)
    # The shuffle's files stay: counting does not make the samples twice.
    counts = parts.mapPartitions(lambda part: [sum(len(shard.label) for _, shard in part)])
    if 0 in (samples := counts.collect()):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "a worker has no samples to train on",
            path="workers",
            expected="samples for each",
            received=f"{samples} of {workers} workers",
            remedy="Ask for fewer workers, or add lifters",
        )
    return parts, sum(samples)


@dataclass(frozen=True, eq=False)
class _Job:
    """What every worker is to know."""

    params: dict[str, Any]
    rounds: int
    names: tuple[str, ...]
    valid: Shard | None
    stop_after: int
    bins: NDArray[np.float32]

    def train(self, shard: Shard) -> list[str]:
        """Train with the other tasks of the stage; the first one answers with the model."""
        from pyspark import BarrierTaskContext

        context = BarrierTaskContext.get()
        # Before there is a network: with one, each worker would find bins of its own.
        bins = Shard(self.bins, np.zeros(len(self.bins))).dataset(self.names, self.params)
        data = shard.dataset(self.names, self.params, bins.construct()).construct()
        held = []
        if self.valid is not None:
            held.append(self.valid.dataset(self.names, self.params, data).construct())
        params = {**self.params, **_network(context)}
        stop: list[Callable[..., Any]] = []
        if held:
            stop.append(lgb.early_stopping(self.stop_after, verbose=False))
        booster = lgb.train(params, data, self.rounds, valid_sets=held, callbacks=stop)
        model = booster.model_to_string()
        booster.free_network()
        return [model] if context.partitionId() == 0 else []


def _network(context: BarrierTaskContext) -> dict[str, Any]:
    """Return where all tasks listen, in the order of their parts."""
    hosts = [info.address.split(":")[0] for info in context.getTaskInfos()]
    here = socket.gethostbyname(hosts[context.partitionId()])
    with socket.socket() as taken:
        # Held until all have one, so that tasks on one machine get different ports.
        taken.bind((here, 0))
        port = taken.getsockname()[1]
        machines = context.allGather(f"{here}:{port}")
    if len(machines) == 1:
        return {}
    return {
        "machines": ",".join(machines),
        "num_machines": len(machines),
        "local_listen_port": port,
    }
