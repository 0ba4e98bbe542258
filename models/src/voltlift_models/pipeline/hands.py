"""Who does the work on many lifters: this process, some of this machine, or Spark."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.train.als import ItemFactors, item_factors
from voltlift_models.train.fit import Fit, fit_here

Result = TypeVar("Result")


class Map(Protocol):
    """Applies a function to each lifter and returns the results in their order."""

    def __call__(self, work: Callable[[Lifter], Result], lifters: Sequence[Lifter]) -> list[Result]:
        """Return what ``work`` makes of each lifter."""
        ...


@dataclass(frozen=True, slots=True)
class Hands:
    """The three things that can be spread.

    Parameters
    ----------
    map : callable
        Prepares lifters.
    fit : callable
        Fits boosted trees.
    factors : callable
        Finds the factors of exercises.
    """

    map: Map
    fit: Fit
    factors: ItemFactors


def _here(work: Callable[[Lifter], Result], lifters: Sequence[Lifter]) -> list[Result]:
    return [work(lifter) for lifter in lifters]


HERE = Hands(_here, fit_here, item_factors)
"""One process."""


@contextmanager
def local_hands(workers: int = 1) -> Iterator[Hands]:
    """Prepare lifters in several processes of this machine; models are fitted in this one."""
    if workers == 1:
        yield HERE
        return
    # A fresh interpreter each: forking one that has run OpenMP may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:

        def spread(work: Callable[[Lifter], Result], lifters: Sequence[Lifter]) -> list[Result]:
            return list(pool.map(work, lifters))

        yield Hands(spread, fit_here, item_factors)


@contextmanager
def spark_hands(workers: int = 2) -> Iterator[Hands]:
    """Spread the work over Spark: its local mode here, or the cluster of the surroundings.

    Parameters
    ----------
    workers : int
        Of local mode; a cluster says itself how many cores it has.

    Raises
    ------
    VoltLiftError
        ``not_available`` where PySpark or Java is missing.
    """
    # The extra is not needed by who does without it.
    from voltlift_models.spark.boosting import fit_on
    from voltlift_models.spark.factors import factors_on
    from voltlift_models.spark.lifters import map_lifters
    from voltlift_models.spark.session import spark_session

    with TemporaryDirectory() as work, spark_session(Path(work), workers=workers) as spark:

        def spread(work: Callable[[Lifter], Result], lifters: Sequence[Lifter]) -> list[Result]:
            return map_lifters(spark, Corpus(tuple(lifters)), work)

        yield Hands(spread, fit_on(spark), factors_on(spark))
