"""What holds for every lifter, whatever they logged."""

from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifters import BENCH, DAY, NOW, ask, bench, session, state

from voltlift_core.contract import SuggestLoadResponse
from voltlift_core.domain.loads import Plates, Steps, round_to_loadable
from voltlift_core.domain.units import display, parse
from voltlift_core.domain.vocabulary import Unit

units = st.sampled_from(["kg", "lbs"])
rpes = st.none() | st.sampled_from([5.0, 6.0, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0])
reps = st.integers(1, 22)
plans = st.none() | st.tuples(st.integers(1, 15), st.integers(0, 4)).map(
    lambda p: (p[0], p[0] + p[1])
)
nights = st.none() | st.sampled_from([3.0, 5.5, 6.5, 7.5, 8.5])

PLATES = {"kg": [20, 10, 5, 2.5], "lbs": [45, 25, 10, 5]}
BARS = {"kg": 20, "lbs": 45}


@st.composite
def days(draw, weights):
    """One to seven days of training, with up to four sets each."""
    ago = draw(st.lists(st.integers(1, 120), min_size=1, max_size=7, unique=True))
    sets = st.lists(st.tuples(weights, reps, rpes), min_size=1, max_size=4)
    return [
        (n, [(w, r) if e is None else (w, r, e) for w, r, e in draw(sets)])
        for n in sorted(ago, reverse=True)
    ]


def answer(app_state, exercise=BENCH, **question) -> SuggestLoadResponse:
    return asyncio.run(ask(app_state, exercise, **question))


def last_top(history) -> float:
    return max(weight for weight, *_ in history[-1][1])


def check(found: SuggestLoadResponse, unit: str, grid, last: float) -> None:
    """Every weight can be loaded, is inside the bounds, and is what its reasons add up to."""
    ways = found.alternatives
    for choice in (found.choice, ways.deload, ways.maintain, ways.push):
        kg = parse(choice.weight, Unit(unit))
        assert display(round_to_loadable(kg, grid), Unit(unit)) == choice.weight
        assert 1 <= choice.reps[0] <= choice.reps[1]
    if not found.step_exceeds_cap:
        assert found.choice.weight <= last * 1.1 * (1 + 1e-9)
    assert ways.deload.weight <= ways.maintain.weight <= ways.push.weight
    total = math.fsum(reason.points for reason in found.reasoning)
    # Heavy and light days go on from their own last time, which is the one that is shown.
    shown = max(item.weight for item in found.last.sets)
    assert shown + total == pytest.approx(found.choice.weight, abs=1e-3)


@given(units, st.data(), plans, nights)
def test_weights_are_loadable_with_the_plates_given_and_inside_the_cap(unit, data, plan, sleep):
    grid = Plates(Unit(unit), BARS[unit], dict.fromkeys(map(float, PLATES[unit])))
    steps = st.integers(0, 12).map(lambda n: BARS[unit] + n * 2 * PLATES[unit][-1])
    history = data.draw(days(steps))
    app_state = bench(
        *history,
        unit=unit,
        availablePlates=PLATES,
        barWeight=BARS[unit],
        daily={} if sleep is None else {0: {"sleepHours": sleep}},
    )
    found = answer(app_state, planned_reps=plan)
    check(found, unit, grid, last_top(history))
    assert found.plates is not None
    assert found.plates.bar + 2 * sum(found.plates.per_side) == found.choice.weight


@given(units, st.data(), plans)
def test_weights_are_on_the_steps_of_the_dumbbells(unit, data, plan):
    history = data.draw(days(st.integers(1, 20).map(lambda n: 5 * n)))
    app_state = bench(*history, exercise="dumbbell-curl", unit=unit, loadSteps={"Dumbbell": 5})
    found = answer(app_state, "dumbbell-curl", planned_reps=plan)
    check(found, unit, Steps(Unit(unit), 5, 5), last_top(history))


@given(st.integers(1, 20), st.integers(1, 22), plans)
def test_beyond_the_cap_there_is_one_step_and_it_is_flagged(steps, done, plan):
    weight = 5 * steps
    days_done = (3, [(weight, done)] * 3)
    app_state = bench(days_done, exercise="dumbbell-curl", loadSteps={"Dumbbell": 5})
    found = answer(app_state, "dumbbell-curl", planned_reps=plan)
    heavier = found.choice.weight > weight * 1.1
    assert found.step_exceeds_cap == heavier
    if heavier:
        assert (found.choice.weight, found.reasoning[0].code) == (weight + 5, "step_exceeds_cap")
        assert found.choice.reps[1] < done


