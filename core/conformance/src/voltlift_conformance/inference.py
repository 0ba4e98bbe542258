"""Checks that every ``Inference`` passes: the same answers, and the same errors, of any runtime.

Each check runs on every form of the tiny model (``voltlift_conformance.tiny``) that the adapter
says it can open, and on one at least.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager

import numpy as np

from voltlift_conformance.harness import (
    Check,
    Make,
    Reopen,
    Subject,
    expect,
    expect_equal,
    run,
)
from voltlift_conformance.tiny import FORMS, WIDTH, tiny_answers, tiny_files
from voltlift_core import ErrorCode, Inference, InferenceSession, Tensor, VoltLiftError

TOLERANCE = 1e-5


def some_rows(n: int) -> Tensor:
    """Return rows that are all different, from -2 to 2."""
    return np.linspace(-2, 2, n * WIDTH, dtype=np.float32).reshape(n, WIDTH)


async def check_it_says_what_it_can_open(subject: Subject[Inference]) -> None:
    """It opens one form of the tiny model at least, and no file that is no model."""
    adapter = await subject.make()
    expect(any(map(adapter.can_open, FORMS)), f"it can open one of {FORMS}")
    for file in ("net.txt", "net", ""):
        expect(not adapter.can_open(file), f"it cannot open {file!r}")


async def check_sessions_name_what_they_take_and_give(subject: Subject[Inference]) -> None:
    """A session has one input, one output, and the name of its runtime."""
    async for form, session in _sessions(subject):
        expect_equal(len(session.inputs), 1, f"inputs of {form}")
        expect_equal(len(session.outputs), 1, f"outputs of {form}")
        expect(bool(session.runtime), f"{form} has a runtime with a name")


async def check_answers_are_those_of_the_model(subject: Subject[Inference]) -> None:
    """One row, many and one again are each answered in the model's shape, as float32."""
    async for form, session in _sessions(subject):
        for n in (1, 7, 200, 1):
            rows = some_rows(n)
            found = await session.run({session.inputs[0]: rows})
            expect_equal(tuple(found), session.outputs, f"names of {form}'s outputs")
            _expect_answers(found[session.outputs[0]], rows, f"{n} rows of {form}")


async def check_rows_in_any_memory_order(subject: Subject[Inference]) -> None:
    """Rows that are a view of other memory are read as the rows that they are."""
    async for form, session in _sessions(subject):
        for rows in (np.asfortranarray(some_rows(5)), some_rows(10)[::2], some_rows(5)[::-1]):
            found = await session.run({session.inputs[0]: rows})
            _expect_answers(found[session.outputs[0]], rows, f"a view of rows of {form}")


async def check_inputs_are_left_alone(subject: Subject[Inference]) -> None:
    """Rows are the caller's afterwards, and an answer is not changed by the next one."""
    async for form, session in _sessions(subject):
        rows = some_rows(4)
        before = rows.copy()
        first = (await session.run({session.inputs[0]: rows}))[session.outputs[0]]
        kept = first.copy()
        await session.run({session.inputs[0]: -rows})
        expect(bool((rows == before).all()), f"rows of {form} are as they were")
        expect(bool((first == kept).all()), f"an answer of {form} stays as it was")


async def check_numbers_that_are_none_give_an_answer(subject: Subject[Inference]) -> None:
    """NaN and infinity go through: whoever asks judges the answer, and the session goes on."""
    async for form, session in _sessions(subject):
        rows = some_rows(3)
        rows[0], rows[1] = np.nan, np.inf
        answer = (await session.run({session.inputs[0]: rows}))[session.outputs[0]]
        expect_equal(answer.shape, (3, 1), f"shape of {form}'s answer")
        expect(bool(np.isnan(answer[0, 0])), f"{form} passes NaN on")
        _expect_answers(answer[2:], rows[2:], f"the row of {form} beside NaN")


async def check_other_names_are_refused(subject: Subject[Inference]) -> None:
    """A name that the model does not have, one too many or none: ``invalid_request``."""
    async for form, session in _sessions(subject):
        name, rows = session.inputs[0], some_rows(2)
        feeds: tuple[Mapping[str, Tensor], ...] = (
            {},
            {"another": rows},
            {name: rows, "another": rows},
        )
        for given in feeds:
            what = f"inputs {sorted(given)} of {form}"
            await _expect_error(session.run(given), ErrorCode.INVALID_REQUEST, what)
        await _expect_alive(session, form)


async def check_other_shapes_are_refused(subject: Subject[Inference]) -> None:
    """Rows of another width, or of another rank: ``invalid_request``, and it goes on."""
    async for form, session in _sessions(subject):
        shapes = ((2, WIDTH + 1), (2, WIDTH - 1), (WIDTH,), (1, 2, WIDTH))
        for shape in shapes:
            given = {session.inputs[0]: np.zeros(shape, np.float32)}
            what = f"shape {shape} of {form}"
            await _expect_error(session.run(given), ErrorCode.INVALID_REQUEST, what)
        await _expect_alive(session, form)


