"""The neural net as a scorer: which form is opened, what it is asked, what its answers become."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from test_loading import NOW, a_ranker

import voltlift_learned
from voltlift_core import (
    DENSE_100,
    Artefact,
    CurrentSession,
    Engine,
    ErrorCode,
    ExerciseLog,
    ExplainRequest,
    IngestRequest,
    LoadModelsRequest,
    Ports,
    RecommendExercisesRequest,
    SampleStateRequest,
    VoltLiftError,
)
from voltlift_learned.dense import DENSE_FEATURES

FILES = {
    "net.onnx": b"onnx",
    "net.int8.onnx": b"small",
    "tfjs/model.json": b"{}",
    "tfjs/group1-shard1of1.bin": b"weights",
}
SINCE = DENSE_FEATURES.index("exercise.log daysSinceLastPerformed")


class Net:
    """A session to which what was done of late is likely."""

    runtime, inputs, outputs = "made up", ("features",), ("score",)

    def __init__(self, file, files):
        self.file, self.files, self.asked, self.disposed = file, files, [], 0

    async def run(self, feeds):
        rows = feeds["features"]
        self.asked.append(rows)
        return {"score": self.answer(rows)}

    def answer(self, rows):
        return np.clip(1 - rows[:, SINCE : SINCE + 1], 0.01, 0.99)

    async def dispose(self):
        self.disposed += 1


class Runtime:
    """Runtimes that open what ends as one of ``reads``."""

    def __init__(self, *reads, net=Net, error=None):
        self.reads, self.net, self.error, self.opened = reads, net, error, []

    def can_open(self, file):
        return file.endswith(self.reads)

    async def open(self, file, files):
        if self.error is not None:
            raise self.error
        self.opened.append(self.net(file, files))
        return self.opened[-1]


def a_net(spec=DENSE_100.hash, files=None):
    files = FILES if files is None else files
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    empty = hashlib.sha256(b"").hexdigest()
    return Artefact("exercise-net", "3.0.0", empty, b"", {"spec": {"hash": spec}}, hashes), files


async def engine_with(runtime, *, net=None, ranker=True, sample="intermediate"):
    ports = Ports(learned=voltlift_learned, inference=runtime).with_installed()
    found = [net or a_net()]
    if ranker:
        data = a_ranker().to_npz()
        found.append((Artefact("ranker", "1.0.0", hashlib.sha256(data).hexdigest(), data), {}))
    for artefact, files in found:
        await ports.models.install(artefact, files)
        await ports.models.activate(artefact.name, artefact.version)
    engine = await Engine.create(ports)
    made = await engine.sample_state(SampleStateRequest(now=NOW, name=sample))
    await engine.ingest(IngestRequest(state=made.app_state))
    return engine


async def load(engine):
    return await engine.load_models(LoadModelsRequest())


async def ask(engine, **more):
    return await engine.recommend_exercises(
        RecommendExercisesRequest(now=NOW, limit=100, routine=1.0, **more)
    )


def status(answer):
    return {item.name: item for item in answer.meta.scorers}


@pytest.mark.parametrize(
    ("reads", "opened", "names"),
    [
        ((".onnx", "model.json"), "net.onnx", {"net.onnx"}),
        (("model.json",), "tfjs/model.json", {"tfjs/model.json", "tfjs/group1-shard1of1.bin"}),
    ],
)
async def test_the_form_that_is_opened_is_the_first_that_is_read(reads, opened, names):
    runtime = Runtime(*reads)
    answer = await load(await engine_with(runtime))
    (net,) = runtime.opened
    assert net.file == opened
    assert net.files == {name: FILES[name] for name in names}
    models = {model.name: model.runtime for model in answer.models}
    assert models == {"ranker": "numpy", "exercise-net": "made up"}
    assert answer.left_out == ()


async def test_a_net_has_its_share_of_the_points_and_says_why():
    runtime = Runtime(".onnx")
    engine = await engine_with(runtime)
    before = await ask(engine)
    assert before.meta.alpha == 0
    await load(engine)
    answer = await ask(engine)
    net, ranker = status(answer)["exercise-net"], status(answer)["ranker"]
    assert (net.status, net.part, net.version) == ("used", "habit", "3.0.0")
    assert net.weight == pytest.approx(0.1 / 1.1)
    assert net.weight + ranker.weight == pytest.approx(1)
    assert {net.confidence, ranker.confidence} <= {"high", "medium", "low"}
    codes = set()
    for item in answer.recommendations:
        (habit,) = [part for part in item.components if part.component == "habit"]
        assert habit.points == pytest.approx(item.habit)
        said = [reason for reason in habit.reasons if reason.code.startswith("net_")]
        codes |= {reason.code for reason in said}
        assert all(0 <= reason.values["share"] <= 1 for reason in said)
        assert all(0 <= reason.points <= 100 * net.weight for reason in said)
    assert codes == {"net_likely", "net_unlikely"}


async def test_it_is_asked_of_what_the_lifter_does_and_of_what_the_ranker_considers():
    runtime = Runtime(".onnx")
    engine = await engine_with(runtime)
    await load(engine)
    await ask(engine)
    (rows,) = runtime.opened[0].asked
    state = engine._state
    done = {state.log.exercise_ids[at] for at in np.unique(state.log.rows["exercise"])}
    assert rows.shape == (len(done), 100), "the made-up ranker knows nobody else's exercises"
    assert rows.dtype == np.float32
    assert len(done) < len(state.catalogue.exercises) / 3
    today = next(iter(sorted(done)))
    logs = (ExerciseLog(id="l", exercise_id=today),)
    await ask(engine, session=CurrentSession(logs=logs))
    assert len(runtime.opened[0].asked[-1]) == len(done) - 1, "what is done is not asked again"


async def test_without_the_ranker_the_net_is_all_of_habit():
    engine = await engine_with(Runtime(".onnx"), ranker=False)
    await load(engine)
    answer = await ask(engine)
    assert status(answer)["exercise-net"].weight == 1
    points = [item.habit for item in answer.recommendations]
    assert points == sorted(points, reverse=True)
    assert 70 <= points[0] <= 100
    assert points[-1] == 0


async def test_without_a_log_it_is_not_asked():
    runtime = Runtime(".onnx")
    engine = await engine_with(runtime, ranker=False)
    await load(engine)
    early = RecommendExercisesRequest(now=0, routine=1.0)
    answer = await engine.recommend_exercises(early)
    assert status(answer)["exercise-net"].status == "abstained"
    assert runtime.opened[0].asked == []


@pytest.mark.parametrize("spec", ["0" * 64, None, 7])
async def test_a_net_of_other_features_is_left_out(spec):
    runtime = Runtime(".onnx")
    engine = await engine_with(runtime, net=a_net(spec))
    (left_out,) = (await load(engine)).left_out
    assert (left_out.name, left_out.version) == ("exercise-net", "3.0.0")
    assert left_out.code == "vector_spec_mismatch"
    assert runtime.opened == []
    assert status(await ask(engine))["ranker"].status == "used"


async def test_a_card_without_a_spec_is_one_of_other_features():
    artefact, files = a_net()
    bare = Artefact(artefact.name, artefact.version, artefact.sha256, b"", {}, artefact.files)
    engine = await engine_with(Runtime(".onnx"), net=(bare, files))
    assert [item.code for item in (await load(engine)).left_out] == ["vector_spec_mismatch"]


@pytest.mark.parametrize("runtime", [None, Runtime(".pt")])
async def test_where_no_runtime_reads_it_it_is_left_out(runtime):
    answer = await load(await engine_with(runtime))
    assert [(item.name, item.code) for item in answer.left_out] == [
        ("exercise-net", "not_available")
    ]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (VoltLiftError(ErrorCode.CORRUPT_DATA, "no model"), "corrupt_data"),
        (RuntimeError("out of memory"), "inference"),
    ],
)
async def test_a_net_that_cannot_be_opened_does_not_take_the_ranker_with_it(error, code):
    engine = await engine_with(Runtime(".onnx", error=error))
    answer = await load(engine)
    assert [model.name for model in answer.models] == ["ranker"]
    assert [(item.name, item.code) for item in answer.left_out] == [("exercise-net", code)]
    assert status(await ask(engine))["ranker"].weight == 1


async def test_a_damaged_file_of_a_net_is_left_out():
    engine = await engine_with(Runtime(".onnx"))
    registry = engine._ports.models
    registry._files["exercise-net", "3.0.0"]["net.onnx"] = b"other"
    assert [item.code for item in (await load(engine)).left_out] == ["corrupt_data"]


async def test_the_session_before_is_let_go_when_models_are_loaded_again():
    runtime = Runtime(".onnx")
    engine = await engine_with(runtime)
    await load(engine)
    await load(engine)
    assert [net.disposed for net in runtime.opened] == [1, 0]
    await engine._ports.models.deactivate("exercise-net")
    await load(engine)
    assert [net.disposed for net in runtime.opened] == [1, 1]
    assert "exercise-net" not in status(await ask(engine))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rows: np.full((len(rows), 1), np.nan, np.float32),
        lambda rows: np.full((len(rows), 1), 1.5, np.float32),
        lambda rows: np.full((len(rows), 1), -0.1, np.float32),
        lambda rows: np.zeros((len(rows), 2), np.float32),
        lambda rows: np.zeros((1, len(rows)), np.float32),
        lambda rows: np.float32(0.5).reshape(()),
    ],
)
async def test_answers_that_are_no_probabilities_leave_the_others_as_they_were(wrong):
    class Strange(Net):
        def answer(self, rows):
            return wrong(rows)

    engine = await engine_with(Runtime(".onnx", net=Strange))
    await load(engine)
    answer = await ask(engine)
    net = status(answer)["exercise-net"]
    assert (net.status, net.weight) == ("failed", 0)
    assert "expected" in net.reason
    alone = await engine_with(None)
    await load(alone)
    assert answer.recommendations == (await ask(alone)).recommendations


async def test_why_not_this_one_counts_the_net_as_the_list_does():
    engine = await engine_with(Runtime(".onnx"))
    await load(engine)
    listed = await ask(engine)
    chosen = listed.recommendations[3]
    why = await engine.explain(
        ExplainRequest(now=NOW, limit=100, routine=1.0, exercise_id=chosen.exercise.id)
    )
    assert why.candidate == chosen
    assert status(why)["exercise-net"].status == "used"
