"""Long requests that stand back while others are open."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")

PATIENCE_S = 20.0
"""What waits for storage that never answers is waited for no longer than this, and not again.

Longer than a runtime may take to open a model (15 s): what asks it meanwhile would end it. Shorter
than a page waits for a sign of life (30 s).
"""


class Others:
    """The short requests that are open.

    Parameters
    ----------
    patience_s : float
        How long others stand back for those that are open.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self.patience_s = patience_s
        self._open: set[object] = set()
        self._none = asyncio.Event()
        self._none.set()

    def first(self, request: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
        """Return a request that is open from now on until it is answered."""
        self._open.add(request)
        self._none.clear()
        return self._answer(request)

    async def _answer(self, request: Coroutine[Any, Any, T]) -> T:
        try:
            return await request
        finally:
            # Behind what this answer's way out has scheduled by then.
            asyncio.get_running_loop().call_soon(self._end, request)

    def _end(self, *requests: object) -> None:
        self._open.difference_update(requests)
        if not self._open:
            self._none.set()

    async def wait(self) -> None:
        """Wait until none is open, or until those that are have been so for too long."""
        while self._open:
            waited_for = tuple(self._open)
            try:
                await asyncio.wait_for(self._none.wait(), self.patience_s)
            except TimeoutError:
                self._end(*waited_for)


class Behind(Generic[T]):
    """A long request: where it lets the loop go round, others are answered first.

    It steps its coroutine by itself: packages that do the work know nothing of other requests
    and only say ``await asyncio.sleep(0)``.

    Parameters
    ----------
    work : Coroutine
        What it does.
    others : Others
        Whom it lets go first.
    """

    def __init__(self, work: Coroutine[Any, Any, T], others: Others) -> None:
        self._work = work
        self._others = others

    async def answer(self) -> T:
        """Return what the work returns."""
        return await self

    def __await__(self) -> Generator[Any, Any, T]:
        """Step through the work."""
        step = partial(self._work.send, None)
        while True:
            try:
                awaited = step()
            except StopIteration as end:
                answer: T = end.value
                return answer
            try:
                yield awaited
                # Nothing in particular was waited for: a pause.
                if awaited is None:
                    yield from self._others.wait().__await__()
            except BaseException as error:
                step = partial(self._work.throw, error)
            else:
                step = partial(self._work.send, None)
