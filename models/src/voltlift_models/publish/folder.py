"""A folder of static files that holds a release: written as a whole, verified as a whole."""

from __future__ import annotations

import base64
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voltlift_core import ErrorCode, VoltLiftError, check_range
from voltlift_models.artifacts import CARD, Artifact, read_artifact, verify
from voltlift_models.cards import sha256, write_card
from voltlift_models.publish.keys import Pinned, key_id, public_key, read_key
from voltlift_models.publish.manifest import (
    FORMAT,
    ReleaseArtifact,
    ReleaseFile,
    ReleaseManifest,
    path_of,
    read_release,
    write_release,
)

MANIFEST = "manifest.json"
_LOCK = ".publishing"
_DAY_S = 24 * 60 * 60

MOST_VALID_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Published:
    """What was published.

    ``written`` counts the files that were not there before, ``key_id`` names the key.
    """

    manifest: ReleaseManifest
    written: int
    bytes: int
    key_id: str


def publish(
    artifacts: Path,
    to: Path,
    key: Path,
    pinned: Pinned,
    *,
    valid_days: int | None = None,
    now_s: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Published:
    """Publish the artefacts of a folder as signed, static files.

    First the files, under names that hold their hashes, then the signature, under a name that
    holds the manifest's, last the manifest in one step: whoever fetches meanwhile sees the old
    release or the new one, each complete. Files of earlier releases stay.

    The sequence number is the time in seconds, or one more than the last release where that
    is larger: it grows even if the folder is made anew for each release.

    Parameters
    ----------
    artifacts : Path
        Folder of artefacts with their cards, such as ``models/artifacts``.
    to : Path
        Folder to serve; made where it is not there.
    key : Path
        Private key that signs the manifest: outside of any repository, and of this folder.
    pinned : Pinned
        What apps accept; the key must be one of them.
    valid_days : int, optional
        Days within which there will be another release. Pages that have seen none by then say
        that they may be kept from newer ones; what they use stays in use.
    now_s : float, optional
        The moment, epoch seconds; by default the present.
    progress : callable, optional
        Told the name of each file.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where an artefact does not fit its card or the last release is
        damaged, ``invalid_configuration`` where a budget is exceeded, ``invalid_request``
        where no app would accept the key, there is nothing to publish, the days are none or
        more than ``MOST_VALID_DAYS``, or another publication is going on. The last release
        stays as it is then.
    """
    if valid_days is not None:
        check_range("valid_days", valid_days, 1, MOST_VALID_DAYS)
    signer = read_key(key, outside=to)
    public = public_key(signer)
    if public not in (pinned.current, pinned.next):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "no app would accept what this key signs",
            expected=" or ".join(filter(None, (pinned.current, pinned.next))) or "a pinned key",
            received=public,
            remedy="Pin its public key first (see docs/how-to/publish-models.md)",
        )
    found = [read_artifact(artifacts, entry.model) for entry in verify(artifacts).artifacts]
    if not found:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is nothing to publish",
            path=str(artifacts),
            expected="at least one artefact",
            received="none",
            remedy="Run voltlift run to train them",
        )
    now = time.time() if now_s is None else now_s
    to.mkdir(parents=True, exist_ok=True)
    with _alone(to):
        manifest = _manifest(found, max(_last_sequence(to) + 1, int(now)), now, valid_days)
        data = write_release(manifest)
        written = 0
        for path, content in _contents(found):
            if progress is not None:
                progress(path)
            written += _put(to / path, content)
        _put(to / signature_path(data), base64.b64encode(signer.sign(data)) + b"\n")
        _replace(to / MANIFEST, data)
    verify_published(to, pinned)
    size = sum(item.bytes + item.card.bytes for item in manifest.artifacts)
    return Published(manifest, written, size, key_id(public))


