"""The unit that a lifter trains in, and answers in it."""

from __future__ import annotations

from replay_samples import BENCH, app_state, state_of, workout
from voltlift_core import Engine, IngestRequest, SuggestLoadRequest, take_in
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.engine.state import EngineState
from voltlift_learned.diary import Diary
from voltlift_replay.units import units_by_day

LB = 0.45359237


def test_the_unit_of_a_day_is_that_of_its_round_weights():
    days = [
        workout(0, (BENCH, [(61.3, 5)])),
        workout(1, (BENCH, [(60, 5), (62.5, 5), (135 * LB, 5)])),
        workout(2, (BENCH, [(61.3, 5)])),
        workout(3, (BENCH, [(135, 5), (145, 5)]), unit="lbs"),
        workout(4, (BENCH, [(0, 5)])),
    ]
    diary = Diary.of(state_of(*days).log)
    assert units_by_day(diary, "lbs") == ["lbs", "kg", "kg", "lbs", "lbs"]
    assert units_by_day(Diary.of(state_of().log), "kg") == []


def test_a_revision_in_another_unit_keeps_the_log_and_drops_what_was_said_in_the_first():
    given = app_state(workout(0, (BENCH, [(60, 8)])))
    given["settings"] |= {"barWeight": 15, "loadSteps": {"Dumbbell": 2}, "bodyweight": 80}
    state = take_in(EngineState(), IngestRequest(state=given)).state
    other = state.in_unit(Unit.LB)
    assert other.settings.unit is Unit.LB
    assert other.settings.bodyweight_kg == state.settings.bodyweight_kg == 80
    assert (other.log, other.view, other.catalogue) == (state.log, state.view, state.catalogue)
    assert (state.settings.bar_kg, len(state.settings.load_steps)) == (15, 1)
    assert (other.settings.bar_kg, len(other.settings.load_steps)) == (None, 0)
    assert state.in_unit(Unit.KG) is state


async def test_an_engine_in_another_unit_answers_in_it_and_the_first_does_not():
    engine = await Engine.create()
    days = [workout(at, (BENCH, [(60, 8)])) for at in range(5)]
    await engine.ingest(IngestRequest(state=app_state(*days)))
    request = SuggestLoadRequest(now=days[-1]["startTime"] + 86_400_000, exercise_id=BENCH)
    pounds = await engine.in_unit("lbs").suggest_load(request)
    assert pounds.unit == "lbs"
    assert pounds.choice.weight % 2.5 == 0
    assert (await engine.suggest_load(request)).unit == "kg"
    assert engine.in_unit("kg") is engine
