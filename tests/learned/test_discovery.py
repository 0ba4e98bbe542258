"""Likeness and novelty: what is listed, why, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voltlift_core import (
    Catalogue,
    CurrentSession,
    EngineState,
    ErrorCode,
    ExerciseLog,
    IngestRequest,
    NovelExercisesRequest,
    SimilarExercisesRequest,
    VoltLiftError,
    take_in,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_learned.diary import Diary
from voltlift_learned.discovery import FactorDiscovery
from voltlift_learned.factors import Factors, preferences
from voltlift_samples import sample_state

NOW = 1_790_000_000_000
DAY_MS = 86_400_000
BENCH = "barbell-bench-press"
TEXTS = Path(__file__).parents[2] / "pyodide_bridge/src/text/discovery.ts"


def some_factors(k: int = 6) -> Factors:
    """Return factors of the bundled catalogue; muscle group and equipment are the content."""
    catalogue = Catalogue.bundled()
    random = np.random.default_rng(3)
    n = len(catalogue)
    content = np.concatenate(
        [np.eye(7)[catalogue.muscle_group], np.eye(20)[catalogue.equipment]], axis=1
    )
    return Factors(
        exercise_ids=tuple(e.id for e in catalogue.exercises),
        values=random.normal(0, 0.3, (n, k)).astype(np.float32),
        content=(content / np.sqrt(2)).astype(np.float32),
        prior=random.normal(-1, 0.5, n).astype(np.float32),
        alpha=1.0,
        regularisation=5.0,
        content_weight=4.0,
        factor_weight=2.0,
    )


FACTORS = some_factors()


def lifter(last: int | None = None, settings: Any = None, **more: Any) -> EngineState:
    """Return a sample lifter, all workouts or the last few, with other settings."""
    state: Any = sample_state("intermediate", now_ms=NOW, utc_offset_minutes=0)
    inner = {**state["state"], **more}
    inner["settings"] = {**inner["settings"], **(settings or {})}
    inner["history"] = sorted(inner["history"], key=lambda item: item["startTime"])
    if last is not None:
        inner["history"] = inner["history"][-last:]
    return take_in(EngineState(), IngestRequest(state={**state, "state": inner})).state


STATE = lifter()


def watch() -> Stopwatch:
    return Stopwatch(lambda: 0.0, NOW)


def similar(state: EngineState = STATE, factors: Factors = FACTORS, **request: object):
    asked = SimilarExercisesRequest(**{"now": NOW, "exercise_id": BENCH, **request})
    return FactorDiscovery(factors, "1.0.0").similar_exercises(state, asked, watch())


def novel(state: EngineState = STATE, factors: Factors = FACTORS, **request: object):
    asked = NovelExercisesRequest(**{"now": NOW, **request})
    return FactorDiscovery(factors, "1.0.0").novel_exercises(state, asked, watch())


def of(answer, likeness: str):
    return [item for item in answer.similar if item.likeness == likeness]


def test_the_nearest_by_each_likeness_are_those_of_the_factors() -> None:
    answer = similar(limit=4)
    row = FACTORS.index[BENCH]
    unit = FACTORS.values / np.linalg.norm(FACTORS.values, axis=1, keepdims=True)
    expected = np.sort(np.delete(unit @ unit[row], row))[::-1][:4]
    assert [item.cosine for item in of(answer, "lifters")] == pytest.approx(expected, abs=1e-6)
    assert [item.cosine for item in of(answer, "content")] == pytest.approx([1.0] * 4)
    catalogue = Catalogue.bundled()
    for item in of(answer, "content"):
        assert item.exercise.muscle_group == str(catalogue.exercises[row].muscle_group)
        assert item.exercise.equipment == "Barbell"
    assert {item.likeness for item in answer.similar[:4]} == {"lifters"}
    assert BENCH not in {item.exercise.id for item in answer.similar}
    [status] = answer.meta.scorers
    assert (status.name, status.version, status.status) == (
        "collaborative-filter",
        "1.0.0",
        "used",
    )


def test_of_equally_like_exercises_the_popular_ones_come_first() -> None:
    names = [item.exercise.id for item in of(similar(limit=10), "content")]
    prior = [float(FACTORS.prior[FACTORS.index[id_]]) for id_ in names]
    assert prior == sorted(prior, reverse=True)


def test_an_old_name_is_understood_and_the_exercise_itself_left_out() -> None:
    answer = similar(exercise_id="bench-press")
    assert answer.exercise_id == BENCH
    assert BENCH not in {item.exercise.id for item in answer.similar}


def test_times_performed_counts_workouts_up_to_the_moment() -> None:
    squats = of(similar(exercise_id="front-squat", limit=100), "lifters")
    counts = {item.exercise.id: item.times_performed for item in squats}
    earlier = of(similar(exercise_id="front-squat", limit=100, now=NOW - 4000 * DAY_MS), "lifters")
    assert max(counts.values()) > 0
    assert {item.times_performed for item in earlier} == {0}
    index = STATE.catalogue.index
    assert all(count == STATE.view.times_performed[index[id_]] for id_, count in counts.items())


@pytest.mark.parametrize("kind", ["similar", "novel"])
def test_only_what_the_equipment_allows_is_listed(kind: str) -> None:
    if kind == "similar":
        asked = [item.exercise for item in similar(equipment=("dumbbell",), limit=30).similar]
        stored = similar(lifter(settings={"availableEquipment": ["Dumbbell"]}), limit=30)
        by_settings = [item.exercise for item in stored.similar]
    else:
        asked = [item.exercise for item in novel(equipment=("dumbbell",), limit=30).exercises]
        stored = novel(lifter(settings={"availableEquipment": ["Dumbbell"]}), limit=30)
        by_settings = [item.exercise for item in stored.exercises]
    assert len(asked) > 5
    assert {exercise.equipment for exercise in asked} <= {"Dumbbell", "Bodyweight"}
    assert {exercise.equipment for exercise in by_settings} <= {"Dumbbell", "Bodyweight"}


CUSTOM = {
    "id": "custom-1",
    "name": "My own press",
    "muscleGroup": "chest",
    "equipment": "dumbbell",
}


def test_an_own_exercise_is_like_what_trains_the_same_with_the_same() -> None:
    state = lifter(customExercises=[CUSTOM])
    assert "custom-1" in state.catalogue.index
    answer = similar(state, exercise_id="custom-1")
    assert of(answer, "lifters") == []
    near = of(answer, "content")
    assert len(near) == 5
    trained = {(item.exercise.muscle_group, item.exercise.equipment) for item in near}
    assert trained == {("Chest", "Dumbbell")}


def test_an_exercise_of_which_no_log_speaks_has_no_likeness_by_lifters() -> None:
    values = FACTORS.values.copy()
    values[FACTORS.index[BENCH]] = 0
    answer = similar(factors=replace(FACTORS, values=values))
    assert of(answer, "lifters") == []
    assert len(of(answer, "content")) == 5


def test_an_unknown_exercise_is_refused() -> None:
    with pytest.raises(VoltLiftError) as caught:
        similar(exercise_id="no-such-thing-anywhere")
    assert caught.value.code == ErrorCode.UNKNOWN_EXERCISE
    assert caught.value.path == "$.exerciseId"


@pytest.mark.parametrize(
    ("request_", "path"),
    [({"limit": 0}, "$.limit"), ({"limit": 101}, "$.limit"), ({"equipment": ("sofa",)}, None)],
)
@pytest.mark.parametrize("ask", [similar, novel])
def test_what_is_out_of_range_is_refused(ask, request_, path) -> None:
    with pytest.raises(VoltLiftError) as caught:
        ask(**request_)
    assert caught.value.code == ErrorCode.INVALID_REQUEST
    assert path is None or caught.value.path == path


def test_what_is_new_is_ordered_as_the_filter_scores_it_and_never_done() -> None:
    state = lifter(settings={"availableEquipment": None})
    answer = novel(state, limit=20)
    diary = Diary.of(state.log)
    day = NOW // DAY_MS
    scores = FACTORS.novel(preferences(diary.before(day), day), ())
    listed = [item.exercise.id for item in answer.exercises]
    done = {diary.exercise_ids[at] for at in diary.exercise.tolist()}
    assert not done & set(listed)
    order = [
        FACTORS.exercise_ids[at]
        for at in np.argsort(-scores, kind="stable")
        if FACTORS.exercise_ids[at] not in done
    ]
    assert listed == order[:20]
    assert [item.rank for item in answer.exercises] == list(range(1, 21))


@pytest.mark.parametrize("session", [None, (BENCH, "custom-1"), ("pull-up",)])
def test_points_of_the_reasons_add_up_to_a_score_relative_to_the_best(session) -> None:
    logs = tuple(ExerciseLog(id=id_, exercise_id=id_) for id_ in session or ())
    state = lifter(customExercises=[CUSTOM])
    current = None if session is None else CurrentSession(logs=logs)
    answer = novel(state, limit=100, session=current)
    scores = [item.score for item in answer.exercises]
    assert scores[0] == pytest.approx(100)
    assert scores == sorted(scores, reverse=True)
    words = set(re.findall(r"^ {2}(\w+):", TEXTS.read_text(encoding="utf-8"), re.MULTILINE))
    for item in answer.exercises:
        points = [reason.points for reason in item.reasons]
        assert sum(points) == pytest.approx(item.score)
        assert points == sorted(points, reverse=True)
        assert min(points) >= 0
        assert {reason.code for reason in item.reasons} <= words
    codes = {reason.code for item in answer.exercises for reason in item.reasons}
    assert ("novel_with" in codes) == bool(session)


def test_todays_exercises_are_named_and_pull_what_is_like_them() -> None:
    session = CurrentSession(logs=(ExerciseLog(id="l", exercise_id="machine-crunch"),))
    crunch = Catalogue.bundled().get("machine-crunch")
    assert crunch is not None
    plain = FACTORS.exercise_ids
    weighty = replace(FACTORS, content_weight=1000.0)
    first = novel(factors=weighty, session=session, limit=1).exercises[0]
    assert first.exercise.muscle_group == str(crunch.muscle_group)
    assert first.reasons[0].code == "novel_with"
    assert first.reasons[0].values == {"exercise": crunch.name}
    assert first.exercise.id in plain


def test_the_own_exercise_that_speaks_most_is_named() -> None:
    values = np.zeros_like(FACTORS.values)
    values[FACTORS.index["barbell-squat"], 0] = 1
    values[FACTORS.index["sissy-squat"], 0] = 1
    values[FACTORS.index[BENCH], 1] = 1
    only = replace(FACTORS, values=values, factor_weight=1000.0)
    first = novel(factors=only, limit=1).exercises[0]
    assert first.exercise.id == "sissy-squat"
    assert first.reasons[0].code == "novel_like_yours"
    assert first.reasons[0].values == {"exercise": "Barbell Squat"}


def test_shares_of_the_own_exercises_add_up_to_the_liking() -> None:
    liked = {BENCH: 2.0, "barbell-squat": 0.5, "pull-up": 1.0}
    novelty = FACTORS.novelty(liked, ())
    assert novelty.equations is not None
    total = FACTORS.factor_weight * FACTORS.values @ novelty.equations.shares.sum(axis=0)
    assert total == pytest.approx(novelty.liked, abs=1e-6)


def test_without_any_history_nothing_is_new() -> None:
    answer = novel(EngineState())
    assert answer.exercises == ()
    assert [status.status for status in answer.meta.scorers] == ["abstained"]


def test_before_three_workouts_nothing_above_the_level_is_listed() -> None:
    begun = lifter(last=2, settings={"experienceLevel": "Beginner"})
    listed = novel(begun, limit=100).exercises
    assert len(listed) > 20
    assert {item.exercise.difficulty for item in listed} == {"Beginner"}


def test_what_is_done_today_is_no_longer_new() -> None:
    first = novel(limit=1).exercises[0].exercise.id
    session = CurrentSession(logs=(ExerciseLog(id="l", exercise_id=first),))
    assert first not in {item.exercise.id for item in novel(session=session, limit=50).exercises}


def test_a_single_candidate_has_all_points() -> None:
    keep = FACTORS.index["sissy-squat"]
    one = replace(
        FACTORS,
        exercise_ids=("sissy-squat",),
        values=FACTORS.values[[keep]],
        content=FACTORS.content[[keep]],
        prior=FACTORS.prior[[keep]],
    )
    [item] = novel(factors=one).exercises
    assert item.score == pytest.approx(100)
    assert [reason.code for reason in item.reasons] == ["novel_popular"]
