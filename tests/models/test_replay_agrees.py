"""A lifter's own page says what the evaluation says of the same log: to the last digit."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

import voltlift_replay
import voltlift_samples
from voltlift_core import Ports, ReplayRequest
from voltlift_models.corpus import Corpus, Lifter, Source
from voltlift_models.evaluate import evaluate
from voltlift_models.evaluate.engine_rows import (
    DEFAULT,
    LOAD_DEFAULT,
    LOAD_RULES,
    RULES,
    EngineForecaster,
    EngineRanker,
    engine_of,
    rules_ports,
)
from voltlift_models.evaluate.judge import judge_loads, judge_ranks
from voltlift_models.serving import SameForAll, shipped_models
from voltlift_replay.figures import SPELT_OUT
from voltlift_replay.naive import Cycle, Resume, last_weight
from voltlift_replay.questions import Replay
from voltlift_replay.sampling import spread

NOW_S = 1_790_000_000
TASKS = {"next_exercise": "T1", "todays_session": "T2", "next_weight": "T3"}
ROWS = {
    "T1": (DEFAULT, RULES, "resume the most similar session"),
    "T2": (DEFAULT, RULES, "cycle"),
    "T3": (LOAD_DEFAULT, LOAD_RULES, "last weight"),
}
SPELT_OUT_TOO = {**SPELT_OUT, "within_5": "within_5_percent"}
MODELS = SameForAll(shipped_models())


def with_replays(lifter: Lifter) -> Ports:
    return replace(MODELS(lifter), replayer=voltlift_replay)


def sample(name: str, workouts: int) -> Lifter:
    state = voltlift_samples.sample_state(name, now_ms=NOW_S * 1000, workouts=workouts)
    return Lifter.of_app_state(name, state, Source(f"{name}.json", "0" * 64))


def replayed(lifter: Lifter, questions: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures by the names of the evaluation."""
    engine = engine_of(lifter, with_replays)
    request = ReplayRequest(now=NOW_S * 1000, questions=questions)
    answer = asyncio.run(engine.replay(request))
    return {
        TASKS[task.task]: {
            row: dict(score.metrics)
            for row, score in zip(ROWS[TASKS[task.task]], task.scores, strict=True)
        }
        for task in answer.tasks
    }


def assert_same(found: dict[str, float], figures: dict[str, float], where: object) -> None:
    told = {SPELT_OUT_TOO.get(name, name): value for name, value in figures.items()}
    assert len(found) >= 3
    for name, value in found.items():
        assert value == pytest.approx(told[name], abs=1e-9), (where, name)


@pytest.mark.parametrize(("name", "workouts"), [("intermediate", 30), ("dumbbell", 30)])
def test_all_questions_of_a_sample_lifter(name: str, workouts: int) -> None:
    lifter = sample(name, workouts)
    report = evaluate(Corpus((lifter,)), ports_for=MODELS, tasks=tuple(ROWS), resamples=10)
    (theirs,) = report.lifters
    ours = replayed(lifter, 2000)
    for task, rows in ours.items():
        assert theirs.questions[task] > 10
        for row, found in rows.items():
            assert_same(found, dict(theirs.figures[task][row]), (task, row))
    assert "coverage" in ours["T3"][LOAD_DEFAULT]
    assert "coverage" not in ours["T3"][LOAD_RULES]


def test_some_questions_are_those_of_the_evaluation_too() -> None:
    """Asked one by one of the rows of the evaluation, and judged there."""
    lifter, most = sample("advanced", 60), 12
    ours = replayed(lifter, most)
    replay = Replay(lifter.state)
    shown, rules = (engine_of(lifter, ports) for ports in (MODELS, rules_ports))
    for task, repeat in (("T1", Resume()), ("T2", Cycle())):
        places = spread(replay.rank_places(task), most).tolist()
        cases = [replay.rank(task, place) for place in places]
        rankers = (EngineRanker(shown), EngineRanker(rules, 0.0), repeat)
        for name, rank in zip(ROWS[task], rankers, strict=True):
            judged = judge_ranks(task, [(case, rank(case.moment)) for case in cases])
            assert_same(ours[task][name], judged.figures[task], (task, name))
    loads = [replay.load(place) for place in spread(replay.load_places(), most).tolist()]
    forecasters = (
        EngineForecaster(lifter, MODELS),
        EngineForecaster(lifter, rules_ports),
        last_weight,
    )
    for name, guess in zip(ROWS["T3"], forecasters, strict=True):
        judged = judge_loads([(case, guess(case.question(False))) for case in loads])
        assert_same(ours["T3"][name], judged.figures["T3"], ("T3", name))
