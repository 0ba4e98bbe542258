"""Long requests stand back while others are open."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from replay_samples import BENCH, ROW, SQUAT, app_state, days_of
from voltlift_bridge import Dispatcher
from voltlift_bridge.behind import Behind, Others

NOW = 1_750_000_000_000


async def steps(n: int, seen: list[str], name: str) -> str:
    for at in range(n):
        seen.append(f"{name} {at}")
        await asyncio.sleep(0)
    return name


async def test_a_long_one_waits_at_its_pauses_until_no_other_is_open():
    seen: list[str] = []
    others = Others()
    long = asyncio.ensure_future(Behind(steps(3, seen, "long"), others).answer())
    await asyncio.sleep(0)
    for n in (2, 4):
        short = asyncio.ensure_future(others.first(steps(n, seen, "short")))
        short.add_done_callback(lambda _: seen.append("answered"))
    assert await long == "long"
    assert seen.count("answered") == 2
    assert seen[0] == "long 0"
    # Not before the second answer was on its way.
    assert seen[-3:] == ["answered", "long 1", "long 2"]


async def test_one_that_fails_or_is_cancelled_holds_nobody_up():
    seen: list[str] = []
    others = Others()

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await others.first(fail())
    stuck = asyncio.ensure_future(others.first(asyncio.Event().wait()))
    await asyncio.sleep(0)
    stuck.cancel()
    assert await asyncio.wait_for(Behind(steps(2, seen, "long"), others).answer(), 5) == "long"


async def test_one_that_is_never_answered_is_waited_for_once():
    """Storage that hangs, say: the page has long given the request up."""
    others = Others(patience_s=0.05)
    seen: list[str] = []
    stuck = asyncio.ensure_future(others.first(asyncio.Event().wait()))
    long = asyncio.ensure_future(Behind(steps(50, seen, "long"), others).answer())
    async with asyncio.timeout(30):
        while len(seen) < 2:
            await asyncio.sleep(0)
    others.patience_s = 30
    short = asyncio.ensure_future(others.first(steps(4, seen, "short")))
    short.add_done_callback(lambda _: seen.append("answered"))
    assert await long == "long"
    assert not stuck.done()
    # Whoever comes later goes first all the same.
    assert seen[2:7] == ["short 0", "short 1", "short 2", "short 3", "answered"]
    stuck.cancel()


async def test_what_the_work_waits_for_and_raises_is_its_own():
    others = Others()
    asked = asyncio.get_running_loop().create_future()

    async def work() -> Any:
        try:
            return await asked
        except KeyError:
            await asyncio.sleep(0)
            raise

    asyncio.get_running_loop().call_soon(asked.set_exception, KeyError("gone"))
    with pytest.raises(KeyError, match="gone"):
        await Behind(work(), others).answer()


async def test_a_cancel_reaches_the_work_also_while_it_stands_back():
    others = Others()
    seen: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            seen.append("ended")

    open_ = asyncio.ensure_future(others.first(asyncio.Event().wait()))
    long = asyncio.ensure_future(Behind(work(), others).answer())
    for _ in range(3):
        await asyncio.sleep(0)
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    assert seen == ["ended"]
    open_.cancel()


async def test_no_question_of_a_replay_is_asked_before_a_list_is_answered():
    dispatcher = await Dispatcher.over()
    state = app_state(*days_of(16, [BENCH, ROW], [SQUAT]))
    await dispatcher.call("ingest", json.dumps({"state": state}))
    seen: list[str] = []

    def on_step(_stage: str, done: int, _total: int) -> bool:
        seen.append("question")
        return True

    replay = asyncio.ensure_future(
        dispatcher.call("replay", json.dumps({"now": NOW}), None, on_step)
    )
    while len(seen) < 3 and not replay.done():
        await asyncio.sleep(0)
    list_ = asyncio.ensure_future(dispatcher.call("recommend_exercises", json.dumps({"now": NOW})))
    list_.add_done_callback(lambda _: seen.append("list"))
    asked = len(seen)
    await list_
    assert seen[asked:] == ["list"]
    assert "ok" in json.loads(await replay)
    assert seen[-1] == "question"
