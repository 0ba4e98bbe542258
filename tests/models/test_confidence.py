"""Levels of confidence are counted through the engine, as the app asks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation_samples import BENCH, ROW, SQUAT, routine
from pipeline_samples import voltlift
from voltlift_core import VoltLiftError
from voltlift_models.artifacts import read_manifest
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.confidence import (
    FILTER,
    NET_ALONE,
    PLANNED,
    RANKER,
    WEIGHTS,
    Asked,
    Told,
    measure_confidence,
)
from voltlift_models.inference import NativeInference
from voltlift_models.serving import SameForAll, shipped_models, shipped_net

SHIPPED = SameForAll(shipped_models())
STEADY = Corpus((routine(40, [BENCH, ROW, SQUAT], name="steady"),))


def told(*answers: Told) -> Asked:
    return Asked("someone", "T1", ("first", "listed"), lambda *_: iter(answers))


def lifters(*names: str) -> Corpus:
    return Corpus(tuple(routine(4, [BENCH], name=name) for name in names))


def test_levels_are_shares_of_what_was_told() -> None:
    right, listed, wrong = (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)
    one = told(("high", right), ("high", listed), None, ("low", wrong), ("high", right))
    (count,) = measure_confidence(lifters("a"), [(one, SameForAll(()))])
    assert (count.questions, count.answers) == (5, 4)
    assert [(level.confidence, level.answers, level.share) for level in count.levels] == [
        ("high", 3, 0.75),
        ("low", 1, 0.25),
    ]
    high, low = (level.figures for level in count.levels)
    assert (high["first"].mean, high["listed"].mean) == (pytest.approx(2 / 3), 1.0)
    assert (low["first"].mean, low["listed"].mean) == (0.0, 0.0)


def test_answers_are_pooled_over_lifters_who_are_drawn_for_the_interval() -> None:
    def tell(lifter: Lifter, *_: object) -> object:
        yes, no = ("high", (1.0,)), ("high", (0.0,))
        return iter([yes] * 3 if lifter.name == "a" else [no])

    asked = Asked("someone", "T1", ("first",), tell)
    (count,) = measure_confidence(lifters("a", "b"), [(asked, SameForAll(()))])
    found = count.levels[0].figures["first"]
    assert found.mean == pytest.approx(3 / 4)
    assert (found.lo, found.hi, found.n_lifters) == (0, 1, 2)


def test_a_scorer_that_is_not_there_answers_nothing() -> None:
    for count in measure_confidence(
        STEADY, [(RANKER, SameForAll(())), (WEIGHTS, SameForAll(()))], every=12
    ):
        assert count.questions > 3
        assert (count.answers, count.levels) == (0, ())


def test_made_up_lifters_are_not_asked_about() -> None:
    made_up = Corpus((routine(20, [BENCH], simulated=True),))
    with pytest.raises(VoltLiftError, match="too few lifters"):
        measure_confidence(made_up, [(RANKER, SHIPPED)])


def test_every_scorer_is_asked_by_its_own_questions() -> None:
    net = SameForAll((shipped_net(),), NativeInference())
    asked = [(each, SHIPPED) for each in (RANKER, WEIGHTS, PLANNED, FILTER)]
    found = measure_confidence(STEADY, [*asked, (NET_ALONE, net)], every=6)
    assert [(count.name, count.task) for count in found] == [
        ("ranker", "T1"),
        ("weights", "T3"),
        ("weights, with planned reps", "T3"),
        ("collaborative-filter", "T4"),
        ("exercise-net", "T1"),
    ]
    ranker, weights, planned, *_, alone = found
    for count in (ranker, weights, planned, alone):
        assert count.answers == sum(level.answers for level in count.levels) > 3
        assert sum(level.share for level in count.levels) == pytest.approx(1)
    best = max(ranker.levels, key=lambda level: level.answers)
    assert best.figures["first"].mean > 0.8, "it repeats one session"
    for level in (*weights.levels, *planned.levels):
        assert level.figures["exact"].mean <= level.figures["within_5"].mean


def test_one_question_of_so_many_is_asked() -> None:
    whole, part = (
        measure_confidence(STEADY, [(WEIGHTS, SHIPPED)], every=every)[0].questions
        for every in (1, 4)
    )
    assert part == pytest.approx(whole / 4, abs=1)


def test_weights_come_in_the_unit_that_is_trained_in() -> None:
    """The export states pounds, and what is lifted is round in kilograms."""
    days = [[BENCH, ROW, SQUAT]]
    kilograms = Corpus((routine(24, *days, name="kg"),))
    (lifter,) = kilograms.real
    assert lifter.state.settings.unit.code == "kg"
    in_pounds = Corpus((stating_pounds(lifter),))
    one, other = (
        measure_confidence(corpus, [(WEIGHTS, SHIPPED)], every=4)[0]
        for corpus in (kilograms, in_pounds)
    )
    assert one.levels == other.levels


def stating_pounds(lifter: Lifter) -> Lifter:
    state = app_state_of(lifter)
    return Lifter.of_app_state(
        lifter.name, {**state, "settings": {**state["settings"], "units": "lbs"}}, lifter.source
    )


def test_folds_of_a_run_are_asked(ran: Path) -> None:
    code, out = voltlift(
        "confidence", ran / "work" / "corpus", "--work", ran / "work",
        "--config", ran / "recipe.toml", "--every", 10, "--workers", 1, "--json",
    )  # fmt: skip
    assert code == 0, out
    found = json.loads(out)
    assert (found["models"], found["knownLogs"], found["lifters"]) == ("held out", [], 3)
    assert [table["name"] for table in found["tables"]][:2] == ["ranker", "weights"]
    for table in found["tables"][:2]:
        assert table["answers"] == sum(level["answers"] for level in table["levels"]) > 0


def test_shipped_models_say_which_logs_they_know(ran: Path) -> None:
    code, out = voltlift(
        "confidence", ran / "logs", "--shipped", "--artifacts", ran / "artifacts",
        "--every", 10, "--workers", 1, "--json",
    )  # fmt: skip
    assert code == 0, out
    found = json.loads(out)
    assert found["models"] == "shipped"
    trained = any(entry.default for entry in read_manifest(ran / "artifacts").artifacts)
    assert found["knownLogs"] == (["lifter-0", "lifter-1", "lifter-2"] if trained else [])


def test_work_and_shipped_models_exclude_each_other(ran: Path, tmp_path: Path) -> None:
    code, out = voltlift("confidence", ran / "logs", "--shipped", "--work", tmp_path, "--json")
    assert code == 2
    assert "nothing is trained" in json.loads(out)["error"]["message"]


def test_a_single_lifter_has_no_folds(ran: Path, tmp_path: Path) -> None:
    log = tmp_path / "only.json"
    log.write_bytes((ran / "logs" / "lifter-0.json").read_bytes())
    code, out = voltlift("confidence", log, "--config", ran / "recipe.toml", "--json")
    assert code == 2
    assert "a cross-validation" in json.loads(out)["error"]["message"]
