"""Checks that every ``ModelRegistry`` passes."""

from __future__ import annotations

import hashlib
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
from voltlift_core import Artefact, ErrorCode, ModelRegistry, VoltLiftError


def _artefact(name: str = "rules", version: str = "1", data: bytes = b"{}") -> Artefact:
    digest = hashlib.sha256(data).hexdigest()
    return Artefact(name, version, digest, data, {"title": "ü", "metrics": {"ndcg": 0.5}})


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
    """Megabytes come back byte by byte."""
    registry = await subject.make()
    artefact = _artefact(data=bytes(range(256)) * 16_384)
    await registry.install(artefact)
    await registry.activate("rules", "1")
    registry = await subject.reopen(registry)
    expect(await registry.active("rules") == artefact, "4 MB must come back as they were")


CHECKS: tuple[Check[ModelRegistry], ...] = (
    check_a_new_registry_is_empty,
    check_an_installed_artefact_is_inactive,
    check_the_active_artefact_comes_back,
    check_versions_are_in_order_of_installation,
    check_damaged_bytes_are_refused,
    check_what_is_not_installed_cannot_be_active,
    check_hostile_names_and_versions,
    check_big_artefacts,
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
