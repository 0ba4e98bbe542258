"""The model's answer: what it says, when it abstains, and how it is stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learned.loads.logs import (
    CALM,
    diary_of,
    lift,
    one_set,
    random_log,
    stump_model,
    today_at,
    trees,
    workout,
)
from voltlift_core import ErrorCode, VoltLiftError
from voltlift_core.history.records import CurrentRecord
from voltlift_learned.bundle import pack, unpack
from voltlift_learned.loads.features import LOAD_FEATURES
from voltlift_learned.loads.model import KIND, LoadModel
from voltlift_learned.loads.reasons import code_of, reasons_of


def test_known_answer():
    answer = stump_model().predict(today_at(diary_of(*lift([50, 55, 60, 60])), 12), "squat")
    assert answer is not None
    assert answer.weight_kg == pytest.approx(60 * np.exp(0.05))
    assert answer.chosen_kg == 60
    assert answer.low_kg < 60 < answer.high_kg
    assert [kg for kg, _ in answer.candidates] == [50, 55, 60, 65]
    assert sum(chance for _, chance in answer.candidates) == pytest.approx(1)


def test_the_plan_reaches_the_trees_and_its_own_chooser():
    base = stump_model(point=(0.0, -0.2))
    planned = replace(
        base,
        planned_chooser=trees(base.chooser.features, (4.0, -4.0), "c_ratio", -0.01, "sigmoid"),
    )
    today = today_at(diary_of(*lift([50, 55, 60, 60])), 12)
    free, bound = planned.predict(today, "squat"), planned.predict(today, "squat", 12)
    assert free is not None
    assert bound is not None
    assert free.weight_kg == pytest.approx(60)
    assert bound.weight_kg == pytest.approx(60 * np.exp(-0.2))
    assert free.chosen_kg == 60 > bound.chosen_kg
    assert bound.reasons[0].code == "plan"


@pytest.mark.parametrize("none", [None, 0, -3])
def test_no_repetitions_are_no_plan(none):
    model = stump_model(point=(0.0, -0.2))
    today = today_at(diary_of(*lift([50, 55, 60, 60])), 12)
    assert model.predict(today, "squat", none) == model.predict(today, "squat")


def test_staying_is_favoured_without_a_plan_only():
    # Every candidate is as likely as another: the median of 50, 52.5, 55, 57.5 under 1 / w.
    even = trees(stump_model().chooser.features, (0.0, 0.0), link="sigmoid")
    model = replace(stump_model(), chooser=even, planned_chooser=even, stay=50.0)
    today = today_at(diary_of(*lift([50, 52.5, 55, 57.5, 60], reps=8)), 15)
    free, bound = model.predict(today, "squat"), model.predict(today, "squat", 8)
    assert free is not None
    assert bound is not None
    assert free.chosen_kg == 60
    assert bound.chosen_kg < 60


@pytest.mark.parametrize(
    ("workouts", "day", "name"),
    [
        ([], 5, "squat"),
        (lift([50, 55]), 6, "squat"),
        (lift([50, 55, 60]), 9, "bench"),
        (lift([0.0, 0.0, 0.0, 0.0]), 12, "squat"),
        (lift([50, 55, 60]), 6, "squat"),
        (lift([50, 55, 60]), 5000, "squat"),
    ],
    ids=["empty", "two days", "never done", "no load", "not yet three", "long ago"],
)
def test_it_abstains(workouts, day, name):
    assert stump_model().predict(today_at(diary_of(*workouts), day), name) is None


def test_sets_of_today_are_no_earlier_session():
    diary = diary_of(*lift([50, 55]))
    now = CurrentRecord(exercise_ids=("squat",), sets=(one_set("squat", 60),))
    assert stump_model().predict(today_at(diary, 9, now), "squat") is None


def test_an_answer_that_is_not_finite_is_none():
    broken = replace(
        stump_model(), calibration=replace(CALM, offset=(np.inf, np.inf, np.inf, np.inf))
    )
    assert broken.predict(today_at(diary_of(*lift([50, 55, 60])), 9), "squat") is None


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([None, 2, 10]))
def test_the_choice_lies_in_its_interval_and_questions_do_not_disturb_each_other(seed, planned):
    workouts = random_log(seed, 25)
    today = today_at(diary_of(*workouts), int(workouts[-1].start_s // 86400) + 2)
    model = stump_model(favours="c_age")
    first = {name: model.predict(today, name, planned) for name in ("squat", "bench", "row")}
    again = {name: model.predict(today, name, planned) for name in ("row", "bench", "squat")}
    assert first == again
    for answer in first.values():
        if answer is not None:
            assert 0 < answer.low_kg <= answer.chosen_kg <= answer.high_kg
            assert answer.chosen_kg in [kg for kg, _ in answer.candidates]


def test_whoever_is_often_outside_gets_a_wider_interval():
    steady = diary_of(*lift([60.0] * 30))
    restless = diary_of(*lift([60.0, 70.0] * 15))
    model = stump_model(low=-0.01, high=0.01)
    widths = []
    for diary in (steady, restless):
        answer = model.predict(today_at(diary, 90), "squat")
        assert answer is not None
        widths.append(answer.high_kg / answer.low_kg)
    assert widths[0] == pytest.approx(np.exp(0.02), rel=0.02)
    assert widths[1] > 1.05


def test_stored_and_read_it_is_the_same():
    model = replace(stump_model(), stay=1.5)
    data = model.to_npz()
    read = LoadModel.from_npz(data)
    today = today_at(diary_of(*lift([50, 55, 60, 60])), 12)
    assert read.to_npz() == data
    assert read.predict(today, "squat", 8) == model.predict(today, "squat", 8)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"spec": "other"}, ErrorCode.VECTOR_SPEC_MISMATCH),
        ({"choiceSpec": "other"}, ErrorCode.VECTOR_SPEC_MISMATCH),
        ({"calibration": None}, ErrorCode.CORRUPT_DATA),
        ({"calibration": {"noiseEdges": [0.1]}}, ErrorCode.CORRUPT_DATA),
        ({"stay": -1}, ErrorCode.CORRUPT_DATA),
    ],
)
def test_a_file_that_does_not_fit_is_refused(change, code):
    about, arrays = unpack(KIND, stump_model().to_npz())
    with pytest.raises(VoltLiftError) as refused:
        LoadModel.from_npz(pack(KIND, {**about, **change}, arrays))
    assert refused.value.code == code


def test_a_missing_part_or_other_columns_are_refused():
    about, arrays = unpack(KIND, stump_model().to_npz())
    few = {name: array for name, array in arrays.items() if name != "high"}
    wrong = arrays | {"point": arrays["chooser"]}
    for broken in (few, wrong):
        with pytest.raises(VoltLiftError) as refused:
            LoadModel.from_npz(pack(KIND, about, broken))
        assert refused.value.code == ErrorCode.CORRUPT_DATA


def test_reasons_are_grouped_and_the_strongest_comes_first():
    shares = np.zeros(len(LOAD_FEATURES))
    row = np.arange(len(LOAD_FEATURES), dtype=np.float32)
    for name, share in (("gap", -0.03), ("plan_reps", 0.02), ("plan_kalman", 0.04), ("w_1", 1e-4)):
        shares[LOAD_FEATURES.index(name)] = share
    reasons = reasons_of(LOAD_FEATURES, row, shares)
    assert [(r.code, r.feature, pytest.approx(r.change)) for r in reasons] == [
        ("plan", "plan_kalman", 0.06),
        ("gap", "gap", -0.03),
    ]
    assert {code_of(name) for name in LOAD_FEATURES} == {
        "recent_sessions",
        "trend",
        "gap",
        "streak",
        "strength",
        "lifter",
        "today",
        "similar_days",
        "plan",
    }


def test_a_day_with_another_exercise_changes_no_answer_of_this_one():
    workouts = lift([50, 55, 60, 60])
    more = [*workouts, workout(10, one_set("bench", 40))]
    model = stump_model()
    one, two = (model.predict(today_at(diary_of(*log), 12), "squat") for log in (workouts, more))
    assert one is not None
    assert two is not None
    assert one.chosen_kg == two.chosen_kg
