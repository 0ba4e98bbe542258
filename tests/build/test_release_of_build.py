"""The release that ``make build`` puts beside the page, and the keys that it pins."""

from __future__ import annotations

import importlib.util
import json
import stat
from pathlib import Path
from types import ModuleType

import pytest

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.publish import (
    Pinned,
    new_key,
    public_key,
    publish,
    read_key,
    read_pinned,
    verify_published,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", ROOT / "web_demo/publish_models.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_build_without_an_owner_signs_for_itself(build: ModuleType, tmp_path: Path) -> None:
    key, to = tmp_path / "home" / "development.key", tmp_path / "release"
    said = build.prepare(to, Pinned(), None, key)
    pinned = read_pinned(to / "pinned-keys.json")
    assert pinned == Pinned(current=public_key(read_key(key)))
    manifest = verify_published(to / "models", pinned)
    shipped = json.loads((ROOT / "models/artifacts/manifest.json").read_text())["artifacts"]
    assert {item.model for item in manifest.artifacts} == {item["model"] for item in shipped}
    assert f"release {manifest.sequence}" in said
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not any(path.suffix == ".key" for path in to.rglob("*"))


def test_the_key_is_made_once_and_old_files_go(build: ModuleType, tmp_path: Path) -> None:
    key, to = tmp_path / "home" / "development.key", tmp_path / "release"
    build.prepare(to, Pinned(), None, key)
    before = (read_pinned(to / "pinned-keys.json"), key.read_bytes())
    (to / "models" / "files" / "old.onnx").write_bytes(b"of an earlier release")
    build.prepare(to, Pinned(), None, key)
    assert (read_pinned(to / "pinned-keys.json"), key.read_bytes()) == before
    assert not (to / "models" / "files" / "old.onnx").exists()


def test_a_build_of_an_owner_takes_what_the_owner_signed(build: ModuleType, tmp_path: Path) -> None:
    owner, development = tmp_path / "owner.pem", tmp_path / "development.key"
    pinned = Pinned(current=new_key(owner))
    release = tmp_path / "signed"
    publish(ROOT / "models/artifacts", release, owner, pinned, now_s=7)
    to = tmp_path / "release"
    assert "release 7" in build.prepare(to, pinned, release, development)
    assert read_pinned(to / "pinned-keys.json") == pinned
    assert verify_published(to / "models", pinned).sequence == 7

    # Without a folder the keys are pinned all the same; the page then has no release to fetch.
    assert "no release" in build.prepare(to, pinned, None, development)
    assert read_pinned(to / "pinned-keys.json") == pinned
    assert not (to / "models").exists()
    assert not development.exists()


def test_what_nobody_pinned_has_signed_is_not_built_in(build: ModuleType, tmp_path: Path) -> None:
    stranger, to = tmp_path / "stranger.pem", tmp_path / "release"
    release = tmp_path / "signed"
    publish(ROOT / "models/artifacts", release, stranger, Pinned(current=new_key(stranger)))
    build.prepare(to, Pinned(), None, tmp_path / "development.key")
    pinned = Pinned(current=new_key(tmp_path / "owner.pem"))
    with pytest.raises(VoltLiftError) as caught:
        build.prepare(to, pinned, release, tmp_path / "development.key")
    assert caught.value.code == ErrorCode.CORRUPT_DATA
    # Half of one build and half of another would fit nothing: the next run makes both anew.
    assert not (to / "pinned-keys.json").exists()


def test_the_development_key_is_outside_of_the_tree(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    assert build.development_key() == Path("/somewhere/data/voltlift/development.key")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert build.development_key() == Path.home() / ".local/share/voltlift/development.key"
    with pytest.raises(VoltLiftError, match="private key"):
        build.prepare(ROOT / ".cache/never", Pinned(), None, ROOT / "development.key")
