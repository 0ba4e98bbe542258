"""Exercise factors: the fold-in is the step of ALS, likeness is a cosine, files are whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core import EngineState, IngestRequest, encode, take_in
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_learned.diary import Diary
from voltlift_learned.factors import Factors, preferences
from voltlift_samples import sample_state

DAY_MS = 86_400_000
MONDAY = 20_454  # 2026-01-01 is 20,454 days after 1970-01-01


def small(**changes: Any) -> Factors:
    whole = Factors(
        exercise_ids=("bench", "squat", "curl"),
        values=np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32),
        content=np.array([[1, 0], [0, 1], [0.8, 0.6]], np.float32),
        prior=np.array([0, -1, -2], np.float32),
        alpha=2.0,
        regularisation=0.5,
        content_weight=3.0,
        factor_weight=1.5,
    )
    return replace(whole, **changes)


def diary(*sessions: tuple[int, list[dict[str, object]]]) -> Diary:
    """Days with sets of the bench press."""
    history = [
        {
            "id": f"s{day}",
            "startTime": (MONDAY + day) * DAY_MS + 36_000_000,
            "status": "completed",
            "logs": [{"id": "l", "exerciseId": "barbell-bench-press", "sets": sets}],
        }
        for day, sets in sessions
    ]
    request = IngestRequest(state={"history": history})
    return Diary.of(take_in(EngineState(), request).state.log)


def done(n: int, **more: object) -> list[dict[str, object]]:
    return [
        {"id": str(i), "reps": 5, "weight": 80, "completed": True, "type": "N", **more}
        for i in range(n)
    ]


def test_sets_speak_for_an_exercise_by_effort_and_half_lives() -> None:
    at = MONDAY + 60
    assert preferences(diary((0, done(4))), at) == pytest.approx(
        {"barbell-bench-press": np.log1p(2.0)}
    )
    assert preferences(diary((0, done(4, rpe=9))), at) == pytest.approx(
        {"barbell-bench-press": np.log1p(2.4)}
    )
    assert preferences(diary((0, done(2)), (60, done(1))), at) == pytest.approx(
        {"barbell-bench-press": np.log1p(2.0)}
    )


def test_warm_ups_missed_sets_and_old_days_say_nothing() -> None:
    assert preferences(diary((0, done(3, type="W"))), MONDAY + 1) == {}
    assert preferences(diary((0, done(3, completed=False))), MONDAY + 1) == {}
    assert preferences(diary((0, done(3))), MONDAY + 181) == {}
    assert preferences(diary(), MONDAY) == {}


def test_the_fold_in_minimises_the_loss_of_als() -> None:
    factors, liked = small(), {"bench": 1.5, "curl": 0.5}
    found = factors.fold_in(liked)

    def loss(x: np.ndarray[Any, np.dtype[np.float64]]) -> float:
        total = factors.regularisation * float(x @ x)
        for at, id_ in enumerate(factors.exercise_ids):
            confidence = 1.0 + factors.alpha * liked.get(id_, 0.0)
            wanted = 1.0 if id_ in liked else 0.0
            total += confidence * (wanted - float(factors.values[at] @ x)) ** 2
        return total

    best = loss(found)
    for step in np.eye(2) * 1e-3:
        assert best < loss(found + step)
        assert best < loss(found - step)


@given(st.dictionaries(st.sampled_from(["bench", "squat", "curl", "unknown"]), st.floats(0, 50)))
def test_every_log_has_finite_factors(liked: dict[str, float]) -> None:
    told = small().scores(small().fold_in(liked))
    assert np.isfinite(told).all()
    if not any(r > 0 for id_, r in liked.items() if id_ != "unknown"):
        assert told.tolist() == [0.0, 0.0, 0.0]


def test_more_of_an_exercise_raises_its_liking() -> None:
    little, much = (small().fold_in({"bench": r}) for r in (0.5, 5.0))
    assert small().scores(little)[0] < small().scores(much)[0] < 1.0


def test_novel_adds_popularity_likeness_and_liking() -> None:
    factors = small()
    assert factors.novel({}, []).tolist() == [0.0, -1.0, -2.0]
    liking = factors.scores(factors.fold_in({"bench": 0.3 + np.log(4.0)}))
    expected = factors.prior + 3.0 * np.array([1.0, 0.0, 0.8]) + 1.5 * liking
    assert factors.novel({"bench": 0.3}, ["bench", "unknown"]) == pytest.approx(expected, abs=1e-6)


def test_similar_is_by_cosine_and_leaves_itself_out() -> None:
    assert [id_ for id_, _ in small().similar("bench")] == ["curl", "squat"]
    assert [cosine for _, cosine in small().similar("bench")] == pytest.approx([0.6, 0.0])
    ((nearest, cosine),) = small().similar("bench", 1, by_content=True)
    assert nearest == "curl"
    assert cosine == pytest.approx(0.8)
    with pytest.raises(VoltLiftError) as caught:
        small().similar("unknown")
    assert caught.value.code == ErrorCode.UNKNOWN_EXERCISE


def test_a_file_gives_the_same_factors_and_the_same_bytes() -> None:
    data = small().to_npz()
    again = Factors.from_npz(data)
    assert again.to_npz() == data
    assert again.fold_in({"bench": 1.0}).tolist() == small().fold_in({"bench": 1.0}).tolist()


@pytest.mark.parametrize(
    "damage",
    [
        {"exercise_ids": ("bench",)},
        {"values": np.full((3, 2), np.nan, np.float32)},
        {"prior": np.zeros((3, 2), np.float32)},
        {"content": np.zeros(3, np.float32)},
        {"regularisation": 0.0},
        {"prior": np.zeros((), np.float32)},
        {"alpha": float("nan")},
        {"alpha": -1.0},
    ],
)
def test_arrays_that_do_not_fit_are_corrupt(damage: dict[str, Any]) -> None:
    with pytest.raises(VoltLiftError) as caught:
        Factors.from_npz(small(**damage).to_npz())
    assert caught.value.code == ErrorCode.CORRUPT_DATA


def test_sample_lifters_like_what_they_did() -> None:
    app_state = encode(sample_state("advanced", now_ms=MONDAY * DAY_MS))
    past = Diary.of(take_in(EngineState(), IngestRequest(state=app_state)).state.log)
    liked = preferences(past, int(past.day[-1]) + 1)
    assert liked
    assert liked.keys() <= set(past.exercise_ids)
    assert all(r > 0 for r in liked.values())
