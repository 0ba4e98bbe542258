"""Long work in steps: progress between them, and a place to stop."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")


class Step(NamedTuple):
    """How far a stage of the work is: ``done`` of ``total``, in whatever is counted."""

    stage: str
    done: int
    total: int


Steps: TypeAlias = Generator[Step, None, T]
"""Work that pauses after each step, and returns its result at the end."""


def finish(steps: Steps[T]) -> T:
    """Return the result of work, without a pause.

    Examples
    --------
    >>> def work() -> Steps[str]:
    ...     yield Step("reading", 1, 1)
    ...     return "done"
    >>> finish(work())
    'done'
    """
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
