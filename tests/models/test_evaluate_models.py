"""The engine with models in it: nothing of later changes an answer, and models do take part."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from evaluation_samples import BENCH, DEADLIFT, FIRST_DAY, MS_PER_DAY, workout
from voltlift_learned.diary import Diary
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate import Replay, evaluate
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.engine_rows import (
    DEFAULT,
    HABIT,
    LOAD_DEFAULT,
    RULES,
    EngineForecaster,
    EngineRanker,
    engine_of,
)
from voltlift_models.pipeline.fit import Trainer
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.serving import SameForAll
from voltlift_models.simulate import simulate
from voltlift_models.train.loads import LoadConfig
from voltlift_models.train.rankers import RankerConfig

DAYS = 26
SAME = 20
RECIPE = Recipe(
    version="0.0.1",
    date="2026-01-31",
    rankers=RankerConfig(trees=8, most_choices=60),
    loads=LoadConfig(trees=8, folds=2),
)


def with_history(lifter, days, *more):
    """Return a lifter with the first days of the log, and sessions after them."""
    state = app_state_of(lifter)
    end = int(Diary.of(lifter.state.log).day[days]) * MS_PER_DAY
    state["history"] = [item for item in state["history"] if item["startTime"] < end] + [*more]
    source = replace(lifter.source, simulated=False)
    return Lifter.of_app_state(lifter.name, state, source)


@pytest.fixture(scope="module")
def lifters():
    """Three made-up lifters, as if they were real: the beginning of their logs."""
    able = [item for item in simulate(8, seed=4).lifters if item.state.log.n_sessions > 2 * DAYS]
    return tuple(with_history(item, DAYS) for item in able[:3])


@pytest.fixture(scope="module")
def ports_for(lifters):
    """Return ports with models of the first two."""
    fitted = Trainer(RECIPE).fit(Corpus(lifters[:2]), ("ranker", "load"))
    return SameForAll(fitted.runtime(RECIPE.version))


def with_another_future(lifter):
    first = int(Diary.of(lifter.state.log).day[SAME]) - FIRST_DAY
    future = [workout(first + at, (DEADLIFT, [(200, 1)]), (BENCH, [(5, 30)])) for at in range(8)]
    return with_history(lifter, SAME, *future)


def test_answers_with_models_do_not_depend_on_what_comes_later(lifters, ports_for):
    answers = []
    for lifter in (lifters[2], with_another_future(lifters[2])):
        replay, engine = Replay(lifter.state), engine_of(lifter, ports_for)
        ranks = [
            (routine, task, case.moment.done, EngineRanker(engine, routine)(case.moment))
            for routine in (None, 1.0)
            for task in ("T1", "T4")
            for case in replay.ranks(task)
            if case.moment.day in (10, SAME - 1)
        ]
        guess = EngineForecaster(lifter, ports_for)
        loads = [
            guess(case.question(planned))
            for case in replay.loads()
            for planned in (False, True)
            if case.asked.moment.day < SAME
        ]
        answers.append((ranks, loads))
    (ranks, loads), theirs = answers
    assert repr((ranks, loads)) == repr(theirs)
    assert len(ranks) > 8
    assert any(not math.isnan(each.low) for each in loads)


def test_models_take_part_and_beat_the_rules_at_habit(lifters, ports_for):
    report = evaluate(Corpus(lifters[2:]), ports_for=ports_for, tasks=("T1", "T3"))
    hits = {row: report.tasks["T1"][row]["hr_at_5"].mean for row in (RULES, DEFAULT, HABIT)}
    assert hits[RULES] < hits[DEFAULT]
    assert hits[RULES] < hits[HABIT]
    assert 0 < report.tasks["T3"][LOAD_DEFAULT]["coverage"].mean <= 1
    assert report.intervals[LOAD_DEFAULT].inside > 0
    assert {aim.row for aim in report.aims if aim.task == "T1"} == {DEFAULT}
    assert report.settings["models"] == 1


def test_processes_change_nothing_with_models_either(lifters, ports_for):
    corpus = Corpus(lifters[2:])
    one, two = (
        evaluate(corpus, ports_for=ports_for, tasks=("T2",), workers=workers) for workers in (1, 2)
    )
    assert repr(one) == repr(two)
