"""Rows of the public engine: the log comes back whole, questions are answered as of then."""

from __future__ import annotations

import asyncio
import hashlib
import math
from dataclasses import replace

import numpy as np
import pytest

from evaluation_samples import (
    BENCH,
    CURL,
    DEADLIFT,
    PLANK,
    ROW,
    SQUAT,
    lifter_of,
    one_set,
    routine,
    workout,
)
from voltlift_core import (
    Artefact,
    EngineState,
    ErrorCode,
    IngestRequest,
    Ports,
    VoltLiftError,
    take_in,
)
from voltlift_models.evaluate import Replay
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.engine_rows import (
    EngineForecaster,
    EngineRanker,
    engine_of,
    engine_rows,
    rules_ports,
)
from voltlift_models.evaluate.rows import LoadRow

LB = 0.45359237


def many_kinds_of_sets():
    return [
        workout(
            at,
            (BENCH, [one_set(20, 5, type="W"), (60 + at / 3, 8), one_set(60, 0, completed=False)]),
            (PLANK, [{"weight": 0, "reps": 0, "seconds": 61.5, "completed": True, "type": "N"}]),
            (BENCH, [one_set(40, 12, type="D", rpe=8.5), one_set(50, 3, type="F")]),
            ("custom-a", [(135.5, 5)]),
            unit=("kg", "lbs")[at % 2],
            offset=(0, 330, -480)[at % 3],
        )
        for at in range(12)
    ]


def test_the_app_state_gives_the_same_log_again():
    lifter = lifter_of(*many_kinds_of_sets(), units="lbs", custom=("custom-a",))
    state = take_in(EngineState(), IngestRequest(state=app_state_of(lifter))).state
    assert state.log.exercise_ids == lifter.state.log.exercise_ids
    assert state.log.session_ids == lifter.state.log.session_ids
    for ours, theirs in (
        (state.log.rows, lifter.state.log.rows),
        (state.log.sessions, lifter.state.log.sessions),
    ):
        for name, column in theirs.items():
            np.testing.assert_array_equal(ours[name], column, err_msg=name)
    assert state.settings == lifter.state.settings
    assert state.custom == lifter.state.custom


def test_rankings_hold_neither_what_is_taken_nor_what_does_not_exist_yet():
    days = [workout(at * 2, (BENCH, [(60, 8)]), (ROW, [(50, 8)])) for at in range(11)]
    last = workout(24, (SQUAT, [(60, 8)]), ("custom-a", [(5, 5)]))
    lifter = lifter_of(*days, last, custom=("custom-a",))
    rank = EngineRanker(engine_of(lifter, rules_ports), routine=0.0)
    for task in ("T1", "T2", "T4"):
        for case in Replay(lifter.state).ranks(task):
            ranked = rank(case.moment)
            assert len(ranked.ids) == len(set(ranked.ids)) == 10
            assert not {*ranked.ids} & (case.moment.taken | case.moment.unknown_custom)
            assert ranked.scores is not None
            assert all(0 <= score <= 1 for score in ranked.scores)


def test_answers_do_not_depend_on_what_comes_later():
    days = [
        workout(at * 2, (BENCH, [(60 + at, 8)]), ((SQUAT, ROW, CURL)[at % 3], [(50, 8)]))
        for at in range(15)
    ]
    other = [workout(at * 2, (DEADLIFT, [(200, 1)]), (BENCH, [(1, 1)])) for at in range(12, 18)]
    answers = []
    for lifter in (lifter_of(*days), lifter_of(*days[:12], *other)):
        rank = EngineRanker(engine_of(lifter, rules_ports))
        guess = EngineForecaster(lifter, rules_ports)
        replay = Replay(lifter.state)
        answers.append(
            (
                [rank(c.moment) for c in replay.ranks("T1") if c.moment.day < 12],
                [
                    guess(c.question(planned))
                    for c in replay.loads()
                    for planned in (False, True)
                    if c.asked.moment.day < 12
                ],
            )
        )
    (ranks, loads), theirs = answers
    assert repr((ranks, loads)) == repr(theirs)
    assert len(ranks) == 4
    assert len(loads) > 10


def test_a_plan_lowers_the_weight_for_more_repetitions():
    lifter = routine(8, [BENCH])
    guess = EngineForecaster(lifter, rules_ports)
    asked = list(Replay(lifter.state).loads())[-1].asked
    few, many = (guess(replace(asked, planned_reps=reps)) for reps in (5, 15))
    assert many.kg < few.kg
    assert (few.reps, many.reps) == (5, 15)
    assert math.isnan(few.low)


def test_weights_come_in_the_unit_that_is_trained_in():
    """The export says pounds, the plates are kilograms."""
    days = [workout(at, (BENCH, [(kg, 8)])) for at, kg in enumerate([60, 62.5, 62.5, 65, 65])]
    lifter = lifter_of(*days, units="lbs")
    guess = EngineForecaster(lifter, rules_ports)
    for case in Replay(lifter.state).loads():
        assert guess(case.question(False)).kg % 1.25 == pytest.approx(0, abs=1e-6)


def broken_model(_lifter):
    data = b"no model"
    sha256 = hashlib.sha256(data).hexdigest()
    ports = Ports().with_installed()

    async def install():
        await ports.models.install(Artefact("ranker", "1", sha256, data))
        await ports.models.activate("ranker", "1")

    asyncio.run(install())
    return ports


def test_a_model_that_cannot_be_used_is_an_error_not_the_rules():
    with pytest.raises(VoltLiftError, match="cannot be used") as caught:
        engine_of(routine(3, [BENCH]), broken_model)
    assert caught.value.code is ErrorCode.CORRUPT_DATA
    engine_of(routine(3, [BENCH]), lambda lifter: replace(broken_model(lifter), learned=None))


def test_rows_with_models_are_there_with_models_only():
    def ports(_lifter):
        return Ports().with_installed()

    rules, everything = engine_rows(), engine_rows(ports)
    assert {row.name for row in rules} < {row.name for row in everything}
    assert {row.kind for row in everything} == {"engine"}
    assert sum(isinstance(row, LoadRow) and row.planned for row in everything) == 2
