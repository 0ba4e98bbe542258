"""Samples of the neural net: what counts as done, and that nothing comes from the future."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from voltlift_core import Catalogue, Json
from voltlift_learned.dense import DENSE_FEATURES
from voltlift_models.corpus import Lifter, Source
from voltlift_models.prepare.dense import DenseSamples, dense_samples

DAY_MS = 86_400_000
START_MS = 1_767_225_600_000
A, B, C, NEVER = (
    "barbell-bench-press",
    "barbell-squat",
    "barbell-deadlift",
    "dumbbell-bench-press",
)
N_DAYS = 14


def session(day: int, exercises: list[str], missed: tuple[str, ...] = ()) -> dict[str, Json]:
    return {
        "id": f"s{day}",
        "startTime": START_MS + day * DAY_MS,
        "status": "completed",
        "logs": [
            {
                "id": id_,
                "exerciseId": id_,
                "sets": [
                    {
                        "id": "1",
                        "reps": 5,
                        "weight": 80 + day,
                        "completed": id_ not in missed,
                        "type": "N",
                    }
                ],
            }
            for id_ in exercises
        ],
    }


def lifter(history: list[dict[str, Json]], **settings: Json) -> Lifter:
    state = {"history": history, "settings": settings}
    return Lifter.of_app_state("one", state, Source("one.json"))


def plain() -> list[dict[str, Json]]:
    """Two exercises a day, the third one every other day."""
    return [session(day, [A, B, C] if day % 2 else [A, B]) for day in range(N_DAYS)]


def samples(history: list[dict[str, Json]], **more: Any) -> DenseSamples:
    return dense_samples(lifter(history), [NEVER, A], **more)


def test_done_is_positive_and_what_might_have_been_negative() -> None:
    made = samples(plain(), max_sessions=1)
    # The last day is odd. At its start: A, B, C done, the popular one not.
    assert made.label[:4].tolist() == [1.0, 1.0, 1.0, 0.0]
    # On the way: fewer are left, what was done is no negative.
    assert made.n in (4 + 2, 4 + 3)
    assert made.label[4:].tolist() in ([1.0, 0.0], [1.0, 1.0, 0.0])
    assert (made.weight == 1).all()


def test_the_repertoire_of_90_days_is_negative() -> None:
    made = samples([*plain(), session(40, [A])], max_sessions=1)
    assert made.label.tolist() == [1.0, 0.0, 0.0, 0.0]
    made = samples([*plain(), session(140, [A])], max_sessions=1)
    assert made.label.tolist() == [1.0, 0.0]


def test_planned_but_undone_counts_double() -> None:
    made = samples([*plain(), session(N_DAYS, [A, C], missed=(C,))], max_sessions=1)
    # A done; B and C of the repertoire, of which C was planned; the popular one.
    assert made.label.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert made.weight.tolist() == [1.0, 2.0, 1.0, 1.0]


def test_what_was_done_later_counts_less_or_not_at_all() -> None:
    start = samples(plain(), max_sessions=1, on_the_way=0)
    assert start.weight.tolist() == [1.0, 1.0, 1.0, 1.0]
    less = samples(plain(), max_sessions=1, on_the_way=0, later=0.25)
    assert less.label.tolist() == [1.0, 1.0, 1.0, 0.0]
    assert less.weight.tolist() == [1.0, 0.25, 0.25, 1.0]
    # A is next; B and C are neither positive nor negative.
    following = samples(plain(), max_sessions=1, on_the_way=0, later=0.0)
    assert following.label.tolist() == [1.0, 0.0]
    assert np.array_equal(following.matrix, start.matrix[[0, 3]])


def test_more_moments_on_the_way_are_each_taken_once() -> None:
    # Three exercises: the start and both moments after it, each with one that is next.
    made = samples(plain(), max_sessions=1, on_the_way=5, later=0.0)
    assert made.label.sum() == 3
    assert made.n == 6


def test_what_the_equipment_does_not_allow_is_no_negative() -> None:
    history = [*plain(), session(N_DAYS, [A])]
    without = lifter(history, availableEquipment=["Barbell"])
    made = dense_samples(without, [NEVER], max_sessions=1)
    assert made.n == samples(history, max_sessions=1).n - 1


def test_rows_are_the_100_features_from_0_to_1() -> None:
    made = samples(plain())
    assert made.matrix.shape == (made.n, 100)
    assert made.matrix.dtype == np.float32
    assert 0 <= made.matrix.min() <= made.matrix.max() <= 1
    assert len(set(DENSE_FEATURES)) == 100


def test_the_same_log_gives_the_same_samples() -> None:
    one, other = samples(plain(), seed=3), samples(plain(), seed=3)
    assert np.array_equal(one.matrix, other.matrix)
    assert np.array_equal(one.label, other.label)


@pytest.mark.parametrize("day", [11, 12, 13])
def test_a_future_set_changes_no_feature(day: int) -> None:
    changed = plain()
    for late in range(day, N_DAYS):
        changed[late] = session(late, [C, B, NEVER, A], missed=(B,))
    before = samples(plain()[:day])
    n = before.n
    assert n > 0
    told = samples([*plain()[:day], *changed[day:]])
    assert np.array_equal(told.matrix[:n], before.matrix)
    assert np.array_equal(told.label[:n], before.label)


def test_a_short_log_has_no_samples() -> None:
    made = samples(plain()[:5])
    assert made.n == 0
    assert made.matrix.shape == (0, 100)


def test_every_exercise_named_here_is_in_the_catalogue() -> None:
    assert {A, B, C, NEVER} <= Catalogue.bundled().index.keys()
