"""Model cards: a round trip, and what contradicts itself is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from model_cards import SOURCES, card
from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.cards import (
    Figure,
    FileCard,
    Probe,
    read_card,
    tool_versions,
    trained_on,
    write_card,
)


def test_a_card_is_read_as_it_was_written() -> None:
    data = write_card(card())
    assert read_card(data) == card()
    assert write_card(read_card(data)) == data
    assert data.endswith(b"}\n")


def test_the_simulator_is_one_source_with_a_hash_over_its_lifters() -> None:
    data = trained_on(5, SOURCES, "2026-01-31")
    assert (data.lifters_real, data.lifters_simulated) == (1, 2)
    assert [source.file for source in data.data] == ["a.csv", "simulated/1 seed 3"]
    other = trained_on(5, SOURCES[:2], "2026-01-31")
    assert other.data[1].sha256 != data.data[1].sha256
    assert trained_on(5, SOURCES[::-1], "2026-01-31").data == data.data


def test_probe_rows_are_the_very_float32() -> None:
    inputs = np.array([[0.1, 1 / 3]], np.float32)
    probe = Probe.of("m.onnx", inputs, np.array([[0.5]], np.float32))
    assert np.array_equal(np.array(probe.inputs, np.float32), inputs)
    assert probe.outputs == (0.5,)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 2}, "format"),
        ({"version": ""}, "name or version"),
        ({"files": (FileCard("trees.npz", 1, ""),) * 2}, "twice"),
        ({"files": (FileCard("other", 1, ""),)}, "probe of a file"),
        ({"probes": (Probe("trees.npz", ((1.0, 2.0),), ()),)}, "output a row"),
        ({"probes": (Probe("trees.npz", ((1.0,) * 3,), (1.0,)),)}, "not alike"),
        ({"probes": (Probe("trees.npz", ((1.0, 2.0), (1.0,)), (1.0, 1.0)),)}, "not alike"),
        ({"metrics": {"row": {"HR@1": Figure(0.4, 0.41, 0.5, 7)}}}, "interval"),
    ],
)
def test_a_card_that_contradicts_itself_is_not_written(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(VoltLiftError, match=message) as caught:
        write_card(card(**changes))
    assert caught.value.code == ErrorCode.CORRUPT_DATA


@pytest.mark.parametrize(
    ("path", "value"),
    [("seed", "seven"), ("task", "T9"), ("spec", None), ("more", 1), ("metrics", [])],
)
def test_a_damaged_card_names_the_place(path: str, value: object) -> None:
    fields = json.loads(write_card(card()))
    fields[path] = value
    with pytest.raises(VoltLiftError) as caught:
        read_card(json.dumps(fields).encode())
    assert caught.value.path == f"$.{path}"


def test_no_json_is_corrupt() -> None:
    with pytest.raises(VoltLiftError) as caught:
        read_card(b"{")
    assert caught.value.code == ErrorCode.CORRUPT_DATA


def test_tool_versions_are_those_installed() -> None:
    assert tool_versions(["numpy"])["numpy"] == np.__version__
