"""What only files can suffer: crashes half-way, damage, full disks."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
from pathlib import Path

import pytest

from voltlift_core import Artefact, ErrorCode, FeatureEntry, LogRecord, VoltLiftError
from voltlift_core.adapters import files
from voltlift_core.adapters.filesystem import FileFeatureStore, FileLogStore, FileModelRegistry

OLD = [LogRecord("a", "old", '{"id":"a"}'), LogRecord("b", "old", '{"id":"b"}')]
NEW = [LogRecord("a", "new", '{"id":"a","x":1}'), LogRecord("c", "new", '{"id":"c"}')]


class CrashError(BaseException):
    """The process is gone: no handler of the code under test runs its course after it."""


async def test_a_crash_at_any_moment_leaves_the_old_state_or_the_new(tmp_path, monkeypatch):
    real = files._replace
    moments = 0
    for survived in range(100):
        folder = tmp_path / str(survived)
        store = FileLogStore(folder)
        await store.write(OLD)
        left = survived

        def crashing(path, data):
            nonlocal left
            if left == 0:
                path.with_name(".tmp-torn").write_bytes(data[: len(data) // 2])
                raise CrashError
            left -= 1
            real(path, data)

        monkeypatch.setattr(files, "_replace", crashing)
        try:
            await store.write(NEW, deleted=["b"])
            finished = True
        except CrashError:
            finished = False
        monkeypatch.setattr(files, "_replace", real)
        after = FileLogStore(folder)
        expected = {"a": "new", "c": "new"} if finished else {"a": "old", "b": "old"}
        assert await after.manifest() == expected
        records = await after.read(["a", "b", "c"])
        assert records == (NEW if finished else OLD)
        await after.write([LogRecord("d", "d", "{}")])
        assert "d" in await FileLogStore(folder).manifest()
        assert not list(folder.rglob(".tmp-*")), "what the crash left is swept up"
        if finished:
            break
        moments += 1
    assert moments == 3, "two records and the manifest are replaced"


async def test_a_full_disk_is_a_storage_error_and_changes_nothing(tmp_path, monkeypatch):
    store = FileLogStore(tmp_path)
    await store.write(OLD)

    def full(path, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_replace", full)
        with pytest.raises(VoltLiftError, match="No space left") as caught:
            await store.write(NEW)
    assert caught.value.code is ErrorCode.STORAGE
    assert caught.value.remedy
    assert await store.read(["a", "b"]) == OLD
    await store.write(NEW)
    assert (await store.manifest())["a"] == "new"


async def test_old_texts_do_not_pile_up(tmp_path):
    store = FileLogStore(tmp_path)
    for i in range(5):
        await store.write([LogRecord("a", str(i), f'{{"v":{i}}}')])
    assert len(list((tmp_path / "blobs").iterdir())) == 1


async def test_records_of_the_same_text_can_be_deleted_one_by_one(tmp_path):
    store = FileLogStore(tmp_path)
    await store.write([LogRecord("a", "h", "{}"), LogRecord("b", "h", "{}")])
    await store.write([], deleted=["a"])
    assert await FileLogStore(tmp_path).read(["b"]) == [LogRecord("b", "h", "{}")]


async def test_lone_surrogates_come_back(tmp_path):
    record = LogRecord("\ud800", "\udfff", '{"notes":"\ud83d"}')
    await FileLogStore(tmp_path).write([record])
    assert await FileLogStore(tmp_path).read(["\ud800"]) == [record]


async def test_nothing_is_written_outside_the_folder(tmp_path):
    store = FileLogStore(tmp_path / "store")
    await store.write([LogRecord("../../evil", "h", "{}"), LogRecord("/etc/passwd", "h", "{}")])
    await store.write_document("../evil", "{}")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    names = {path.name for path in (tmp_path / "store").rglob("*") if path.is_file()}
    assert all(name == "manifest.json" or len(name) == 64 for name in names)


def _only_blob(folder: Path) -> Path:
    (blob,) = (folder / "blobs").iterdir()
    return blob


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
async def test_a_damaged_record_is_an_error_never_a_shorter_log(tmp_path, damage):
    await FileLogStore(tmp_path).write([OLD[0]])
    _damage(_only_blob(tmp_path), damage)
    with pytest.raises(VoltLiftError) as caught:
        await FileLogStore(tmp_path).read(["a"])
    assert caught.value.code is ErrorCode.CORRUPT_DATA
    assert await FileLogStore(tmp_path).manifest() == {"a": "old"}


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
async def test_a_damaged_record_can_be_written_again(tmp_path, damage):
    store = FileLogStore(tmp_path)
    await store.write([OLD[0]])
    _damage(_only_blob(tmp_path), damage)
    await store.write([OLD[0]])
    assert await FileLogStore(tmp_path).read(["a"]) == [OLD[0]]


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
async def test_a_damaged_derived_entry_is_lost_and_the_others_stay(tmp_path, damage):
    store = FileFeatureStore(tmp_path)
    await store.write({"log/a": FeatureEntry("a", b"damaged soon")})
    _damage(_only_blob(tmp_path), damage)
    await store.write({"log/b": FeatureEntry("b", b"whole")})
    assert await FileFeatureStore(tmp_path).read("log/") == {"log/b": FeatureEntry("b", b"whole")}


async def test_a_damaged_artefact_is_refused(tmp_path):
    digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    registry = FileModelRegistry(tmp_path)
    await registry.install(Artefact("rules", "1", digest, b"foo"))
    _damage(_only_blob(tmp_path), "flip")
    await registry.activate("rules", "1")
    with pytest.raises(VoltLiftError) as caught:
        await FileModelRegistry(tmp_path).active("rules")
    assert caught.value.code is ErrorCode.CORRUPT_DATA


async def test_a_folder_of_the_first_edition_is_read(tmp_path):
    digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    meta = json.dumps({"sha256": digest, "card": {"a": 1}})
    table = files.FileTable(tmp_path)
    table.commit(
        {'["version", "rules", "1"]': (meta, b"foo"), '["active", "rules"]': ("1", b"")},
    )
    registry = FileModelRegistry(tmp_path)
    assert await registry.active("rules") == Artefact("rules", "1", digest, b"foo", {"a": 1})
    assert await registry.versions("rules") == ["1"]


async def test_installing_and_activating_are_a_commit_each(tmp_path, monkeypatch):
    real = files._replace
    sha256 = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("1", "2", "f")}

    def model(version):
        return Artefact("load", version, sha256[version], version.encode(), {}, {"f": sha256["f"]})

    for survived in range(5):
        folder = tmp_path / str(survived)
        registry = FileModelRegistry(folder)
        await registry.install(model("1"), {"f": b"f"})
        await registry.activate("load", "1")
        left = survived

        def crashing(path, data):
            nonlocal left
            if left == 0:
                raise CrashError
            left -= 1
            real(path, data)

        monkeypatch.setattr(files, "_replace", crashing)
        version = "1"
        with contextlib.suppress(CrashError):
            await registry.install(model("2"), {"f": b"f"})
            await registry.activate("load", "2")
            version = "2"
        monkeypatch.setattr(files, "_replace", real)
        after = FileModelRegistry(folder)
        assert await after.active("load") == model(version)
        assert await after.file("load", version, "f") == b"f"
        await after.install(model("2"), {"f": b"f"})
        await after.activate("load", "2")
        assert await after.active("load") == model("2")
    assert left > 0, "the last one went through"


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "remove":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if how == "truncate" else bytes([data[0] ^ 1]) + data[1:])


MANIFESTS = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"{}",
    b'{"format":"other","entries":{}}',
    b'{"format":"voltlift-files/1"}',
    b'{"format":"voltlift-files/1","entries":[1]}',
    b'{"format":"voltlift-files/1","entries":{"a":5}}',
    b"\xff\xfe",
    b"[" * 100_000,
]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda value: repr(value[:20]))
async def test_a_damaged_manifest(tmp_path, manifest):
    (tmp_path / "manifest.json").write_bytes(manifest)
    for adapter in (FileLogStore, FileModelRegistry):
        with pytest.raises(VoltLiftError) as caught:
            adapter(tmp_path)
        assert caught.value.code is ErrorCode.CORRUPT_DATA
        assert caught.value.path == str(tmp_path / "manifest.json")
    assert (tmp_path / "manifest.json").read_bytes() == manifest, "a log is never overwritten"
    derived = FileFeatureStore(tmp_path)
    assert await derived.read("") == {}
    await derived.write({"log/a": FeatureEntry("a")})
    assert list(await FileFeatureStore(tmp_path).read("")) == ["log/a"]


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(VoltLiftError) as caught:
        FileLogStore(tmp_path / "file")
    assert caught.value.code is ErrorCode.STORAGE


async def test_the_manifest_says_its_format(tmp_path):
    await FileLogStore(tmp_path).write(OLD)
    assert json.loads((tmp_path / "manifest.json").read_bytes())["format"] == files.FORMAT


async def test_a_record_that_cannot_be_read_is_a_storage_error(tmp_path):
    store = FileLogStore(tmp_path)
    await store.write([OLD[0]])
    blob = _only_blob(tmp_path)
    blob.unlink()
    blob.mkdir()
    with pytest.raises(VoltLiftError) as caught:
        await store.read(["a"])
    assert caught.value.code is ErrorCode.STORAGE
