"""What happens while a replay is on its way: others are answered, and it stays with its log."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from test_hindsight import Stumbles, engine_of
from test_replay import in_steps, ms

from replay_samples import BENCH, app_state, workout
from voltlift_core import (
    Engine,
    IngestRequest,
    LoadModelsRequest,
    Models,
    RecommendExercisesRequest,
    ReplayRequest,
)

REQUEST = ReplayRequest(now=ms(40), questions=20)
LIST = RecommendExercisesRequest(now=ms(40))
DAYS = in_steps(16)


async def heavier(engine: Engine) -> None:
    """Change every workout of the log."""
    await engine.ingest(IngestRequest(state=app_state(*in_steps(16, step=5))))


async def one_more(engine: Engine) -> None:
    later = workout(20, (BENCH, [(200, 1)]))
    await engine.ingest(IngestRequest(state=app_state(*DAYS, later)))


async def erase(engine: Engine) -> None:
    await engine.ingest(IngestRequest(state={}))


async def without_models(engine: Engine) -> None:
    await engine.load_models(LoadModelsRequest())


@pytest.mark.parametrize("change", [heavier, one_more, erase, without_models])
@pytest.mark.parametrize("models", [Models(), Models(habits=(Stumbles(),))], ids=["rules", "model"])
async def test_it_finishes_on_the_log_and_the_models_that_it_began_with(change, models):
    undisturbed = await (await engine_of(*DAYS, models=models)).replay(REQUEST)
    engine = await engine_of(*DAYS, models=models)
    began = engine.revision
    changed: list[Any] = []

    def progress(_stage: str, done: int, _total: int) -> None:
        if done == 3:
            changed.append(asyncio.ensure_future(change(engine)))

    answer = await engine.replay(REQUEST, progress)
    await asyncio.gather(*changed)
    assert len(changed) == 3
    assert (answer.tasks, answer.weights) == (undisturbed.tasks, undisturbed.weights)
    # By its revision whoever asked sees that it is of an earlier log.
    assert answer.meta.revision == began
    if change is not without_models:
        assert engine.revision > began


async def test_what_others_are_told_is_what_they_are_told_without_it():
    engine = await engine_of(*DAYS, models=Models(habits=(Stumbles(),)))
    alone = await engine.recommend_exercises(LIST)
    meanwhile: list[Any] = []

    def progress(_stage: str, _done: int, _total: int) -> None:
        meanwhile.append(asyncio.ensure_future(engine.recommend_exercises(LIST)))

    await engine.replay(REQUEST, progress)
    answers = await asyncio.gather(*meanwhile)
    assert len(answers) > 40
    for answer in answers:
        assert answer.recommendations == alone.recommendations
        assert answer.meta.scorers == alone.meta.scorers


async def test_two_at_once_say_the_same():
    engine = await engine_of(*DAYS)
    one, other = await asyncio.gather(engine.replay(REQUEST), engine.replay(REQUEST))
    assert (one.tasks, one.weights) == (other.tasks, other.weights)