@given(
    reps, st.lists(st.sampled_from([5.0, 6.5, 7.5, 8.5, 9.5]), min_size=2, max_size=2), plans, units
)
def test_more_effort_never_means_more_weight(done, efforts, plan, unit):
    easier, harder = sorted(efforts)
    found = [
        answer(bench((3, [(100, done, rpe)] * 3), unit=unit), planned_reps=plan)
        for rpe in (easier, harder)
    ]
    assert found[0].choice.weight >= found[1].choice.weight


@given(st.data(), plans, st.integers(0, 60))
def test_as_of_a_day_it_equals_the_answer_of_the_log_until_then(data, plan, ago):
    history = data.draw(days(st.integers(8, 40).map(lambda n: 2.5 * n)))
    moment = NOW - ago * DAY
    readings = {
        n: {"sleepHours": 5 + n % 5, "hadPainOrDiscomfort": n % 7 == 0} for n in range(0, 90, 3)
    }
    whole = state(*(session(n, (BENCH, sets)) for n, sets in history), daily=readings)
    cut = state(
        *(session(n, (BENCH, sets)) for n, sets in history if n > ago),
        daily={n: log for n, log in readings.items() if n >= ago},
    )
    a, b = (answer(given, now=moment, planned_reps=plan) for given in (whole, cut))
    assert (a.choice, a.decision, a.confidence, a.reasoning, a.alternatives, a.last) == (
        b.choice,
        b.decision,
        b.confidence,
        b.reasoning,
        b.alternatives,
        b.last,
    )
    assert a.meta.workouts == b.meta.workouts


@given(st.data(), plans)
def test_sets_that_were_not_done_warm_ups_and_order_change_nothing(data, plan):
    history = data.draw(days(st.integers(16, 40).map(lambda n: 2.5 * n)))
    plain = [session(n, (BENCH, sets)) for n, sets in history]
    noisy = [session(n, (BENCH, sets)) for n, sets in history]
    for item in noisy:
        item["logs"][0]["sets"] = [
            {"id": "w", "weight": 200, "reps": 1, "type": "W", "completed": True},
            *item["logs"][0]["sets"],
            {"id": "n", "weight": 200, "reps": 9, "rpe": 5, "type": "N", "completed": False},
            {"id": "d", "weight": 10, "reps": 9, "type": "D", "completed": True},
        ]
    a = answer(state(*plain), planned_reps=plan)
    b = answer(state(*reversed(noisy)), planned_reps=plan)
    assert (a.choice, a.reasoning, a.last) == (b.choice, b.reasoning, b.last)


@given(units, units, st.integers(8, 80))
def test_units_never_mix(logged, shown, steps):
    weight = steps * {"kg": 2.5, "lbs": 5.0}[logged]
    item = session(3, (BENCH, [(weight, 8, 8.0)] * 3))
    item["unit"] = logged
    found = answer(state(item, unit=shown))
    assert found.unit == shown
    kg = parse(found.choice.weight, Unit(shown))
    assert abs(kg / parse(weight, Unit(logged)) - 1) < 0.1
    if logged == shown:
        assert found.choice.weight == weight
    else:
        assert found.choice.weight % {"kg": 1.25, "lbs": 2.5}[shown] == 0


@given(st.data())
def test_every_shape_of_training_gets_an_answer(data):
    exercise = data.draw(
        st.sampled_from(
            ["pull-up", "plank", "treadmill-run", "band-face-pull", "leg-press", "burpee", BENCH]
        )
    )
    sets = data.draw(
        st.lists(
            st.tuples(st.sampled_from([0, 0.5, 20, 400, 4999]), st.sampled_from([0, 1, 8, 300])),
            max_size=3,
        )
    )
    seconds = data.draw(st.none() | st.sampled_from([0, 1, 30, 3600, 90_000]))
    item = session(data.draw(st.integers(0, 900)), (exercise, sets), seconds=seconds)
    found = answer(state(item), exercise if exercise != "band-face-pull" else BENCH)
    if found.choice is not None:
        assert found.choice.weight >= 0
        assert math.isfinite(found.choice.weight)
        assert found.choice.seconds is None or found.choice.seconds > 0
