"""The rack is taken: what else, and with which load."""

import pytest

from voltlift_core import (
    CurrentSession,
    Engine,
    ErrorCode,
    ExerciseLog,
    IngestRequest,
    SampleStateRequest,
    SetLog,
    SubstituteRequest,
    VoltLiftError,
)

NOW = 1_790_000_000_000
DAY = 86_400_000
SAMPLES = ["beginner", "intermediate", "advanced", "no_effort", "dumbbell"]


async def sample_engine(name="intermediate"):
    engine = await Engine.create()
    sample = await engine.sample_state(SampleStateRequest(now=NOW, name=name))
    await engine.ingest(IngestRequest(state=sample.app_state))
    return engine, sample.app_state["state"]


async def lifter(*history, **settings):
    engine = await Engine.create()
    state = {"settings": {"units": "kg", **settings}, "history": list(history)}
    await engine.ingest(IngestRequest(state={"state": state, "version": 1}))
    return engine


def workout(days_ago, exercise, weight, reps):
    one = {"id": "s", "reps": reps, "weight": weight, "type": "N", "completed": True}
    return {
        "id": f"{days_ago}-{exercise}",
        "startTime": NOW - days_ago * DAY,
        "status": "completed",
        "logs": [{"id": "l", "exerciseId": exercise, "sets": [one] * 3}],
    }


def instead_of(exercise_id, **changes):
    return SubstituteRequest(**{"now": NOW, "exercise_id": exercise_id, **changes})


def ids(answer):
    return [item.exercise.id for item in answer.substitutes]


@pytest.mark.parametrize("name", SAMPLES)
async def test_three_substitutes_whose_points_add_up(name):
    engine, state = await sample_engine(name)
    unit = state["settings"]["units"]
    for exercise in ("barbell-bench-press", "leg-press", "dumbbell-row", "pull-up"):
        answer = await engine.substitute(instead_of(exercise))
        assert [item.rank for item in answer.substitutes] == [1, 2, 3]
        assert answer.considered >= 3
        for item in answer.substitutes:
            assert item.exercise.id != exercise
            assert item.score == sum(reason.points for reason in item.reasons)
            if item.load is not None:
                assert item.load.unit == unit
                assert item.load.low <= item.load.weight <= item.load.high
        scores = [item.score for item in answer.substitutes]
        assert scores == sorted(scores, reverse=True)
        assert [s.name for s in answer.meta.scorers] == ["substitution"]


async def test_what_is_taken_is_not_offered():
    engine, _ = await sample_engine()
    answer = await engine.substitute(
        instead_of("barbell-bench-press", without_equipment=("Barbell", "Machines"), limit=50)
    )
    kinds = {item.exercise.equipment for item in answer.substitutes}
    assert not kinds & {"Barbell", "Machine", "Cable"}
    assert "Dumbbell" in kinds


async def test_equipment_of_the_request_stands_in_for_that_of_the_settings():
    engine, _ = await sample_engine()
    answer = await engine.substitute(
        instead_of("barbell-bench-press", equipment=("Bodyweight",), limit=50)
    )
    assert {item.exercise.equipment for item in answer.substitutes} == {"Bodyweight"}


async def test_what_was_done_today_is_not_offered_again():
    engine, _ = await sample_engine()
    first = ids(await engine.substitute(instead_of("barbell-bench-press")))[0]
    session = CurrentSession(
        start_time=NOW - 60_000,
        logs=(ExerciseLog(id="l", exercise_id=first, sets=(SetLog(id="s", reps=8, weight=30.0),)),),
    )
    after = await engine.substitute(instead_of("barbell-bench-press", session=session))
    assert first not in ids(after)


