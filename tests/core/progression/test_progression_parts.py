"""Recovery score, fatigue, grids, chart and configuration: known answers."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feature_builders import NAN, NOW, day, frame, one, workout
from voltlift_coach.progression.chart import convert, load_share, reps_at
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import fatigue
from voltlift_coach.progression.history import lift_sessions
from voltlift_coach.progression.loading import load_grid
from voltlift_coach.progression.recovery import recovery_score
from voltlift_coach.progression.warm_up import warm_up_sets
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.loads import Plates, Steps, round_to_loadable
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features.moment import Moment
from voltlift_core.history.log import TrainingLog

CONFIG = ProgressionConfig.bundled()
CATALOGUE = Catalogue.bundled()


def moment(sessions=(), **changes) -> Moment:
    return Moment(frame(sessions, **changes).inputs)


def score(days_since=None, *daily):
    found = recovery_score(moment(daily=daily), days_since, CONFIG.recovery)
    assert sum(reason.points for reason in found.reasons) == found.value
    return found.value


# Recovery


@pytest.mark.parametrize(
    ("hours", "expected"), [(9, 9), (8, 9), (7.5, 8), (6.5, 6), (5, 4), (4.9, 2), (NAN, 7)]
)
def test_sleep_leads_the_recovery_score(hours, expected):
    assert score(2, day(0, sleep_hours=hours)) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, 7), (1, 6), (2, 7), (3, 8), (30, 8), (None, 7)])
def test_days_since_the_exercise_count(days, expected):
    assert score(days) == expected


@pytest.mark.parametrize(
    ("today", "expected"), [(56, 10), (53, 9), (51, 7), (49, 7), (46, 6), (42, 4), (30, 2)]
)
def test_hrv_counts_against_its_own_baseline(today, expected):
    baseline = [day(n, hrv_ms=50) for n in range(4, 24)]
    assert score(2, *baseline, day(0, hrv_ms=today)) == expected


def test_stress_and_soreness_count_once_and_only_after_a_short_night():
    strained = {"stress_level": 5, "muscle_soreness": 5}
    assert score(2, day(0, sleep_hours=6.5, **strained)) == 5
    assert score(2, day(0, sleep_hours=7.5, **strained)) == 8
    assert score(2, day(0, **strained)) == 7, "sleep is not known"


def test_old_readings_say_nothing_about_today():
    assert score(2, day(2, sleep_hours=3)) == 7


@given(st.floats(0, 24), st.integers(0, 60), st.floats(5, 200), st.integers(1, 5))
def test_the_score_stays_in_its_range(sleep, days, hrv, stress):
    readings = [day(n, hrv_ms=60) for n in range(3, 9)]
    today = day(0, sleep_hours=sleep, hrv_ms=hrv, stress_level=stress)
    assert 0 <= score(days, *readings, today) <= 10


# Fatigue


def weekly(weights_by_lift, weeks, sets=3):
    return [
        workout(
            7 * (weeks - n) - 3,
            *(one(lift, w[n], 5) for lift, w in weights_by_lift.items() for _ in range(sets)),
        )
        for n in range(weeks)
    ]


def test_several_falling_lifts_without_a_lighter_week_are_fatigue():
    down = [100, 100, 100, 100, 100, 100, 100, 100, 94, 93]
    found = fatigue(moment(weekly({"bench": down, "squat": down}, 10)), CONFIG.fatigue)
    assert (found.falling, found.high, found.blocks) == (2, True, True)
    assert {r.code for r in found.reasons} == {"lifts_falling", "no_lighter_week"}


def test_one_falling_lift_is_not_the_whole_lifter():
    down, level = [100] * 8 + [94, 93], [100] * 10
    found = fatigue(moment(weekly({"bench": down, "squat": level}, 10)), CONFIG.fatigue)
    assert (found.falling, found.high) == (1, False)


def test_many_weeks_alone_need_no_rest_and_a_lighter_week_is_seen():
    level = [100] * 10
    steady = weekly({"bench": level}, 10)
    found = fatigue(moment(steady), CONFIG.fatigue)
    assert (found.high, found.weeks >= 8) == (False, True)
    lighter = [s for s in steady if s.id != "w18"]
    assert fatigue(moment(lighter), CONFIG.fatigue).weeks < 3


def test_a_new_lifter_is_fresh():
    found = fatigue(moment(), CONFIG.fatigue)
    assert (found.high, found.blocks, found.weeks, found.reasons) == (False, False, 0, ())


# What was done


def test_sessions_are_the_same_however_the_log_is_cut():
    days = [
        workout(n, one("bench", 100 + n, 5, rpe=8, seconds=30), one("squat", 50, 5))
        for n in range(700, 0, -1)
    ]
    whole = TrainingLog.from_records(days)
    grown = TrainingLog()
    for start in range(0, 700, 50):
        grown = grown.with_changes(days[start : start + 50])
    assert len(whole.chunks) > 1
    for before in (NOW, NOW - 100.5 * 86_400):
        a, b = (lift_sessions(log, "bench", before) for log in (whole, grown))
        assert a == b
        assert len(a) == 12
        assert all(x.start_s < y.start_s < before for x, y in pairwise(a))
    assert lift_sessions(whole, "nothing", NOW) == ()


# What can be loaded


def grid(exercise: str, done=(), **settings):
    return load_grid(CATALOGUE.get(exercise), Settings(**settings), done)


def test_without_a_word_on_equipment_weights_that_fit_the_standard_plates_use_them():
    assert isinstance(grid("barbell-bench-press", [60.0]), Plates)
    assert isinstance(grid("barbell-bench-press", [15.0]), Steps) is False
    found = grid("barbell-bench-press", [15.0])
    assert round_to_loadable(16.0, found) == 16.25


def test_a_coarse_step_is_inferred_from_three_loads_only():
    assert grid("dumbbell-curl", [10.0, 12.0]).around(13_000) == (12_500, 13_750)
    assert grid("dumbbell-curl", [10.0, 12.0, 14.0]).around(13_000) == (12_000, 14_000)
    assert grid("dumbbell-curl", [10.0, 15.0, 20.0]).around(13_000) == (10_000, 15_000)


def test_dumbbells_nobody_told_of_are_those_of_a_usual_rack():
    assert grid("dumbbell-curl").around(16_250) == (15_000, 17_500)
    assert grid("dumbbell-curl", [10.0]).around(13_000) == (12_500, 15_000)
    assert grid("dumbbell-curl", unit=Unit.LB).around(17_500) == (15_000, 20_000)
    assert grid("dumbbell-curl", load_steps={Equipment.DUMBBELL: 2.0}).around(13_000) == (
        12_000,
        14_000,
    )


def test_loads_done_can_be_loaded_but_not_those_of_another_unit():
    assert round_to_loadable(52.0, grid("seated-cable-row", [52.0])) == 52.0
    pounds = grid("seated-cable-row", [60.0], unit=Unit.LB)
    assert round_to_loadable(60.0, pounds) == parse(132.5, Unit.LB)


# The chart


def test_the_chart_is_that_of_the_rpe_table():
    shares = [load_share(reps, CONFIG.reps) for reps in (1, 5, 8, 12)]
    assert shares == [1.0, 0.863, 0.786, 0.68]
    assert load_share(8, CONFIG.reps, rpe=8) == 0.739
    assert load_share(5, CONFIG.reps, rpe=8.5) == pytest.approx((0.837 + 0.811) / 2)


@given(st.integers(1, 60), st.integers(1, 60))
def test_more_repetitions_never_mean_more_weight(a, b):
    assert (load_share(a, CONFIG.reps) >= load_share(b, CONFIG.reps)) or a > b
    assert convert(convert(80.0, a, b, CONFIG.reps), b, a, CONFIG.reps) == pytest.approx(80.0)


@given(st.integers(1, 14))
def test_repetitions_at_a_share_are_those_of_the_chart(reps):
    assert reps_at(load_share(reps, CONFIG.reps), CONFIG.reps) == reps


def test_warm_ups_that_come_to_the_same_weight_are_one():
    found = warm_up_sets(32.5, Plates.standard(Unit.KG), CONFIG)
    assert found == ((20.0, 5), (25.0, 3))


# The configuration


def changed(**changes):
    text = (
        files("voltlift_coach.progression").joinpath("data/progression-1.json").read_text("utf-8")
    )
    return json.dumps({**json.loads(text), **changes})


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"cap": 0.5}, "$.cap"),
        ({"cap": "much"}, "$.cap"),
        ({"surplus": 1}, "$.surplus"),
        ({"layOff": {"days": 28}}, "$.layOff.perPeriod"),
        (
            {"increment": {"full": {"kg": 1}, "isolation": {}, "aggressiveness": {}}},
            "$.increment.full",
        ),
    ],
)
def test_a_configuration_that_does_not_fit_is_refused_with_its_path(changes, path):
    with pytest.raises(VoltLiftError) as caught:
        ProgressionConfig.from_json(changed(**changes))
    assert (caught.value.code, caught.value.path) == (ErrorCode.INVALID_CONFIGURATION, path)


def test_the_bundled_configuration_is_read_back():
    assert ProgressionConfig.from_json(changed()) == CONFIG