def verify_published(folder: Path, pinned: Pinned) -> ReleaseManifest:
    """Return the manifest of a release of which every byte is what was signed.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where a file is missing or differs, or no pinned key signed it.
    """
    data = _read(folder, MANIFEST)
    try:
        signature = base64.b64decode(_read(folder, signature_path(data)), validate=False)
    except ValueError as error:
        raise _damaged(folder / signature_path(data), "it is no signature") from error
    if not pinned.holder(data, signature):
        raise _damaged(folder / MANIFEST, "none of the pinned keys signed it")
    manifest = read_release(data)
    for artifact in manifest.artifacts:
        for file in (artifact.card, *artifact.files):
            content = _read(folder, file.path)
            if (len(content), sha256(content)) != (file.bytes, file.sha256):
                raise _damaged(folder / file.path, f"it is not {artifact.model} {file.name}")
    return manifest


def signature_path(manifest: bytes) -> str:
    """Return where the signature of a manifest is: base64 of 64 bytes, in a file of its own.

    Its name holds the manifest's SHA-256, so that nobody who fetches both while a release is
    published gets one of the old and one of the new.
    """
    return f"signatures/{sha256(manifest)}.sig"


def _manifest(
    found: list[Artifact], sequence: int, now_s: float, valid_days: int | None
) -> ReleaseManifest:
    artifacts = tuple(_release(artifact) for artifact in found)
    return ReleaseManifest(
        format=FORMAT,
        sequence=sequence,
        created=_utc(now_s),
        min_engine=min((item.min_engine for item in artifacts), key=_version),
        artifacts=artifacts,
        expires=None if valid_days is None else _utc(now_s + valid_days * _DAY_S),
    )


def _utc(moment_s: float) -> str:
    return datetime.fromtimestamp(int(moment_s), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _release(artifact: Artifact) -> ReleaseArtifact:
    card = artifact.card
    return ReleaseArtifact(
        model=card.model,
        version=card.version,
        task=card.task,
        default=card.default,
        min_engine=card.min_engine,
        spec_name=card.spec.name,
        spec_hash=card.spec.hash,
        bytes=card.size,
        card=_file(CARD, write_card(card)),
        files=tuple(_file(name, artifact.files[name]) for name in sorted(artifact.files)),
    )


def _file(name: str, content: bytes) -> ReleaseFile:
    digest = sha256(content)
    return ReleaseFile(name=name, path=path_of(name, digest), bytes=len(content), sha256=digest)


def _contents(found: list[Artifact]) -> Iterator[tuple[str, bytes]]:
    for artifact in found:
        for name, content in {**artifact.files, CARD: write_card(artifact.card)}.items():
            yield path_of(name, sha256(content)), content


def _version(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split("."))
    except ValueError as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            "a card names an engine that is no version",
            expected="numbers with dots, such as 0.2.0",
            received=repr(text),
            remedy="Export the model again",
        ) from error


def _last_sequence(folder: Path) -> int:
    path = folder / MANIFEST
    if not path.exists():
        return 0
    try:
        return read_release(path.read_bytes()).sequence
    except VoltLiftError as error:
        raise VoltLiftError(
            error.code,
            f"the last release there is damaged ({error})",
            path=str(path),
            remedy="Restore it, or delete this file: the next sequence number is then the time",
        ) from error


def _put(path: Path, content: bytes) -> int:
    """Write a file whose name holds its hash, unless it is there already, as it should be."""
    if path.is_file() and path.read_bytes() == content:
        return 0
    _replace(path, content)
    return 1


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step: readers see the old one or the new one, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second publication out while one is going on."""
    lock = folder / _LOCK
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "another publication into this folder is going on",
            path=str(lock),
            remedy="Wait for it; where it was interrupted, delete this file",
        ) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise _damaged(folder / path, f"it cannot be read: {error.strerror}") from error


def _damaged(path: Path, what: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA,
        f"the published release is damaged: {what}",
        path=str(path),
        remedy="Publish it again",
    )
