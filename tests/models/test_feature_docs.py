"""The reference of the learned features: complete, and its ranges hold for real questions."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from voltlift_core import EngineState, IngestRequest, take_in
from voltlift_learned.diary import Diary, Today
from voltlift_learned.habit import NEXT_FEATURES, SESSION_FEATURES, Known, habit_features
from voltlift_learned.loads.candidates import CANDIDATE_FEATURES
from voltlift_learned.loads.model import load_features
from voltlift_learned.loads.specs import LOAD_SPEC
from voltlift_samples import sample_state

DOCS = Path(__file__).parents[2] / "docs"
_LINES = runpy.run_path(str(DOCS / "learned_features.py"))
CHOICE, HABIT, LOADS = (_LINES[name] for name in ("CHOICE", "HABIT", "LOADS"))
columns = _LINES["columns"]

NOW = 1_790_000_000
SAMPLES = ("beginner", "intermediate", "advanced", "no_effort", "dumbbell")
HABITS = tuple(dict.fromkeys((*NEXT_FEATURES, *SESSION_FEATURES)))


def test_every_column_has_its_line_and_every_line_its_column() -> None:
    for text, names in ((HABIT, HABITS), (LOADS, LOAD_SPEC.features), (CHOICE, CANDIDATE_FEATURES)):
        assert tuple(item.name for item in columns(text, names)) == names


def test_a_column_without_a_line_and_a_line_without_a_column_are_refused() -> None:
    with pytest.raises(KeyError):
        columns(LOADS, (*LOAD_SPEC.features, "novel_feature"))
    with pytest.raises(KeyError):
        columns(LOADS, LOAD_SPEC.features[1:-1])


def moments(name: str) -> list[Today]:
    """Moments of a sample lifter's log: days of training, and a year after the last one."""
    state = sample_state(name, now_ms=NOW * 1000, utc_offset_minutes=0)
    diary = Diary.of(take_in(EngineState(), IngestRequest(state=state)).state.log)
    starts = diary.start_s[:: max(diary.n_days // 12, 1)].tolist()
    begun = [Today.of(diary, start + 1.0) for start in starts[1:]]
    return [*begun, Today.of(diary, float(diary.start_s[-1]) + 365 * 86_400.0)]


def outside(matrix: np.ndarray, items: list) -> list[tuple[str, float, float]]:
    """Return the columns that leave their range."""
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    return [
        (item.name, float(a), float(b))
        for item, a, b in zip(items, low, high, strict=True)
        if a < item.low - 1e-5 or b > item.high + 1e-5
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_ranges_of_the_rankers_columns_hold(name: str) -> None:
    tasks = set()
    for today in moments(name):
        found = habit_features(today, Known.none())
        tasks.add(found.task)
        named = {item.name: item for item in columns(HABIT, HABITS)}
        assert outside(found.matrix, [named[column] for column in found.names]) == []
    assert tasks == {"next", "session"}


@pytest.mark.parametrize("name", SAMPLES)
def test_ranges_of_the_load_models_columns_hold(name: str) -> None:
    asked = 0
    for today in moments(name):
        for exercise_id in today.past.exercise_ids[:8]:
            for reps in (None, 1, 12):
                found = load_features(today, exercise_id, reps)
                if found is None:
                    continue
                asked += 1
                question = columns(LOADS, LOAD_SPEC.features)
                candidate = columns(CHOICE, CANDIDATE_FEATURES)
                assert outside(found.vector[None], question) == []
                assert outside(found.matrix, [*question, *candidate]) == []
    assert asked > 20
