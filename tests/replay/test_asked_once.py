"""Who is asked what: rules only where a model had a say, and how sure a difference is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from test_hindsight import Stumbles
from test_replay import in_steps, ms

import voltlift_replay
from replay_samples import app_state
from voltlift_core import Engine, IngestRequest, Models, Ports, ReplayRequest
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.learned import LoadForecast

REQUEST = ReplayRequest(now=ms(40), questions=50)


@dataclass
class Counted:
    """An engine that remembers how often each service was asked."""

    engine: Any
    asked: list[str] = field(default_factory=list)

    async def recommend_exercises(self, request: Any) -> Any:
        self.asked.append("exercises")
        return await self.engine.recommend_exercises(request)

    async def suggest_load(self, request: Any) -> Any:
        self.asked.append("weight")
        return await self.engine.suggest_load(request)

    def in_unit(self, unit: Any) -> Counted:
        return Counted(self.engine.in_unit(unit), self.asked)


class Heavier:
    """A model of loads that expects a tenth more, of whoever it is not silent about."""

    name, version = "heavier", "1"

    def __init__(self, silent: bool = False) -> None:
        self.silent = silent

    def forecast(self, inputs: Any, exercise_id: str, planned_reps: Any) -> LoadForecast | None:
        if self.silent:
            return None
        return LoadForecast(model=self.name, version="1", kg=70, low_kg=60, high_kg=80)


async def asked(models: Models, **request: Any) -> tuple[Any, list[str], list[str]]:
    """Return a replay, and what models and rules were asked for it."""
    state = app_state(*in_steps(16))
    suggested, rules = [await Engine.create(Ports().with_installed()) for _ in range(2)]
    for engine in (suggested, rules):
        await engine.ingest(IngestRequest(state=state))
    suggested._use(models)
    one, other = Counted(suggested), Counted(rules)
    answer = await voltlift_replay.replay(
        suggested._state,
        one,
        other,
        ReplayRequest(now=ms(40), questions=50, **request),
        Stopwatch(lambda: 0.0, REQUEST.now),
    )
    return answer, one.asked, other.asked


def learned(answer: Any) -> list[bool]:
    return [task.learned for task in answer.tasks]


async def test_without_models_nothing_is_asked_twice_and_the_report_says_that_both_are_one():
    answer, suggested, rules = await asked(Models())
    assert len(suggested) == sum(task.questions for task in answer.tasks) == 46
    assert rules == []
    assert learned(answer) == [False, False, False]
    for task in answer.tasks:
        own, by_rules, _ = task.scores
        assert own.metrics == by_rules.metrics
    assert all(item.suggested == item.rules for item in answer.weights)


async def test_rules_are_asked_beside_a_model_of_the_same_question_only():
    answer, _, rules = await asked(Models(habits=(Stumbles(),)))
    assert set(rules) == {"exercises"}
    assert len(rules) == answer.tasks[0].questions + answer.tasks[1].questions
    assert learned(answer) == [True, True, False]
    answer, _, rules = await asked(Models(loads=Heavier()))
    assert rules == ["weight"] * answer.tasks[2].questions
    assert learned(answer) == [False, False, True]


@pytest.mark.parametrize(
    ("models", "request_"),
    [
        (Models(habits=(Stumbles(),)), {"routine": 0.0}),
        (Models(habits=(Stumbles((0, ms(41))),)), {}),
        (Models(loads=Heavier(silent=True)), {}),
    ],
    ids=["a dial at balance", "a model that fails", "a model that abstains"],
)
async def test_what_no_model_had_a_say_in_is_the_rules(models, request_):
    answer, _, rules = await asked(models, **request_)
    assert rules == []
    assert learned(answer) == [False, False, False]
    plain, _, _ = await asked(Models(), **request_)
    assert (answer.tasks, answer.weights) == (plain.tasks, plain.weights)


async def test_differences_come_with_their_error_and_the_days_behind_them():
    answer, _, _ = await asked(Models())
    exercises, session, weights = answer.tasks
    assert [(task.questions, task.days) for task in answer.tasks] == [(15, 6), (6, 6), (25, 10)]
    for task in answer.tasks:
        own, rules, repeat = task.scores
        assert own.errors == {}
        assert rules.errors.keys() == repeat.errors.keys()
        # Equal answers differ by nothing, which so few questions do not prove.
        for name, error in rules.errors.items():
            assert error == pytest.approx(1 / (task.questions + 2)), name
            assert repeat.errors[name] >= error - 1e-12
    assert session.scores[1].errors.keys() == session.scores[0].metrics.keys()
    assert exercises.scores[2].errors.keys() == exercises.scores[0].metrics.keys()
    assert weights.scores[2].errors.keys() == {"within_5_percent", "exact"}
