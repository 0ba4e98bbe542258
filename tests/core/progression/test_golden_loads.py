"""The golden behaviours of progressive overload, in pounds and in kilograms."""

from __future__ import annotations

import copy

import pytest
from lifters import BENCH, DAY, NOW, UNITS, ask, bench, codes, engine_of, session, straight

from voltlift_core import Delta, IngestRequest, SuggestLoadRequest

pytestmark = pytest.mark.parametrize("unit", UNITS)


async def test_an_easy_set_of_ten_after_good_sleep_goes_up(unit):
    given = bench(
        (3, straight(100, 10, 6)),
        unit=unit,
        daily={0: {"sleepHours": 8}},
        experienceLevel="Intermediate",
    )
    answer = await ask(given)
    assert answer.choice.weight > 100
    assert answer.confidence == "high"
    assert answer.unit == unit


async def test_an_easy_set_at_the_top_of_the_plan_goes_up(unit):
    answer = await ask(bench((3, straight(100, 8, 6)), unit=unit), planned_reps=(6, 8))
    assert answer.choice.weight > 100
    assert answer.choice.reps == (6, 8)


async def test_an_easy_set_without_a_plan_goes_up_in_weight_or_reps(unit):
    answer = await ask(bench((3, straight(100, 8, 6)), unit=unit))
    assert answer.choice.weight > 100 or answer.choice.reps[0] > 8
    assert answer.choice.weight >= 100


async def test_a_set_near_failure_does_not_go_up_and_names_the_effort(unit):
    answer = await ask(bench((3, straight(100, 8, 9.5)), unit=unit))
    assert answer.choice.weight <= 100
    assert "effort_hard" in codes(answer)


@pytest.mark.parametrize("hours", [3, 3.5, 4])
async def test_a_short_night_is_a_deload_that_names_recovery(unit, hours):
    given = bench((4, straight(100, 8, 7)), unit=unit, daily={0: {"sleepHours": hours}})
    answer = await ask(given)
    assert answer.decision == "deload_recovery"
    assert answer.choice.weight < 100
    assert codes(answer)[0] == "recovery_low"


async def test_three_hard_sessions_and_little_sleep_are_a_deload(unit):
    given = bench(
        (9, straight(100, 8, 9)),
        (6, straight(100, 8, 9.5)),
        (3, straight(100, 8, 10)),
        unit=unit,
        daily={0: {"sleepHours": 6}},
    )
    answer = await ask(given)
    assert answer.decision.startswith("deload")
    assert answer.choice.weight < 100


async def test_a_week_off_and_a_long_night_are_no_deload(unit):
    given = bench((7, straight(100, 8, 8)), unit=unit, daily={0: {"sleepHours": 9}})
    answer = await ask(given)
    assert not answer.decision.startswith("deload")
    assert answer.choice.weight >= 100


async def test_eight_equal_sessions_are_a_plateau_that_asks_for_volume(unit):
    days = [(3 * n, straight(80, 8, 7 + n % 2)) for n in range(1, 9)]
    answer = await ask(bench(*days, unit=unit))
    assert codes(answer)[0] == "plateau"
    assert answer.decision == "increase_reps"
    assert "volume_progression" in codes(answer)
    assert answer.choice.weight == 80
    assert answer.choice.reps == (9, 10)


async def test_twelve_without_effort_go_up_for_fewer_reps(unit):
    answer = await ask(bench((3, straight(135, 12)), unit=unit))
    assert answer.choice.weight > 135
    assert answer.choice.reps[1] <= 10


async def test_seven_without_effort_three_weeks_ago_hold_with_little_confidence(unit):
    given = bench((21, straight(45, 7)), unit=unit, experienceLevel="Beginner")
    answer = await ask(given)
    assert answer.choice.weight <= 50
    assert answer.confidence == "low"


async def test_a_beginner_with_light_weights_goes_up_in_small_steps(unit):
    given = bench((3, straight(40, 10, 5)), unit=unit, experienceLevel="Beginner")
    answer = await ask(given)
    assert 40 < answer.choice.weight <= 44


async def test_coarse_dumbbells_take_more_reps_first_and_then_one_flagged_step(unit):
    dumbbells = {"exercise": "dumbbell-curl", "unit": unit, "loadSteps": {"Dumbbells": 5}}
    reps, last = 12, None
    weights = []
    for _ in range(4):
        answer = await ask(bench((3, straight(15, reps)), **dumbbells), "dumbbell-curl")
        weights.append(answer.choice.weight)
        if answer.choice.weight > 15:
            last = answer
            break
        assert not answer.step_exceeds_cap
        assert answer.choice.reps[0] > reps, "more reps at the same weight"
        reps = answer.choice.reps[1]
    assert weights == [15, 15, 20]
    assert last.step_exceeds_cap
    assert last.choice.reps[1] < reps
    assert codes(last)[0] == "step_exceeds_cap"


async def test_forty_days_off_take_a_little_off_and_keep_the_old_weight_as_push(unit):
    answer = await ask(bench((40, straight(100, 8)), unit=unit))
    assert 95 <= answer.choice.weight < 100
    assert answer.alternatives.push.weight == 100
    assert answer.alternatives.deload.weight < answer.choice.weight
    assert codes(answer)[0] == "gap"
    assert answer.decision == "return_after_gap"


async def test_copies_that_were_not_done_change_nothing(unit):
    done = bench((6, straight(100, 8, 8)), (3, straight(102.5, 8, 8)), unit=unit)
    copied = copy.deepcopy(done)
    copied["history"].append(session(1, (BENCH, straight(140, 12, 5)), completed=False))
    copied["history"][1]["logs"][0]["sets"] += [
        {"id": "copy", "weight": 150, "reps": 12, "rpe": 5, "type": "N", "completed": False}
    ]
    for question in ({}, {"planned_reps": (6, 8)}):
        a, b = await ask(done, **question), await ask(copied, **question)
        assert (a.choice, a.decision, a.confidence, a.reasoning) == (
            b.choice,
            b.decision,
            b.confidence,
            b.reasoning,
        )


async def test_an_edited_log_answers_like_one_written_so_from_the_start(unit):
    days = [(3 * n, straight(90 + n, 8, 8)) for n in range(1, 6)]
    before, after = bench(*days, unit=unit), bench(*days, unit=unit)
    after["history"][2]["logs"][0]["sets"][0]["weight"] = 120
    del after["history"][0]
    engine = await engine_of(before)
    await engine.ingest(
        IngestRequest(
            delta=Delta(
                sessions=(after["history"][1],), deleted_sessions=(before["history"][0]["id"],)
            )
        )
    )
    request = SuggestLoadRequest(now=NOW, exercise_id=BENCH, warm_ups=True)
    edited = await engine.suggest_load(request)
    fresh = await (await engine_of(after)).suggest_load(request)
    assert (edited.choice, edited.reasoning, edited.alternatives, edited.last) == (
        fresh.choice,
        fresh.reasoning,
        fresh.alternatives,
        fresh.last,
    )
    assert edited.last.start_time == NOW - 6 * DAY
