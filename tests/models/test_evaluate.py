"""The whole evaluation: macro averages, comparisons, warnings, bad input, repeatability."""

from __future__ import annotations

import math

import pytest

from evaluation_samples import BENCH, CURL, DEADLIFT, ROW, SQUAT, lifter_of, routine, workout
from voltlift_core import VoltLiftError
from voltlift_models.corpus import Corpus, Excluded
from voltlift_models.evaluate import Guess, LoadRow, Ranked, RankRow, evaluate
from voltlift_models.evaluate.engine_rows import RULES

PUSH, LEGS = [BENCH, CURL], [SQUAT, DEADLIFT, ROW]
LIFTERS = (
    routine(13, PUSH, LEGS, name="one"),
    routine(16, PUSH, name="two"),
    routine(12, LEGS, [ROW], PUSH, name="three"),
)
CORPUS = Corpus(lifters=LIFTERS)


class Oracle:
    """Knows each lifter's log by heart."""

    def __init__(self, lifter):
        self.lifter = lifter

    def __call__(self, moment):
        diary = moment._diary
        ids = [diary.exercise_ids[at] for at in diary.done(moment.day).tolist()]
        # What else it says does not matter: the truth comes first.
        rest = [id_ for id_ in ids if id_ not in moment.done]
        return Ranked(rest, [1.0] * len(rest))


def right(_lifter):
    return lambda asked: Guess(60, low=55, high=65)


def nothing(_lifter):
    return lambda asked: Guess(math.nan)


ROWS = (
    RankRow("oracle", "model", Oracle, ("T1", "T2", "T4")),
    LoadRow("right", "model", right),
    LoadRow("nothing", "model", nothing, planned=True),
)


@pytest.fixture(scope="module")
def report():
    return evaluate(CORPUS, rows=ROWS)


def test_a_perfect_row_is_perfect(report):
    for task in ("T1", "T2"):
        oracle = report.tasks[task]["oracle"]
        assert {name: value.mean for name, value in oracle.items() if name != "precision_at_5"} == {
            name: 1.0 for name in oracle if name != "precision_at_5"
        }
    right = report.tasks["T3"]["right"]
    assert (right["mape"].mean, right["exact"].mean, right["coverage"].mean) == (0, 1, 1)
    assert report.tasks["T5"]["right"]["unsafe"].mean == 0
    assert report.tasks["T3"]["nothing"]["mape"].mean == 1


def test_each_lifter_counts_once(report):
    figures = [item.figures["T1"][RULES]["hr_at_5"] for item in report.lifters]
    estimate = report.tasks["T1"][RULES]["hr_at_5"]
    assert estimate.mean == pytest.approx(sum(figures) / 3)
    assert estimate.n_lifters == 3
    assert estimate.lo <= estimate.mean <= estimate.hi
    assert len({item.questions["T1"] for item in report.lifters}) == 3


def test_rows_meet_the_best_naive_one_of_their_kind(report):
    comparison = report.comparison("T2", "oracle", "ndcg_at_5")
    naive = {
        name: report.tasks["T2"][name]["ndcg_at_5"].mean
        for name, note in report.rows["T2"].items()
        if note.kind == "naive"
    }
    assert comparison.rival == max(naive, key=naive.get)
    assert comparison.difference.mean == pytest.approx(1 - max(naive.values()))
    # Lower errors are better, and a gain is a gain all the same.
    error = report.comparison("T3", "nothing", "mape")
    assert error.difference.mean == pytest.approx(-1)
    assert error.better_for == 0
    assert report.comparison("T1", "personal popularity", "hr_at_1") is None
    assert report.comparison("T3", "right", "coverage") is None


def test_rows_without_a_plan_do_not_meet_those_with_one():
    days = [workout(at, (BENCH, [((60, 8), (50, 16))[at % 2]])) for at in range(9)]
    report = evaluate(
        Corpus(lifters=(lifter_of(*days, name="a"), lifter_of(*days, name="b"))),
        rows=ROWS,
        tasks=("T3",),
    )
    assert report.comparison("T3", "nothing", "mape").rival == "Epley, with planned reps"
    assert report.comparison("T3", "right", "mape").rival in ("last weight", "mean of three")


def test_errors_are_multiples_of_the_last_weights():
    days = [workout(at, (BENCH, [(60 + 10 * (at % 2), 8)])) for at in range(9)]
    report = evaluate(Corpus(lifters=(lifter_of(*days),)), rows=ROWS, tasks=("T3",))
    (ratio,) = (r for r in report.ratios if (r.row, r.metric) == ("nothing", "mape"))
    last = report.tasks["T3"]["last weight"]["mape"].mean
    assert ratio.ratio.mean == pytest.approx(1 / last)


