"""A log replayed through the engine that knows it: figures, units, progress, nothing of later."""

from __future__ import annotations

import asyncio
import math
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replay_samples import (
    BENCH,
    CURL,
    DEADLIFT,
    FIRST_DAY,
    MS_PER_DAY,
    ROW,
    SQUAT,
    app_state,
    days_of,
    workout,
)
from voltlift_core import (
    Engine,
    ErrorCode,
    IngestRequest,
    RecommendExercisesRequest,
    ReplayRequest,
    VoltLiftError,
)

EXAMPLES = 3 if sys.platform == "emscripten" else 10
ROWS = ("suggested", "rules", "repeat")
PUSH, LEGS = [BENCH, CURL, ROW], [SQUAT, DEADLIFT]


def ms(day):
    """Return the end of a day of the samples."""
    return (FIRST_DAY + day + 1) * MS_PER_DAY


async def engine_of(*sessions, **options):
    engine = await Engine.create()
    await engine.ingest(IngestRequest(state=app_state(*sessions, **options)))
    return engine


async def replayed(*sessions, day=40, questions=100, progress=None, **options):
    engine = await engine_of(*sessions, **options)
    return await engine.replay(ReplayRequest(now=ms(day), questions=questions), progress)


def metrics(answer, task):
    (found,) = (item for item in answer.tasks if item.task == task)
    return {item.row: item.metrics for item in found.scores}


