"""The suite of runtimes finds what is wrong: each faulty one fails the check about its fault."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from voltlift_conformance import inference
from voltlift_conformance.tiny import BIAS, FORMS, KERNEL, WIDTH, tiny_answers, tiny_files
from voltlift_core import ErrorCode, Tensor, VoltLiftError


class Session:
    """The tiny model in numpy."""

    runtime, inputs, outputs = "numpy", ("x",), ("y",)

    def __init__(self, file: str = "") -> None:
        self.open = True

    def check(self, feeds: Mapping[str, Tensor]) -> None:
        if set(feeds) != {"x"} or feeds["x"].ndim != 2 or feeds["x"].shape[1] != WIDTH:
            raise VoltLiftError(ErrorCode.INVALID_REQUEST, "other inputs")

    def answer(self, rows: Tensor) -> Tensor:
        return tiny_answers(rows).astype(np.float32)

    async def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        if not self.open:
            raise VoltLiftError(ErrorCode.INFERENCE, "disposed of")
        self.check(feeds)
        with np.errstate(over="ignore", invalid="ignore"):
            return {"y": self.answer(feeds["x"])}

    async def dispose(self) -> None:
        self.open = False


class Runtime:
    """Runs the tiny model and takes anything else for damaged."""

    session: type[Session] = Session

    def can_open(self, file: str) -> bool:
        return file.endswith((".onnx", "model.json"))

    async def open(self, file: str, files: Mapping[str, bytes]) -> Session:
        if not self.can_open(file):
            raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "no runtime reads it")
        if dict(files) != tiny_files(file):
            raise VoltLiftError(ErrorCode.CORRUPT_DATA, "another model")
        return self.session(file)


def with_session(session: type[Session]) -> type[Runtime]:
    return type(f"With{session.__name__}", (Runtime,), {"session": session})


async def run_all(adapter: type[Runtime]) -> list[str]:
    async def make() -> Runtime:
        return adapter()

    return await inference.run_all(make)


class _OnnxOnly(Runtime):
    def can_open(self, file: str) -> bool:
        return file.endswith(".onnx")


@pytest.mark.parametrize("adapter", [Runtime, _OnnxOnly])
async def test_a_runtime_in_numpy_passes(adapter):
    assert await run_all(adapter) == [check.__name__ for check in inference.CHECKS]


class _OpensNothing(Runtime):
    def can_open(self, file: str) -> bool:
        return False


class _OpensAnything(Runtime):
    def can_open(self, file: str) -> bool:
        return True


class _Trusting(Runtime):
    async def open(self, file: str, files: Mapping[str, bytes]) -> Session:
        return self.session(file)


class _NeedsOnlyTheFile(Runtime):
    async def open(self, file: str, files: Mapping[str, bytes]) -> Session:
        if files.get(file) != tiny_files(file)[file]:
            raise VoltLiftError(ErrorCode.CORRUPT_DATA, "another model")
        return self.session(file)


class _Crashes(Runtime):
    async def open(self, file: str, files: Mapping[str, bytes]) -> Session:
        if dict(files) != tiny_files(file):
            raise ValueError("not a model")
        return self.session(file)


class _OneForAll(Runtime):
    one: Session | None = None

    async def open(self, file: str, files: Mapping[str, bytes]) -> Session:
        await super().open(file, files)
        self.one = self.one or self.session(file)
        return self.one


class _Doubles(Session):
    def answer(self, rows: Tensor) -> Tensor:
        return super().answer(rows).astype(np.float64)


class _Flat(Session):
    def answer(self, rows: Tensor) -> Tensor:
        return super().answer(rows).ravel()


class _OneBatch(Session):
    size = 0

    def answer(self, rows: Tensor) -> Tensor:
        self.size = self.size or len(rows)
        return super().answer(np.resize(rows, (self.size, WIDTH)))


class _RowByRowOfMemory(Session):
    def answer(self, rows: Tensor) -> Tensor:
        base = rows.base if rows.base is not None and rows.base.size >= rows.size else rows
        flat = base.ravel(order="K")[: rows.size]
        return super().answer(flat.reshape(rows.shape))


class _WritesIntoItsInput(Session):
    def answer(self, rows: Tensor) -> Tensor:
        found = super().answer(rows)
        if rows.flags.writeable:
            rows[:] = 0
        return found


class _OneBuffer(Session):
    buffer = np.zeros((1000, 1), np.float32)

    def answer(self, rows: Tensor) -> Tensor:
        self.buffer[: len(rows)] = super().answer(rows)
        return self.buffer[: len(rows)]


class _HidesNaN(Session):
    def answer(self, rows: Tensor) -> Tensor:
        return np.nan_to_num(super().answer(rows))


class _RefusesNaN(Session):
    def answer(self, rows: Tensor) -> Tensor:
        if not np.isfinite(rows).all():
            raise VoltLiftError(ErrorCode.INFERENCE, "no numbers")
        return super().answer(rows)


class _TakesTheFirstInput(Session):
    def check(self, feeds: Mapping[str, Tensor]) -> None:
        if not feeds:
            raise VoltLiftError(ErrorCode.INVALID_REQUEST, "no inputs")

    async def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return await super().run({"x": next(iter(feeds.values()))} if feeds else {})


class _TakesAnyWidth(Session):
    def check(self, feeds: Mapping[str, Tensor]) -> None:
        if set(feeds) != {"x"}:
            raise VoltLiftError(ErrorCode.INVALID_REQUEST, "other inputs")

    def answer(self, rows: Tensor) -> Tensor:
        kernel = np.resize(np.array(KERNEL), rows.shape[-1])
        return (rows @ kernel + BIAS)[..., None].astype(np.float32)


class _Immortal(Session):
    async def dispose(self) -> None:
        return


class _DiesOnce(Session):
    async def dispose(self) -> None:
        if not self.open:
            raise VoltLiftError(ErrorCode.INFERENCE, "disposed of already")
        self.open = False


class _Nameless(Session):
    runtime = ""


class _LastOnly(Session):
    last = ""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = type(self).last = file

    def answer(self, rows: Tensor) -> Tensor:
        return super().answer(rows) * np.float32(self.file == type(self).last)


@pytest.mark.parametrize(
    ("adapter", "check"),
    [
        (_OpensNothing, "check_it_says_what_it_can_open"),
        (_OpensAnything, "check_it_says_what_it_can_open"),
        (_Trusting, "check_damaged_files_are_refused"),
        (_Trusting, "check_other_kinds_of_files_are_refused"),
        (_NeedsOnlyTheFile, "check_missing_files_are_refused"),
        (_Crashes, "check_damaged_files_are_refused: ValueError"),
        (_OneForAll, "check_sessions_are_apart"),
        (with_session(_Nameless), "check_sessions_name_what_they_take_and_give"),
        (with_session(_Doubles), "check_answers_are_those_of_the_model"),
        (with_session(_Flat), "check_answers_are_those_of_the_model"),
        (with_session(_OneBatch), "check_answers_are_those_of_the_model"),
        (with_session(_RowByRowOfMemory), "check_rows_in_any_memory_order"),
        (with_session(_WritesIntoItsInput), "check_inputs_are_left_alone"),
        (with_session(_OneBuffer), "check_inputs_are_left_alone"),
        (with_session(_HidesNaN), "check_numbers_that_are_none_give_an_answer"),
        (with_session(_RefusesNaN), "check_numbers_that_are_none_give_an_answer"),
        (with_session(_TakesTheFirstInput), "check_other_names_are_refused"),
        (with_session(_TakesAnyWidth), "check_other_shapes_are_refused"),
        (with_session(_Immortal), "check_what_is_disposed_of_does_not_answer"),
        (with_session(_DiesOnce), "check_what_is_disposed_of_does_not_answer"),
        (with_session(_LastOnly), "check_forms_run_side_by_side"),
    ],
)
async def test_a_faulty_runtime_fails(adapter, check):
    with pytest.raises(AssertionError, match=check):
        await run_all(adapter)


@pytest.mark.parametrize("form", FORMS)
def test_the_tiny_model_is_tiny_and_the_same_each_time(form):
    assert sum(map(len, tiny_files(form).values())) < 2000
    assert tiny_files(form) == tiny_files(form)