def test_aims_are_those_of_what_is_shown_by_default(report):
    aims = {(aim.row, aim.text): aim for aim in report.aims}
    assert {aim.row for aim in report.aims} == {
        RULES,
        "engine, rules alone",
        "engine, rules alone, with planned reps",
    }
    reached = aims[RULES, "HR@5 at least 72 %"]
    assert reached.value == report.tasks["T1"][RULES]["hr_at_5"].mean
    assert reached.reached == (reached.value >= 0.72)


def test_calibration_and_intervals_are_counted(report):
    bins = report.calibration["T2"]["oracle"]
    assert [(each.low, each.share) for each in bins] == [(0.9, 1.0)]
    asked = sum(item.questions["T3"] for item in report.lifters)
    assert report.intervals["right"].inside == asked
    assert "nothing" not in report.intervals


def test_processes_and_runs_change_nothing(report):
    again = evaluate(CORPUS, rows=ROWS)
    assert repr(again) == repr(report)
    two = evaluate(CORPUS, workers=2)
    assert repr(two.tasks["T1"][RULES]) == repr(report.tasks["T1"][RULES])
    assert [item.name for item in two.lifters] == ["one", "two", "three"]


def test_progress_reaches_the_end():
    told = []
    evaluate(CORPUS, tasks=("T2",), progress=lambda *args: told.append(args))
    assert told[-1][0] == told[-1][1]
    assert [step[0] for step in told] == sorted(step[0] for step in told)
    assert {step[2] for step in told} == {"one", "two", "three"}


def test_one_lifter_gives_figures_without_intervals():
    report = evaluate(Corpus(lifters=LIFTERS[:1]), tasks=("T2",))
    value = report.tasks["T2"]["cycle"]["ndcg_at_5"]
    assert value.n_lifters == 1
    assert math.isnan(value.lo)
    assert any("one lifter only" in warning for warning in report.warnings)


def test_a_lifter_without_a_question_is_named():
    short = routine(4, PUSH, name="short")
    report = evaluate(Corpus(lifters=(*LIFTERS, short)), tasks=("T1", "T3"))
    assert "T1: no question of short" in report.warnings
    assert report.tasks["T1"]["personal bigram"]["hr_at_1"].n_lifters == 3
    assert report.tasks["T3"]["last weight"]["mape"].n_lifters == 4


def test_a_task_that_nobody_has_a_question_of_is_said_so():
    report = evaluate(Corpus(lifters=(routine(4, PUSH),)), tasks=("T1", "T2"))
    assert "T1: no lifter has a question" in report.warnings
    assert math.isnan(report.tasks["T1"]["personal bigram"]["hr_at_1"].mean)


def test_models_that_saw_a_lifter_are_reported():
    seen = LIFTERS[1].source.sha256
    report = evaluate(CORPUS, tasks=("T2",), trained_on=[seen])
    assert [item.seen for item in report.lifters] == [False, True, False]
    assert any("trained on the logs of two" in warning for warning in report.warnings)


def test_what_was_left_out_of_the_corpus_is_in_the_report():
    left = Excluded("broken.csv", "unsupported_file", "no export")
    report = evaluate(Corpus(lifters=LIFTERS[:1], excluded=(left,)), tasks=("T2",))
    assert [(e.file, e.code) for e in report.excluded] == [("broken.csv", "unsupported_file")]
    (lifter,) = report.lifters
    assert lifter.excluded == {"T2: among the first 10 sessions": 10}


def test_made_up_lifters_score_only_where_asked_for():
    made_up = routine(12, PUSH, name="robot", simulated=True)
    with pytest.raises(VoltLiftError, match="too few lifters"):
        evaluate(Corpus(lifters=(made_up,)))
    mixed = evaluate(Corpus(lifters=(LIFTERS[0], made_up)), tasks=("T2",))
    assert [item.name for item in mixed.lifters] == ["one"]
    allowed = evaluate(Corpus(lifters=(made_up,)), tasks=("T2",), allow_simulated=True)
    assert any("made-up lifters: robot" in warning for warning in allowed.warnings)


@pytest.mark.parametrize("tasks", [(), ("T9",)])
def test_a_task_that_is_none_is_refused(tasks):
    with pytest.raises(VoltLiftError, match="no such task"):
        evaluate(CORPUS, tasks=tasks)


def test_nobody_is_refused():
    with pytest.raises(VoltLiftError, match="too few lifters"):
        evaluate(Corpus())
    with pytest.raises(VoltLiftError, match="too few lifters"):
        evaluate(Corpus(), allow_simulated=True)


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(VoltLiftError, match="one name"):
        evaluate(CORPUS, rows=(RankRow("cycle", "model", Oracle),))


def test_safety_alone_asks_for_weights():
    report = evaluate(CORPUS, tasks=("T5",))
    assert list(report.tasks) == ["T5"]
    assert report.tasks["T5"]["last weight"]["unsafe"].n_lifters == 3
