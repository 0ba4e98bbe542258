"""Order, ties and diversity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.ranking.rank import tie_order, top_k


def rank(total, group, k=5, allowed=None, times=None, common=None, ids=None):
    n = len(total)
    total = np.array(total, dtype=np.float64)
    order = tie_order(
        total,
        np.zeros(n) if times is None else np.array(times, dtype=np.float64),
        np.ones(n, dtype=np.int32) if common is None else np.array(common, dtype=np.int32),
        np.argsort(np.argsort(ids or [f"{i:03d}" for i in range(n)])).astype(np.int32),
    )
    mask = np.ones(n, dtype=np.bool_) if allowed is None else np.array(allowed)
    return top_k(total, order, np.array(group, dtype=np.int32), mask, k, -5.0)


def test_each_earlier_pick_of_the_group_costs_five_points():
    picks = rank([90, 88, 87, 80], [0, 0, 0, 1])
    assert [(p.index, p.score, p.diversity, p.earlier) for p in picks] == [
        (0, 90, 0, 0),
        (1, 83, -5, 1),
        (3, 80, 0, 0),
        (2, 77, -10, 2),
    ]


def test_a_score_never_falls_below_zero_and_the_clamp_is_recorded():
    picks = rank([3, 2], [0, 0])
    assert [(p.score, p.diversity, p.clamp) for p in picks] == [(3, 0, 0), (0, -5, 3)]


def test_ties_go_to_habit_then_commonness_then_id():
    picks = rank(
        [50, 50, 50, 50],
        [0, 1, 2, 3],
        times=[0, 0, 0, 2],
        common=[1, 3, 3, 1],
        ids=["d", "c", "b", "a"],
    )
    assert [p.index for p in picks] == [3, 2, 1, 0]


def test_filtered_exercises_are_not_listed_and_cost_their_group_nothing():
    picks = rank([90, 88], [0, 0], allowed=[False, True])
    assert [(p.index, p.score) for p in picks] == [(1, 88)]
    assert rank([90], [0], allowed=[False]) == []


candidates = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 6), st.booleans()), min_size=1, max_size=40
)


@given(candidates, st.integers(1, 12))
def test_greedy_picks_agree_with_looking_at_every_candidate(rows, k):
    total, group, allowed = (list(column) for column in zip(*rows, strict=True))
    picks = rank(total, group, k, allowed)
    left = [i for i in range(len(total)) if allowed[i]]
    counts = [0] * 7
    for pick in picks:
        best = min(left, key=lambda i: (-max(total[i] - 5 * counts[group[i]], 0), -total[i], i))
        assert pick.index == best
        assert pick.score == max(total[best] - 5 * counts[group[best]], 0)
        assert pick.score == total[best] + pick.diversity + pick.clamp
        counts[group[best]] += 1
        left.remove(best)
    assert len(picks) == min(k, sum(allowed))
    scores = [pick.score for pick in picks]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_input_does_not_matter(seed):
    generator = np.random.default_rng(seed)
    n = 60
    total = generator.integers(0, 100, n).astype(np.float64)
    group = generator.integers(0, 7, n)
    ids = [f"{i:03d}" for i in range(n)]
    shuffled = generator.permutation(n)
    first = rank(total, group, ids=ids)
    second = rank(total[shuffled], group[shuffled], ids=[ids[i] for i in shuffled])
    assert [ids[p.index] for p in first] == [ids[shuffled[p.index]] for p in second]
