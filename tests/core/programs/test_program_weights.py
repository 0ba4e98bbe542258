"""Weights of a session: by percentage, by progression, carried over."""

import math
from dataclasses import fields
from types import MappingProxyType

import pytest
from program_builders import library

from voltlift_coach.programs.expand import expand
from voltlift_coach.programs.weights import Weights
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import BaselineLift, Settings
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.features.view import LogView
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import NORMAL, DailyRecord, SessionRecord, SetRecord

CATALOGUE = Catalogue.bundled()
NOW = 20_000 * 86_400.0


def log(*workouts, exercise_id="barbell-bench-press", unit=Unit.KG):
    """Workouts of one exercise: (days ago, sets of (weight, reps) or (weight, reps, rpe))."""
    records = []
    for number, (days, *sets) in enumerate(workouts):
        rows = tuple(
            SetRecord(
                exercise_id, 0, parse(w, unit), r, *(rpe or [math.nan]), NORMAL, True, math.nan
            )
            for w, r, *rpe in sets
        )
        start = NOW - days * 86_400
        records.append(SessionRecord(f"s{number}", start, start + 3600, 0, True, rows))
    return TrainingLog.from_records(records)


def slept(hours):
    others = len(fields(DailyRecord)) - 2
    return (DailyRecord(20_000, hours, *[math.nan] * others),)


def weigh(line, training_log, *, settings=None, easy=False, daily=(), **options):
    changes = {"days": {"A": [line]}, "weekly": {"1": []}, "deloadEvery": 1 if easy else 0}
    lib = library(changes)
    (item,) = expand(lib, lib.get("test"), 1)[0].exercises
    at = Moment(
        FeatureInputs(
            view=LogView(training_log, CATALOGUE),
            settings=settings or Settings(),
            daily=daily,
            now_s=NOW,
        )
    )
    weights, reasons = Weights(at, **options)(CATALOGUE.get(item.exercise_id), item)
    return weights, {reason.code: reason for reason in reasons}


def test_percentages_are_of_the_estimated_maximum():
    # One rep with 100 kg, done to failure or not: a maximum of at least 100 kg.
    weights, reasons = weigh("barbell-bench-press 3x5@80%", log((3, (100, 1))))
    assert weights == (80.0,)
    assert reasons["percent_of_max"].values == {"max": 100.0, "training_max": 1.0, "lighter": 0.0}


def test_percentages_are_of_the_training_maximum_where_there_is_one():
    weights, _ = weigh(
        "barbell-bench-press 5@65%,5@75%,5+@85%", log((3, (100, 1))), training_max=0.9
    )
    assert weights == (57.5, 67.5, 77.5)  # of 58.5, 67.5 and 76.5: the bar takes pairs of 1.25


def test_percentages_are_lower_after_a_lay_off():
    weights, reasons = weigh("barbell-bench-press 5@80%", log((40, (100, 1))), factor=0.9)
    assert weights == (72.5,)
    assert reasons["percent_of_max"].values["lighter"] == pytest.approx(0.1)


def test_percentages_are_lower_after_a_bad_night():
    tired = slept(3.5)
    weights, reasons = weigh("barbell-bench-press 5@80%", log((3, (100, 1))), daily=tired)
    assert weights == (67.5,)  # of 80 x 0.85
    assert reasons["recovery_low"].values == {"score": 3.0}
    well = slept(8)
    weights, reasons = weigh("barbell-bench-press 5@80%", log((3, (100, 1))), daily=well)
    assert weights == (80.0,)
    assert set(reasons) == {"percent_of_max"}


def test_an_easy_week_after_a_bad_night_is_lighter_once():
    tired = slept(3.5)
    training = log((3, (60, 8), (60, 8), (60, 8)))
    line = "barbell-bench-press 3x6-8"
    assert weigh(line, training, easy=True, daily=tired) == weigh(line, training, daily=tired)


def test_neither_a_light_week_nor_a_wrong_entry_moves_the_maximum():
    usual = [(day, (100, 1)) for day in (24, 21, 17, 14)]
    assert weigh("barbell-bench-press 5@80%", log(*usual, (3, (60, 1))))[0] == (80.0,)
    assert weigh("barbell-bench-press 5@80%", log(*usual, (3, (1000, 1))))[0] == (80.0,)


