"""The folder of artefacts: whole versions, latest only, within budgets, verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model_cards import card
from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.artifacts import (
    BUDGETS,
    read_artifact,
    read_manifest,
    remove_artifact,
    verify,
    write_artifact,
)

FILES = {"trees.npz": b"trees", "tfjs/model.json": b"{}"}


def paths(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_an_artefact_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = write_artifact(tmp_path, card(), FILES)
    read = read_artifact(tmp_path, "ranker-next")
    assert read.card == written
    assert read.files == FILES
    assert written.size == 7
    assert verify(tmp_path).artifacts[0].files == written.files


def test_only_the_latest_version_stays(tmp_path: Path) -> None:
    write_artifact(tmp_path, card(), FILES)
    write_artifact(tmp_path, card(version="1.1.0"), {"trees.npz": b"better"})
    assert paths(tmp_path) == [
        "manifest.json",
        "ranker-next/1.1.0/card.json",
        "ranker-next/1.1.0/trees.npz",
    ]
    verify(tmp_path)


def test_models_live_side_by_side_in_order(tmp_path: Path) -> None:
    write_artifact(tmp_path, card(), FILES)
    write_artifact(tmp_path, card(model="load"), FILES)
    assert [entry.model for entry in verify(tmp_path).artifacts] == ["load", "ranker-next"]
    remove_artifact(tmp_path, "load")
    assert [entry.model for entry in verify(tmp_path).artifacts] == ["ranker-next"]


def test_the_same_artefact_gives_the_same_folder(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for root in (one, other):
        write_artifact(root, card(), dict(reversed(FILES.items()) if root == one else FILES))
    assert paths(one) == paths(other)
    for path in paths(one):
        assert (one / path).read_bytes() == (other / path).read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trees.npz", b"treez"),
        ("trees.npz", b"tree"),
        ("card.json", b"{}"),
        ("tfjs/model.json", None),
    ],
)
def test_a_changed_or_missing_file_is_found(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    write_artifact(tmp_path, card(), FILES)
    path = tmp_path / "ranker-next" / "1.0.0" / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    for check in (lambda: verify(tmp_path), lambda: read_artifact(tmp_path, "ranker-next")):
        with pytest.raises(VoltLiftError, match=path.name) as caught:
            check()
        assert caught.value.code == ErrorCode.CORRUPT_DATA


def test_a_file_too_many_is_found(tmp_path: Path) -> None:
    write_artifact(tmp_path, card(), FILES)
    (tmp_path / "ranker-next" / "notes.txt").write_text("x")
    with pytest.raises(VoltLiftError, match=r"notes\.txt"):
        verify(tmp_path)


def test_a_budget_is_kept_and_nothing_is_written_beyond(tmp_path: Path) -> None:
    half = {"trees.npz": bytes(BUDGETS["boosting"] // 2)}
    write_artifact(tmp_path, card(), half)
    write_artifact(tmp_path, card(model="load"), half)
    before = paths(tmp_path)
    with pytest.raises(VoltLiftError, match="boosting models are too large") as caught:
        write_artifact(tmp_path, card(model="ranker-session"), FILES)
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
    assert paths(tmp_path) == before
    # A new version takes the place of the old one, also in the sum.
    write_artifact(tmp_path, card(version="1.0.1"), half)
    verify(tmp_path)


@pytest.mark.parametrize("name", ["../x", "a/b/c", "", "a b", "card.json", "/etc/x", "a/.."])
def test_unfit_file_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(VoltLiftError) as caught:
        write_artifact(tmp_path, replace(card(), probes=()), {name: b"x"})
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
    assert paths(tmp_path) == []


def test_a_model_without_a_budget_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoltLiftError, match="no budget"):
        write_artifact(tmp_path, card(model="oracle"), FILES)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(VoltLiftError) as caught:
        read_manifest(tmp_path)
    assert caught.value.code == ErrorCode.NOT_AVAILABLE
    write_artifact(tmp_path, card(), FILES)
    with pytest.raises(VoltLiftError, match="ranker-next"):
        read_artifact(tmp_path, "load")


def test_a_damaged_manifest_is_corrupt(tmp_path: Path) -> None:
    write_artifact(tmp_path, card(), FILES)
    (tmp_path / "manifest.json").write_text('{"artifacts": 3}')
    with pytest.raises(VoltLiftError) as caught:
        verify(tmp_path)
    assert caught.value.code == ErrorCode.CORRUPT_DATA
