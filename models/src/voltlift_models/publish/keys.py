"""Keys that sign releases: private ones outside the tree, public ones pinned in the app."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from voltlift_core import ErrorCode, VoltLiftError

_TREE = Path(__file__).resolve().parents[4]
"""The source tree, where the package is run from it."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The two public keys that an app accepts, base64 of their 32 bytes; empty for none.

    Parameters
    ----------
    current : str
        Signs today's releases.
    next : str
        Signs them once the current one is retired: pinned before it is needed, so that
        every app that is still in use knows it by then.
    """

    current: str = ""
    next: str = ""

    def holder(self, data: bytes, signature: bytes) -> str:
        """Return which key (its base64) signed these bytes; empty where neither did."""
        for text in (self.current, self.next):
            if text and _signed(text, data, signature):
                return text
        return ""


def new_key(path: Path) -> str:
    """Make a private key, readable by its owner alone, and return its public key (base64).

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where the file exists already, or lies in a working tree.
    """
    _require_outside(path)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "a key is never overwritten",
            path=str(path),
            expected="a file that is not there yet",
            received="one that is",
            remedy="Choose another name; releases signed with a lost key cannot be replaced",
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return public_key(key)


def read_key(path: Path, outside: Path | None = None) -> Ed25519PrivateKey:
    """Return a private key.

    Parameters
    ----------
    path : Path
        The file.
    outside : Path, optional
        A folder that it must not be in, as its files are served.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where it lies in a working tree or that folder, or others may
        read it, ``unsupported_file`` where it is no Ed25519 key.
    """
    _require_outside(path, *([] if outside is None else [outside]))
    try:
        data = path.read_bytes()
        mode = path.stat().st_mode
    except OSError as error:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"the private key cannot be read ({error.strerror})",
            path=str(path),
            remedy="voltlift keys new PATH makes one",
        ) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "others may read the private key",
            path=str(path),
            expected="mode 0600",
            received=f"{stat.S_IMODE(mode):04o}",
            remedy=f"chmod 600 {path}",
        )
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path, "something else") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, type(key).__name__)
    return key


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public half as base64 of its 32 bytes."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def key_id(public: str) -> str:
    """Return the short name of a public key: the first 16 hex digits of its SHA-256.

    Examples
    --------
    >>> key_id("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    '66687aadf862bd77'
    """
    return hashlib.sha256(base64.b64decode(public)).hexdigest()[:16]


def read_pinned(path: Path) -> Pinned:
    """Return the pinned keys of a JSON file ``{"current": ..., "next": ...}``.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where it cannot be read, holds no such key, or the same twice.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or set(content) != {"current", "next"}:
            raise ValueError("the fields are current and next")
        pinned = Pinned(*(str(content[name]) for name in ("current", "next")))
        for text in (pinned.current, pinned.next):
            if text and len(base64.b64decode(text, validate=True)) != 32:
                raise ValueError(f"{text!r} is no public key")
        if pinned.current and pinned.current == pinned.next:
            raise ValueError("the next key is the current one")
    except (OSError, ValueError, binascii.Error) as error:
        raise VoltLiftError(
            ErrorCode.INVALID_CONFIGURATION,
            f"the pinned keys cannot be read ({error})",
            path=str(path),
            expected='{"current": "<base64 of 32 bytes>", "next": "<the same, or empty>"}',
            remedy="voltlift keys new PATH prints the public key to put there",
        ) from error
    return pinned


def write_pinned(path: Path, pinned: Pinned) -> None:
    """Write pinned keys, for a build of its own such as the demo's."""
    text = json.dumps({"current": pinned.current, "next": pinned.next}, indent=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _signed(public: str, data: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _require_outside(path: Path, *folders: Path) -> None:
    """Refuse a private key that could be committed or served by mistake."""
    forbidden = {_TREE, *(folder.resolve() for folder in folders)}
    for folder in path.resolve().parents:
        if folder in forbidden or (folder / ".git").exists():
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "a private key does not belong where it may be committed or published",
                path=str(path),
                expected="a place outside of any repository and of what is served",
                received=f"a file below {folder}",
                remedy="Keep it in a folder of your own, such as ~/.config/voltlift",
            )


def _no_key(path: Path, received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.UNSUPPORTED_FILE,
        "this is no private key that can sign",
        path=str(path),
        expected="an Ed25519 key as PEM (PKCS 8) without a password",
        received=received,
        remedy="voltlift keys new PATH makes one",
    )
