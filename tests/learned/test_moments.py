"""The moment of a question: days of travellers, whose clocks go back and forth."""

from __future__ import annotations

from test_diary import one_set, workout

from voltlift_core import TrainingLog
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.features.view import LogView
from voltlift_core.history.records import CurrentRecord
from voltlift_learned.diary import DAY_S
from voltlift_learned.moments import today_of

HOUR = 3600.0
HONOLULU, TOKYO, LOS_ANGELES = -600, 540, -480


def at(log, now_s, utc_offset):
    return today_of(
        FeatureInputs(
            view=LogView(log, Catalogue.bundled()),
            settings=Settings(),
            daily=(),
            current=CurrentRecord(),
            now_s=now_s,
            utc_offset=utc_offset,
        )
    )


def test_looking_back_from_elsewhere_sees_nothing_that_began_later():
    """It is the 11th already in Tokyo, while in Honolulu the 10th has its workout before it."""
    first, second = workout(8, one_set("row")), workout(10, one_set("dip"), offset=HONOLULU)
    now = second.start_s - HOUR
    today = at(TrainingLog.from_records([first, second]), now, TOKYO)
    assert today.past.exercise_ids[int(today.past.exercise[-1])] == "row"
    assert today.past.n_days == 1
    assert today.done == ()


def test_two_workouts_of_a_day_elsewhere_are_parted_by_the_moment():
    early = workout(10, one_set("row"), hour=13, offset=HONOLULU)
    late = workout(10, one_set("dip"), hour=20, offset=HONOLULU)
    log = TrainingLog.from_records([early, late])
    today = at(log, early.start_s + HOUR, TOKYO)
    assert today.done == ("row",)
    assert today.past.n_days == 0


def test_a_workout_before_a_flight_west_is_of_today():
    """Trained on Tuesday morning in Tokyo, landed on Monday in Los Angeles."""
    before = workout(10, one_set("row"), hour=8, offset=TOKYO)
    log = TrainingLog.from_records([workout(8, one_set("dip")), before])
    today = at(log, before.start_s + 3 * HOUR, LOS_ANGELES)
    assert today.done == ("row",)
    assert today.past.n_days == 1
    assert today.day == 10


def test_on_a_usual_day_the_clock_is_the_lifters():
    log = TrainingLog.from_records([workout(8, one_set("row"), offset=TOKYO)])
    now = 10 * DAY_S + 7 * HOUR
    assert at(log, now, TOKYO).local_s == now + TOKYO * 60
    assert at(TrainingLog(), now, TOKYO).local_s == now + TOKYO * 60
