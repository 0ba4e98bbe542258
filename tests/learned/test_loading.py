"""Models through the public engine: files, what is refused, and answers with reasons."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

import voltlift_learned
from voltlift_core import (
    Artefact,
    CurrentSession,
    Engine,
    ErrorCode,
    ExerciseLog,
    IngestRequest,
    LoadModelsRequest,
    Ports,
    RecommendExercisesRequest,
    SampleStateRequest,
    SuggestLoadRequest,
    VoltLiftError,
)
from voltlift_learned.bundle import pack, unpack
from voltlift_learned.habit import NEXT_FEATURES, SESSION_FEATURES, Known
from voltlift_learned.loads.interval import Calibration
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.loads.specs import CHOICE_SPEC, LOAD_SPEC
from voltlift_learned.ranker import Ranker
from voltlift_learned.trees import TreeEnsemble

NOW = 1_790_000_000_000


def stump(features, name, threshold, low, high, objective="lambdarank"):
    """Return one tree that looks at one feature."""
    return TreeEnsemble(
        features=features,
        depth=1,
        feature=np.array([features.index(name)], np.int16),
        threshold=np.array([threshold], np.float32),
        mean=np.array([(low + high) / 2], np.float32),
        leaf=np.array([low, high], np.float32),
        link="sigmoid" if objective == "binary" else "identity",
        objective=objective,
    )


def a_ranker(next_features=NEXT_FEATURES):
    """Return a ranker that prefers what was done on many of the last days."""
    return Ranker(
        stump(next_features, "share_12", 0.1, 0.0, 2.0),
        stump(SESSION_FEATURES, "share_12", 0.1, 0.0, 2.0),
        Known.none(),
    )


def a_load_model():
    """Return a load model that expects 2 % more, between 5 % less and 10 % more."""

    def always(value):
        return stump(LOAD_SPEC.features, LOAD_SPEC.features[0], 0.0, value, value, "regression")

    chooser = stump(CHOICE_SPEC.features, "c_ratio", 0.0, 0.0, 0.1, "binary")
    return LoadModel(
        point=always(0.02),
        low=always(-0.05),
        high=always(0.1),
        chooser=chooser,
        planned_chooser=chooser,
        calibration=Calibration((0.02, 0.05), (0.0, 0.0, 0.0, 0.0), 30.0, 0.8),
    )


async def engine_with(artefacts, sample="intermediate"):
    ports = Ports(learned=voltlift_learned).with_installed()
    for name, data in artefacts.items():
        sha256 = hashlib.sha256(data).hexdigest()
        await ports.models.install(Artefact(name, "1.0.0", sha256, data))
        await ports.models.activate(name, "1.0.0")
    engine = await Engine.create(ports)
    made = await engine.sample_state(SampleStateRequest(now=NOW, name=sample))
    await engine.ingest(IngestRequest(state=made.app_state))
    return engine


async def test_the_habit_part_is_the_rankers():
    engine = await engine_with({"ranker": a_ranker().to_npz()})
    assert (await engine.load_models(LoadModelsRequest())).left_out == ()
    answer = await engine.recommend_exercises(
        RecommendExercisesRequest(now=NOW, limit=100, routine=1.0)
    )
    points = [item.habit for item in answer.recommendations]
    assert all(0 <= value <= 100 for value in points)
    assert points == sorted(points, reverse=True)
    assert len({round(value, 6) for value in points if value > 0}) == 2, "one stump, two leaves"
    assert [(s.name, s.version, s.status) for s in answer.meta.scorers][-1] == (
        "ranker",
        "1.0.0",
        "used",
    )


CODES = {
    "follows",
    "due",
    "weekday",
    "session_like",
    "opens",
    "like_yours",
    "new",
    "usual",
    "not_usual",
}


@pytest.mark.parametrize("done", [(), ("barbell-bench-press",)])
async def test_points_of_habit_are_never_without_a_word(done):
    engine = await engine_with({"ranker": a_ranker().to_npz()})
    await engine.load_models(LoadModelsRequest())
    logs = tuple(ExerciseLog(id=id_, exercise_id=id_) for id_ in done)
    answer = await engine.recommend_exercises(
        RecommendExercisesRequest(now=NOW, limit=100, session=CurrentSession(logs=logs))
    )
    for item in answer.recommendations:
        (habit,) = [c for c in item.components if c.component == "habit"]
        assert habit.reasons
        assert {reason.code for reason in habit.reasons} <= CODES
        assert habit.points == pytest.approx(0.7 * item.habit)
        assert not any(
            value in ("barbell-bench-press",)
            for reason in habit.reasons
            for value in reason.values.values()
        ), "exercises are quoted by name"


async def test_what_was_done_long_ago_is_not_called_new():
    """Habits are looked for in the last 400 days of training; the log may be longer."""
    base = a_ranker()
    ids = ("arnold-press", "barbell-curl")
    nothing = np.full((2, 12), -1, np.int32)
    known = Known(ids, np.array([0.5, 0.4]), np.zeros(2), nothing, np.zeros((2, 12)))
    ranker = Ranker(base.next_trees, base.session_trees, known)
    engine = await engine_with({"ranker": ranker.to_npz()})
    await engine.load_models(LoadModelsRequest())
    day = 86_400_000
    history = [
        {
            "id": f"s{ago}",
            "status": "completed",
            "startTime": NOW - ago * day,
            "logs": [
                {
                    "id": f"l{ago}",
                    "exerciseId": "arnold-press" if ago == 420 else "barbell-squat",
                    "sets": [{"id": "x", "weight": 50, "reps": 8, "completed": True}],
                }
            ],
        }
        for ago in range(420, 0, -1)
    ]
    await engine.ingest(IngestRequest(state={"state": {"history": history}, "version": 1}))
    request = RecommendExercisesRequest(now=NOW, limit=100, routine=1.0)
    items = {i.exercise.id: i for i in (await engine.recommend_exercises(request)).recommendations}
    for id_, code in (("arnold-press", "not_usual"), ("barbell-curl", "new")):
        (habit,) = [part for part in items[id_].components if part.component == "habit"]
        assert [reason.code for reason in habit.reasons] == [code]


async def test_without_a_log_the_ranker_abstains():
    engine = await engine_with({"ranker": a_ranker().to_npz()})
    await engine.load_models(LoadModelsRequest())
    first = await engine.recommend_exercises(RecommendExercisesRequest(now=0, routine=1.0))
    assert first.meta.alpha == 0


async def test_the_forecast_is_the_load_models():
    engine = await engine_with({"load": a_load_model().to_npz()})
    assert (await engine.load_models(LoadModelsRequest())).left_out == ()
    state = engine._state
    rows = state.log.rows
    loaded = rows["exercise"][rows["load_kg"] > 0]
    exercise = state.log.exercise_ids[int(np.bincount(loaded).argmax())]
    answer = await engine.suggest_load(SuggestLoadRequest(now=NOW, exercise_id=exercise))
    assert answer.prediction.low <= answer.prediction.weight <= answer.prediction.high
    assert (answer.prediction.model, answer.prediction.version) == ("load", "1.0.0")


@pytest.mark.parametrize("name", ["ranker", "load"])
async def test_a_damaged_file_is_left_out_and_says_why(name):
    engine = await engine_with({name: b"no model"})
    answer = await engine.load_models(LoadModelsRequest())
    (left_out,) = answer.left_out
    assert (left_out.name, left_out.version, left_out.code) == (name, "1.0.0", "corrupt_data")
    assert answer.models == ()
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=NOW))
    assert answer.meta.alpha == 0


async def test_one_damaged_model_does_not_take_the_other_with_it():
    engine = await engine_with({"ranker": a_ranker().to_npz(), "load": b"no model"})
    loaded = await engine.load_models(LoadModelsRequest())
    assert [(model.name, model.runtime) for model in loaded.models] == [("ranker", "numpy")]
    assert [model.name for model in loaded.left_out] == ["load"]
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=NOW))
    assert answer.meta.alpha == 0.7


@pytest.mark.parametrize(
    ("kind", "read"),
    [("ranker/1", Ranker.from_npz), ("load/1", LoadModel.from_npz)],
)
def test_a_file_that_lacks_a_part_is_damaged(kind, read):
    about = {"spec": LOAD_SPEC.hash, "choiceSpec": CHOICE_SPEC.hash}
    with pytest.raises(VoltLiftError) as caught:
        read(pack(kind, about, {}))
    assert caught.value.code is ErrorCode.CORRUPT_DATA


@pytest.mark.parametrize("array", [np.array(["x"]), np.zeros(()), np.zeros(2, np.complex64)])
@pytest.mark.parametrize("part", ["next", "session", "known"])
def test_a_part_that_is_no_bytes_is_damaged(part, array):
    about, arrays = unpack("ranker/1", a_ranker().to_npz())
    with pytest.raises(VoltLiftError) as caught:
        Ranker.from_npz(pack("ranker/1", about, {**arrays, part: array}))
    assert caught.value.code is ErrorCode.CORRUPT_DATA


@pytest.mark.parametrize("array", [np.array(["x"]), np.zeros(()), np.zeros(2, np.complex64)])
def test_arrays_of_other_shapes_or_kinds_are_damage(array):
    for kind, data, read in (
        ("trees/1", a_ranker().next_trees.to_npz(), TreeEnsemble.from_npz),
        ("known-habits/1", a_ranker().known.to_npz(), Known.from_npz),
    ):
        about, arrays = unpack(kind, data)
        for name in arrays:
            with pytest.raises(VoltLiftError) as caught:
                read(pack(kind, about, {**arrays, name: array}))
            assert caught.value.code is ErrorCode.CORRUPT_DATA


def test_a_ranker_of_other_features_is_refused():
    other = a_ranker((*NEXT_FEATURES[::-1],))
    with pytest.raises(VoltLiftError) as caught:
        Ranker.from_npz(other.to_npz())
    assert caught.value.code is ErrorCode.VECTOR_SPEC_MISMATCH


def test_a_file_comes_back_as_it_was():
    data = a_ranker().to_npz()
    assert Ranker.from_npz(data).to_npz() == data


@pytest.mark.parametrize("depth", [float("inf"), -1, "two", None])
def test_a_depth_that_is_none_is_damage(depth):
    about, arrays = unpack("trees/1", a_ranker().next_trees.to_npz())
    with pytest.raises(VoltLiftError) as caught:
        TreeEnsemble.from_npz(pack("trees/1", {**about, "depth": depth}, arrays))
    assert caught.value.code is ErrorCode.CORRUPT_DATA


async def test_a_file_that_is_wrong_in_a_new_way_does_not_take_the_others_with_it(monkeypatch):
    def surprised(data):
        raise ZeroDivisionError("by a number of the file")

    engine = await engine_with({"ranker": a_ranker().to_npz(), "load": a_load_model().to_npz()})
    monkeypatch.setattr(LoadModel, "from_npz", surprised)
    answer = await engine.load_models(LoadModelsRequest())
    assert [model.name for model in answer.models] == ["ranker"]
    (left_out,) = answer.left_out
    assert (left_out.name, left_out.code) == ("load", "corrupt_data")
    assert left_out.message == "ZeroDivisionError: by a number of the file"


@pytest.mark.cpython_only(reason="starts a Python of its own")
def test_others_have_their_turn_while_the_package_is_imported():
    code = """
import asyncio, sys, voltlift_learned
async def main():
    turns = []
    async def other():
        while True:
            turns.append("voltlift_learned.loading" in sys.modules)
            await asyncio.sleep(0)
    task = asyncio.create_task(other())
    await voltlift_learned.prepare()
    task.cancel()
    print(turns.count(False), "voltlift_learned.loading" in sys.modules)
asyncio.run(main())
"""
    command = [sys.executable, "-c", code]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(output[0]) >= 3
    assert output[1] == "True"
