"""Readiness by hand: groups, the curve of days, advice."""

import math

import pytest

from feature_builders import NAN, day, frame, one, workout
from voltlift_coach.insights.readiness import (
    DailyCurve,
    advice,
    checked_in,
    days_since_workout,
    group_recovery,
)
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import Fatigue, fatigue
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.scoring.config import RuleConfig

OPTIMAL = RuleConfig.bundled().recovery.optimal_days
NUMBERS = ProgressionConfig.bundled()


def groups(sessions, **changes):
    at = frame(sessions, **changes).moment
    return {found.group: found for found in group_recovery(at, OPTIMAL)}


def curve(sessions=(), daily=(), count=7, **changes):
    f = frame(sessions, daily=daily, **changes)
    return DailyCurve(f.inputs, OPTIMAL).days(f.moment, count, 9.5)


@pytest.mark.parametrize(
    ("days", "recovered", "state", "ready_in"),
    [
        (0.5, 0.167, "just_trained", 2.5),
        (1.5, 0.5, "recovering", 1.5),
        (3, 1.0, "ready", 0.0),
        (6, 1.0, "ready", 0.0),
        (7, 1.0, "fresh", 0.0),
    ],
)
def test_legs_recover_in_three_days(days, recovered, state, ready_in):
    legs = groups([workout(days, *[one("squat")] * 4)])["Legs"]
    assert (legs.recovered, legs.state, legs.ready_in_days) == (recovered, state, ready_in)
    assert legs.days_since == days


def test_what_was_never_trained_is_fresh():
    found = groups([workout(0.1, one("squat"))])
    assert found["Chest"] == type(found["Chest"])(
        group="Chest",
        recovered=1.0,
        state="fresh",
        days_since=None,
        ready_in_days=0.0,
        hard_sets_7d=0.0,
    )
    assert list(found) == [str(group) for group in MUSCLE_GROUPS]


def test_hard_sets_of_seven_days_count_secondary_groups_by_half():
    found = groups([workout(2, *[one("squat")] * 4), workout(8, *[one("squat")] * 9)])
    assert (found["Legs"].hard_sets_7d, found["Core"].hard_sets_7d) == (4, 2)


def test_only_the_primary_group_counts_as_trained():
    assert groups([workout(0.5, one("bench"))])["Arms"].state == "fresh"


def test_days_since_the_last_workout_are_calendar_days():
    late_yesterday = frame([workout(0.6, one("squat"))]).moment
    assert days_since_workout(late_yesterday) == 1
    assert days_since_workout(frame([workout(0.1, one("squat"))]).moment) == 0
    assert days_since_workout(frame([]).moment) is None


def test_the_curve_has_every_day_up_to_today():
    found = curve([workout(1, *[one("squat")] * 3)], [day(1, sleep_hours=8.0)])
    assert [item.day for item in found][-3:] == ["2026-02-27", "2026-02-28", "2026-03-01"]
    assert len(found) == 7
    assert [item.hard_sets for item in found] == [0, 0, 0, 0, 0, 3, 0]
    assert [item.sleep_hours for item in found][-2:] == [8.0, None]


def test_a_day_of_the_curve_has_the_score_of_its_morning():
    """7, +2 for 8 h of sleep, -1 for the workout of the day before; the one of the day is not
    there yet."""
    sessions = [workout(3.2, one("squat")), workout(2, one("squat"))]
    found = curve(sessions, [day(2, sleep_hours=8.0)])
    assert found[-3].score == 8.0
    assert [item.score for item in found if item.day != found[-3].day] == [None] * 6


def test_today_has_the_score_of_the_answer():
    assert curve((), [day(0, sleep_hours=5.0)])[-1].score == 9.5


def test_groups_recover_along_the_curve():
    found = curve([workout(3, one("squat"))])
    legs = [item.recovered["Legs"] for item in found]
    assert legs == [1, 1, 1, 1, 0.333, 0.667, 1]


@pytest.mark.parametrize("offset", [-12 * 60, -300, 0, 330, 14 * 60])
def test_readings_lie_on_the_day_of_their_date(offset):
    found = curve((), [day(2, sleep_hours=6.0)], offset=offset)
    assert [item.day for item in found if item.sleep_hours] == ["2026-02-27"]


def test_a_check_in_of_today():
    now = frame().moment
    assert not checked_in((), now)
    assert not checked_in((day(1, sleep_hours=7.0),), now)
    assert not checked_in((day(0, bodyweight_kg=80.0),), now)
    assert checked_in((day(0, perceived_energy=4.0),), now)


def tired(**changes):
    values = {
        "level": NAN,
        "high": False,
        "blocks": False,
        "lifts": 0,
        "falling": 0,
        "rpe_rise": NAN,
        "weeks": 0,
        "reasons": (),
    }
    return Fatigue(**{**values, **changes})


def test_nothing_wrong_needs_no_advice():
    assert advice(tired(level=2.0), 7.0, 5.0) == ([], None)


def test_a_bad_night_makes_today_lighter_not_the_week():
    said, deload = advice(tired(), 4.0, 5.0)
    assert [reason.code for reason in said] == ["lighter_today"]
    assert deload is None


def test_fatigue_that_lowers_suggestions_asks_for_a_lighter_week():
    sessions = [workout(d, *[one("squat", rpe=10.0)] * 5) for d in range(1, 8)]
    slept = [day(d, sleep_hours=4.0) for d in range(8)]
    found = fatigue(frame(sessions, daily=slept).moment, NUMBERS.fatigue)
    said, deload = advice(found, 7.0, 5.0)
    assert "fatigue_level" in {reason.code for reason in said}
    assert deload.code == "deload_fatigue"
    assert deload.values["level"] >= 4


def test_many_weeks_alone_are_no_reason_but_with_fatigue_they_are():
    weekly = [workout(d, *[one("squat")] * 4) for d in range(1, 80, 3)]
    found = fatigue(frame(weekly).moment, NUMBERS.fatigue)
    assert found.weeks > 6
    assert advice(found, 7.0, 5.0)[1] is None
    level = tired(level=3.8, weeks=found.weeks, reasons=found.reasons)
    assert advice(level, 7.0, 5.0)[1].code == "deload_due"


def test_every_value_is_a_number():
    _, deload = advice(tired(high=True), 7.0, 5.0)
    assert all(not math.isnan(value) for value in deload.values.values())
