"""The committed artefacts: whole, within budget, and answering their probes in every runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime as ort
import pytest

from parity import REPOSITORY, answers
from voltlift_learned.factors import Factors
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.ranker import Ranker
from voltlift_models.artifacts import TOTAL, read_artifact, verify
from voltlift_models.cards import ModelCard, Probe

ROOT = REPOSITORY / "models" / "artifacts"


def cards() -> list[ModelCard]:
    return [read_artifact(ROOT, entry.model).card for entry in verify(ROOT).artifacts]


def path_of(card: ModelCard, probe: Probe) -> Path:
    return ROOT / card.model / card.version / probe.file


def inputs_of(probe: Probe) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(probe.inputs, np.float32)


def test_they_are_whole_and_small() -> None:
    sizes = {entry.model: entry.size for entry in verify(ROOT).artifacts}
    assert sizes.keys() >= {"ranker", "load", "collaborative-filter"}
    assert sum(sizes.values()) < TOTAL


def test_probes_answer_in_onnxruntime() -> None:
    tried = 0
    for card in cards():
        for probe in card.probes:
            if probe.file.endswith(".onnx"):
                session = ort.InferenceSession(
                    path_of(card, probe), providers=["CPUExecutionProvider"]
                )
                (told,) = session.run(["score"], {"features": inputs_of(probe)})
                assert np.abs(told[:, 0] - probe.outputs).max() <= probe.tolerance, probe.file
                tried += 1
    assert tried >= 3


def test_probes_answer_in_the_runtimes_of_the_browser() -> None:
    probes = [(card, probe) for card in cards() for probe in card.probes]
    kinds: dict[str, Literal["onnx", "tfjs"]] = {".onnx": "onnx", ".json": "tfjs"}
    asked = [
        (kinds[Path(probe.file).suffix], path_of(card, probe), inputs_of(probe))
        for card, probe in probes
    ]
    for told, (_, probe) in zip(answers(*asked), probes, strict=True):
        assert np.abs(told - probe.outputs).max() <= probe.tolerance, probe.file


def test_the_engine_s_own_files_fit_this_engine() -> None:
    Ranker.from_npz(read_artifact(ROOT, "ranker").files["ranker.npz"])
    LoadModel.from_npz(read_artifact(ROOT, "load").files["load.npz"])
    Factors.from_npz(read_artifact(ROOT, "collaborative-filter").files["factors.npz"])


@pytest.mark.parametrize("part", ["next", "session"])
def test_the_ranker_s_arrays_answer_as_its_onnx(part: str) -> None:
    artifact = read_artifact(ROOT, "ranker")
    ranker = Ranker.from_npz(artifact.files["ranker.npz"])
    trees = ranker.next_trees if part == "next" else ranker.session_trees
    (probe,) = (probe for probe in artifact.card.probes if probe.file == f"{part}.onnx")
    assert trees.predict(inputs_of(probe)) == pytest.approx(probe.outputs, abs=1e-5)


def test_cards_say_what_a_reader_needs() -> None:
    for card in cards():
        assert card.limits
        assert card.tools
        assert card.trained_on.samples > 0
        assert all(len(source.sha256) == 64 for source in card.trained_on.data), card.model
        assert all(source.licence for source in card.trained_on.data)
        # What is the default has figures that show why.
        assert card.metrics or not card.default
