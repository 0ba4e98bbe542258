"""Jobs done in this process or side by side in several, each result as soon as it is there."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")


def spread(
    work: Callable[[Job], Done], jobs: Sequence[Job], workers: int
) -> Iterator[tuple[Job, Done]]:
    """Return each job with what came of it, in the order in which they end.

    Parameters
    ----------
    work : callable
        Does one job; picklable where there are several workers, as jobs and results are.
    jobs : sequence
        In the order in which they are begun.
    workers : int
        Processes.
    """
    if workers <= 1:
        yield from ((job, work(job)) for job in jobs)
        return
    # A fresh interpreter each: forking one that has run OpenMP or TensorFlow may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures = {pool.submit(work, job): job for job in jobs}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
