"""The neural net: it learns, it repeats itself, and all its forms give the same answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from numpy.typing import NDArray

from model_cards import card
from parity import answers
from voltlift_core import DENSE_100, ErrorCode, VoltLiftError, encode
from voltlift_learned.dense import DENSE_FEATURES
from voltlift_models.artifacts import read_artifact, write_artifact
from voltlift_models.cards import Probe, SpecCard
from voltlift_models.corpus import Lifter, Source
from voltlift_models.export.quantise import quantised
from voltlift_models.export.tfjs import to_tfjs
from voltlift_models.pipeline.hands import HERE
from voltlift_models.pipeline.net import NetRow, TrainedNet, answer, train_net
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.prepare.dense import DenseSamples
from voltlift_models.train.mlp import MlpConfig, MlpFit, layers_of, to_onnx, train_mlp
from voltlift_replay.answers import Ranked
from voltlift_replay.questions import Replay
from voltlift_samples import sample_state

NOW_MS = 1_767_225_600_000
FEW = MlpConfig(epochs=8, batch=64)


def samples(lifters: int = 5, n: int = 300) -> list[DenseSamples]:
    """What is done is what the first ten numbers speak for."""
    rng = np.random.default_rng(2)
    made = []
    for at in range(lifters):
        matrix = rng.random((n, 100)).astype(np.float32)
        label = (matrix[:, :10].sum(axis=1) > 5).astype(np.float32)
        made.append(DenseSamples(f"lifter {at}", False, matrix, label, np.ones(n, np.float32)))
    return made


@pytest.fixture(scope="module")
def fit() -> MlpFit:
    return train_mlp(samples(), FEW, seed=5)


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    return np.random.default_rng(8).random((200, 100)).astype(np.float32)


def of_onnx(data: bytes, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    found: NDArray[np.float32] = session.run(["score"], {"features": rows})[0]
    return found[:, 0]


def test_it_learns_what_is_done(fit: MlpFit) -> None:
    test = samples(6)[5]
    told = fit.predict(test.matrix)
    assert told[test.label == 1].mean() > told[test.label == 0].mean() + 0.2
    assert fit.losses[-1] < fit.losses[0]
    assert fit.samples == 1200


def test_its_layers_are_those_of_the_specification(fit: MlpFit) -> None:
    shapes = [weights.shape for weights in fit.model.get_weights()]
    assert shapes == [(100, 128), (128,), (128, 64), (64,), (64, 1), (1,)]


def test_two_runs_give_the_same_net(fit: MlpFit) -> None:
    again = train_mlp(samples(), FEW, seed=5)
    assert again.losses == fit.losses
    assert to_onnx(again.model) == to_onnx(fit.model)
    other = train_mlp(samples(), FEW, seed=6)
    assert other.losses != fit.losses


def test_training_stops_where_it_gets_no_better() -> None:
    noise = [
        replace(part, label=np.random.default_rng(at).integers(0, 2, part.n).astype(np.float32))
        for at, part in enumerate(samples())
    ]
    losses = train_mlp(noise, replace(FEW, epochs=60, patience=2), seed=5).losses
    assert len(losses) < 60
    assert min(losses) == losses[-3]


def test_all_runtimes_agree(fit: MlpFit, rows: NDArray[np.float32], tmp_path: Path) -> None:
    expected = fit.predict(rows)
    (tmp_path / "net.onnx").write_bytes(to_onnx(fit.model))
    for name, content in to_tfjs("exercise_net", layers_of(fit.model)).items():
        (tmp_path / name).write_bytes(content)
    assert np.abs(of_onnx(to_onnx(fit.model), rows) - expected).max() < 1e-6
    in_web, in_tfjs = answers(
        ("onnx", tmp_path / "net.onnx", rows), ("tfjs", tmp_path / "model.json", rows)
    )
    assert np.abs(in_web - expected).max() < 1e-6
    assert np.abs(in_tfjs - expected).max() < 1e-6


def test_eight_bits_are_smaller_and_nearly_the_same(
    fit: MlpFit, rows: NDArray[np.float32], tmp_path: Path
) -> None:
    whole = to_onnx(fit.model)
    small = quantised(whole)
    assert len(small) < len(whole) / 2
    weights = onnx.load_from_string(small).graph.initializer
    assert onnx.TensorProto.UINT8 in {item.data_type for item in weights}
    told = of_onnx(small, rows)
    assert np.abs(told - fit.predict(rows)).max() < 0.05
    (tmp_path / "small.onnx").write_bytes(small)
    (in_web,) = answers(("onnx", tmp_path / "small.onnx", rows))
    assert np.abs(in_web - told).max() < 0.02


def test_other_layers_are_refused(fit: MlpFit) -> None:
    import keras

    net = keras.Sequential([keras.Input((4,)), keras.layers.BatchNormalization()])
    with pytest.raises(VoltLiftError, match="BatchNormalization"):
        layers_of(net)


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_labels_of_one_kind_are_nothing_to_train_on(label: float) -> None:
    part = samples(1)[0]
    one_kind = replace(part, label=np.full(part.n, label, np.float32))
    with pytest.raises(VoltLiftError) as caught:
        train_mlp([one_kind], FEW, seed=1)
    assert caught.value.code == ErrorCode.INVALID_REQUEST


def test_one_lifter_is_split_in_time() -> None:
    fit = train_mlp(samples(1), replace(FEW, epochs=2), seed=1)
    assert fit.samples == 240
    assert len(fit.losses) == 2


@pytest.fixture(scope="module")
def lifters() -> list[Lifter]:
    return [
        Lifter.of_app_state(
            name, encode(sample_state(name, now_ms=NOW_MS)), Source(name, simulated=True)
        )
        for name in ("beginner", "intermediate", "advanced", "dumbbell")
    ]


@pytest.fixture(scope="module")
def net(lifters: list[Lifter]) -> TrainedNet:
    settings = replace(FEW, epochs=3, simulated_sessions=10)
    recipe = Recipe(version="1.0.0", date="2026-01-31", seed=1, net=settings)
    return train_net(recipe, HERE, lifters[:3])


def test_its_files_are_an_artefact_that_answers_its_probes(net: TrainedNet, tmp_path: Path) -> None:
    expected = answer(net.layers, net.rows)
    tolerances = {"net.onnx": 1e-6, "net.int8.onnx": 0.05, "tfjs/model.json": 1e-6}
    probes = [Probe.of(file, net.rows, expected, off) for file, off in tolerances.items()]
    spec = SpecCard(DENSE_100.name, DENSE_100.hash, DENSE_FEATURES)
    whole = card(model="exercise-net", spec=spec, probes=tuple(probes), files=())
    assert write_artifact(tmp_path, whole, net.files).size < 200_000
    folder = tmp_path / "exercise-net" / whole.version
    for probe in read_artifact(tmp_path, "exercise-net").card.probes:
        runtime: Literal["onnx", "tfjs"] = "onnx" if probe.file.endswith(".onnx") else "tfjs"
        (told,) = answers((runtime, folder / probe.file, np.array(probe.inputs, np.float32)))
        assert np.abs(told - np.array(probe.outputs)).max() <= probe.tolerance


def test_it_ranks_what_is_left_to_do(net: TrainedNet, lifters: list[Lifter]) -> None:
    rank = NetRow({"dumbbell": 0}, (net.layers,))(lifters[3])
    cases = list(Replay(lifters[3].state).ranks("T1"))[:5]
    assert cases
    for case in cases:
        ranked = rank(case.moment)
        assert isinstance(ranked, Ranked)
        assert ranked.scores is not None
        assert list(ranked.scores) == sorted(ranked.scores, reverse=True)
        assert len(ranked.ids) >= 10
        assert not case.moment.taken & set(ranked.ids)
