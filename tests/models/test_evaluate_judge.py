"""Figures of one lifter, by hand: what a row gave against what was done."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from evaluation_samples import BENCH, CURL, ROW, SQUAT, lifter_of, routine, workout
from voltlift_models.evaluate import Guess, LoadCase, LoadMoment, Ranked, Replay
from voltlift_models.evaluate.judge import METRICS, Judgement, judge_loads, judge_ranks, reliability
from voltlift_replay.answers import clean

MOMENT = next(iter(Replay(routine(11, [BENCH]).state).ranks("T1"))).moment


def case(kg, reps, last_kg=100.0, last_reps=5, gap_days=3.0):
    before = np.full(3, last_kg), np.full(3, last_reps, np.int32)
    return LoadCase(LoadMoment(MOMENT, BENCH, *before, gap_days), kg, reps)


def test_repeats_and_what_is_taken_hold_no_place():
    moment = replace(MOMENT, done=(CURL,))
    ranked = clean(Ranked([BENCH, CURL, BENCH, ROW], [0.9, 0.8, 0.7, 0.6]), moment)
    assert list(ranked.ids) == [BENCH, ROW]
    assert ranked.scores == [0.9, 0.6]
    assert clean([CURL, SQUAT], moment).ids == [SQUAT]
    assert clean([BENCH, SQUAT], replace(MOMENT, novel=True)).ids == [SQUAT]


def test_figures_of_the_next_exercise():
    days = [workout(at, (BENCH, [(60, 8)]), (CURL, [(10, 8)])) for at in range(11)]
    cases = list(Replay(lifter_of(*days).state).ranks("T1"))
    judged = judge_ranks("T1", [(item, [BENCH, CURL]) for item in cases])
    # The bench press is asked first and is first; then it is taken, and the curl moves up.
    assert judged.figures["T1"] == {"hr_at_1": 1, "hr_at_5": 1, "ndcg_at_5": 1}
    assert judged.cases == 2
    wrong = judge_ranks("T1", [(item, [SQUAT, ROW, BENCH, CURL]) for item in cases])
    assert wrong.figures["T1"] == {"hr_at_1": 0, "hr_at_5": 1, "ndcg_at_5": 0.5}


def test_figures_of_a_session():
    days = [workout(at, (BENCH, [(60, 8)]), (CURL, [(10, 8)])) for at in range(11)]
    cases = list(Replay(lifter_of(*days).state).ranks("T2"))
    judged = judge_ranks("T2", [(item, Ranked([SQUAT, CURL, BENCH])) for item in cases])
    best = 1 + 1 / math.log2(3)
    assert judged.figures["T2"] == {
        "precision_at_5": pytest.approx(2 / 5),
        "recall_at_10": 1,
        "ndcg_at_5": pytest.approx((1 / math.log2(3) + 1 / 2) / best),
    }


def test_own_names_are_missed_but_not_by_the_catalogues_figure():
    days = [workout(at, (BENCH, [(60, 8)])) for at in range(10)]
    last = workout(10, ("custom-a", [(5, 5)]), (SQUAT, [(5, 5)]))
    cases = list(Replay(lifter_of(*days, last, custom=("custom-a",)).state).ranks("T4"))
    judged = judge_ranks("T4", [(item, Ranked([SQUAT])) for item in cases])
    assert judged.figures["T4"] == {"recall_at_10": 0.5, "recall_at_10_catalogue": 1}


def test_figures_of_weights():
    answered = [
        (case(100, 5), Guess(100)),
        (case(110, 5), Guess(104.5)),
        (case(80, 8, gap_days=29), Guess(100)),
        (case(100, 5), Guess(math.nan)),
    ]
    figures = judge_loads(answered).figures["T3"]
    assert figures["mape"] == pytest.approx((0 + 0.05 + 0.25 + 1) / 4)
    assert figures["median_ape"] == pytest.approx(0.15)
    assert (figures["exact"], figures["within_5"], figures["within_10"]) == (0.25, 0.5, 0.5)
    assert figures["within_5_lb"] == 0.25
    assert figures["mape_changed"] == pytest.approx(0.15)
    assert figures["mape_gap"] == pytest.approx(0.25)
    assert math.isnan(figures["coverage"])


def test_five_pounds_are_an_absolute_error():
    five_lb = 5 * 0.45359237
    assert judge_loads([(case(100, 5), Guess(100 + five_lb))]).figures["T3"]["within_5_lb"] == 1
    assert judge_loads([(case(100, 5), Guess(102.5))]).figures["T3"]["within_5_lb"] == 0


def test_intervals_in_groups():
    answered = [
        (case(100, 5), Guess(100, low=90, high=110)),
        (case(120, 5), Guess(100, low=90, high=110)),
        (case(80, 5, gap_days=40), Guess(100, low=90, high=110)),
        (case(105, 5), Guess(100, low=90, high=110)),
        (case(100, 5), Guess(100)),
    ]
    judged = judge_loads(answered)
    figures = judged.figures["T3"]
    assert figures["coverage"] == 0.5
    assert figures["coverage_changed"] == pytest.approx(1 / 3)
    assert figures["coverage_gap"] == 0
    assert figures["width"] == pytest.approx(0.2)
    assert judged.sides == (1, 2, 1)


@pytest.mark.parametrize(
    ("done", "guess", "planned", "unsafe", "failed"),
    [
        (case(100, 5), Guess(100, 5), False, 0, 0),
        # More than 10 % above what was done.
        (case(100, 5), Guess(111, 5), False, 1, 0),
        (case(100, 5), Guess(110, 5), False, 0, 0),
        # Done at this weight for fewer repetitions than the row and the last time.
        (case(100, 4), Guess(100, 5), False, 1, 1),
        (case(100, 4), Guess(100, 4), False, 0, 0),
        # The last time had as few.
        (case(100, 4, last_reps=4), Guess(100, 8), False, 0, 0),
        # It failed at more: nothing is known of what was suggested.
        (case(102.5, 4), Guess(100, 5), False, 0, 0),
        # Repetitions unsaid: those of the last time, or the plan, which was met.
        (case(100, 4), Guess(100), False, 1, 1),
        (case(100, 4), Guess(100), True, 0, 0),
        (case(100, 5), Guess(math.nan), False, 0, 0),
    ],
)
def test_what_is_unsafe(done, guess, planned, unsafe, failed):
    figures = judge_loads([(done, guess)], planned=planned).figures["T5"]
    assert (figures["unsafe"], figures["failed"]) == (unsafe, failed)


def test_a_large_step_wants_a_flag():
    step = [(case(120, 5), Guess(111, 5)), (case(120, 5), Guess(111, 5, flagged=True))]
    assert [judge_loads([each]).figures["T5"]["unflagged"] for each in step] == [1, 0]


def test_no_question_gives_no_figure():
    for judged in (judge_ranks("T1", []), judge_ranks("T4", []), judge_loads([])):
        assert judged.cases == 0
        for task, figures in judged.figures.items():
            assert set(figures) == {metric.name for metric in METRICS[task]}
            assert all(math.isnan(value) for value in figures.values())


def test_scores_in_bins():
    one = Judgement({}, 2, np.array([0.05, 0.95]), np.array([False, True]))
    other = Judgement({}, 2, np.array([0.99, 1.0]), np.array([True, False]))
    low, high = reliability([one, other])
    assert (low.low, low.high, low.n, low.share) == (0, 0.1, 1, 0)
    assert (high.low, high.n) == (0.9, 3)
    assert high.share == pytest.approx(2 / 3)
    assert high.mean_score == pytest.approx((0.95 + 0.99 + 1) / 3)
    assert reliability([]) == ()


def test_scores_are_those_of_the_first_five():
    days = [workout(at, (BENCH, [(60, 8)])) for at in range(11)]
    (asked,) = Replay(lifter_of(*days).state).ranks("T2")
    ids = [SQUAT, ROW, CURL, "plank", "leg-press", BENCH]
    judged = judge_ranks("T2", [(asked, Ranked(ids, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]))])
    assert judged.scores.tolist() == [0.9, 0.8, 0.7, 0.6, 0.5]
    assert not judged.hits.any()
