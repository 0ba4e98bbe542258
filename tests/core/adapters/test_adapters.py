"""Every adapter passes the public suite of its port."""

from __future__ import annotations

import itertools

import pytest

from voltlift_conformance import Subject, feature_store, log_store, model_registry
from voltlift_conformance import clock as clock_suite
from voltlift_core.adapters import clock, filesystem, memory

FILES = {
    "log_store": filesystem.FileLogStore,
    "feature_store": filesystem.FileFeatureStore,
    "model_registry": filesystem.FileModelRegistry,
}
MEMORY = {
    "log_store": memory.MemoryLogStore,
    "feature_store": memory.MemoryFeatureStore,
    "model_registry": memory.MemoryModelRegistry,
}
SUITES = {
    "log_store": log_store,
    "feature_store": feature_store,
    "model_registry": model_registry,
}
CASES = [
    pytest.param(port, check, id=f"{port}-{check.__name__}")
    for port, suite in SUITES.items()
    for check in suite.CHECKS
]


def _subject(port, kind, tmp_path):
    """What the suite needs of an adapter; folders are told apart by number."""
    if kind == "memory":

        async def make():
            return MEMORY[port]()

        return Subject(make)
    folders, numbers = {}, itertools.count()

    async def make_in_folder():
        folder = tmp_path / str(next(numbers))
        store = FILES[port](folder)
        folders[id(store)] = (store, folder)
        return store

    async def reopen(store):
        folder = folders[id(store)][1]
        fresh = FILES[port](folder)
        folders[id(fresh)] = (fresh, folder)
        return fresh

    return Subject(make_in_folder, reopen)


@pytest.mark.parametrize("kind", ["memory", "files"])
@pytest.mark.parametrize(("port", "check"), CASES)
async def test_adapters_conform(port, check, kind, tmp_path):
    await check(_subject(port, kind, tmp_path))


@pytest.mark.parametrize("make_clock", [clock.SystemClock, clock.FixedClock])
@pytest.mark.parametrize("check", clock_suite.CHECKS, ids=lambda check: check.__name__)
async def test_clocks_conform(make_clock, check):
    async def make():
        return make_clock()

    await check(Subject(make))


@pytest.mark.parametrize("port", SUITES)
async def test_a_whole_suite_names_what_it_checked(port):
    async def make():
        return MEMORY[port]()

    suite = SUITES[port]
    assert await suite.run_all(make) == [check.__name__ for check in suite.CHECKS]


def test_a_fixed_clock_moves_when_told():
    fixed = clock.FixedClock(1000)
    fixed.advance(250)
    assert (fixed.now_ms(), fixed.monotonic_ms()) == (1250, 250.0)
    with pytest.raises(ValueError, match="backwards"):
        fixed.advance(-1)


def test_every_check_is_in_its_suite():
    for suite in (*SUITES.values(), clock_suite):
        defined = {name for name in vars(suite) if name.startswith("check_")}
        assert defined == {check.__name__ for check in suite.CHECKS}
