"""What rankers see: the routine is found, nothing later is looked at, and it is finite."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voltlift_learned.habit import (
    FEATURES,
    NEXT_FEATURES,
    SESSION_FEATURES,
    HabitPast,
    Known,
    direction,
    habit_features,
)
from voltlift_learned.habit.days import HORIZON

NAMES = ("a", "b", "c", "d", "e", "f")


def column(features, name):
    values = features.matrix[:, features.names.index(name)]
    return dict(zip(features.exercise_ids, values.tolist(), strict=True))


def best(features, name):
    shares = column(features, name)
    return max(shares, key=shares.get)


def test_the_session_of_a_split_is_what_the_experts_expect(split, today_of):
    features = habit_features(today_of(split, 74), Known.none())  # a Monday
    assert features.task == "session"
    for expert in ("knn_4", "types", "ridge", "rhythm", "hazard", "e_day"):
        shares = column(features, expert)
        top = set(sorted(shares, key=shares.get)[-3:])
        assert top == {"squat", "leg-press", "calf-raise"}, expert
    assert best(features, "p_knn_next") == "squat"
    assert best(features, "opens") in {"squat", "bench", "deadlift"}


def test_what_follows_today_is_the_next_in_order(split, today_of):
    features = habit_features(today_of(split, 74, ["squat"]), Known.none())
    assert features.task == "next"
    assert "squat" not in features.exercise_ids
    for expert in ("p_next", "p_knn_next", "p_succ", "p_after1", "order", "e_next"):
        assert best(features, expert) == "leg-press", expert
    # A day that does not go by the plan: what was done today decides.
    off = habit_features(today_of(split, 74, ["deadlift", "row"]), Known.none())
    assert best(off, "e_next") == "curl"


def test_order_prefers_what_comes_first_among_equally_likely(today_of):
    days = [(day, ("a", "b", "c")) for day in range(0, 60, 2)]
    features = habit_features(today_of(days, 60), Known.none())
    order = column(features, "order")
    assert order["a"] > order["b"] > order["c"]


def test_due_since_and_lags_by_hand(today_of):
    days = [(0, ("a",)), (3, ("a", "b")), (9, ("a",)), (10, ("b",))]
    features = habit_features(today_of(days, 12), Known.none())
    since, ratio = column(features, "days_since"), column(features, "due")
    assert np.isclose(np.expm1(since["a"]), 3)
    assert np.isclose(np.expm1(since["b"]), 2)
    # Intervals of a: 3 and 6, of b: 7.
    assert np.isclose(ratio["a"], 3 / 4.5)
    assert np.isclose(ratio["b"], 2 / 7)
    assert column(features, "lag_1") == {"a": 0.0, "b": 1.0}
    assert np.isclose(column(features, "freq_7d")["a"], 1.0)
    assert np.isclose(column(features, "position")["b"], 0.5, atol=0.05)


def test_candidates_are_the_own_ones_then_ten_known_at_large(today_of, diary_of):
    others = [diary_of([(0, [f"x{i}" for i in range(20)]), (2, ["a", "x19"])])]
    known = Known.of(others)
    features = habit_features(today_of([(0, ("a", "b"))], 2, ["a"]), known)
    assert features.exercise_ids[0] == "b"
    assert len(features.exercise_ids) == 11
    assert features.exercise_ids[1] == "x19"
    assert column(features, "g_follows")["x19"] == 1.0
    assert column(features, "e_next")["x19"] == 0.0


def test_an_empty_log_has_the_popular_ones_only(today_of, diary_of):
    known = Known.of([diary_of([(0, ("a", "b")), (1, ("a",))])])
    for done in ((), ("b",), ("never seen",)):
        features = habit_features(today_of([], 5, done), known)
        assert set(features.exercise_ids) == {"a", "b"} - set(done)
        assert np.isfinite(features.matrix).all()
    assert habit_features(today_of([], 5), Known.none()).matrix.shape == (0, len(SESSION_FEATURES))


def test_names_are_unique_and_directions_known():
    for names in FEATURES.values():
        assert len(set(names)) == len(names)
    assert direction("knn_4") == 1
    assert direction("r_knn_4") == -1
    assert direction("since") == 0


def test_a_long_log_is_looked_back_a_bounded_time(today_of, diary_of):
    days = [(day, (NAMES[day % 3], NAMES[3 + day % 2])) for day in range(2 * HORIZON)]
    past = HabitPast.of(diary_of(days), 2 * HORIZON)
    assert past.days.n == HORIZON
    short = habit_features(today_of(days[-HORIZON:], 2 * HORIZON), Known.none())
    full = habit_features(today_of(days, 2 * HORIZON), Known.none(), past)
    np.testing.assert_array_equal(
        full.matrix, short.matrix[[short.exercise_ids.index(i) for i in full.exercise_ids]]
    )


day_lists = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True), min_size=1, max_size=25
)


@settings(max_examples=60, deadline=None)
@given(
    lists=day_lists,
    done=st.lists(st.sampled_from((*NAMES, "new")), max_size=4, unique=True),
    data=st.data(),
)
def test_features_are_finite_bounded_and_blind_to_what_comes_later(
    today_of, diary_of, lists, done, data
):
    gaps = data.draw(st.lists(st.integers(1, 9), min_size=len(lists), max_size=len(lists)))
    days = list(zip(np.cumsum(gaps).tolist(), lists, strict=True))
    day = days[-1][0] + 1
    known = Known.of([diary_of([(0, ["a", "z"]), (1, ["z", "b", "c"])])])
    features = habit_features(today_of(days, day, done), known)
    assert features.names == (NEXT_FEATURES if done else SESSION_FEATURES)
    assert features.matrix.shape == (len(features.exercise_ids), len(features.names))
    assert features.matrix.dtype == np.float32
    assert np.isfinite(features.matrix).all()
    assert not set(done) & set(features.exercise_ids)
    assert len(set(features.exercise_ids)) == len(features.exercise_ids)
    for name in ("knn_4", "ridge", "p_next", "e_day"):
        values = features.matrix[:, features.names.index(name)]
        assert (values >= 0).all()
        assert values.sum() <= 1 + 1e-5
    later = [*days, (day, ["f", "e"]), (day + 1, ["d"])]
    again = habit_features(today_of(later, day, done), known)
    assert again.exercise_ids == features.exercise_ids
    np.testing.assert_array_equal(again.matrix, features.matrix)
