import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feature_builders import BENCH, NOW, SQUAT, day, frame, one, workout
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import Goal, Level
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features import FEATURES
from voltlift_core.features.vectors import DENSE_100, Entry, VectorSpec
from voltlift_core.history.records import CurrentRecord

PLACES = [
    (part, entry) for part in ("user", "exercise", "context") for entry in getattr(DENSE_100, part)
]


def place(part: str, entry: str) -> int:
    return getattr(DENSE_100, part).index(Entry.read(entry))


def test_the_vectors_have_50_30_and_20_places():
    vectors = DENSE_100.compile(frame())
    assert vectors.user.shape == (50,)
    assert vectors.exercise.shape == (5, 30)
    assert vectors.context.shape == (20,)
    assert {vectors.user.dtype, vectors.exercise.dtype, vectors.context.dtype} == {
        np.dtype(np.float32)
    }


def test_rows_of_some_exercises_are_those_of_all():
    f = frame()
    every, some = DENSE_100.compile(f), DENSE_100.compile(f, [4, 0, 4])
    np.testing.assert_array_equal(some.exercise, every.exercise[[4, 0, 4]])
    np.testing.assert_array_equal(some.user, every.user)
    np.testing.assert_array_equal(some.context, every.context)
    assert DENSE_100.compile(f, []).exercise.shape == (0, every.exercise.shape[1])


@pytest.mark.parametrize(("part", "entry"), PLACES, ids=str)
def test_every_place_is_a_feature_that_fits_its_vector(part: str, entry: Entry):
    spec = FEATURES[entry.feature]
    if part == "exercise":
        assert spec.group == "exercise"
    elif part == "context":
        assert spec.group == "context"
    else:
        assert spec.group in ("user", "balance", "recovery")
    if entry.transform == "log":
        assert spec.low >= 0


@pytest.mark.parametrize("part", ["user", "exercise", "context"])
def test_no_place_comes_twice(part: str):
    entries = getattr(DENSE_100, part)
    assert len(set(entries)) == len(entries)


def test_values_are_scaled_to_their_range_and_gaps_are_marked():
    f = frame(
        [workout(2, one("bench", rpe=8.0))],
        settings=Settings(level=Level.INTERMEDIATE, goal=Goal.STRENGTH),
        daily=[day(0, sleep_hours=7.0)],
    )
    vectors = DENSE_100.compile(f)
    assert vectors.user[place("user", "experienceLevel")] == 0.5
    assert vectors.user[place("user", "goalStrength")] == 1.0
    assert vectors.user[place("user", "sleepAvg7d")] == 0.5
    assert vectors.user[place("user", "sleepAvg7d?")] == 0.0
    assert vectors.user[place("user", "bodyweight?")] == 1.0
    assert vectors.user[place("user", "rpeAvg7d")] == pytest.approx(7 / 9)
    since = vectors.exercise[:, place("exercise", "log daysSinceLastPerformed")]
    assert since[BENCH] == pytest.approx(np.log(3) / np.log(1000), rel=1e-6)
    assert since[SQUAT] == 1.0
    assert vectors.exercise[SQUAT, place("exercise", "daysSinceLastPerformed?")] == 1.0
    assert vectors.context[place("context", "workoutDurationSoFar?")] == 1.0
    current = CurrentRecord(start_s=NOW - 600.0, exercise_ids=("squat",))
    active = DENSE_100.compile(frame(current=current)).context
    assert active[place("context", "workoutDurationSoFar?")] == 0.0
    assert active[place("context", "trainedTodayLegs")] == 1.0


@settings(max_examples=50, deadline=None)
@given(
    load=st.one_of(st.just(float("nan")), st.floats(-1e6, 1e9)),
    reps=st.integers(0, 10_000),
    rpe=st.one_of(st.just(float("nan")), st.floats(1, 10)),
    days=st.floats(0, 20_000),
    sleep=st.one_of(st.just(float("nan")), st.floats(-5, 1e6)),
    weight=st.one_of(st.none(), st.floats(1e-3, 1e6)),
)
def test_values_lie_between_0_and_1_however_absurd_the_log(load, reps, rpe, days, sleep, weight):
    history = [
        workout(days, one("bench", load, reps, rpe=rpe), one("pull-up", load, reps)),
        workout(days + 7, one("bench", 60.0, 5)),
    ]
    f = frame(
        history,
        settings=Settings(bodyweight_kg=weight),
        daily=[day(1, sleep_hours=sleep, hrv_ms=sleep)],
    )
    vectors = DENSE_100.compile(f)
    for part in (vectors.user, vectors.exercise, vectors.context):
        assert np.all(np.isfinite(part))
        assert part.min() >= 0.0
        assert part.max() <= 1.0


def test_the_hash_is_known():
    # A change here means a new version of the spec: models fitted before are refused.
    assert DENSE_100.name == "dense-100/1"
    assert DENSE_100.hash == "45fe2639686fc654cd36fd79898ca102a1cff5cb70056f95e38d9741220c93f5"


def test_order_transform_and_name_decide_the_hash():
    changes = (
        {"user": DENSE_100.user[::-1]},
        {"context": (Entry("timeOfDaySin", "missing"), *DENSE_100.context[1:])},
        {"name": "dense-100/2"},
    )
    hashes = {dataclasses.replace(DENSE_100, **change).hash for change in changes}
    assert len(hashes | {DENSE_100.hash}) == 4
    assert dataclasses.replace(DENSE_100).hash == DENSE_100.hash


def test_a_model_with_another_hash_is_refused():
    DENSE_100.require(DENSE_100.hash)
    with pytest.raises(VoltLiftError, match="dense-100/1") as caught:
        DENSE_100.require("0" * 64)
    assert caught.value.code is ErrorCode.VECTOR_SPEC_MISMATCH


def test_a_spec_with_an_unknown_feature_is_refused():
    spec = VectorSpec("odd/1", (Entry("bogus"),), (), ())
    for use in (lambda: spec.hash, lambda: spec.compile(frame())):
        with pytest.raises(VoltLiftError, match="'bogus'"):
            use()