async def test_own_history_gives_the_load_first():
    engine = await lifter(
        *(workout(d, "dumbbell-bench-press", 30, 8) for d in (4, 8, 12)),
        *(workout(d, "barbell-bench-press", 80, 8) for d in (2, 6, 10)),
    )
    answer = await engine.substitute(instead_of("barbell-bench-press"))
    (own,) = (i for i in answer.substitutes if i.exercise.id == "dumbbell-bench-press")
    assert own.rank == 1
    assert "done_before" in {reason.code for reason in own.reasons}
    assert (own.load.weight, own.load.reps) == (30.0, (8, 10))
    assert (own.load.own, own.load.confidence) == (True, "high")
    related = next(i for i in answer.substitutes if i.load is not None and not i.load.own)
    assert related.load.confidence == "low"
    assert related.load.source_exercise_id in ("dumbbell-bench-press", "barbell-bench-press")


async def test_the_strength_test_is_enough_for_a_load():
    engine = await lifter(
        baseline=[{"exerciseId": "barbell-bench-press", "weight": 80, "reps": 5}],
        goal={"type": "Strength"},
    )
    answer = await engine.substitute(
        instead_of("barbell-bench-press", without_equipment=("Barbell",))
    )
    best = answer.substitutes[0]
    assert best.exercise.id == "dumbbell-bench-press"
    assert 10 <= best.load.weight <= 34
    assert best.load.reps == (5, 7)
    assert best.load.source_exercise_id == "barbell-bench-press"


async def test_pounds_are_whole_steps():
    history = [workout(d, "barbell-bench-press", 135, 8) for d in (2, 6, 10)]
    engine = await lifter(*history, units="lbs", loadSteps={"Dumbbell": 5})
    answer = await engine.substitute(
        instead_of("barbell-bench-press", without_equipment=("Barbell",), limit=10)
    )
    loads = [i.load for i in answer.substitutes if i.exercise.equipment == "Dumbbell" and i.load]
    assert loads
    assert all(load.unit == "lbs" and load.weight % 5 == 0 for load in loads)


async def test_nothing_known_gives_substitutes_without_loads():
    answer = await (await Engine.create()).substitute(instead_of("barbell-squat"))
    assert len(answer.substitutes) == 3
    assert [item.load for item in answer.substitutes] == [None] * 3
    assert answer.meta.workouts == 0


async def test_it_is_as_of_the_moment_asked_for():
    past = [workout(d, "barbell-bench-press", 60, 8) for d in (30, 34, 38)]
    later = [workout(d, "dumbbell-bench-press", 50, 8) for d in (1, 3)]
    then = NOW - 20 * DAY
    request = instead_of("barbell-bench-press", now=then, limit=8)
    seen = await (await lifter(*past, *later)).substitute(request)
    truth = await (await lifter(*past)).substitute(request)
    assert seen.substitutes == truth.substitutes
    assert seen.meta.workouts == 3


async def test_an_id_of_an_old_app_state_is_understood():
    engine, _ = await sample_engine()
    old = await engine.substitute(instead_of("bench-press"))
    assert ids(old) == ids(await engine.substitute(instead_of("barbell-bench-press")))


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"exercise_id": "moon-press"}, ErrorCode.UNKNOWN_EXERCISE, "$.exerciseId"),
        ({"limit": 0}, ErrorCode.INVALID_REQUEST, "$.limit"),
        ({"limit": 101}, ErrorCode.INVALID_REQUEST, "$.limit"),
        ({"equipment": ("Barbell", "Anvil")}, ErrorCode.INVALID_REQUEST, "$.equipment[1]"),
        ({"without_equipment": ("",)}, ErrorCode.INVALID_REQUEST, "$.withoutEquipment[0]"),
        ({"now": -1}, ErrorCode.INVALID_REQUEST, "$.now"),
    ],
)
async def test_what_cannot_be_answered_says_where(changes, code, path):
    engine = await Engine.create()
    with pytest.raises(VoltLiftError) as caught:
        await engine.substitute(instead_of(**{"exercise_id": "barbell-squat", **changes}))
    assert (caught.value.code, caught.value.path) == (code, path)
