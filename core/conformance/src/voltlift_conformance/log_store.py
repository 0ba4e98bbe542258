"""Checks that every ``LogStore`` passes."""

from __future__ import annotations

import json
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
from voltlift_core import LogRecord, LogStore


def _record(id_: str, content_hash: str = "h", **more: object) -> LogRecord:
    session = {"id": id_, "name": "", "startTime": 1_700_000_000_000, "logs": [], **more}
    return LogRecord(id_, content_hash, json.dumps(session, ensure_ascii=False))


@dataclass(frozen=True)
class _Unreadable:
    """A record whose source fails while it is being written."""

    id: str
    content_hash: str = "h"

    @property
    def text(self) -> str:
        raise SourceFailedError(self.id)


async def check_a_new_store_is_empty(subject: Subject[LogStore]) -> None:
    """Nothing is there before something is written."""
    store = await subject.make()
    expect_equal(await store.manifest(), {}, "manifest of a new store")
    expect_equal(await store.read(["a"]), [], "records of a new store")
    expect_equal(await store.read_document("settings"), None, "document of a new store")


async def check_stores_are_apart(subject: Subject[LogStore]) -> None:
    """What is written to one store is not in another."""
    one, other = await subject.make(), await subject.make()
    await one.write([_record("a")])
    expect_equal(await other.manifest(), {}, "manifest of the other store")


async def check_records_come_back(subject: Subject[LogStore]) -> None:
    """Id, hash and text come back as they were given."""
    store = await subject.make()
    records = [_record("a", "h1"), _record("b", "", note="")]
    await store.write(records)
    expect_equal(await store.read(["a", "b"]), records, "records")
    expect_equal(await store.manifest(), {"a": "h1", "b": ""}, "manifest")


async def check_records_come_in_the_order_asked(subject: Subject[LogStore]) -> None:
    """The order of ids asked for is the order of the answer; unknown ids are left out."""
    store = await subject.make()
    await store.write([_record(id_) for id_ in "abc"])
    found = await store.read(["c", "unknown", "a"])
    expect_equal([record.id for record in found], ["c", "a"], "ids")
    expect_equal(await store.read([]), [], "records of no ids")


async def check_a_record_is_replaced(subject: Subject[LogStore]) -> None:
    """Writing an id again replaces hash and text."""
    store = await subject.make()
    await store.write([_record("a", "old"), _record("b")])
    new = _record("a", "new", notes="changed")
    await store.write([new])
    expect_equal(await store.read(["a"]), [new], "record")
    expect_equal(await store.manifest(), {"a": "new", "b": "h"}, "manifest")


async def check_records_are_deleted(subject: Subject[LogStore]) -> None:
    """A deletion takes its ids and no other; one of an unknown id is none."""
    store = await subject.make()
    await store.write([_record("a"), _record("b")])
    await store.write([_record("c")], deleted=["a", "unknown"])
    expect_equal(await store.manifest(), {"b": "h", "c": "h"}, "manifest")
    expect_equal(await store.read(["a"]), [], "deleted record")
    await store.write([_record("a", "again")])
    expect_equal((await store.manifest())["a"], "again", "hash after it came back")


async def check_an_empty_write_changes_nothing(subject: Subject[LogStore]) -> None:
    """Nothing to write and nothing to delete is allowed."""
    store = await subject.make()
    await store.write([_record("a")])
    await store.write([])
    expect_equal(await store.manifest(), {"a": "h"}, "manifest")


async def check_a_failed_write_leaves_the_previous_state(subject: Subject[LogStore]) -> None:
    """All of a write or nothing of it, in memory and after a restart."""
    store = await subject.make()
    before = [_record("a", "old"), _record("b")]
    await store.write(before)
    unreadable = cast(LogRecord, _Unreadable("c"))
    failed = False
    try:
        await store.write([_record("a", "new"), _record("d"), unreadable], deleted=["b"])
    except Exception:
        failed = True
    expect(failed, "a record that cannot be read must make the write fail")
    for state in ("after the failure", "after a restart"):
        expect_equal(await store.manifest(), {"a": "old", "b": "h"}, f"manifest {state}")
        expect_equal(await store.read(["a", "b", "d"]), before, f"records {state}")
        store = await subject.reopen(store)
    await store.write([_record("e")])
    expect("e" in await store.manifest(), "the store must work after a failure")


async def check_hostile_ids_are_ids(subject: Subject[LogStore]) -> None:
    """No id is special, and different ids are never the same."""
    store = await subject.make()
    records = [_record(id_, f"h{i}") for i, id_ in enumerate(HOSTILE)]
    await store.write(records)
    hashes = {record.id: record.content_hash for record in records}
    expect_equal(await store.manifest(), hashes, "manifest")
    store = await subject.reopen(store)
    for record in records:
        expect_equal(await store.read([record.id]), [record], f"record {record.id!r:.40}")
    await store.write([], deleted=HOSTILE[::2])
    left = {record.id: record.content_hash for record in records[1::2]}
    expect_equal(await store.manifest(), left, "manifest after deletions")


