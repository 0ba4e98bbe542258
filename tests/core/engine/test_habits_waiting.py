"""Waiting for models in runtimes of their own: how long, for whom, and one after the other."""

from __future__ import annotations

import asyncio
import time

import pytest
from test_cold_start import ask
from test_habits import Net, answers, engine_with, explained, fine, hangs, status

from voltlift_core import LoadModelsRequest, Models


async def test_slow_once_is_failed_until_models_are_loaded_again():
    slow = iter([True, False])

    def make():
        return Net(hangs if next(slow) else fine)

    engine, package = await engine_with(make)
    for _ in range(3):
        assert status(await ask(engine)).status == "failed"
    await engine.load_models(LoadModelsRequest())
    assert status(await ask(engine)).status == "used"
    assert (await ask(engine)).meta.alpha == 0.7
    assert [net.disposed for (net,) in package.made] == [1, 0]


async def test_a_net_within_the_limit_is_waited_for():
    async def slow(call, rows):
        await asyncio.sleep(0.05)
        return answers()

    engine, _ = await engine_with(lambda: Net(slow), limit=5)
    assert status(await ask(engine)).status == "used"


async def test_who_gives_up_waiting_lets_the_session_go():
    let_go = asyncio.Event()

    async def waits(call, rows):
        try:
            await asyncio.Event().wait()
        finally:
            let_go.set()

    engine, _ = await engine_with(lambda: Net(waits), limit=60)
    asking = asyncio.create_task(ask(engine))
    for _ in range(5):
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.wait_for(let_go.wait(), 5)


async def test_two_answers_at_once_do_not_disturb_each_other():
    engine, _ = await engine_with(lambda: Net(fine))
    one, other = await asyncio.gather(ask(engine, limit=5), ask(engine, limit=5))
    assert one.recommendations == other.recommendations
    assert status(one).status == status(other).status == "used"


async def test_while_this_thread_is_busy_no_time_passes_for_a_net():
    """As with an answer of another worker, which comes in step by step once it is let in."""

    async def in_steps(call, rows):
        await asyncio.sleep(0.001)
        for _ in range(20):
            await asyncio.sleep(0)
        return answers()

    async def something_else():
        await asyncio.sleep(0)
        time.sleep(0.3)

    engine, _ = await engine_with(lambda: Net(in_steps), limit=0.2)
    answer, _ = await asyncio.gather(ask(engine), something_else())
    assert status(answer).status == "used"


async def test_a_slow_load_does_not_put_back_what_a_later_one_found():
    engine, package = await engine_with(lambda: Net(fine))
    let_go = asyncio.Event()
    made = []

    async def load_models(artefacts, registry, inference=None):
        net = Net(fine)
        net.version = f"{len(made) + 2}"
        made.append(net)
        if len(made) == 1:
            await let_go.wait()
        return Models(nets=(net,))

    package.load_models = load_models
    first = asyncio.create_task(engine.load_models(LoadModelsRequest()))
    await asyncio.sleep(0)
    second = asyncio.create_task(engine.load_models(LoadModelsRequest()))
    for _ in range(5):
        await asyncio.sleep(0)
    let_go.set()
    await asyncio.gather(first, second)
    assert status(await ask(engine)).version == "3"
    assert [net.disposed for net in made] == [1, 0], "what is not in use is let go"


async def waiting_for(engine, asked):
    """Begin a request that waits for a net, load models meanwhile, and return its answer."""
    waiting = asyncio.create_task(asked(engine))
    for _ in range(5):
        await asyncio.sleep(0)
    await engine.load_models(LoadModelsRequest())
    return await waiting


@pytest.mark.parametrize("asked", [ask, explained])
async def test_who_waits_for_a_net_keeps_it_while_others_are_loaded(asked):
    gone = []

    class Closing(Net):
        async def run(self, feeds):
            answer = await super().run(feeds)
            await asyncio.sleep(0.02)
            if self in gone:
                raise RuntimeError("the session is disposed of")
            return answer

        async def dispose(self):
            await super().dispose()
            gone.append(self)

    engine, package = await engine_with(lambda: Closing(fine), limit=5)
    answer = await waiting_for(engine, asked)
    assert status(answer).status == "used"
    assert [net.disposed for (net,) in package.made] == [1, 0]
    assert status(await ask(engine)).status == "used"
