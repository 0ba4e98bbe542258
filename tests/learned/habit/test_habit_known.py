"""Tables of what lifters have in common."""

from __future__ import annotations

import numpy as np
import pytest

from voltlift_core import VoltLiftError
from voltlift_learned.bundle import pack
from voltlift_learned.habit import Known


def test_every_lifter_counts_alike(diary_of):
    often = diary_of([(day, ("a", "b")) for day in range(100)])
    once = diary_of([(0, ("b", "c")), (1, ("c",))])
    known = Known.of([often, once])
    popularity = dict(zip(known.exercise_ids, known.popularity.tolist(), strict=True))
    assert known.exercise_ids[0] == "b"
    assert popularity == {"a": 0.5, "b": 0.75, "c": 0.5}
    opening = dict(zip(known.exercise_ids, known.opening.tolist(), strict=True))
    assert opening == {"a": 0.5, "b": 0.25, "c": 0.25}
    assert known.after("a") == {"b": 1.0}
    assert known.after("b") == {"c": 1.0}
    assert known.after("c") == {} == known.after("nothing")


def test_custom_exercises_are_of_no_concern_to_others(diary_of):
    known = Known.of([diary_of([(0, ("a", "custom-1", "b"))])])
    assert set(known.exercise_ids) == {"a", "b"}
    # What followed a custom exercise follows nothing.
    assert known.after("a") == {}


def test_the_file_gives_the_tables_back(diary_of):
    known = Known.of([diary_of([(0, ("a", "b", "c")), (1, ("b", "a"))])])
    data = known.to_npz()
    again = Known.from_npz(data)
    assert again.exercise_ids == known.exercise_ids
    np.testing.assert_allclose(again.popularity, known.popularity, rtol=1e-6)
    np.testing.assert_array_equal(again.successor, known.successor)
    np.testing.assert_allclose(again.share, known.share, rtol=1e-6)
    assert again.to_npz() == data
    assert Known.from_npz(Known.none().to_npz()).exercise_ids == ()


def broken(**changes):
    arrays = {
        "popularity": np.zeros(2, np.float32),
        "opening": np.zeros(2, np.float32),
        "successor": np.zeros((2, 12), np.int16),
        "share": np.zeros((2, 12), np.float32),
        **changes,
    }
    return pack("known-habits/1", {"exerciseIds": ["a", "b"]}, arrays)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        broken(popularity=np.array([0.5, np.nan])),
        broken(successor=np.full((2, 12), -2, np.int16)),
        b"PK nonsense",
        pack("trees/1", {}, {}),
        pack("known-habits/1", {"exerciseIds": "ab"}, {}),
        pack("known-habits/1", {"exerciseIds": ["a"]}, {}),
        broken(popularity=np.zeros(3, np.float32)),
        broken(successor=np.full((2, 12), 2, np.int16)),
        broken(share=np.zeros((2, 3), np.float32)),
    ],
)
def test_other_bytes_are_refused(data):
    with pytest.raises(VoltLiftError) as error:
        Known.from_npz(data)
    assert error.value.code == "corrupt_data"
