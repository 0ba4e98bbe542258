"""What was learned later is not known at a moment of the past, and what fails there fails there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from test_replay import in_steps, ms

from replay_samples import BENCH, FIRST_DAY, MS_PER_DAY, ROW, app_state, workout
from voltlift_core import (
    Engine,
    IngestRequest,
    Models,
    Ports,
    RecommendExercisesRequest,
    ReplayRequest,
    SuggestLoadRequest,
)
from voltlift_core.scoring.protocol import Requirements, Scores, Term

NOW = ms(40)


async def engine_of(*sessions: Any, models: Models | None = None, **settings: Any) -> Engine:
    state = app_state(*sessions)
    state["settings"] |= settings
    engine = await Engine.create(Ports().with_installed())
    await engine.ingest(IngestRequest(state=state))
    if models is not None:
        engine._use(models)
    return engine


async def replayed(engine: Engine) -> Any:
    return await engine.replay(ReplayRequest(now=NOW, questions=50))


async def suggested(engine: Engine) -> float:
    answer = await engine.suggest_load(SuggestLoadRequest(now=ms(32), exercise_id=BENCH))
    return answer.choice.weight


async def test_factors_that_were_learned_since_were_not_known_then():
    plain = await engine_of(*in_steps(16))
    learned = await engine_of(*in_steps(16), suggestionBias={BENCH: 1.1, ROW: 0.9})
    assert await suggested(plain) != await suggested(learned)
    one, other = await replayed(plain), await replayed(learned)
    assert len(one.weights) > 10
    assert (one.tasks, one.weights) == (other.tasks, other.weights)


def too_light(**when: int) -> dict[str, Any]:
    """Return what became of a suggestion that was raised by a tenth."""
    return {"exerciseId": BENCH, "suggestedWeight": 60, "actualWeight": 66, **when}


async def test_what_became_of_suggestions_counts_from_then_on():
    days = in_steps(16)
    half = days[8]["startTime"]
    history = [too_light(timestamp=half + n * MS_PER_DAY // 4) for n in range(4)]
    plain, told = await engine_of(*days), await engine_of(*days, suggestionHistory=history)
    one, other = (await replayed(plain)).weights, (await replayed(told)).weights
    early = [item for item in one if item.start_time <= half]
    assert len(early) > 3
    assert early == [item for item in other if item.start_time <= half]
    assert one != other


async def test_what_became_of_suggestions_nobody_knows_when_counts_for_today_alone():
    plain = await engine_of(*in_steps(16))
    told = await engine_of(*in_steps(16), suggestionHistory=[too_light()] * 4)
    assert await suggested(plain) != await suggested(told)
    assert (await replayed(plain)).weights == (await replayed(told)).weights


class Stumbles:
    """A scorer that cannot read what was before a day."""

    name, version, part, helpers = "stumbles", "1", "habit", ()
    requires = Requirements()

    def __init__(self, *falls: tuple[int, int]) -> None:
        self.falls = falls

    def score(self, frame: Any) -> Scores:
        now = round(frame.inputs.now_s * 1000)
        if any(low <= now < high for low, high in self.falls):
            raise IndexError("no such day")
        points = np.full(len(frame.inputs.view.catalogue), 50.0)
        return Scores((Term("habit", points, lambda _: ("usual", {})),), {"habit": 100.0})


def status(answer: Any) -> str:
    (found,) = [item for item in answer.meta.scorers if item.name == "stumbles"]
    return found.status


@pytest.mark.parametrize(
    ("falls", "told"),
    [((0, ms(11)), "failed"), ((ms(13), ms(14)), "failed"), ((ms(39), ms(41)), "used")],
    ids=["at first", "in the middle", "today"],
)
async def test_a_model_that_fails_in_the_past_has_not_failed_today(falls, told):
    sessions = [workout(at, (BENCH, [(60, 8)]), (ROW, [(50, 8)])) for at in range(16)]
    engine = await engine_of(*sessions, models=Models(habits=(Stumbles(falls),)))
    assert status(await replayed(engine)) == told
    now = RecommendExercisesRequest(now=NOW)
    assert status(await engine.recommend_exercises(now)) == (
        "used" if told == "failed" else "failed"
    )


async def test_a_model_that_failed_today_is_asked_about_the_past():
    sessions = [workout(at, (BENCH, [(60, 8)])) for at in range(16)]
    engine = await engine_of(*sessions, models=Models(habits=(Stumbles((ms(39), ms(41))),)))
    assert status(await engine.recommend_exercises(RecommendExercisesRequest(now=NOW))) == "failed"
    assert status(await replayed(engine)) == "used"


async def test_readings_of_later_days_are_not_known_then():
    """How somebody slept, hurt or weighed after the last question changes none."""
    days = in_steps(16)
    plain, told = app_state(*days), app_state(*days)
    later = (FIRST_DAY + at for at in range(16, 20))
    told["dailyLogs"] = {
        str(date(1970, 1, 1) + timedelta(days=day)): {
            "sleep": 3,
            "energy": 1,
            "stress": 10,
            "soreness": 10,
            "bodyweight": 140,
            "painAreas": ["shoulders"],
        }
        for day in later
    }
    answers = []
    for state in (plain, told):
        engine = await Engine.create(Ports().with_installed())
        await engine.ingest(IngestRequest(state=state))
        answers.append((await replayed(engine), engine.days))
    (one, none), (other, four) = answers
    assert (none, len(four)) == ((), 4)
    assert (one.tasks, one.weights) == (other.tasks, other.weights)
