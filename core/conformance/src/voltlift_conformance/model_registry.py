"""Checks that every ``ModelRegistry`` passes."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable
from dataclasses import replace

from voltlift_conformance.harness import (
    HOSTILE,
    Check,
    Make,
    Reopen,
    Subject,
    expect,
    expect_equal,
    run,
)
from voltlift_core import (
    ACTIVE_BUDGET,
    STORED_BUDGET,
    Artefact,
    ErrorCode,
    Installed,
    ModelRegistry,
    VoltLiftError,
)


def _artefact(name: str = "rules", version: str = "1", data: bytes = b"{}") -> Artefact:
    return Artefact(name, version, _sha256(data), data, {"title": "ü", "metrics": {"ndcg": 0.5}})


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sized(name: str, version: str, size: int) -> Artefact:
    return _artefact(name, version, bytes([len(version)]) * size)


async def _refused(call: Awaitable[object], code: ErrorCode, what: str) -> None:
    """Check that a call fails with this code."""
    try:
        await call
    except VoltLiftError as error:
        expect_equal(error.code, code, f"code of the error of {what}")
    else:
        raise AssertionError(f"{what} must be refused")


async def check_a_new_registry_is_empty(subject: Subject[ModelRegistry]) -> None:
    """Nothing is active or installed before something is installed."""
    registry = await subject.make()
    expect_equal(await registry.active("rules"), None, "active artefact")
    expect_equal(await registry.versions("rules"), [], "versions")


async def check_an_installed_artefact_is_inactive(subject: Subject[ModelRegistry]) -> None:
    """Installing activates nothing, neither the first artefact nor a later one."""
    registry = await subject.make()
    await registry.install(_artefact())
    expect_equal(await registry.active("rules"), None, "active artefact")
    await registry.activate("rules", "1")
    await registry.install(_artefact(version="2", data=b"two"))
    expect_equal(await registry.active("rules"), _artefact(), "active artefact")


async def check_the_active_artefact_comes_back(subject: Subject[ModelRegistry]) -> None:
    """Name, version, hash, bytes and card come back as they were given, after a restart too."""
    registry = await subject.make()
    artefacts = [_artefact(), _artefact(version="2", data=b""), _artefact("other", "2", b"o")]
    for artefact in artefacts:
        await registry.install(artefact)
    await registry.activate("rules", "1")
    await registry.activate("other", "2")
    await registry.activate("rules", "2")
    registry = await subject.reopen(registry)
    expect_equal(await registry.active("rules"), artefacts[1], "active artefact")
    expect_equal(await registry.active("other"), artefacts[2], "artefact of the other name")
    await registry.activate("rules", "1")
    expect_equal(await registry.active("rules"), artefacts[0], "artefact rolled back to")


async def check_versions_are_in_order_of_installation(subject: Subject[ModelRegistry]) -> None:
    """Versions are listed as they were installed, not as they sort, and by name."""
    registry = await subject.make()
    for version in ("2", "10", "1"):
        await registry.install(_artefact(version=version))
    await registry.install(_artefact("other", "9"))
    registry = await subject.reopen(registry)
    expect_equal(await registry.versions("rules"), ["2", "10", "1"], "versions")
    expect_equal(await registry.versions("other"), ["9"], "versions of the other name")
    await registry.install(_artefact(version="2"))
    expect_equal(await registry.versions("rules"), ["2", "10", "1"], "versions, one twice")


async def check_damaged_bytes_are_refused(subject: Subject[ModelRegistry]) -> None:
    """Bytes that do not fit their SHA-256 are not installed."""
    registry = await subject.make()
    await registry.install(_artefact())
    await registry.activate("rules", "1")
    for damaged in (
        replace(_artefact(version="2"), data=b"{}\n"),
        replace(_artefact(version="1"), data=b"damaged"),
        replace(_artefact(version="3"), sha256=""),
    ):
        try:
            await registry.install(damaged)
        except VoltLiftError as error:
            expect_equal(error.code, ErrorCode.CORRUPT_DATA, "code of the error")
        else:
            raise AssertionError("bytes that do not fit their SHA-256 must be refused")
    expect_equal(await registry.versions("rules"), ["1"], "versions")
    expect_equal(await registry.active("rules"), _artefact(), "active artefact")


async def check_what_is_not_installed_cannot_be_active(subject: Subject[ModelRegistry]) -> None:
    """Activating an unknown version is an error and changes nothing."""
    registry = await subject.make()
    await registry.install(_artefact())
    await registry.activate("rules", "1")
    for name, version in (("rules", "2"), ("other", "1")):
        try:
            await registry.activate(name, version)
        except VoltLiftError as error:
            expect_equal(error.code, ErrorCode.INVALID_REQUEST, "code of the error")
        else:
            raise AssertionError(f"{name} {version} is not installed")
    expect_equal(await registry.active("rules"), _artefact(), "active artefact")
    expect_equal(await registry.active("other"), None, "artefact of the other name")


async def check_hostile_names_and_versions(subject: Subject[ModelRegistry]) -> None:
    """No name and no version is special, and different ones are never the same."""
    registry = await subject.make()
    artefacts = [_artefact(name, name, name.encode()) for name in HOSTILE]
    for artefact in artefacts:
        await registry.install(artefact)
        await registry.activate(artefact.name, artefact.version)
    registry = await subject.reopen(registry)
    for artefact in artefacts:
        shown = f"{artefact.name!r:.40}"
        expect_equal(await registry.active(artefact.name), artefact, f"artefact {shown}")
        expect_equal(
            await registry.versions(artefact.name), [artefact.version], f"versions of {shown}"
        )


async def check_big_artefacts(subject: Subject[ModelRegistry]) -> None:
    """Megabytes come back byte by byte: an active artefact may fill its whole budget."""
    registry = await subject.make()
    artefact = _artefact(data=bytes(range(250)) * (ACTIVE_BUDGET // 250))
    await registry.install(artefact)
    await registry.activate("rules", "1")
    registry = await subject.reopen(registry)
    expect(await registry.active("rules") == artefact, "4 MB must come back as they were")


async def check_other_files_come_back(subject: Subject[ModelRegistry]) -> None:
    """Files beside the engine's own are named by the artefact and read one by one."""
    registry = await subject.make()
    files = {"model.onnx": bytes(range(256)), "tfjs/model.json": b"", "__proto__": b"p"}
    artefact = replace(_artefact(), files={name: _sha256(data) for name, data in files.items()})
    await registry.install(artefact, files)
    await registry.install(_artefact(version="2"))
    await registry.activate("rules", "1")
    registry = await subject.reopen(registry)
    expect_equal(await registry.active("rules"), artefact, "active artefact")
    for name, data in files.items():
        expect_equal(await registry.file("rules", "1", name), data, f"file {name}")
    expect_equal([e.bytes for e in await registry.installed()], [2 + 256 + 1, 2], "sizes")
    for name, version, file in (
        ("rules", "1", "other"),
        ("rules", "2", "model.onnx"),
        ("rules", "3", "model.onnx"),
        ("other", "1", "model.onnx"),
    ):
        call = registry.file(name, version, file)
        await _refused(call, ErrorCode.INVALID_REQUEST, f"{file} of {name} {version}")
    await registry.install(_artefact())
    call = registry.file("rules", "1", "model.onnx")
    await _refused(call, ErrorCode.INVALID_REQUEST, "a file of what was replaced")


