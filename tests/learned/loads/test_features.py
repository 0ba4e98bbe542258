"""Features of a question: known answers, and nothing of what comes later."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learned.loads.logs import diary_of, lift, one_set, random_log, today_at, workout
from voltlift_core.history.records import CurrentRecord
from voltlift_learned.loads.candidates import CANDIDATE_FEATURES, candidates
from voltlift_learned.loads.features import LOAD_FEATURES, feature_columns
from voltlift_learned.loads.lifts import Questions
from voltlift_learned.loads.model import load_features
from voltlift_learned.loads.specs import CHOICE_SPEC, LOAD_SPEC
from voltlift_learned.loads.views import View


def columns(diary, day, planned=None, name="squat", current=None):
    found = load_features(today_at(diary, day, current), name, planned)
    assert found is not None
    return dict(zip(LOAD_FEATURES, found.vector.tolist(), strict=True))


def test_names_are_those_of_the_columns():
    view = View.of(Questions.at(today_at(diary_of(*lift([50, 55, 60])), 9), ["squat"], [5]))
    assert tuple(feature_columns(view)) == LOAD_FEATURES
    assert tuple(candidates(view).columns) == CANDIDATE_FEATURES
    assert len(LOAD_FEATURES) >= 50
    assert CHOICE_SPEC.features == LOAD_FEATURES + CANDIDATE_FEATURES
    assert LOAD_SPEC.name == f"load-{len(LOAD_FEATURES)}/1"


def test_sessions_are_log_ratios_to_the_last_one():
    found = columns(diary_of(*lift([40, 50, 50, 60], reps=[8, 6, 7, 5])), 12)
    assert found["w_1"] == pytest.approx(np.log(50 / 60), abs=1e-6)
    assert found["w_3"] == pytest.approx(np.log(40 / 60), abs=1e-6)
    assert found["w_5"] == found["w_3"], "what is missing repeats the oldest"
    assert [found[f"reps_{k}"] for k in range(4)] == [5, 7, 6, 8]
    assert found["above"] == pytest.approx(0.7), "nothing heavier was ever used"
    assert found["below"] == pytest.approx(np.log(50 / 60), abs=1e-6)
    assert found["log_kg"] == pytest.approx(np.log(60), abs=1e-6)


def test_rhythm():
    found = columns(diary_of(*lift([50] * 6, every=4)), 20 + 9)
    assert found["gap"] == pytest.approx(np.log1p(9), abs=1e-6)
    assert found["gap_usual"] == pytest.approx(np.log1p(4), abs=1e-6)
    assert found["sessions"] == 6
    assert found["sessions_28"] == 5
    assert found["rest"] == 9


def test_streak_and_direction():
    found = columns(diary_of(*lift([40, 45, 50, 50, 50])), 15)
    assert found["streak"] == 3
    assert found["change_1"] == 0
    assert found["up_share"] == pytest.approx(0.5)
    assert found["same_share"] == pytest.approx(0.5)
    assert found["down_share"] == 0
    assert columns(diary_of(*lift([50] * 30)), 90)["streak"] == 20, "no longer than the window"


def test_without_a_plan_its_features_are_zero():
    diary = diary_of(*lift([40, 45, 50]))
    plan = [name for name in LOAD_FEATURES if name.startswith("plan_")]
    assert all(columns(diary, 9)[name] == 0 for name in plan)
    found = columns(diary, 9, planned=8)
    assert found["plan_reps"] == 8
    assert found["plan_change"] == 3
    assert found["plan_epley_top"] == pytest.approx(np.log((1 + 5 / 30) / (1 + 8 / 30)), abs=1e-6)


def test_the_same_repetitions_before_are_found():
    diary = diary_of(*lift([60, 50, 62.5, 52.5], reps=[5, 10, 5, 10]))
    found = columns(diary, 12, planned=5)
    assert found["plan_same_w"] == pytest.approx(np.log(62.5 / 52.5), abs=1e-6)
    assert found["plan_same_age"] == 2
    assert columns(diary, 12, planned=7)["plan_same_age"] == 0


def test_a_good_day_so_far_is_seen_and_the_exercise_itself_is_no_news():
    both = [
        workout(day, one_set("squat", 50), one_set("bench", 40, entry=1)) for day in (0, 3, 6, 9)
    ]
    diary = diary_of(*both)
    none = columns(diary, 12)
    good = columns(
        diary, 12, current=CurrentRecord(exercise_ids=("bench",), sets=(one_set("bench", 44),))
    )
    own = columns(
        diary, 12, current=CurrentRecord(exercise_ids=("squat",), sets=(one_set("squat", 55),))
    )
    assert none["today_residual"] == none["today_count"] == 0
    assert good["today_residual"] == pytest.approx(np.log(1.1), abs=1e-6)
    assert good["today_up"] == 1
    assert good["like_last"] == 1
    assert own["today_residual"] == own["today_count"] == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 38), st.sampled_from([None, 3, 8, 12]))
def test_nothing_of_the_future_is_seen(seed, at, planned):
    workouts = random_log(seed)
    now, later = int(workouts[at].start_s // 86400), workouts[at:]
    changed = [workout(int(w.start_s // 86400), one_set("squat", 500, 1)) for w in later]
    before = today_at(diary_of(*workouts[:at]), now)
    seen = [
        load_features(today_at(diary_of(*workouts[:at], *after), now), name, planned)
        for name in ("squat", "bench")
        for after in ((), changed)
    ]
    alone = [load_features(before, name, planned) for name in ("squat", "bench") for _ in range(2)]
    for one, other in zip(seen, alone, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert one.vector.tobytes() == other.vector.tobytes()
            assert one.matrix.tobytes() == other.matrix.tobytes()
            assert one.candidates_kg.tolist() == other.candidates_kg.tolist()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([None, 1, 30, 1000]))
def test_features_are_finite(seed, planned):
    workouts = random_log(seed, 12)
    today = today_at(diary_of(*workouts), int(workouts[-1].start_s // 86400) + 400)
    for name in ("squat", "bench", "row", "curl"):
        found = load_features(today, name, planned)
        if found is not None:
            assert found.vector.dtype == found.matrix.dtype == np.float32
            assert np.isfinite(found.vector).all()
            assert np.isfinite(found.matrix).all()
            assert np.all(np.diff(found.candidates_kg) > 0)


def test_scaling_every_weight_changes_only_its_size():
    workouts = lift([40, 45, 50, 47.5, 50], reps=[8, 6, 5, 7, 6])
    double = lift([80, 90, 100, 95, 100], reps=[8, 6, 5, 7, 6])
    one, two = (columns(diary_of(*log), 15, planned=6) for log in (workouts, double))
    for name in LOAD_FEATURES:
        if name != "log_kg":
            assert one[name] == pytest.approx(two[name], abs=2e-6), name