def in_steps(n_days, step=2.5):
    """Return days of two in turn, whose weights go up every fourth day."""
    return [
        workout(at, *((id_, [(60 + step * (at // 4), 8)]) for id_ in (PUSH, LEGS)[at % 2]))
        for at in range(n_days)
    ]


async def test_there_are_three_tasks_with_three_rows_each():
    answer = await replayed(*in_steps(16))
    assert [item.task for item in answer.tasks] == [
        "next_exercise",
        "todays_session",
        "next_weight",
    ]
    assert [item.questions for item in answer.tasks] == [15, 6, 25]
    assert all(tuple(score.row for score in item.scores) == ROWS for item in answer.tasks)
    assert metrics(answer, "next_exercise")["suggested"].keys() == {
        "hit_rate_at_1",
        "hit_rate_at_5",
        "ndcg_at_5",
    }
    assert metrics(answer, "todays_session")["rules"].keys() == {
        "precision_at_5",
        "recall_at_10",
        "ndcg_at_5",
    }
    shares = [x for item in answer.tasks for score in item.scores for x in score.metrics.values()]
    assert all(0 <= share <= 1 for share in shares)
    assert answer.meta.workouts == 16


async def test_repeating_is_right_where_the_lifter_repeats():
    answer = await replayed(*days_of(16, PUSH, LEGS))
    session = metrics(answer, "todays_session")["repeat"]
    assert (session["recall_at_10"], session["ndcg_at_5"]) == (1, 1)
    assert session["precision_at_5"] == pytest.approx((3 + 2) / 2 / 5)
    assert metrics(answer, "next_weight")["repeat"] == {
        "mape": 0,
        "within_5_percent": 1,
        "exact": 1,
    }


async def test_without_models_what_is_suggested_is_the_rules_and_there_are_no_intervals():
    answer = await replayed(*in_steps(16))
    for item in answer.tasks:
        suggested, rules, _ = item.scores
        assert suggested.metrics == rules.metrics
    assert {(item.low, item.high) for item in answer.weights} == {(None, None)}
    assert {item.name for item in answer.meta.scorers} >= {"rules", "progression"}


async def test_weights_are_what_the_engine_would_have_said():
    days = in_steps(16)
    answer = await replayed(*days)
    assert [item.start_time for item in answer.weights] == sorted(
        item.start_time for item in answer.weights
    )
    kg = {
        (day["startTime"], log["exerciseId"]): log["sets"][0]["weight"]
        for day in days
        for log in day["logs"]
    }
    assert all(item.done == kg[item.start_time, item.exercise_id] for item in answer.weights)
    errors = [abs(item.suggested - item.done) / item.done for item in answer.weights]
    scores = metrics(answer, "next_weight")["suggested"]
    assert scores["mape"] == pytest.approx(sum(errors) / len(errors))
    assert scores["exact"] == pytest.approx(sum(x < 0.001 for x in errors) / len(errors))
    assert (answer.first, answer.last) == (answer.weights[0].start_time, days[-1]["startTime"])


async def test_weights_are_asked_for_in_the_unit_that_is_trained_in_and_told_in_the_settings():
    """The settings say pounds, the plates are kilograms."""
    days = [workout(at, (BENCH, [(60 + 2.5 * at, 8)])) for at in range(8)]
    answer = await replayed(*days, units="lbs")
    assert answer.unit == "lbs"
    assert [round(item.done * 0.45359237, 3) for item in answer.weights] == [
        67.5,
        70,
        72.5,
        75,
        77.5,
    ]
    for item in answer.weights:
        kg = item.suggested * 0.45359237
        assert kg == pytest.approx(1.25 * round(kg / 1.25), abs=1e-3)


async def test_an_exercise_that_is_no_more_is_not_asked_about():
    days = [workout(at, ("custom-a", [(30, 8)]), (BENCH, [(60, 8)])) for at in range(13)]
    there = await replayed(*days, custom=("custom-a",))
    gone = await replayed(*days)
    assert {item.exercise_id for item in there.weights} == {"custom-a", BENCH}
    assert {item.exercise_id for item in gone.weights} == {BENCH}
    assert gone.tasks[0].questions == there.tasks[0].questions == 6


async def test_questions_are_of_the_last_two_years():
    old = days_of(12, PUSH, gap=1)
    new = [workout(800 + at, *((id_, [(60, 8)]) for id_ in PUSH)) for at in range(3)]
    answer = await replayed(*old, *new, day=803)
    assert answer.tasks[1].questions == 3
    assert answer.first == new[0]["startTime"]


async def test_no_more_questions_than_wanted():
    answer = await replayed(*in_steps(30), questions=7)
    assert [item.questions for item in answer.tasks] == [7, 7, 7]
    assert len(answer.weights) == 7


@pytest.mark.parametrize("days", [0, 2])
async def test_a_log_without_a_question_is_an_answer(days):
    answer = await replayed(*in_steps(days))
    assert [(item.questions, item.scores) for item in answer.tasks] == [(0, ())] * 3
    assert (answer.weights, answer.first, answer.last) == ((), None, None)


@pytest.mark.parametrize("questions", [0, -1, 2001])
async def test_too_many_or_no_questions_are_refused(questions):
    with pytest.raises(VoltLiftError) as caught:
        await replayed(questions=questions)
    assert caught.value.code is ErrorCode.INVALID_REQUEST
    assert caught.value.path == "$.questions"


async def test_progress_is_told_task_by_task():
    told = []
    await replayed(*in_steps(14), questions=4, progress=lambda *args: told.append(args))
    stages = ("next_exercise", "todays_session", "next_weight")
    assert told == [(stage, done, 4) for stage in stages for done in range(5)]


async def test_others_have_their_turn_and_an_abort_is_heard():
    engine = await engine_of(*in_steps(16))
    lists, told = [], []

    async def somebody_else():
        while len(lists) < 3:
            lists.append(await engine.recommend_exercises(RecommendExercisesRequest(now=ms(40))))
            await asyncio.sleep(0)

    def progress(_stage, done, _total):
        told.append(len(lists))
        if done == 5:
            raise asyncio.CancelledError

    other = asyncio.ensure_future(somebody_else())
    with pytest.raises(asyncio.CancelledError):
        await engine.replay(ReplayRequest(now=ms(40)), progress)
    await other
    assert told == sorted(told)
    assert len(told) == 6
    assert told[-1] > 0


plans = st.lists(
    st.tuples(
        st.lists(st.sampled_from([BENCH, SQUAT, ROW, CURL]), min_size=1, max_size=3, unique=True),
        st.sampled_from([40.0, 60.0, 62.5, 80.0]),
        st.integers(3, 12),
    ),
    max_size=4,
)


def after(day, plan):
    return [
        workout(day + at, *((id_, [(kg, reps)]) for id_ in ids))
        for at, (ids, kg, reps) in enumerate(plan)
    ]


@settings(max_examples=EXAMPLES)
@given(plans, st.booleans())
def test_what_comes_later_changes_nothing(plan, later):
    """Of the same day or of days after: neither as history nor as an answer."""
    days = in_steps(13)
    evening = workout(12, (DEADLIFT, [(200, 1)]), hour=23)
    now = ms(12) - 2 * 3_600_000

    async def both():
        tail = [*after(13, plan), *([evening] if later else [])]
        one, other = await engine_of(*days), await engine_of(*days, *tail)
        request = ReplayRequest(now=now, questions=20)
        return await one.replay(request), await other.replay(request)

    one, other = asyncio.run(both())
    assert (one.tasks, one.weights, one.first, one.last) == (
        other.tasks,
        other.weights,
        other.first,
        other.last,
    )
    assert one.tasks[0].questions == 8


@settings(max_examples=EXAMPLES)
@given(plans)
def test_no_weight_is_suggested_from_what_came_after_it(plan):
    """All questions of two logs are asked, which are the same up to a day."""
    days = in_steps(18)

    async def both():
        tails = days[13:], after(13, plan)
        return [await replayed(*days[:13], *tail, questions=2000) for tail in tails]

    one, other = (
        [item for item in answer.weights if item.start_time < ms(12)]
        for answer in asyncio.run(both())
    )
    assert one == other
    assert len(one) > 10
    assert not any(math.isnan(item.suggested) for item in one)
