"""The collaborative filter: its rows, its equations, and that it tells lifters apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from implicit.als import AlternatingLeastSquares

from voltlift_core import Catalogue, EngineState, ErrorCode, VoltLiftError, encode
from voltlift_models.corpus import Lifter, Source
from voltlift_models.prepare.interactions import Interactions, content, interactions
from voltlift_models.train.als import AlsConfig, Liking, Novelty, confidence, train_als
from voltlift_replay.questions import Replay
from voltlift_samples import sample_state

NOW_MS = 1_767_225_600_000
NAMES = ("beginner", "intermediate", "advanced", "dumbbell")
FEW = AlsConfig(factors=8, iterations=10)


def lifter(name: str, *, simulated: bool = False) -> Lifter:
    state = encode(sample_state(name, now_ms=NOW_MS))
    return Lifter.of_app_state(name, state, Source(f"{name}.json", simulated=simulated))


def lifters() -> list[Lifter]:
    return [lifter(name, simulated=name != "advanced") for name in NAMES]


def blocks() -> Interactions:
    """Two kinds of lifters: one does the first ten exercises, the other the next ten."""
    rng = np.random.default_rng(4)
    ids = tuple(exercise.id for exercise in Catalogue.bundled().exercises)
    cells = [
        (row, (row % 2) * 10 + int(at))
        for row in range(60)
        for at in rng.choice(10, 6, replace=False)
    ]
    return Interactions(
        exercise_ids=ids,
        row=np.array([row for row, _ in cells], np.int32),
        exercise=np.array([at for _, at in cells], np.int32),
        strength=np.full(len(cells), 1.5),
        lifter=np.arange(60, dtype=np.int32),
        simulated=np.zeros(60, np.bool_),
    )


def test_rows_come_every_90_days_from_the_device_s_own_code() -> None:
    data = interactions(lifters())
    assert data.simulated.tolist() == [True, True, False, True]
    assert set(data.lifter.tolist()) <= {0, 1, 2, 3}
    assert np.bincount(data.lifter, minlength=4)[2] > 1
    assert (data.strength > 0).all()
    assert (np.diff(data.row) >= 0).all()
    assert data.row.max() + 1 == data.n_rows == len(data.lifter)


def test_shares_count_lifters_not_rows() -> None:
    real = interactions(lifters()).done_share(simulated=False)
    made_up = interactions(lifters()).done_share(simulated=True)
    assert set(np.unique(real)) == {0.0, 1.0}
    assert set(np.round(np.unique(made_up) * 3)) <= {0, 1, 2, 3}
    assert not interactions([lifter("advanced")]).done_share(simulated=True).any()


def test_lifters_without_exercises_are_an_error() -> None:
    empty = Lifter("empty", EngineState(), Source("empty.csv"))
    with pytest.raises(VoltLiftError, match="nothing to learn") as caught:
        interactions([empty])
    assert caught.value.code == ErrorCode.INVALID_REQUEST


def test_the_matrix_holds_one_plus_alpha_r() -> None:
    data = blocks()
    matrix = confidence(data, AlsConfig(alpha=2.0))
    assert matrix.shape == (60, len(data.exercise_ids))
    assert set(matrix.data.tolist()) == {4.0}
    assert matrix.nnz == len(data.row)


def test_lifters_are_told_apart_by_what_they_do() -> None:
    data = blocks()
    factors = train_als(data, FEW, seed=1)
    # Of the first kind, by three exercises; the rest of the ten is what it will like.
    liked = {factors.exercise_ids[at]: 1.5 for at in range(3)}
    scores = factors.scores(factors.fold_in(liked))
    assert scores[3:10].min() > scores[10:20].max()
    assert abs(scores[20:]).max() < 0.1
    first = factors.exercise_ids[0]
    assert {id_ for id_, _ in factors.similar(first, 9)} == set(factors.exercise_ids[1:10])


def test_the_fold_in_is_the_one_of_implicit() -> None:
    data = blocks()
    config = replace(FEW, alpha=3.0)
    matrix = confidence(data, config)
    model = AlternatingLeastSquares(
        factors=8, iterations=5, regularization=5.0, alpha=1.0, random_state=1, num_threads=1
    )
    model.fit(matrix, show_progress=False)
    factors = replace(train_als(data, config, seed=1), values=model.item_factors)
    expected = model.recalculate_user(np.arange(2), matrix[:2])
    for row in range(2):
        mine = data.exercise[data.row == row]
        told = factors.fold_in({factors.exercise_ids[at]: 1.5 for at in mine})
        assert told == pytest.approx(expected[row], abs=1e-4)


def test_two_runs_give_the_same_bytes() -> None:
    one, other = (train_als(blocks(), FEW, seed=3).to_npz() for _ in range(2))
    assert one == other
    assert train_als(blocks(), FEW, seed=4).to_npz() != one


def test_content_says_how_alike_exercises_are() -> None:
    catalogue = Catalogue.bundled()
    table = content(catalogue)
    assert np.linalg.norm(table, axis=1) == pytest.approx(np.ones(len(catalogue)), abs=1e-6)
    bench, incline, squat = (
        catalogue.index[id_]
        for id_ in ("barbell-bench-press", "dumbbell-bench-press", "barbell-squat")
    )
    assert table[bench] @ table[incline] > 0.6 > 0.45 > table[bench] @ table[squat]


def test_rankers_hold_nothing_that_is_taken() -> None:
    everyone = lifters()
    factors = train_als(interactions(everyone[:2]), FEW, seed=3)
    cases = (
        list(Replay(everyone[2].state).ranks("T4"))[:5]
        + list(Replay(everyone[2].state).ranks("T1"))[:5]
    )
    assert cases
    for case in cases:
        for row in (Liking(factors), Novelty(factors)):
            ranked = row(case.moment)
            assert not case.moment.taken & set(ranked)
            assert len(ranked) == len(set(ranked)) > 100


def test_factors_of_the_specified_size_fit_the_budget() -> None:
    factors = train_als(blocks(), AlsConfig(iterations=2), seed=1)
    assert factors.values.shape == (len(Catalogue.bundled()), 32)
    assert len(factors.to_npz()) < 500_000
