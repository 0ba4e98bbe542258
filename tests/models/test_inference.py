"""ONNX Runtime behind the port: the suite that every runtime passes, and the shipped net."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from voltlift_conformance import inference
from voltlift_conformance.tiny import tiny_answers, tiny_files
from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.artifacts import read_artifact
from voltlift_models.inference import NativeInference
from voltlift_models.serving import ARTIFACTS


async def test_onnx_runtime_passes_the_suite_of_runtimes() -> None:
    async def make() -> NativeInference:
        return NativeInference()

    assert len(await inference.run_all(make)) == len(inference.CHECKS)


async def test_the_shipped_net_answers_as_its_card_says() -> None:
    artifact = read_artifact(ARTIFACTS, "exercise-net")
    for probe in artifact.card.probes:
        session = await NativeInference().open(probe.file, artifact.files)
        rows = np.array(probe.inputs, np.float32)
        answer = (await session.run({session.inputs[0]: rows}))[session.outputs[0]]
        assert np.abs(answer.ravel() - probe.outputs).max() <= probe.tolerance


async def test_a_model_of_whole_numbers_is_not_one_for_this_port() -> None:
    onnx = pytest.importorskip("onnx", reason="onnx makes the model")
    helper, kinds = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        "whole",
        [helper.make_tensor_value_info("x", kinds.INT64, [None])],
        [helper.make_tensor_value_info("y", kinds.INT64, [None])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    files = {"net.onnx": model.SerializeToString()}
    with pytest.raises(VoltLiftError) as caught:
        await NativeInference().open("net.onnx", files)
    assert caught.value.code is ErrorCode.NOT_AVAILABLE


async def test_an_error_names_the_file_and_what_was_expected() -> None:
    session = await NativeInference().open("net.onnx", tiny_files("net.onnx"))
    with pytest.raises(VoltLiftError) as caught:
        await session.run({"x": np.zeros((1, 4), np.float32)})
    assert "net.onnx" in str(caught.value)
    assert caught.value.received == "[1, 4]"


async def test_who_was_asked_before_it_was_disposed_of_still_answers() -> None:
    session = await NativeInference().open("net.onnx", tiny_files("net.onnx"))
    rows = np.zeros((1, 3), np.float32)
    asked = [asyncio.create_task(session.run({"x": rows})) for _ in range(3)]
    await asyncio.sleep(0)
    await session.dispose()
    for answer in await asyncio.gather(*asked):
        assert answer["y"] == pytest.approx(tiny_answers(rows), abs=1e-6)
