"""Samples of habit: graded right, drawn by the seed, and blind to whatever comes later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voltlift_learned.diary import Diary
from voltlift_learned.habit import FEATURES, Known
from voltlift_models.corpus import Lifter
from voltlift_models.prepare.habit import habit_samples, known_without
from voltlift_models.simulate import simulate


@pytest.fixture(scope="module")
def lifters():
    made = simulate(12, 3).lifters
    return [lifter for lifter in made if 30 <= lifter.state.log.n_sessions <= 80][:2]


@pytest.fixture(scope="module")
def known(lifters):
    return Known.of(Diary.of(lifter.state.log) for lifter in lifters)


def cut(lifter: Lifter, n_sessions: int) -> Lifter:
    """Return the lifter as of some workouts ago."""
    log = lifter.state.log
    earlier = log.until(float(log.sessions["start_s"][n_sessions]))
    return replace(lifter, state=replace(lifter.state, log=earlier))


@pytest.mark.parametrize("task", ["next", "session"])
def test_one_right_answer_or_a_session_with_its_opener(lifters, known, task):
    samples = habit_samples(lifters[0], known, task)
    diary = Diary.of(lifters[0].state.log)
    assert samples.matrix.shape == (samples.sizes.sum(), len(FEATURES[task]))
    assert samples.simulated
    expected = diary.n_days - 10 if task == "session" else None
    if expected is not None:
        assert samples.n == expected
    for rows, wanted in zip(samples.choices(), samples.wanted.tolist(), strict=True):
        label = samples.label[rows]
        if task == "next":
            assert wanted == 1
            assert label.sum() in (0, 1)
        else:
            assert (label == 2).sum() <= 1
            assert (label > 0).sum() <= wanted
    assert (np.diff(samples.day) >= 0).all()
    # Nearly everything that is done was done before, or is popular.
    assert (samples.label > 0).sum() > 0.8 * samples.wanted.sum()


@pytest.mark.parametrize("task", ["next", "session"])
def test_what_comes_later_changes_nothing(lifters, known, task):
    whole = lifters[0]
    n = whole.state.log.n_sessions * 2 // 3
    early = habit_samples(cut(whole, n), known, task)
    full = habit_samples(whole, known, task)
    assert 0 < early.n < full.n
    # The last day of the shorter log may go on in the longer one.
    same = early.day < early.day[-1]
    rows = early.sizes[same].sum()
    np.testing.assert_array_equal(early.matrix[:rows], full.matrix[:rows])
    np.testing.assert_array_equal(early.label[:rows], full.label[:rows])


def test_a_draw_is_part_of_the_whole_and_repeats(lifters, known):
    whole = habit_samples(lifters[0], known, "next")
    drawn = habit_samples(lifters[0], known, "next", most=20, seed=1)
    again = habit_samples(lifters[0], known, "next", most=20, seed=1)
    assert drawn.n == 20
    np.testing.assert_array_equal(drawn.matrix, again.matrix)
    assert set(drawn.day.tolist()) <= set(whole.day.tolist())


def test_thinning_keeps_what_is_right_and_what_is_expected(lifters, known):
    whole = habit_samples(lifters[0], known, "session")
    thin = whole.thin(0.0, 1)
    assert thin.n == whole.n
    assert (thin.label > 0).sum() == (whole.label > 0).sum()
    assert thin.sizes.max() <= 24 + whole.wanted.max()
    assert thin.sizes.sum() == len(thin.label) == len(thin.matrix)
    np.testing.assert_array_equal(whole.thin(1.0, 1).matrix, whole.matrix)


def test_short_logs_have_no_choices(lifters, known):
    samples = habit_samples(cut(lifters[0], 5), known, "next")
    assert samples.n == 0
    assert samples.matrix.shape == (0, len(FEATURES["next"]))
    assert samples.thin(0.1, 1) is samples


def test_a_lifter_does_not_speak_through_the_tables(lifters):
    diaries = {lifter.name: Diary.of(lifter.state.log) for lifter in lifters}
    first, second = lifters
    without = known_without(first.name, diaries)
    assert without.exercise_ids == Known.of([diaries[second.name]]).exercise_ids
