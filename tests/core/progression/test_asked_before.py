"""Answers do not depend on what was asked before: what is kept is kept for its own question."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lifters import DAY, NOW, engine_of, session, state, straight

from feature_builders import NOW as MOMENT
from feature_builders import day, frame, one, workout
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import fatigue
from voltlift_coach.progression.history import lift_sessions
from voltlift_core import (
    Engine,
    RecommendProgramsRequest,
    SuggestLoadRequest,
    TodaysSessionRequest,
)
from voltlift_core.domain.loads import Plates, round_to_loadable
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.features.moment import Moment
from voltlift_core.history.log import TrainingLog

LIFTS = ("barbell-bench-press", "barbell-back-squat", "pull-up", "dumbbell-bench-press")
AGO = st.integers(-2, 60)


def _app_state() -> dict[str, Any]:
    history = [
        session(
            ago,
            *(
                (lift, straight(40 + (7 * ago + 10 * place) % 25, 5 + ago % 6, 6 + ago % 4))
                for place, lift in enumerate(LIFTS)
                if ago % (place + 1) == 0
            ),
        )
        for ago in range(56, 0, -2)
    ]
    active = {"programId": "upper-lower", "currentIndex": 9, "frequency": 4}
    return state(*history, activeProgram=active, goal="Hypertrophy")


def _answers(engine: Engine, lift: str, ago: int, reps: tuple[int, int] | None) -> list[object]:
    now = NOW - ago * DAY

    async def ask() -> list[Any]:
        return [
            await engine.suggest_load(
                SuggestLoadRequest(now=now, exercise_id=lift, planned_reps=reps, warm_ups=True)
            ),
            await engine.todays_session(TodaysSessionRequest(now=now)),
            await engine.recommend_programs(
                RecommendProgramsRequest(now=now, days_per_week=1 + ago % 7)
            ),
        ]

    return [replace(answer, meta=None) for answer in asyncio.run(ask())]


@cache
def _asked_much() -> Engine:
    return asyncio.run(engine_of(_app_state()))


@given(st.sampled_from(LIFTS), AGO, st.sampled_from([None, (5, 5), (8, 10)]))
def test_an_engine_that_was_asked_much_answers_like_a_new_one(lift, ago, reps):
    new = asyncio.run(engine_of(_app_state()))
    assert _answers(_asked_much(), lift, ago, reps) == _answers(new, lift, ago, reps)


# More than one chunk of the log.
DAYS = [
    workout(ago, one("bench", 60 + ago % 7, 5, rpe=8), *[one("squat", 90, 5)] * (ago % 2))
    for ago in range(300, 0, -1)
]
ASKED = TrainingLog.from_records(DAYS)


@given(st.sampled_from(["bench", "squat", "curl"]), st.integers(0, 310), st.integers(1, 80))
def test_sessions_of_a_lift_are_those_of_a_log_never_read(lift, ago, most):
    before = MOMENT - ago * 86_400
    never = TrainingLog.from_records(DAYS)
    for count in (most, 1, most // 2 + 1):
        found = lift_sessions(ASKED, lift, before, count)
        # As text, since what is unknown equals nothing.
        assert repr(found) == repr(lift_sessions(never, lift, before, most)[-count:])


@given(st.lists(st.tuples(st.floats(0, 80), st.sampled_from([None, 60.0, 90.0])), max_size=6))
def test_fatigue_is_that_of_a_log_never_looked_at(questions):
    numbers = ProgressionConfig.bundled().fatigue
    sessions = [workout(ago, one("bench", 60 + ago % 9, 5)) for ago in range(70, 0, -2)]
    inputs = frame(sessions).inputs
    for ago, weight in questions:
        daily = () if weight is None else (day(75, bodyweight_kg=weight),)
        now = MOMENT - ago * 86_400
        asked = Moment(replace(inputs, now_s=now, daily=daily))
        never = Moment(replace(frame(sessions).inputs, now_s=now, daily=daily))
        assert repr(fatigue(asked, numbers)) == repr(fatigue(never, numbers))
        assert fatigue(asked, numbers) is fatigue(asked, numbers)


@given(st.lists(st.tuples(st.floats(0, 400), st.sampled_from(["nearest", "down", "up"]))))
def test_weights_are_those_of_plates_never_loaded(wishes):
    asked = Plates(Unit.KG, 20.0, {25.0: 2, 10.0: None, 1.25: 1})
    for kg, mode in wishes:
        new = Plates(Unit.KG, 20.0, {25.0: 2, 10.0: None, 1.25: 1})
        found = round_to_loadable(kg, asked, mode)
        assert found == round_to_loadable(kg, new, mode)
        assert asked.per_side(found) == new.per_side(found)
