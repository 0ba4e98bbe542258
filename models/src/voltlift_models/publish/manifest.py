"""The manifest of a release: what there is, how large, and how to know it."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_core import ErrorCode, VoltLiftError, decode, encode, parse_json
from voltlift_models.cards import canonical

FORMAT = "voltlift-models/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """A file of a release.

    Parameters
    ----------
    name : str
        What the card and other files of the artefact call it.
    path : str
        Where it is, relative to the manifest; the name holds its hash, so that what a path
        leads to never changes and may be cached for ever.
    bytes : int
        Size.
    sha256 : str
        Hexadecimal.
    """

    name: str
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseArtifact:
    """A model of a release.

    Parameters
    ----------
    model, version, task : str
        As its card says.
    default : bool
        Whether it is used unless something else is asked for.
    min_engine : str
        Oldest engine that can run it.
    spec_name, spec_hash : str
        The features that it takes; an engine whose spec has another hash refuses it.
    bytes : int
        Size of all files, the card apart.
    card : ReleaseFile
        The model card, with the probes to try it with.
    files : tuple of ReleaseFile
        The model itself.
    """

    model: str
    version: str
    task: str
    default: bool
    min_engine: str
    spec_name: str
    spec_hash: str
    bytes: int
    card: ReleaseFile
    files: tuple[ReleaseFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseManifest:
    """All models of a release.

    Parameters
    ----------
    format : str
        Version of this description; another one is refused.
    sequence : int
        Grows with every release; an app refuses a smaller one than it has seen.
    created : str
        When it was published, UTC.
    min_engine : str
        Oldest engine that can use any of it.
    artifacts : tuple of ReleaseArtifact
        By name.
    expires : str, optional
        When the next release is due at the latest, UTC. An app that has seen no newer one by then
        says so; it uses this one all the same.
    """

    format: str
    sequence: int
    created: str
    min_engine: str
    artifacts: tuple[ReleaseArtifact, ...]
    expires: str | None = None


def read_release(data: bytes) -> ReleaseManifest:
    """Return the manifest of its JSON text.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where a field does not fit, the format is another one, or a path
        leads elsewhere.
    """
    try:
        manifest = decode(ReleaseManifest, parse_json(data))
    except VoltLiftError as error:
        raise _corrupt(f"it cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise _corrupt(f"its format is {manifest.format!r}, not {FORMAT!r}")
    for artifact in manifest.artifacts:
        for file in (artifact.card, *artifact.files):
            if file.path != path_of(file.name, file.sha256):
                raise _corrupt(f"{file.path!r} is no path for {file.name}")
    return manifest


def write_release(manifest: ReleaseManifest) -> bytes:
    """Return the JSON text that is signed; a field that says nothing is not in it."""
    said = encode(manifest)
    if manifest.expires is None and isinstance(said, dict):
        del said["expires"]
    return canonical(said)


def path_of(name: str, sha256: str) -> str:
    """Return where a file is published; the ending says what it is to servers.

    Examples
    --------
    >>> path_of("tfjs/model.json", "ab12")
    'files/ab12.json'
    """
    base = name.rpartition("/")[2]
    _, dot, ending = base.rpartition(".")
    return f"files/{sha256}{dot}{ending if dot else ''}"


def _corrupt(what: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA,
        f"the release's manifest is damaged: {what}",
        remedy="Publish it again",
    )
