"""Lifters on Spark: the same corpus and the same samples as in one process."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import partial

import numpy as np
import pytest

from voltlift_core import VoltLiftError
from voltlift_learned.diary import Diary
from voltlift_learned.habit import Known
from voltlift_models import ingest as one_process
from voltlift_models.corpus import Corpus
from voltlift_models.prepare.habit import habit_samples
from voltlift_models.prepare.interactions import interactions
from voltlift_models.prepare.loads import load_samples
from voltlift_models.spark.lifters import ingest, lifters, map_lifters
from voltlift_samples import LIFTERS, sample_state

NOW_S = 1_800_000_000.0


def assert_same(found, expected):
    """Compare by fields, arrays element by element; NaN is equal to itself."""
    assert type(found) is type(expected)
    if isinstance(expected, np.ndarray):
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)
    elif is_dataclass(expected):
        for item in fields(expected):
            assert_same(getattr(found, item.name), getattr(expected, item.name))
    elif isinstance(expected, dict):
        assert list(found) == list(expected)
        assert_same(list(found.values()), list(expected.values()))
    elif isinstance(expected, list | tuple):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    else:
        assert found == expected or found is expected


def assert_same_lifters(found, expected):
    assert [item.name for item in found] == [item.name for item in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.source == other.source
        assert one.state.log.exercise_ids == other.state.log.exercise_ids
        assert one.state.documents == other.state.documents
        for columns in ("rows", "sessions"):
            left, right = getattr(one.state.log, columns), getattr(other.state.log, columns)
            assert left.keys() == right.keys()
            for name in left:
                np.testing.assert_array_equal(left[name], right[name], err_msg=name)


@pytest.fixture
def exports(tmp_path):
    """Return a folder of exports, good, damaged and double."""
    (tmp_path / "apps").mkdir()
    for at, name in enumerate(list(LIFTERS)[:3]):
        state = sample_state(name, now_ms=int(NOW_S * 1000), seed=at)
        (tmp_path / "apps" / f"{name}.json").write_text(json.dumps(state))
    first = next((tmp_path / "apps").iterdir())
    (tmp_path / "again.json").write_bytes(first.read_bytes())
    (tmp_path / "notes.csv").write_text("milk,eggs\n1,2\n")
    (tmp_path / "broken.json").write_bytes(b"\x00\xff{")
    return tmp_path


def test_the_corpus_is_that_of_one_process(spark, exports):
    found = ingest(spark, exports, now_s=NOW_S)
    expected = one_process.ingest(exports, now_s=NOW_S)
    assert len(expected.lifters) == 3
    assert {item.code for item in expected.excluded} >= {"duplicate"}
    assert_same_lifters(found.lifters, expected.lifters)
    assert (found.excluded, found.notices) == (expected.excluded, expected.notices)
    assert found.data_hash == expected.data_hash


def test_licences_and_the_present_reach_the_workers(spark, exports):
    known = {item.source.sha256: "MIT" for item in one_process.ingest(exports, now_s=NOW_S).real}
    found = ingest(spark, exports, now_s=NOW_S, licences=known)
    assert {item.source.licence for item in found.lifters} == {"MIT"}
    with pytest.raises(VoltLiftError, match="future"):
        ingest(spark, exports, now_s=1_000_000_000.0)


def test_an_empty_folder_is_refused_as_in_one_process(spark, tmp_path):
    with pytest.raises(VoltLiftError) as caught:
        ingest(spark, tmp_path)
    with pytest.raises(VoltLiftError) as expected:
        one_process.ingest(tmp_path)
    assert str(caught.value) == str(expected.value)


def test_workers_read_their_lifters_from_parquet(spark, corpus, corpus_folder):
    assert_same_lifters(lifters(spark, corpus_folder).collect(), corpus.lifters)


@pytest.mark.parametrize("planned", [False, True])
def test_load_samples_are_those_of_one_process(spark, corpus, corpus_folder, planned):
    prepare = partial(load_samples, planned=planned)
    expected = [prepare(lifter) for lifter in corpus.lifters]
    assert sum(samples.n for samples in expected) > 1000
    assert_same(map_lifters(spark, corpus_folder, prepare), expected)
    few = Corpus(corpus.lifters[:2])
    assert_same(map_lifters(spark, few, prepare), expected[:2])


@pytest.mark.parametrize("task", ["next", "session"])
def test_habit_samples_are_those_of_one_process(spark, corpus, corpus_folder, task):
    known = Known.of([Diary.of(lifter.state.log) for lifter in corpus.lifters[:5]])
    prepare = partial(habit_samples, known=known, task=task, most=60)
    expected = [prepare(lifter) for lifter in corpus.lifters]
    assert sum(samples.n for samples in expected) > 200
    assert_same(map_lifters(spark, corpus_folder, prepare), expected)


def test_interactions_are_those_of_one_process(spark, corpus, corpus_folder):
    def prepare(lifter):
        return interactions([lifter])

    found = map_lifters(spark, corpus_folder, prepare)
    assert_same(found, [prepare(lifter) for lifter in corpus.lifters])


def test_nobody_gives_nothing(spark):
    assert map_lifters(spark, Corpus(), lambda lifter: lifter.name) == []


def test_a_failure_on_a_worker_says_what_happened(spark, corpus):
    def fail(lifter):
        raise ValueError(f"no samples of {lifter.name}")

    with pytest.raises(Exception, match=f"no samples of {corpus.lifters[0].name}"):
        map_lifters(spark, Corpus(corpus.lifters[:1]), fail)
