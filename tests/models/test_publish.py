"""Publishing: signed static files, whole or not at all, by a key that apps know."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voltlift_core import VoltLiftError
from voltlift_models.artifacts import write_artifact
from voltlift_models.cards import Figure, ModelCard, Probe, SpecCard, trained_on
from voltlift_models.corpus import Source
from voltlift_models.publish import (
    Pinned,
    new_key,
    publish,
    read_key,
    read_release,
    verify_published,
)
from voltlift_models.publish.folder import signature_path

NOW_S = 1_790_000_000.0
ROOT = Path(__file__).parents[2]


def card(model: str, version: str = "1.0.0", **changes: object) -> ModelCard:
    made = ModelCard(
        model=model,
        version=version,
        task="T1",
        beats="personal bigram",
        default=True,
        description="For tests.",
        trained_on=trained_on(10, [Source("a.csv", "0" * 64, "MIT")], "2026-01-31"),
        metrics={"ranker": {"hr1": Figure(0.5, 0.4, 0.6, 7)}},
        spec=SpecCard("habit/1", "ab" * 32, ("one", "two")),
        seed=1,
        tools={},
        limits=(),
        probes=(Probe("model.onnx", ((1.0, 2.0),), (0.5,)),),
        min_engine="0.2.0",
    )
    return replace(made, **changes)


@pytest.fixture
def artifacts(tmp_path):
    root = tmp_path / "artifacts"
    write_artifact(root, card("ranker"), {"model.onnx": b"onnx" * 100, "trees.npz": b"npz" * 50})
    write_artifact(
        root,
        card("exercise-net", probes=(Probe("tfjs/model.json", ((1.0, 2.0),), (0.5,)),)),
        {"tfjs/model.json": b"{}", "tfjs/group1-shard1of1.bin": b"\0" * 64},
    )
    return root


@pytest.fixture
def key(tmp_path):
    return tmp_path / "keys" / "release.pem"


@pytest.fixture
def pinned(key):
    return Pinned(current=new_key(key))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_is_what_the_artefacts_are(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    done = publish(artifacts, to, key, pinned, now_s=NOW_S)
    assert done.manifest == verify_published(to, pinned)
    found = json.loads((to / "manifest.json").read_bytes())
    assert found["format"] == "voltlift-models/1"
    assert found["sequence"] == NOW_S
    assert found["created"] == "2026-09-21T14:13:20Z"
    assert found["minEngine"] == "0.2.0"
    net, ranker = found["artifacts"]
    assert (net["model"], ranker["model"]) == ("exercise-net", "ranker")
    assert ranker["specHash"] == "ab" * 32
    assert ranker["bytes"] == 400 + 150
    onnx, trees = ranker["files"]
    assert (to / onnx["path"]).read_bytes() == b"onnx" * 100
    assert (trees["name"], trees["bytes"]) == ("trees.npz", 150)
    assert json.loads((to / ranker["card"]["path"]).read_bytes())["model"] == "ranker"
    # Nothing but the manifest has a name that may come to mean something else.
    names = {file["path"] for item in found["artifacts"] for file in [*item["files"], item["card"]]}
    signature = signature_path((to / "manifest.json").read_bytes())
    assert set(contents(to)) == names | {"manifest.json", signature}


def test_the_signature_is_ed25519_over_the_exact_bytes(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    data = (to / "manifest.json").read_bytes()
    signature = base64.b64decode((to / signature_path(data)).read_bytes())
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(pinned.current))
    public.verify(signature, data)
    assert len(signature) == 64


def test_the_same_release_is_the_same_bytes_anywhere(artifacts, key, pinned, tmp_path):
    for name in ("a", "b"):
        publish(artifacts, tmp_path / name, key, pinned, now_s=NOW_S)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_sequence_only_grows_whatever_the_clock_says(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    numbers = [
        publish(artifacts, to, key, pinned, now_s=moment).manifest.sequence
        for moment in (NOW_S, NOW_S, NOW_S - 86_400, NOW_S + 60)
    ]
    assert numbers == [NOW_S, NOW_S + 1, NOW_S + 2, NOW_S + 60]


def test_a_release_may_say_when_the_next_one_is_due(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    assert "expires" not in json.loads((to / "manifest.json").read_bytes())
    done = publish(artifacts, to, key, pinned, now_s=NOW_S, valid_days=30)
    assert json.loads((to / "manifest.json").read_bytes())["expires"] == "2026-10-21T14:13:20Z"
    # Said anew without any other change it is another release, which apps fetch.
    assert done.manifest.sequence == NOW_S + 1
    assert done.manifest == verify_published(to, pinned)


@pytest.mark.parametrize("days", [0, -1, 4_000_000, 10**14])
def test_days_that_no_calendar_has_are_refused(artifacts, key, pinned, tmp_path, days):
    with pytest.raises(VoltLiftError, match=r"valid_days is out of range.*from 1 to 3650"):
        publish(artifacts, tmp_path / "site", key, pinned, valid_days=days)
    assert not (tmp_path / "site").exists()


def test_an_update_writes_what_is_new_and_keeps_what_was(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    before = publish(artifacts, to, key, pinned, now_s=NOW_S)
    assert before.written == 6
    old = contents(to)
    write_artifact(
        artifacts, card("ranker", "1.1.0"), {"model.onnx": b"new", "trees.npz": b"npz" * 50}
    )
    after = publish(artifacts, to, key, pinned, now_s=NOW_S + 1)
    assert after.written == 2  # the new model and its card
    new = contents(to)
    # Whoever is in the middle of fetching the old release still finds all of it.
    assert {name: new[name] for name in old if name != "manifest.json"} == {
        name: data for name, data in old.items() if name != "manifest.json"
    }


def test_a_published_file_that_was_damaged_is_written_again(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    done = publish(artifacts, to, key, pinned, now_s=NOW_S)
    path = to / done.manifest.artifacts[1].files[0].path
    path.write_bytes(b"rubbish")
    with pytest.raises(VoltLiftError, match=r"is not ranker model\.onnx"):
        verify_published(to, pinned)
    assert publish(artifacts, to, key, pinned, now_s=NOW_S + 1).written == 1
    verify_published(to, pinned)


def change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_a_manifest_that_nobody_signed_is_refused(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    with pytest.raises(VoltLiftError, match="none of the pinned keys signed it"):
        verify_published(to, Pinned(current=new_key(tmp_path / "other.pem")))
    data = (to / "manifest.json").read_bytes()
    change_a_byte(to / signature_path(data))
    with pytest.raises(VoltLiftError, match=r"none of the pinned keys|it is no signature"):
        verify_published(to, pinned)
    change_a_byte(to / "manifest.json")
    with pytest.raises(VoltLiftError, match="cannot be read"):
        verify_published(to, pinned)


@pytest.mark.parametrize("damage", ["file", "card", "missing", "excess"])
def test_artefacts_that_do_not_fit_their_cards_are_never_published(
    artifacts, key, pinned, tmp_path, damage
):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    before = contents(to)
    folder = artifacts / "ranker" / "1.0.0"
    if damage == "file":
        change_a_byte(folder / "model.onnx")
    elif damage == "card":
        text = (folder / "card.json").read_text()
        (folder / "card.json").write_text(text.replace("0.5", "0.55"))
    elif damage == "missing":
        (folder / "trees.npz").unlink()
    else:
        (folder / "secret.txt").write_text("not in the card")
    with pytest.raises(VoltLiftError):
        publish(artifacts, to, key, pinned, now_s=NOW_S + 1)
    assert contents(to) == before


def test_a_key_that_no_app_knows_signs_nothing(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    other = tmp_path / "other.pem"
    new_key(other)
    with pytest.raises(VoltLiftError, match="no app would accept"):
        publish(artifacts, to, other, pinned, now_s=NOW_S)
    with pytest.raises(VoltLiftError, match="a pinned key"):
        publish(artifacts, to, key, Pinned(), now_s=NOW_S)
    assert not to.exists()


def test_the_next_key_takes_over_without_a_new_app(artifacts, key, pinned, tmp_path):
    to, following = tmp_path / "site", tmp_path / "next.pem"
    both = replace(pinned, next=new_key(following))
    publish(artifacts, to, key, both, now_s=NOW_S)
    publish(artifacts, to, following, both, now_s=NOW_S + 1)
    assert verify_published(to, both).sequence == NOW_S + 1
    # Apps of the time after, in which the next key has become the current one.
    assert verify_published(to, Pinned(current=both.next)).sequence == NOW_S + 1


def test_two_publications_at_once_are_refused(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    to.mkdir()
    (to / ".publishing").touch()
    with pytest.raises(VoltLiftError, match=r"another publication.*delete this file"):
        publish(artifacts, to, key, pinned, now_s=NOW_S)
    (to / ".publishing").unlink()
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    assert not (to / ".publishing").exists()


def test_a_failure_in_the_middle_leaves_the_last_release(
    artifacts, key, pinned, tmp_path, monkeypatch
):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    write_artifact(artifacts, card("ranker", "2.0.0"), {"model.onnx": b"2", "trees.npz": b"2"})
    fsync = os.fsync
    calls = 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        publish(artifacts, to, key, pinned, now_s=NOW_S + 1)
    assert verify_published(to, pinned).sequence == NOW_S
    assert not [name for name in contents(to) if ".new-" in name or name == ".publishing"]
    monkeypatch.undo()
    assert publish(artifacts, to, key, pinned, now_s=NOW_S + 1).manifest.sequence == NOW_S + 1


def test_a_damaged_last_release_is_not_replaced_in_silence(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    (to / "manifest.json").write_bytes(b"{}")
    with pytest.raises(VoltLiftError, match="the last release there is damaged"):
        publish(artifacts, to, key, pinned, now_s=NOW_S + 1)


def test_nothing_to_publish_is_said(key, pinned, tmp_path):
    with pytest.raises(VoltLiftError, match="there are no artefacts"):
        publish(tmp_path / "none", tmp_path / "site", key, pinned, now_s=NOW_S)


def test_paths_that_lead_elsewhere_are_refused(artifacts, key, pinned, tmp_path):
    to = tmp_path / "site"
    publish(artifacts, to, key, pinned, now_s=NOW_S)
    data = (to / "manifest.json").read_text()
    path = json.loads(data)["artifacts"][0]["card"]["path"]
    with pytest.raises(VoltLiftError, match="is no path for"):
        read_release(data.replace(path, "../../etc/passwd").encode())
    with pytest.raises(VoltLiftError, match="its format is"):
        read_release(data.replace("voltlift-models/1", "voltlift-models/2").encode())


def test_keys_in_any_repository_or_in_what_is_served_are_refused(artifacts, tmp_path):
    key = tmp_path / "site" / "key.pem"
    pinned = Pinned(current=new_key(key))
    with pytest.raises(VoltLiftError, match="may be committed or published"):
        publish(artifacts, tmp_path / "site", key, pinned, now_s=NOW_S)
    (tmp_path / "site" / ".git").mkdir()
    with pytest.raises(VoltLiftError, match="may be committed or published"):
        read_key(key)