START = int(NOW // 86_400) - 40


def test_easy_sets_of_a_program_do_not_lower_its_maximum():
    # Two sets of 70 % look like little strength: of that, 80 % would be less each week.
    before = [(60, (100, 1)), (50, (100, 1))]
    since = [(day, (70, 2)) for day in range(38, 0, -4)]
    line = "barbell-bench-press 3x5@80%"
    assert weigh(line, log(*before, *since), start_day=START)[0] == (80.0,)
    # Where no program was being followed only the last sessions count.
    assert weigh(line, log(*before, *since))[0] < (60.0,)


def test_hard_sets_of_a_program_measure_its_maximum():
    before = [(60, (100, 1)), (50, (100, 1))]
    hard = [(day, (80, 1, 9.5)) for day in (20, 15, 10, 8, 6, 4)]
    (weight,), _ = weigh(
        "barbell-bench-press 3x5@80%", log(*before, (30, (70, 2)), *hard), start_day=START
    )
    assert weight == 65.0  # 80 kg with half a repetition in reserve: a maximum of about 81 kg.


def test_new_bests_raise_the_maximum_of_a_program():
    before = [(60, (100, 1)), (50, (100, 1))]
    bests = [(20, (110, 1)), (10, (110, 1))]
    weights, _ = weigh("barbell-bench-press 3x5@80%", log(*before, *bests), start_day=START)
    assert weights == (87.5,)  # of 88


def test_a_strength_test_counts_until_more_is_known():
    lift = BaselineLift(exercise_id="barbell-bench-press", kg=100, reps=1)
    easy = log(*((day, (60, 2)) for day in (30, 20, 10)))
    settings = Settings(baseline=(lift, lift))
    weights, _ = weigh("barbell-bench-press 3x5@80%", easy, settings=settings, start_day=START)
    assert weights == (80.0,)


def test_back_off_sets_are_lighter_than_the_top_set():
    training = log((6, (120, 3, 8)), (3, (120, 3, 8), (110, 5, 8)))
    (top, lighter), reasons = weigh("barbell-bench-press 3@8,4x5@7", training)
    # 110 x 5 with two in reserve is a maximum of 136: 86 % for the top set, 79 % for the others.
    assert (top, lighter) == (117.5, 107.5)
    assert set(reasons) == {"percent_of_max"}


def test_without_a_percentage_the_progression_decides():
    training = log((6, (60, 8), (60, 8), (60, 8)), (3, (60, 8), (60, 8), (60, 8)))
    weights, reasons = weigh("barbell-bench-press 3x6-8", training)
    assert weights[0] > 60  # The top of the range was reached.
    assert reasons["from_progression"].values["decision"].startswith("increase")
    weights, reasons = weigh("barbell-bench-press 3x8-12", training)
    assert weights == (60.0,)


def test_an_easy_week_is_lighter():
    training = log((6, (100, 8), (100, 8)), (3, (100, 8), (100, 8)))
    normal, _ = weigh("barbell-bench-press 4x8-12", training)
    easy, _ = weigh("barbell-bench-press 4x8-12", training, easy=True)
    assert 0.85 * normal[0] <= easy[0] <= 0.9 * normal[0]


def test_an_exercise_never_done_takes_over_a_related_one():
    weights, reasons = weigh("dumbbell-bench-press 3x8-12", log((3, (100, 5))))
    assert 10 <= weights[0] <= 40
    assert reasons["carried_over"].values["exercise"] == "barbell-bench-press"


def test_a_strength_test_is_enough_to_begin_with():
    lift = BaselineLift(exercise_id="barbell-bench-press", kg=80, reps=5)
    weights, _ = weigh("barbell-bench-press 3x8-12", log(), settings=Settings(baseline=(lift,)))
    assert 50 <= weights[0] <= 80
    line = "barbell-bench-press 5@65%,5@75%,5@85%"
    weights, reasons = weigh(line, log(), settings=Settings(baseline=(lift,)), training_max=0.9)
    # 80 x 5 is a maximum of at least 90 kg: ascending, and none above its share of that.
    assert weights[0] < weights[1] < weights[2] <= 80
    assert weights[0] <= 0.9 * 0.65 * 110
    assert set(reasons) == {"carried_over"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("barbell-bench-press 3x5", "weight_unknown"),
        ("barbell-squat 3x5@75%", "weight_unknown"),
        ("push-up 3x8-20", "own_body"),
    ],
)
def test_what_nobody_knows_is_not_guessed(line, code):
    weights, reasons = weigh(line, log())
    assert weights == (None,)
    assert set(reasons) == {code}


def test_sets_by_time_have_no_weight():
    assert weigh("plank 3x30s", log()) == ((None,), {})


def test_weights_are_loadable_in_the_lifters_unit():
    pounds = log((3, (225, 1)), unit=Unit.LB)
    settings = Settings(unit=Unit.LB, plates=(45.0, 25.0, 10.0, 5.0), bar_kg=parse(45, Unit.LB))
    weights, _ = weigh("barbell-bench-press 5@70%,5@80%,5@90%", pounds, settings=settings)
    assert weights == (155.0, 175.0, 205.0)  # Steps of 10 lb: 157.5, 180 and 202.5 are none.
    steps = Settings(load_steps=MappingProxyType({Equipment.DUMBBELL: 4.0}))
    dumbbells = log((3, (25, 8)), exercise_id="dumbbell-curl")
    weights, _ = weigh("dumbbell-curl 3x5@75%", dumbbells, settings=steps)
    assert weights[0] % 4 == 0
