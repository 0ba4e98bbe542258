"""The shipped models together, asked through the engine as in the app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

import voltlift_samples
from bridge.test_reason_texts import written
from voltlift_core import (
    CurrentSession,
    Engine,
    ExerciseLog,
    IngestRequest,
    LoadModelsRequest,
    RecommendExercisesRequest,
    RecommendExercisesResponse,
    SampleStateRequest,
    ScorerStatus,
)
from voltlift_core.engine.recommend import Query, build_frame
from voltlift_core.ranking.candidates import find_candidates
from voltlift_models.inference import NativeInference
from voltlift_models.serving import (
    RuntimeModel,
    ports_with,
    shipped_models,
    shipped_net,
)

NOW = 1_790_000_000_000
SAMPLES = ("beginner", "intermediate", "advanced")


async def engine_of(models: Sequence[RuntimeModel], sample: str, *, native: bool = True) -> Engine:
    ports = await ports_with(tuple(models), NativeInference() if native else None)
    engine = await Engine.create(replace(ports, samples=voltlift_samples))
    await engine.load_models(LoadModelsRequest())
    made = await engine.sample_state(SampleStateRequest(now=NOW, name=sample))
    await engine.ingest(IngestRequest(state=made.app_state))
    return engine


async def ask(engine: Engine, *done: str) -> RecommendExercisesResponse:
    session = CurrentSession(logs=tuple(ExerciseLog(id=id_, exercise_id=id_) for id_ in done))
    return await engine.recommend_exercises(
        RecommendExercisesRequest(now=NOW, limit=100, routine=1.0, session=session)
    )


def habit_of(answer: RecommendExercisesResponse) -> dict[str, ScorerStatus]:
    return {item.name: item for item in answer.meta.scorers if item.part == "habit"}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("done", [(), ("barbell-bench-press",)])
async def test_every_model_is_a_scorer_of_its_own(sample: str, done: tuple[str, ...]) -> None:
    engine = await engine_of([*shipped_models(), shipped_net()], sample)
    answer = await ask(engine, *done)
    habit = habit_of(answer)
    assert set(habit) == {"ranker", "collaborative-filter", "exercise-net"}
    assert {item.status for item in habit.values()} == {"used"}
    assert all(item.confidence in {"high", "medium", "low"} for item in habit.values())
    assert sum(item.weight for item in habit.values()) == pytest.approx(1)
    assert habit["exercise-net"].weight == pytest.approx(0.1 / 1.1)
    assert 0 < habit["collaborative-filter"].weight < habit["ranker"].weight


async def test_the_filters_share_is_that_of_the_points_it_hands_out() -> None:
    engine = await engine_of(shipped_models(), "intermediate")
    catalogue = {item.id for item in engine._state.catalogue.exercises}
    answers = [
        await engine.recommend_exercises(
            RecommendExercisesRequest(
                now=NOW, limit=100, routine=1.0, equipment=None, exclude=tuple(sorted(excluded))
            )
        )
        for excluded in _in_parts(catalogue, 100)
    ]
    points = {"like_yours": 0.0, "others": 0.0}
    for answer in answers:
        for item in answer.recommendations:
            (habit,) = [part for part in item.components if part.component == "habit"]
            kind = "like_yours" if habit.reasons[0].code == "like_yours" else "others"
            points[kind] += habit.points
    assert points["like_yours"] > 0
    share = habit_of(answers[0])["collaborative-filter"].weight
    assert share == pytest.approx(points["like_yours"] / sum(points.values()), rel=0.05)


def _in_parts(ids: set[str], size: int) -> list[set[str]]:
    """Return what is excluded where ``size`` others are asked for at a time."""
    ordered = sorted(ids)
    return [ids - {*ordered[at : at + size]} for at in range(0, len(ordered), size)]


async def test_without_the_filter_nothing_is_said_of_it() -> None:
    models = [item for item in shipped_models() if item.name != "collaborative-filter"]
    answer = await ask(await engine_of(models, "intermediate"))
    assert set(habit_of(answer)) == {"ranker"}
    assert habit_of(answer)["ranker"].weight == 1


async def test_where_habit_counts_for_nothing_all_of_them_abstain() -> None:
    engine = await engine_of([*shipped_models(), shipped_net()], "intermediate")
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=NOW, routine=0.0))
    assert {(item.status, item.weight) for item in habit_of(answer).values()} == {("abstained", 0)}
    assert set(habit_of(answer)) == {"ranker", "collaborative-filter", "exercise-net"}


async def test_where_nothing_runs_the_net_the_list_is_as_without_it() -> None:
    engine = await engine_of([*shipped_models(), shipped_net()], "intermediate", native=False)
    answer = await engine.load_models(LoadModelsRequest())
    assert [(item.name, item.code) for item in answer.left_out] == [
        ("exercise-net", "not_available")
    ]
    with_it = (await ask(engine)).recommendations
    assert with_it == (await ask(await engine_of(shipped_models(), "intermediate"))).recommendations


async def test_the_net_moves_points_and_never_out_of_range() -> None:
    alone = await ask(await engine_of(shipped_models(), "advanced"))
    both = await ask(await engine_of([*shipped_models(), shipped_net()], "advanced"))
    before = {item.exercise.id: item.habit for item in alone.recommendations}
    after = {item.exercise.id: item.habit for item in both.recommendations}
    shared = before.keys() & after.keys()
    assert any(abs(before[id_] - after[id_]) > 0.1 for id_ in shared)
    assert all(0 <= points <= 100 for points in after.values())
    # It has a share of 0.1 / 1.1, so no exercise moves by more than that of the scale.
    assert np.max([abs(before[id_] - after[id_]) for id_ in shared]) <= 100 * 0.1 / 1.1 + 1e-9


@pytest.mark.parametrize("done", [(), ("barbell-bench-press", "dumbbell-curl")])
async def test_every_reason_has_its_words(done: tuple[str, ...]) -> None:
    texts = written()["habit"]
    codes = set()
    for sample in SAMPLES:
        engine = await engine_of([*shipped_models(), shipped_net()], sample)
        for item in (await ask(engine, *done)).recommendations:
            (habit,) = [part for part in item.components if part.component == "habit"]
            codes |= {reason.code for reason in habit.reasons}
    assert codes - texts == set()
    assert codes >= {"like_yours", "net_unlikely"}
    assert "net_likely" in texts, "which these lifters do not come to see"


async def test_nothing_new_gets_points_that_the_lifters_equipment_rules_out() -> None:
    engine = await engine_of(shipped_models(), "dumbbell")
    state, (ranker,) = engine._state, engine._habits._models.habits
    assert state.settings.equipment is not None
    frame = build_frame(state, Query.of(RecommendExercisesRequest(now=NOW), state.settings))
    scores = ranker.score(frame)
    assert scores is not None
    told = [scores.components(at)[0].reasons[0].code for at in range(len(state.catalogue))]
    handed_out = {at for at, code in enumerate(told) if code == "like_yours"}
    usable = find_candidates(state.catalogue, equipment=state.settings.equipment)
    assert handed_out
    assert handed_out <= set(np.flatnonzero(usable.allowed).tolist())
