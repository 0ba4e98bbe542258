"""Training of the load model: it learns, calibrates on held-out lifters, and repeats itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.diary import Diary, Today
from voltlift_learned.loads.interval import Calibration
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.loads.specs import CHOICE_SPEC, LOAD_SPEC
from voltlift_models.prepare.loads import load_samples
from voltlift_models.simulate import simulate
from voltlift_models.train.conformal import calibrate, share_held
from voltlift_models.train.loads import LoadConfig, train_loads

QUICK = LoadConfig(trees=30, max_cases=150, folds=2, bins=31, learning_rate=0.1)


@pytest.fixture(scope="module")
def lifters():
    return simulate(4, seed=11).lifters


@pytest.fixture(scope="module")
def samples(lifters):
    return [
        load_samples(lifter, planned=planned, max_cases=300)
        for lifter in lifters
        for planned in (False, True)
    ]


@pytest.fixture(scope="module")
def trained(samples):
    return train_loads(samples[:6], QUICK)


def test_numpy_trees_answer_as_the_boosters_do(trained, samples):
    for name, booster in trained.boosters.items():
        part = samples[6]
        rows = part.rows[part.choice.real] if name.endswith("chooser") else part.vectors
        ours = getattr(trained.model, name).predict(rows)
        assert np.abs(ours - booster.predict(rows)).max() < 1e-6, name
        assert 1 <= trained.rounds[name] <= QUICK.trees


def test_trees_carry_the_features_of_their_specs(trained):
    assert trained.model.point.features == LOAD_SPEC.features
    assert trained.model.planned_chooser.features == CHOICE_SPEC.features
    assert LoadModel.from_npz(trained.model.to_npz()).to_npz() == trained.model.to_npz()


def test_two_runs_give_the_same_bytes(samples):
    few = samples[:4]
    one, two = (train_loads(few, replace(QUICK, trees=5)).model.to_npz() for _ in range(2))
    assert one == two
    other = train_loads(few, replace(QUICK, trees=5, seed=6)).model.to_npz()
    assert other != one


def test_on_a_lifter_it_never_saw_it_beats_repeating_the_last_weight_with_a_plan(
    trained, lifters, samples
):
    part = samples[7]
    assert part.planned
    diary = Diary.of(lifters[3].state.log)
    error, naive = [], []
    for at in range(0, part.n, 5):
        day = part.view.now[at]
        today = Today.of(diary, float(day) * 86400.0)
        last = part.view.w[at, -1]
        name = _name(diary, part, at)
        answer = trained.model.predict(today, name, int(part.view.planned[at]))
        assert answer is not None
        kg = np.exp(part.log_kg[at])
        error.append(abs(answer.chosen_kg / kg - 1))
        naive.append(abs(np.exp(last) / kg - 1))
    assert np.mean(error) < np.mean(naive)


def _name(diary, part, at):
    """Return the exercise of a sample by its day and the weight that was then done."""
    day = int(np.searchsorted(diary.day, part.view.now[at]))
    for entry in range(diary.first_entry[day], diary.first_entry[day + 1]):
        kg = diary.kg[diary.first_set[entry] : diary.first_set[entry + 1]]
        exercise = diary.exercise[entry]
        before = [e for e in diary.entries_of(exercise) if e < entry]
        if before and abs(np.nanmax(kg) - np.exp(part.log_kg[at])) < 1e-6:
            sets = slice(diary.first_set[before[-1]], diary.first_set[before[-1] + 1])
            if abs(np.nanmax(diary.kg[sets]) - np.exp(part.view.w[at, -1])) < 1e-6:
                return diary.exercise_ids[exercise]
    raise AssertionError("no such sample")


@pytest.mark.parametrize("kept", [0, 2])
def test_one_lifter_is_not_enough(samples, kept):
    with pytest.raises(VoltLiftError) as refused:
        train_loads(samples[:kept], QUICK)
    assert refused.value.code == ErrorCode.INVALID_CONFIGURATION
    assert "two lifters" in str(refused.value)


def test_simulated_lifters_are_never_held_out_where_real_ones_are(samples):
    real = [replace(part, simulated=False) for part in samples[:4]]
    trained = train_loads([*real, *samples[4:]], replace(QUICK, trees=4))
    noise = [part.n for part in real]
    assert min(noise) > 0
    alone = train_loads(real, replace(QUICK, trees=4))
    # The groups of the calibration are cut by the real lifters alone.
    assert trained.model.calibration.noise_edges == alone.model.calibration.noise_edges


def test_calibrated_intervals_hold_their_share(samples):
    parts = [part for part in samples if part.planned]
    low = [np.full(part.n, -0.001) for part in parts]
    high = [np.full(part.n, 0.001) for part in parts]
    for level in (0.6, 0.8, 0.9):
        found = calibrate(parts, low, high, 30.0, level)
        held = [share_held(found, *ends).mean() for ends in zip(parts, low, high, strict=True)]
        assert np.mean(held) == pytest.approx(level, abs=0.07)
        assert all(abs(share - level) < 0.2 for share in held)


def test_a_calibration_is_read_as_it_was_written():
    made = Calibration((0.01, 0.05), (0.1, -0.2, 0.3, 0.4), 30.0, 0.79)
    assert Calibration.of_json(made.to_json()) == made
    for broken in (None, {}, {**made.to_json(), "level": 1.5}, {**made.to_json(), "inertia": 0}):
        with pytest.raises((TypeError, KeyError, ValueError)):
            Calibration.of_json(broken)
