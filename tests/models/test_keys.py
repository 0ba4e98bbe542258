"""Keys that sign releases, and what of them apps pin."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from voltlift_core import VoltLiftError
from voltlift_models.publish import Pinned, new_key, read_key, read_pinned, write_pinned

ROOT = Path(__file__).parents[2]


def test_a_new_key_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "a.pem"
    public = new_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(public)) == 32
    before = path.read_bytes()
    with pytest.raises(VoltLiftError, match="never overwritten"):
        new_key(path)
    assert path.read_bytes() == before
    assert new_key(tmp_path / "b.pem") != public


@pytest.mark.parametrize("place", [ROOT / "release.pem", ROOT / "models" / "configs" / "k.pem"])
def test_keys_inside_the_repository_are_refused(place):
    with pytest.raises(VoltLiftError, match="may be committed or published"):
        new_key(place)
    assert not place.exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_that_others_may_read_is_refused(tmp_path):
    key = tmp_path / "release.pem"
    new_key(key)
    key.chmod(0o644)
    with pytest.raises(VoltLiftError, match=r"others may read.*chmod 600"):
        read_key(key)


def test_what_is_no_key_is_refused(tmp_path):
    path = tmp_path / "no.pem"
    with pytest.raises(VoltLiftError, match="cannot be read"):
        read_key(path)
    path.write_text("hello")
    path.chmod(0o600)
    with pytest.raises(VoltLiftError, match="no private key that can sign"):
        read_key(path)
    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(VoltLiftError, match="no private key that can sign"):
        read_key(path)


def test_pinned_keys_are_read_as_written(tmp_path):
    pinned = Pinned(current=new_key(tmp_path / "keys" / "release.pem"))
    path = tmp_path / "build" / "pinned-keys.json"
    write_pinned(path, pinned)
    assert read_pinned(path) == pinned


def test_the_tree_pins_keys_or_none():
    read_pinned(ROOT / "models" / "configs" / "pinned-keys.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"current": "", "next": "", "third": ""}',
        '{"current": "AAAA", "next": ""}',
        '{"current": "not base64!", "next": ""}',
        json.dumps(dict.fromkeys(("current", "next"), base64.b64encode(b"\1" * 32).decode())),
    ],
)
def test_pinned_keys_that_are_none_are_refused(tmp_path, text):
    path = tmp_path / "pinned-keys.json"
    path.write_text(text)
    with pytest.raises(VoltLiftError, match="the pinned keys cannot be read"):
        read_pinned(path)
