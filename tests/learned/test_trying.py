"""Models are tried before they are used: right answers, and clear words for the others."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest
from test_discovery import some_factors
from test_loading import a_load_model, a_ranker

import voltlift_learned
from voltlift_conformance.tiny import KERNEL
from voltlift_core import (
    Engine,
    ErrorCode,
    FilePart,
    Ports,
    TryModelRequest,
    VoltLiftError,
)
from voltlift_learned.habit import NEXT_FEATURES, SESSION_FEATURES
from voltlift_learned.loads.specs import LOAD_SPEC


class Runtime:
    """Runtimes with one model: what it says to rows is up to the test."""

    def __init__(self, says=None, crash=None):
        self.says, self.crash, self.disposed = says, crash, 0

    runtime, inputs, outputs = "made up", ("x",), ("y",)

    def can_open(self, file):
        return file.endswith(".onnx")

    async def open(self, file, files):
        return self

    async def run(self, feeds):
        if self.crash is not None:
            raise self.crash
        return self.says(feeds["x"])

    async def dispose(self):
        self.disposed += 1


async def tried(files, rows, file, model="exercise-net", inference=None):
    engine = await Engine.create(Ports(learned=voltlift_learned, inference=inference))
    request = TryModelRequest(
        model=model,
        version="2.0.0",
        file=file,
        files=tuple(FilePart(name=name, bytes=len(data)) for name, data in files.items()),
        inputs=tuple(map(tuple, rows)),
    )
    return await engine.try_model(request, b"".join(files.values()))


async def refused(*arguments, **named):
    with pytest.raises(VoltLiftError) as caught:
        await tried(*arguments, **named)
    return caught.value


@pytest.mark.parametrize(
    ("file", "features", "part"),
    [
        ("next.onnx", NEXT_FEATURES, "next_trees"),
        ("session.onnx", SESSION_FEATURES, "session_trees"),
    ],
)
async def test_the_trees_that_will_answer_are_asked(file, features, part):
    ranker = a_ranker()
    rows = np.zeros((3, len(features)), np.float32)
    rows[1] = 1
    files = {"ranker.npz": ranker.to_npz(), file: b"the same trees for others"}
    answer = await tried(files, rows.tolist(), file, "ranker")
    assert answer.runtime == "numpy"
    assert answer.outputs == tuple(getattr(ranker, part).predict(rows))
    assert len(set(answer.outputs)) == 2


@pytest.mark.parametrize("part", ["point", "low", "high"])
async def test_each_part_of_the_load_model_is_asked_by_its_name(part):
    model = a_load_model()
    rows = np.zeros((2, len(LOAD_SPEC.features)), np.float32)
    answer = await tried({"load.npz": model.to_npz()}, rows.tolist(), f"{part}.onnx", "load")
    assert answer.outputs == tuple(getattr(model, part).predict(rows))


async def test_other_files_are_asked_in_their_runtime_and_let_go():
    runtime = Runtime(lambda x: {"y": (x @ np.array(KERNEL, np.float32))[:, None]})
    answer = await tried(
        {"net.onnx": b"net"}, [[1, 0, 0], [0, 1, 1]], "net.onnx", inference=runtime
    )
    assert answer.outputs == (0.5, 1.0)
    assert answer.runtime == "made up"
    assert runtime.disposed == 1


@pytest.mark.parametrize(
    "says",
    [
        lambda x: {"y": np.full((len(x), 1), np.nan, np.float32)},
        lambda x: {"y": np.array([[1.0], [np.inf]], np.float32)},
        lambda x: {"y": np.zeros((1, 1), np.float32)},
        lambda x: {"y": np.zeros((2, 3), np.float32)},
        lambda x: {"y": np.float32(1)[()].reshape(())},
        lambda x: {},
    ],
)
async def test_what_is_no_number_a_row_is_no_answer(says):
    runtime = Runtime(says)
    error = await refused({"net.onnx": b"net"}, [[0, 0, 0]] * 2, "net.onnx", inference=runtime)
    assert error.code is ErrorCode.INFERENCE
    assert runtime.disposed == 1


async def test_a_session_that_fails_is_let_go_as_well():
    crash = VoltLiftError(ErrorCode.INFERENCE, "the runtime is gone")
    runtime = Runtime(crash=crash)
    error = await refused({"net.onnx": b"net"}, [[0, 0, 0]], "net.onnx", inference=runtime)
    assert error is crash
    assert runtime.disposed == 1


@pytest.mark.parametrize("rows", [[], [[1, 2], [1]]])
async def test_rows_that_are_no_table_are_refused(rows):
    error = await refused({"ranker.npz": a_ranker().to_npz()}, rows, "next.onnx", "ranker")
    assert error.code is ErrorCode.INVALID_REQUEST
    assert error.path == "$.inputs"


async def test_rows_of_another_width_are_refused():
    error = await refused({"ranker.npz": a_ranker().to_npz()}, [[0.0]], "next.onnx", "ranker")
    assert error.code is ErrorCode.INVALID_CONFIGURATION


@pytest.mark.parametrize(
    ("files", "file", "model", "code"),
    [
        ({"ranker.npz": b"no model"}, "next.onnx", "ranker", ErrorCode.CORRUPT_DATA),
        ({"load.npz": struct.pack("<I", 7)}, "point.onnx", "load", ErrorCode.CORRUPT_DATA),
        ({"net.onnx": b"net"}, "net.onnx", "exercise-net", ErrorCode.NOT_AVAILABLE),
        ({"ranker.npz": a_ranker().to_npz()}, "other.onnx", "ranker", ErrorCode.NOT_AVAILABLE),
        ({"a": b""}, "a", "no-such-model", ErrorCode.NOT_AVAILABLE),
    ],
)
async def test_files_that_cannot_answer_say_why(files, file, model, code):
    assert (await refused(files, [[0, 0, 0]], file, model)).code is code


async def test_files_of_another_length_than_stated_are_refused():
    engine = await Engine.create(Ports(learned=voltlift_learned))
    data = a_ranker().to_npz()
    request = TryModelRequest(
        model="ranker",
        version="1",
        file="next.onnx",
        files=(FilePart(name="ranker.npz", bytes=len(data) + 1),),
        inputs=((0.0,),),
    )
    for given in (data, None, data + b"ab"):
        with pytest.raises(VoltLiftError) as caught:
            await engine.try_model(request, given)
        assert caught.value.code is ErrorCode.INVALID_REQUEST


@pytest.mark.parametrize(
    ("model", "file", "data"),
    [
        ("ranker", "ranker.npz", a_ranker().to_npz()),
        ("load", "load.npz", a_load_model().to_npz()),
        ("collaborative-filter", "factors.npz", some_factors().to_npz()),
    ],
)
async def test_arrays_without_rows_are_read(model, file, data):
    answer = await tried({file: data}, [], file, model)
    assert (answer.outputs, answer.runtime) == ((), "numpy")
    for damaged in (b"", data[: len(data) // 2]):
        error = await refused({file: damaged}, [], file, model)
        assert error.code is ErrorCode.CORRUPT_DATA


async def test_factors_that_are_no_numbers_are_found_out_before_they_are_used():
    values = some_factors().values.copy()
    values[3, 0] = np.nan
    data = replace(some_factors(), values=values).to_npz()
    error = await refused({"factors.npz": data}, [], "factors.npz", "collaborative-filter")
    assert error.code is ErrorCode.CORRUPT_DATA


@pytest.mark.parametrize(
    ("model", "file"), [("load", "factors.npz"), ("exercise-net", "net.onnx"), ("ranker", "x.npz")]
)
async def test_what_is_no_file_of_arrays_needs_rows(model, file):
    data = some_factors().to_npz()
    error = await refused({file: data}, [], file, model, inference=Runtime())
    assert error.code is ErrorCode.INVALID_REQUEST
