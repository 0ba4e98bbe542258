"""Numpy trees: known answers, agreement with a plain walk, reasons, files."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_learned.bundle import pack
from voltlift_learned.trees import TreeEnsemble

INF = np.inf


def by_hand() -> TreeEnsemble:
    """Two trees of depth 2; in the second the right half is a single leaf."""
    return TreeEnsemble(
        features=("reps", "gap"),
        depth=2,
        feature=np.array([0, 1, 1, 1, 0, 0], np.int16),
        threshold=np.array([8, 10, 2, 20, 5, INF], np.float32),
        mean=np.array([2.5, 2.25, 1, 4, 0.5, 4], np.float32),
        leaf=np.array([0, 2, 3, 5, -1, 2, 4, 4], np.float32),
        base=100.0,
    )


@st.composite
def ensembles(draw: st.DrawFn, max_depth: int = 8) -> TreeEnsemble:
    depth = draw(st.integers(0, max_depth))
    n_trees = draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    nodes = n_trees * (2**depth - 1)
    threshold = rng.integers(-3, 4, nodes).astype(np.float32)
    return TreeEnsemble(
        features=("a", "b", "c"),
        depth=depth,
        feature=rng.integers(0, 3, nodes).astype(np.int16),
        threshold=np.where(rng.random(nodes) < 0.1, np.float32(INF), threshold),
        mean=rng.normal(size=nodes).astype(np.float32),
        leaf=rng.normal(size=n_trees << depth).astype(np.float32),
        base=float(rng.normal()),
        link=draw(st.sampled_from(["identity", "sigmoid"])),
    )


def rows(seed: int, n: int) -> NDArray[np.float32]:
    # Whole numbers fall onto thresholds all the time.
    return np.random.default_rng(seed).integers(-4, 5, (n, 3)).astype(np.float32)


def walked(trees: TreeEnsemble, row: NDArray[np.float32]) -> float:
    """Go down one tree after the other, by the definition of the arrays."""
    total = trees.base
    for tree in range(trees.n_trees):
        at, offset = tree, 0
        for level in range(trees.depth):
            node = offset + at
            at = 2 * at + int(row[trees.feature[node]] > trees.threshold[node])
            offset += trees.n_trees << level
        total += float(trees.leaf[at])
    return total


@pytest.mark.parametrize(
    ("reps", "gap", "expected"),
    [(8, 10, 104), (8, 10.5, 106), (9, 20, 107), (9, 20.5, 109), (4, 2, 99), (5, 2, 99)],
)
def test_a_row_goes_left_where_the_feature_is_at_most_the_threshold(
    reps: float, gap: float, expected: float
) -> None:
    assert by_hand().predict(np.array([[reps, gap]], np.float32)).tolist() == [expected]


@given(ensembles(), st.integers(0, 99), st.integers(0, 40))
def test_all_rows_at_once_end_where_a_plain_walk_ends(
    trees: TreeEnsemble, seed: int, n: int
) -> None:
    matrix = rows(seed, n)
    expected = [walked(trees, row) for row in matrix]
    assert trees.raw(matrix) == pytest.approx(expected, abs=1e-12)


def test_many_rows_are_taken_in_chunks() -> None:
    matrix = np.tile(np.array([[8, 10], [9, 20.5]], np.float32), (9_000, 1))
    assert by_hand().predict(matrix).reshape(-1, 2).tolist() == [[104.0, 109.0]] * 9_000


def test_a_sigmoid_keeps_extreme_sums_between_0_and_1() -> None:
    trees = replace(by_hand(), link="sigmoid", base=0.0)
    row = np.array([[8, 10]], np.float32)
    assert trees.predict(row) == pytest.approx(1 / (1 + np.exp(-4.0)))
    assert replace(trees, base=1e9).predict(row).tolist() == [1.0]
    assert 0.0 <= replace(trees, base=-1e9).predict(row)[0] < 1e-200


def test_a_split_is_credited_with_the_change_of_the_mean() -> None:
    shares = by_hand().attribute(np.array([9, 10], np.float32))
    # First tree: reps 2.5 -> 4, gap 4 -> 3. Second: gap 2.25 -> 0.5, reps 0.5 -> 2.
    assert shares.tolist() == [1.5 + 1.5, -1.0 - 1.75]


@given(ensembles(), st.integers(0, 99))
def test_reasons_add_up_to_the_difference_from_the_expected(trees: TreeEnsemble, seed: int) -> None:
    row = rows(seed, 1)
    told = trees.expected + trees.attribute(row[0]).sum()
    assert told == pytest.approx(trees.raw(row)[0], abs=1e-5)


def test_no_rows_and_no_trees_are_answers() -> None:
    empty = replace(
        by_hand(),
        feature=np.zeros(0, np.int16),
        threshold=np.zeros(0, np.float32),
        mean=np.zeros(0, np.float32),
        leaf=np.zeros(0, np.float32),
    )
    assert by_hand().predict(np.zeros((0, 2), np.float32)).shape == (0,)
    assert empty.predict(np.zeros((3, 2), np.float32)).tolist() == [100.0] * 3
    assert empty.attribute(np.zeros(2, np.float32)).tolist() == [0.0, 0.0]
    assert empty.expected == 100.0


@settings(max_examples=25)
@given(ensembles())
def test_a_file_gives_the_same_trees_and_the_same_bytes(trees: TreeEnsemble) -> None:
    data = trees.to_npz()
    again = TreeEnsemble.from_npz(data)
    assert again.to_npz() == data
    assert (again.features, again.link, again.base) == (trees.features, trees.link, trees.base)
    assert again.predict(rows(1, 30)).tolist() == trees.predict(rows(1, 30)).tolist()


def test_other_columns_are_refused() -> None:
    with pytest.raises(VoltLiftError, match="2 columns") as caught:
        by_hand().predict(np.zeros((1, 3), np.float32))
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
    with pytest.raises(VoltLiftError, match="2 columns"):
        by_hand().attribute(np.zeros(3, np.float32))


@pytest.mark.parametrize("cut", [0, 1, 100, 400, -30])
def test_a_truncated_file_is_corrupt(cut: int) -> None:
    with pytest.raises(VoltLiftError) as caught:
        TreeEnsemble.from_npz(by_hand().to_npz()[:cut])
    assert caught.value.code == ErrorCode.CORRUPT_DATA


@given(st.data())
def test_a_flipped_bit_never_gives_other_trees(data: st.DataObject) -> None:
    whole = bytearray(by_hand().to_npz())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    # Fields of the archive that nobody reads may change.
    assert read(bytes(whole)) in (None, by_hand().to_npz())


def read(data: bytes) -> bytes | None:
    """Return what a file is read as, written again, or nothing where it is corrupt."""
    with contextlib.suppress(VoltLiftError):
        return TreeEnsemble.from_npz(data).to_npz()
    return None


@pytest.mark.parametrize(
    "damage",
    [
        {"depth": 9},
        {"depth": 1},
        {"features": ("reps",)},
        {"threshold": np.full(6, np.nan, np.float32)},
        {"leaf": np.full(8, np.inf, np.float32)},
        {"mean": np.zeros(5, np.float32)},
        {"feature": np.full(6, -1, np.int16)},
        {"base": float("nan")},
        {"link": "exp"},
    ],
)
def test_arrays_that_do_not_fit_are_corrupt(damage: dict[str, Any]) -> None:
    with pytest.raises(VoltLiftError) as caught:
        TreeEnsemble.from_npz(replace(by_hand(), **damage).to_npz())
    assert caught.value.code == ErrorCode.CORRUPT_DATA


@pytest.mark.parametrize("data", [pack("trees/2", {}, {}), pack("trees/1", {}, {})])
def test_another_kind_of_file_is_corrupt(data: bytes) -> None:
    with pytest.raises(VoltLiftError) as caught:
        TreeEnsemble.from_npz(data)
    assert caught.value.code == ErrorCode.CORRUPT_DATA
