"""An asyncio event loop for tests inside Pyodide: the plain one, without sockets.

Pyodide's own loop is the browser's; it cannot run a coroutine to its end inside a call, which is
what pytest-asyncio does. The base class of asyncio's loops can, given a selector: ours has no
files to watch and only waits.
"""

from __future__ import annotations

import asyncio
import time
from asyncio import events
from collections.abc import Iterator
from typing import Any

import pytest


class _Waiting:
    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("The test awaits something that nothing left to run can complete.")
        time.sleep(timeout)
        return []


class SteppingLoop(asyncio.BaseEventLoop):
    """Runs callbacks and timers until the awaited future is done."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Waiting()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class _Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = SteppingLoop


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Iterator[None]:
    """Let tests find this kind of loop, and none running, as in a fresh CPython."""
    policy, running = asyncio.get_event_loop_policy(), events._get_running_loop()
    asyncio.set_event_loop_policy(_Policy())
    events._set_running_loop(None)
    try:
        return (yield)
    finally:
        events._set_running_loop(running)
        asyncio.set_event_loop_policy(policy)
