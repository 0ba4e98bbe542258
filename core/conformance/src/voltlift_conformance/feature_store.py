"""Checks that every ``FeatureStore`` passes.

Keys start with ``user/``, ``exercise/``, ``session/`` or ``log/``, as the engine's do; big
entries are under ``log/``, since adapters may hold the others to a budget.
"""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import cast

from voltlift_conformance.harness import (
    HOSTILE,
    Check,
    Make,
    Reopen,
    SourceFailedError,
    Subject,
    expect,
    expect_equal,
    run,
)
from voltlift_core import FeatureEntry, FeatureStore


@dataclass(frozen=True)
class _Unreadable:
    """An entry whose source fails while it is being written."""

    header: str = "{}"

    @property
    def data(self) -> bytes:
        raise SourceFailedError("data")


async def check_a_new_store_is_empty(subject: Subject[FeatureStore]) -> None:
    """Nothing is there before something is written."""
    store = await subject.make()
    expect_equal(await store.read(""), {}, "all entries of a new store")
    expect_equal(await store.read("log/"), {}, "entries of a new store")


async def check_stores_are_apart(subject: Subject[FeatureStore]) -> None:
    """What is written to one store is not in another."""
    one, other = await subject.make(), await subject.make()
    await one.write({"log/a": FeatureEntry("{}")})
    expect_equal(await other.read(""), {}, "entries of the other store")


async def check_entries_come_back(subject: Subject[FeatureStore]) -> None:
    """Header and bytes come back as they were given, empty ones too."""
    store = await subject.make()
    entries = {
        "log/a": FeatureEntry('{"ü":"深蹲"}', bytes(range(256))),
        "log/empty": FeatureEntry("", b""),
        "user/vector": FeatureEntry("{}", b"\0\0"),
    }
    await store.write(entries)
    expect_equal(await store.read(""), entries, "all entries")
    data = (await store.read("log/a"))["log/a"].data
    expect(isinstance(data, bytes), f"data is bytes, received {type(data).__name__}")


async def check_a_prefix_is_taken_literally(subject: Subject[FeatureStore]) -> None:
    """A prefix selects the keys that start with it, and is no pattern."""
    store = await subject.make()
    keys = ["log/chunk-1", "log/chunk-10", "log/chunk_1", "log/meta", "session/a", "user/a"]
    await store.write({key: FeatureEntry(key) for key in keys})
    for prefix, expected in (
        ("log/chunk-1", ["log/chunk-1", "log/chunk-10"]),
        ("log/", keys[:4]),
        ("user/", ["user/a"]),
        ("log/%", []),
        ("log/chunk.", []),
        ("log/*", []),
        ("", keys),
    ):
        expect_equal(list(await store.read(prefix)), expected, f"keys under {prefix!r}")


async def check_entries_come_in_key_order(subject: Subject[FeatureStore]) -> None:
    """The order of an answer is the order of its keys."""
    store = await subject.make()
    for key in ("log/b", "log/c", "log/a", "log/B", "log/10", "log/9"):
        await store.write({key: FeatureEntry(key)})
    found = list(await store.read("log/"))
    expect_equal(found, ["log/10", "log/9", "log/B", "log/a", "log/b", "log/c"], "keys")


async def check_an_entry_is_replaced(subject: Subject[FeatureStore]) -> None:
    """Writing a key again replaces header and bytes."""
    store = await subject.make()
    await store.write({"log/a": FeatureEntry("old", b"a long old value")})
    new = FeatureEntry("new", b"short")
    await store.write({"log/a": new})
    expect_equal(await store.read("log/a"), {"log/a": new}, "entry")


async def check_entries_are_deleted(subject: Subject[FeatureStore]) -> None:
    """A deletion takes its keys and no other; one of an unknown key is none."""
    store = await subject.make()
    await store.write({key: FeatureEntry(key) for key in ("log/a", "log/ab", "user/a")})
    await store.write({"log/c": FeatureEntry("c")}, deleted=["log/a", "log/unknown"])
    expect_equal(list(await store.read("")), ["log/ab", "log/c", "user/a"], "keys")
    await store.write({}, deleted=["user/a"])
    expect_equal(await store.read("user/"), {}, "entries after the second deletion")


async def check_a_failed_write_leaves_the_previous_state(subject: Subject[FeatureStore]) -> None:
    """All of a write or nothing of it, in memory and after a restart."""
    store = await subject.make()
    before = {"log/a": FeatureEntry("old", b"old"), "user/b": FeatureEntry("b")}
    await store.write(before)
    changes = {
        "log/a": FeatureEntry("new", b"new"),
        "log/c": FeatureEntry("c"),
        "log/d": cast(FeatureEntry, _Unreadable()),
    }
    failed = False
    try:
        await store.write(changes, deleted=["user/b"])
    except Exception:
        failed = True
    expect(failed, "an entry that cannot be read must make the write fail")
    for state in ("after the failure", "after a restart"):
        expect_equal(await store.read(""), before, f"entries {state}")
        store = await subject.reopen(store)
    await store.write({"log/e": FeatureEntry("e")})
    expect("log/e" in await store.read("log/"), "the store must work after a failure")


async def check_hostile_keys_are_keys(subject: Subject[FeatureStore]) -> None:
    """No key is special, and different keys are never the same."""
    store = await subject.make()
    entries = {f"log/{name}": FeatureEntry(name, name.encode()) for name in HOSTILE}
    await store.write(entries)
    store = await subject.reopen(store)
    expect_equal(await store.read("log/"), entries, "entries")
    gone = [f"log/{name}" for name in HOSTILE[::2]]
    await store.write({}, deleted=gone)
    left = {key: entry for key, entry in entries.items() if key not in gone}
    expect_equal(await store.read("log/"), left, "entries after deletions")


async def check_writes_at_the_same_time_are_all_there(subject: Subject[FeatureStore]) -> None:
    """Writes that are not waited for one by one lose nothing of each other."""
    store = await subject.make()
    await gather(*(store.write({f"log/{i:02d}": FeatureEntry(str(i))}) for i in range(20)))
    store = await subject.reopen(store)
    expected = {f"log/{i:02d}": FeatureEntry(str(i)) for i in range(20)}
    expect_equal(await store.read("log/"), expected, "entries")


async def check_big_entries(subject: Subject[FeatureStore]) -> None:
    """Megabytes come back byte by byte."""
    store = await subject.make()
    entry = FeatureEntry("x" * 200_000, bytes(range(256)) * 16_384)
    await store.write({"log/big": entry, "log/small": FeatureEntry("s", b"s")})
    store = await subject.reopen(store)
    found = await store.read("log/")
    expect(found.get("log/big") == entry, "4 MB must come back as they were")
    expect_equal(found.get("log/small"), FeatureEntry("s", b"s"), "its neighbour")


CHECKS: tuple[Check[FeatureStore], ...] = (
    check_a_new_store_is_empty,
    check_stores_are_apart,
    check_entries_come_back,
    check_a_prefix_is_taken_literally,
    check_entries_come_in_key_order,
    check_an_entry_is_replaced,
    check_entries_are_deleted,
    check_a_failed_write_leaves_the_previous_state,
    check_hostile_keys_are_keys,
    check_writes_at_the_same_time_are_all_there,
    check_big_entries,
)
"""All checks, each an ``async`` function of a ``Subject``."""


async def run_all(
    make: Make[FeatureStore], reopen: Reopen[FeatureStore] | None = None
) -> list[str]:
    """Run all checks on an adapter and return their names; see ``harness.Subject``.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    return await run(CHECKS, Subject(make, reopen))