async def check_any_text_comes_back(subject: Subject[LogStore]) -> None:
    """Unicode, line ends and megabytes come back as they were."""
    store = await subject.make()
    records = [
        _record("unicode", name="Kniebeuge ü 深蹲 🏋️ \u2028"),
        _record("lines", name="a\r\nb\tc"),
        _record("escapes", name='quote " backslash \\ \x7f'),
        _record("big", notes="x" * 2_000_000),
    ]
    await store.write(records)
    store = await subject.reopen(store)
    expect_equal(await store.read([record.id for record in records]), records, "records")


async def check_damaged_texts_are_kept(subject: Subject[LogStore]) -> None:
    """A text that is no JSON is kept as it is: to read it is for its reader, not the store."""
    store = await subject.make()
    texts = ('{"id":"cut', "", "7", "[]", "null", "{}", '{"id":"somebody-else"}', "\0")
    records = [LogRecord(f"r{i}", "h", text) for i, text in enumerate(texts)]
    await store.write(records)
    await store.write_document("settings", '{"units":')
    await store.write([_record("whole")])
    store = await subject.reopen(store)
    expect_equal(await store.read([record.id for record in records]), records, "records")
    expect_equal(await store.read_document("settings"), '{"units":', "document")
    expect_equal(len(await store.manifest()), len(texts) + 1, "number of records")


async def check_a_record_both_deleted_and_written_is_there(subject: Subject[LogStore]) -> None:
    """Deletions come first: what a write brings is there after it."""
    store = await subject.make()
    await store.write([_record("a", "old"), _record("b")])
    new = _record("a", "new")
    await store.write([new], deleted=["a", "b"])
    store = await subject.reopen(store)
    expect_equal(await store.read(["a", "b"]), [new], "records")


async def check_writes_at_the_same_time_are_all_there(subject: Subject[LogStore]) -> None:
    """Writes that are not waited for one by one lose nothing of each other."""
    store = await subject.make()
    await store.write([_record("shared", "old")])
    await gather(
        *(store.write([_record(f"s{i}", str(i))]) for i in range(20)),
        *(store.write_document(f"d{i}", str(i)) for i in range(5)),
        store.write([], deleted=["shared"]),
    )
    store = await subject.reopen(store)
    expect_equal(await store.manifest(), {f"s{i}": str(i) for i in range(20)}, "manifest")
    for i in range(5):
        expect_equal(await store.read_document(f"d{i}"), str(i), "document")


async def check_many_records(subject: Subject[LogStore]) -> None:
    """Hundreds of records in one write."""
    store = await subject.make()
    records = [_record(f"s{i:03d}", str(i)) for i in range(500)]
    await store.write(records)
    expect_equal(len(await store.manifest()), 500, "number of records")
    ids = [record.id for record in reversed(records)]
    expect_equal(await store.read(ids), records[::-1], "records")


async def check_documents_come_back(subject: Subject[LogStore]) -> None:
    """Documents are kept by name, replaced, and apart from records of that name."""
    store = await subject.make()
    await store.write([_record("settings")])
    expect_equal(await store.read_document("settings"), None, "document")
    await store.write_document("settings", '{"units":"kg"}')
    await store.write_document("dailyLogs", "{}")
    await store.write_document("settings", '{"units":"lbs","name":"ü"}')
    store = await subject.reopen(store)
    expect_equal(await store.read_document("settings"), '{"units":"lbs","name":"ü"}', "document")
    expect_equal(await store.read_document("dailyLogs"), "{}", "other document")
    expect_equal(await store.manifest(), {"settings": "h"}, "manifest")
    await store.write([], deleted=["settings"])
    expect(await store.read_document("settings") is not None, "a document is no record")


async def check_writes_are_durable(subject: Subject[LogStore]) -> None:
    """What a call returned from is there after a restart."""
    store = await subject.make()
    await store.write([_record("a"), _record("b")])
    await store.write([_record("a", "new")], deleted=["b"])
    await store.write_document("settings", "{}")
    store = await subject.reopen(store)
    expect_equal(await store.manifest(), {"a": "new"}, "manifest")
    expect_equal(await store.read(["a", "b"]), [_record("a", "new")], "records")
    expect_equal(await store.read_document("settings"), "{}", "document")


async def check_the_manifest_is_a_copy(subject: Subject[LogStore]) -> None:
    """Changing what was handed out changes nothing in the store."""
    store = await subject.make()
    await store.write([_record("a")])
    (await store.manifest()).clear()
    expect_equal(await store.manifest(), {"a": "h"}, "manifest")


CHECKS: tuple[Check[LogStore], ...] = (
    check_a_new_store_is_empty,
    check_stores_are_apart,
    check_records_come_back,
    check_records_come_in_the_order_asked,
    check_a_record_is_replaced,
    check_records_are_deleted,
    check_an_empty_write_changes_nothing,
    check_a_failed_write_leaves_the_previous_state,
    check_hostile_ids_are_ids,
    check_any_text_comes_back,
    check_damaged_texts_are_kept,
    check_a_record_both_deleted_and_written_is_there,
    check_writes_at_the_same_time_are_all_there,
    check_many_records,
    check_documents_come_back,
    check_writes_are_durable,
    check_the_manifest_is_a_copy,
)
"""All checks, each an ``async`` function of a ``Subject``."""


async def run_all(make: Make[LogStore], reopen: Reopen[LogStore] | None = None) -> list[str]:
    """Run all checks on an adapter and return their names; see ``harness.Subject``.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    return await run(CHECKS, Subject(make, reopen))
