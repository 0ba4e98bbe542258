"""Levels of confidence in a weight are counted through the engine, as the app asks it."""

from __future__ import annotations

import pytest

from evaluation_samples import BENCH, ROW, SQUAT, routine
from voltlift_models.corpus import Corpus
from voltlift_models.evaluate.load_confidence import measure_load_confidence
from voltlift_models.serving import SameForAll, shipped_models


def test_every_answer_of_the_model_is_counted_once() -> None:
    lifter = routine(24, [SQUAT, BENCH], [ROW])
    found = measure_load_confidence(Corpus((lifter,)), SameForAll(shipped_models()), every=3)
    assert sum(level.answers for level in found) > 10
    assert len({level.confidence for level in found}) == len(found)
    for level in found:
        assert 0 <= level.exact <= level.within_5 <= 1
        assert 0 <= level.coverage <= 1


def test_without_a_model_nothing_is_counted() -> None:
    assert (
        measure_load_confidence(
            Corpus((routine(24, [SQUAT, BENCH], [ROW]),)), SameForAll(()), every=3
        )
        == ()
    )


@pytest.mark.parametrize("every", [1, 2])
def test_one_question_of_so_many_is_asked(every) -> None:
    corpus, ports = Corpus((routine(24, [SQUAT, BENCH], [ROW]),)), SameForAll(shipped_models())
    whole = measure_load_confidence(corpus, ports)
    part = measure_load_confidence(corpus, ports, every)
    ratio = sum(level.answers for level in part) / sum(level.answers for level in whole)
    assert ratio == pytest.approx(1 / every, abs=0.1)