async def check_damaged_files_are_refused(subject: Subject[ModelRegistry]) -> None:
    """An artefact is installed with exactly the files that it names, or not at all."""
    registry = await subject.make()
    artefact = replace(_artefact(), files={"a": _sha256(b"a"), "b": _sha256(b"b")})
    wrong: tuple[dict[str, bytes], ...] = (
        {"a": b"a"},
        {"a": b"a", "b": b"damaged"},
        {"a": b"a", "b": b"b", "c": b"c"},
    )
    for files in wrong:
        await _refused(registry.install(artefact, files), ErrorCode.CORRUPT_DATA, f"{files}")
    await _refused(registry.install(artefact), ErrorCode.CORRUPT_DATA, "no file at all")
    expect_equal(await registry.installed(), [], "what is installed")


async def check_what_was_active_is_the_last_good_version(subject: Subject[ModelRegistry]) -> None:
    """Rolling back makes the last good version active again, once; others know of nothing."""
    registry = await subject.make()
    for version in ("1", "2", "3"):
        await registry.install(_artefact(version=version, data=version.encode()))
        await registry.activate("rules", version)
    await registry.activate("rules", "3")
    await registry.install(_artefact("other", "1"))
    registry = await subject.reopen(registry)
    expect_equal(
        await registry.installed(),
        [
            Installed("rules", "1", 1),
            Installed("rules", "2", 1, last_good=True),
            Installed("rules", "3", 1, active=True),
            Installed("other", "1", 2),
        ],
        "what is installed",
    )
    expect_equal(await registry.roll_back("rules"), "2", "version rolled back to")
    registry = await subject.reopen(registry)
    expect_equal(await registry.active("rules"), _artefact(version="2", data=b"2"), "active")
    for name in ("rules", "other", "unknown"):
        call = registry.roll_back(name)
        await _refused(call, ErrorCode.INVALID_REQUEST, f"rolling back {name}")
    expect_equal(await registry.versions("rules"), ["1", "2", "3"], "versions")


