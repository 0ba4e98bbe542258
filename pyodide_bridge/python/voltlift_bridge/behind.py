"""Long requests that stand back while others are open."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Others:
    """The short requests that are open."""

    def __init__(self) -> None:
        self._open = 0
        self._none = asyncio.Event()
        self._none.set()

    def first(self, request: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
        """Return a request that is open from now on until it is answered."""
        self._open += 1
        self._none.clear()
        return self._answer(request)

    async def _answer(self, request: Coroutine[Any, Any, T]) -> T:
        try:
            return await request
        finally:
            # Behind what this answer's way out has scheduled by then.
            asyncio.get_running_loop().call_soon(self._end)

    def _end(self) -> None:
        self._open -= 1
        if not self._open:
            self._none.set()

    async def wait(self) -> None:
        """Wait until none is open."""
        await self._none.wait()


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