async def check_damaged_files_are_refused(subject: Subject[Inference]) -> None:
    """Bytes that are no model, half of one, or nothing: ``corrupt_data``."""
    adapter = await subject.make()
    for form in filter(adapter.can_open, FORMS):
        files = tiny_files(form)
        for damaged in (b"no model", files[form][: len(files[form]) // 2], b""):
            opening = adapter.open(form, {**files, form: damaged})
            what = f"{form} of {len(damaged)} bytes"
            await _expect_error(opening, ErrorCode.CORRUPT_DATA, what)


async def check_missing_files_are_refused(subject: Subject[Inference]) -> None:
    """The file itself or weights that it names are missing: ``corrupt_data``."""
    adapter = await subject.make()
    for form in filter(adapter.can_open, FORMS):
        files = tiny_files(form)
        for missing in files:
            rest = {name: data for name, data in files.items() if name != missing}
            what = f"{form} without {missing}"
            await _expect_error(adapter.open(form, rest), ErrorCode.CORRUPT_DATA, what)
        for cut in (name for name in files if name != form):
            what = f"{form} with half of {cut}"
            half = {**files, cut: files[cut][: len(files[cut]) // 2]}
            await _expect_error(adapter.open(form, half), ErrorCode.CORRUPT_DATA, what)


async def check_other_kinds_of_files_are_refused(subject: Subject[Inference]) -> None:
    """A file that no runtime reads: ``not_available``."""
    adapter = await subject.make()
    opening = adapter.open("net.txt", {"net.txt": b"no model"})
    await _expect_error(opening, ErrorCode.NOT_AVAILABLE, "a text")


async def check_what_is_disposed_of_does_not_answer(subject: Subject[Inference]) -> None:
    """After ``dispose`` a session says ``inference``; disposing again does nothing."""
    async for form, session in _sessions(subject):
        await session.dispose()
        running = session.run({session.inputs[0]: some_rows(1)})
        await _expect_error(running, ErrorCode.INFERENCE, f"{form} after dispose")
        await session.dispose()


async def check_sessions_are_apart(subject: Subject[Inference]) -> None:
    """Of two sessions of the same file one goes on when the other is disposed of."""
    adapter = await subject.make()
    for form in filter(adapter.can_open, FORMS):
        async with _opened(adapter, form) as one, _opened(adapter, form) as other:
            await one.dispose()
            await _expect_alive(other, form)
        async with _opened(adapter, form) as again:
            await _expect_alive(again, form)


async def check_forms_run_side_by_side(subject: Subject[Inference]) -> None:
    """Sessions of all forms are open at once, and their answers are not mixed up."""
    adapter = await subject.make()
    sessions = [await adapter.open(f, tiny_files(f)) for f in FORMS if adapter.can_open(f)]
    for n in (2, 3):
        for session in sessions:
            rows = some_rows(n)
            found = await session.run({session.inputs[0]: rows})
            _expect_answers(found[session.outputs[0]], rows, session.runtime)
    for session in sessions:
        await session.dispose()


CHECKS: tuple[Check[Inference], ...] = (
    check_it_says_what_it_can_open,
    check_sessions_name_what_they_take_and_give,
    check_answers_are_those_of_the_model,
    check_rows_in_any_memory_order,
    check_inputs_are_left_alone,
    check_numbers_that_are_none_give_an_answer,
    check_other_names_are_refused,
    check_other_shapes_are_refused,
    check_damaged_files_are_refused,
    check_missing_files_are_refused,
    check_other_kinds_of_files_are_refused,
    check_what_is_disposed_of_does_not_answer,
    check_sessions_are_apart,
    check_forms_run_side_by_side,
)
"""All checks, each an ``async`` function of a ``Subject``."""


async def run_all(make: Make[Inference], reopen: Reopen[Inference] | None = None) -> list[str]:
    """Run all checks on runtimes and return their names; see ``harness.Subject``.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    return await run(CHECKS, Subject(make, reopen))


@asynccontextmanager
async def _opened(adapter: Inference, form: str) -> AsyncIterator[InferenceSession]:
    session = await adapter.open(form, tiny_files(form))
    try:
        yield session
    finally:
        await session.dispose()


async def _sessions(subject: Subject[Inference]) -> AsyncIterator[tuple[str, InferenceSession]]:
    """Give a session of each form that can be opened, and dispose of it afterwards."""
    adapter = await subject.make()
    for form in filter(adapter.can_open, FORMS):
        async with _opened(adapter, form) as session:
            yield form, session


def _expect_answers(answer: Tensor, rows: Tensor, what: str) -> None:
    expect_equal(answer.dtype, np.dtype(np.float32), f"kind of the answer to {what}")
    expect_equal(answer.shape, (len(rows), 1), f"shape of the answer to {what}")
    off = float(np.abs(answer - tiny_answers(rows)).max())
    expect(off <= TOLERANCE, f"the answer to {what} is off by {off}")


async def _expect_alive(session: InferenceSession, form: str) -> None:
    rows = some_rows(2)
    found = await session.run({session.inputs[0]: rows})
    _expect_answers(found[session.outputs[0]], rows, f"{form}, which goes on")


async def _expect_error(answer: Awaitable[object], code: ErrorCode, what: str) -> None:
    try:
        await answer
    except VoltLiftError as error:
        expect_equal(error.code, code, f"code of {what}")
        return
    raise AssertionError(f"{what}: expected {code}, received an answer")