async def check_switching_off_and_on(subject: Subject[ModelRegistry]) -> None:
    """What was switched off stays, can be rolled back to, and is then active as before."""
    registry = await subject.make()
    await registry.install(_artefact())
    await registry.activate("rules", "1")
    await registry.deactivate("rules")
    await registry.deactivate("rules")
    await registry.deactivate("unknown")
    registry = await subject.reopen(registry)
    expect_equal(await registry.active("rules"), None, "active artefact")
    off = Installed("rules", "1", 2, last_good=True)
    expect_equal(await registry.installed(), [off], "what is installed")
    expect_equal(await registry.roll_back("rules"), "1", "version rolled back to")
    on = Installed("rules", "1", 2, active=True)
    expect_equal(await registry.installed(), [on], "what is installed")
    await registry.deactivate("rules")
    await registry.activate("rules", "1")
    expect_equal(await registry.installed(), [on], "what is installed")


async def check_removing(subject: Subject[ModelRegistry]) -> None:
    """What is removed is gone; what is active cannot be, and what is unknown is an error."""
    registry = await subject.make()
    for version in ("1", "2", "3"):
        await registry.install(_artefact(version=version))
    await registry.activate("rules", "1")
    await registry.activate("rules", "2")
    await _refused(registry.remove("rules", "2"), ErrorCode.INVALID_REQUEST, "what is active")
    await _refused(registry.remove("rules", "4"), ErrorCode.INVALID_REQUEST, "what is unknown")
    await registry.remove("rules", "1")
    await registry.remove("rules", "3")
    registry = await subject.reopen(registry)
    left = [Installed("rules", "2", 2, active=True)]
    expect_equal(await registry.installed(), left, "what is installed")
    await _refused(registry.roll_back("rules"), ErrorCode.INVALID_REQUEST, "what was removed")
    await _refused(registry.activate("rules", "1"), ErrorCode.INVALID_REQUEST, "what was removed")


async def check_the_oldest_make_room(subject: Subject[ModelRegistry]) -> None:
    """Where the budget is full, what is neither active nor last good goes, oldest first."""
    registry = await subject.make()
    size = STORED_BUDGET // 4
    for version in ("1", "2", "3", "4"):
        await registry.install(_sized("rules", version, size))
    await registry.activate("rules", "1")
    await registry.activate("rules", "2")
    await registry.install(_sized("rules", "5", size))
    registry = await subject.reopen(registry)
    expect_equal(await registry.versions("rules"), ["1", "2", "4", "5"], "versions")
    await registry.install(_sized("rules", "6", 2 * size))
    expect_equal(await registry.versions("rules"), ["1", "2", "6"], "versions")


async def check_budgets_are_kept(subject: Subject[ModelRegistry]) -> None:
    """What does not fit beside what has to stay is refused, and nothing changes."""
    registry = await subject.make()
    half = ACTIVE_BUDGET // 2
    code = ErrorCode.FILE_TOO_LARGE
    for version in ("1", "2"):
        await registry.install(_sized("rules", version, half))
        await registry.activate("rules", version)
    await registry.install(_sized("other", "1", half))
    await registry.activate("other", "1")
    before = await registry.installed()
    huge = _sized("third", "1", STORED_BUDGET - 3 * half + 1)
    await _refused(registry.install(huge), code, "what does not fit")
    await _refused(registry.install(_sized("rules", "2", half + 1)), code, "a larger active one")
    expect_equal(await registry.installed(), before, "what is installed")
    await registry.install(_sized("third", "1", half))
    await _refused(registry.activate("third", "1"), code, "one active artefact too many")
    registry = await subject.reopen(registry)
    expect_equal(await registry.installed(), [*before, Installed("third", "1", half)], "all")
    await registry.deactivate("other")
    await registry.activate("third", "1")
    await _refused(registry.roll_back("other"), code, "rolling back beyond the budget")


CHECKS: tuple[Check[ModelRegistry], ...] = (
    check_a_new_registry_is_empty,
    check_an_installed_artefact_is_inactive,
    check_the_active_artefact_comes_back,
    check_versions_are_in_order_of_installation,
    check_damaged_bytes_are_refused,
    check_what_is_not_installed_cannot_be_active,
    check_hostile_names_and_versions,
    check_big_artefacts,
    check_other_files_come_back,
    check_damaged_files_are_refused,
    check_what_was_active_is_the_last_good_version,
    check_switching_off_and_on,
    check_removing,
    check_the_oldest_make_room,
    check_budgets_are_kept,
)
"""All checks, each an ``async`` function of a ``Subject``."""


async def run_all(
    make: Make[ModelRegistry], reopen: Reopen[ModelRegistry] | None = None
) -> list[str]:
    """Run all checks on an adapter and return their names; see ``harness.Subject``.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    return await run(CHECKS, Subject(make, reopen))
