"""LightGBM over workers: a barrier stage in which each task trains on its part of the samples."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.train.fit import Fit, Params, TrainingSet

if TYPE_CHECKING:
    from pyspark import RDD, BarrierTaskContext
    from pyspark.sql import SparkSession

Place: TypeAlias = tuple[int, int]
"""Partition of a shard, and its position there."""

BIN_SAMPLES = 200_000
"""Samples that bins are found on, LightGBM's own default."""

WAIT_MINUTES = 2
"""How long the tasks wait for each other before LightGBM gives up."""


_ADDRESSES = re.compile(r"^\[(machines|local_listen_port): .*\]$", re.MULTILINE)

_PARALLEL = {
    "tree_learner": "data",
    "pre_partition": True,
    "time_out": WAIT_MINUTES,
    "num_threads": 1,
    "verbosity": -1,
}


def fit_on(spark: SparkSession, workers: int | None = None) -> Fit:
    """Return what fits trees on workers, for the training functions that take a ``Fit``.

    By default as many as there are cores.
    """

    def fit(samples: TrainingSet, params: Params, rounds: int) -> lgb.Booster:
        parts = samples.split(workers or spark.sparkContext.defaultParallelism)
        shards = spark.sparkContext.parallelize(parts, len(parts))
        return train_boosted(shards, params, rounds=rounds, workers=len(parts))

    return fit


def train_boosted(
    shards: RDD[TrainingSet],
    params: Params,
    *,
    rounds: int,
    workers: int,
    valid: TrainingSet | None = None,
    stop_after: int = 10,
) -> lgb.Booster:
    """Return trees that were trained on all shards without gathering them on one machine.

    The workers exchange histograms (``tree_learner=data``): every split is found on all
    samples, among the very bins that one process finds. Those come of the first
    ``BIN_SAMPLES`` at most, thinned out evenly, which is all that passes through the driver.
    With one worker the trees are equal; for squared errors of samples without weights, in parts
    of like size, they are equal but for the order of sums. Else they are close: LightGBM
    averages over workers the score it begins with and, for ``regression_l1`` and ``quantile``,
    the leaves; it estimates how many samples a leaf holds; bags are each worker's own.

    Parameters
    ----------
    shards : RDD of TrainingSet
        Samples, such as ``lifters(...).map(...)`` makes them.
    params : mapping
        LightGBM's own parameters, as for one process.
    rounds : int
        Trees at most.
    workers : int
        Parts to train on; the cluster must have as many free cores, as a barrier stage waits
        for all of them.
    valid : TrainingSet, optional
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
    job = _Job({**params, **_PARALLEL}, rounds, valid, stop_after, bins)
    held = context.broadcast(job)

    def work(part: Iterator[tuple[Place, TrainingSet]]) -> list[str]:
        shared: _Job = held.value
        return shared.train(TrainingSet.joined(_ordered(part)))

    try:
        (model,) = parts.barrier().mapPartitions(work).collect()
    finally:
        held.unpersist()
    return lgb.Booster(model_str=model)


def _ordered(part: Iterable[tuple[Place, TrainingSet]]) -> list[TrainingSet]:
    # A shuffle keeps no order; the same order gives the same sums.
    return [shard for _, shard in sorted(part, key=itemgetter(0))]


def _parts(shards: RDD[TrainingSet], workers: int) -> tuple[RDD[tuple[Place, TrainingSet]], int]:
    """Return the shards in as many parts as workers, neighbours together; and their size."""
    found = shards.getNumPartitions()

    def placed(part: int, items: Iterable[TrainingSet]) -> Iterator[tuple[Place, TrainingSet]]:
        return (((part, at), item) for at, item in enumerate(items))

    def worker(place: Place) -> int:
        part, at = place
        return part * workers // found if found >= workers else at % workers

    parts = shards.mapPartitionsWithIndex(placed).partitionBy(workers, worker)
    # The shuffle's files stay: counting does not make the samples twice.
    counts = parts.mapPartitions(lambda part: [sum(len(shard) for _, shard in part)])
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
    valid: TrainingSet | None
    stop_after: int
    bins: NDArray[np.float32]

    def train(self, shard: TrainingSet) -> list[str]:
        """Train with the other tasks of the stage; the first one answers with the model."""
        from pyspark import BarrierTaskContext

        context = BarrierTaskContext.get()
        # Before there is a network: with one, each worker would find bins of its own.
        bins = replace(
            shard, matrix=self.bins, label=np.zeros(len(self.bins)), weight=None, group=None
        ).dataset(self.params)
        data = shard.dataset(self.params, bins.construct()).construct()
        held = []
        if self.valid is not None:
            held.append(self.valid.dataset(self.params, data).construct())
        params = {**self.params, **_network(context)}
        stop: list[Callable[..., Any]] = []
        if held:
            stop.append(lgb.early_stopping(self.stop_after, verbose=False))
        booster = lgb.train(params, data, self.rounds, valid_sets=held, callbacks=stop)
        # The same model wherever its workers listened.
        model = _ADDRESSES.sub(r"[\1: ]", booster.model_to_string())
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
