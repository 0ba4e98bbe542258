"""Lifters spread over workers: their files read, their logs made into samples, each by one task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.ingest import export_files, gather, read_file
from voltlift_models.parquet import LIFTERS, SETS, lifters_of

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext
    from pyspark.sql import SparkSession

Item = TypeVar("Item")
Result = TypeVar("Result")

TASKS_A_WORKER = 4
"""Logs differ in length a hundredfold; several small tasks for each worker even that out."""


def ingest(
    spark: SparkSession,
    folder: Path,
    *,
    now_s: float | None = None,
    licences: Mapping[str, str] | None = None,
) -> Corpus:
    """Return the lifters of all exports in a folder; one task reads some of the files.

    Takes and answers what ``voltlift_models.ingest.ingest`` does. The workers find the folder
    under the same path. What they read, about 40 bytes a set, comes together on the driver,
    where second exports of one lifter are told apart.

    Raises
    ------
    VoltLiftError
        As the other one does.
    """
    root = folder if folder.is_dir() else folder.parent
    names = [path.relative_to(root).as_posix() for path in export_files(folder)]
    licences = dict(licences or {})
    reads = _spread(spark.sparkContext, names).map(
        lambda name: read_file(root / name, name, now_s=now_s, licences=licences)
    )
    return gather(reads.collect(), folder)


def lifters(spark: SparkSession, corpus: Corpus | Path) -> RDD[Lifter]:
    """Return the lifters of a corpus as a distributed collection, in their order.

    Parameters
    ----------
    spark : SparkSession
        The session.
    corpus : Corpus or Path
        A corpus at hand is sent to the workers. Of a folder that ``write_corpus`` wrote, each
        worker reads its own lifters, under the same path; the driver reads their names only.
    """
    context = spark.sparkContext
    if isinstance(corpus, Corpus):
        return _spread(context, corpus.lifters)
    table = pq.read_table(corpus / LIFTERS, columns=["lifter"])
    names = _spread(context, table.column("lifter").to_pylist())
    return names.mapPartitions(lambda part: read_lifters(corpus, part))


def map_lifters(
    spark: SparkSession, corpus: Corpus | Path, work: Callable[[Lifter], Result]
) -> list[Result]:
    """Return what a function makes of each lifter, in their order, as ``map`` would.

    Parameters
    ----------
    spark : SparkSession
        The session.
    corpus : Corpus or Path
        As for ``lifters``.
    work : callable
        Any function of the pipeline's own, such as those of ``voltlift_models.prepare``.
    """
    results: list[Result] = lifters(spark, corpus).map(work).collect()
    return results


def read_lifters(folder: Path, names: Iterable[str]) -> Iterator[Lifter]:
    """Return some lifters of a corpus on disk, in the order of the names."""
    wanted = list(names)
    if not wanted:
        return iter(())
    chosen = [("lifter", "in", wanted)]
    rows = pq.read_table(folder / LIFTERS, filters=chosen)
    found = rows.column("lifter").to_pylist()
    order = pa.array([found.index(name) for name in wanted])
    return lifters_of(pq.read_table(folder / SETS, filters=chosen), rows.take(order))


def _spread(context: SparkContext, items: Iterable[Item]) -> RDD[Item]:
    listed = list(items)
    tasks = min(len(listed), TASKS_A_WORKER * context.defaultParallelism)
    return context.parallelize(listed, max(tasks, 1))
