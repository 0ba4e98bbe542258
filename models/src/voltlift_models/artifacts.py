"""The folder of artefacts: one version a model, a manifest over all of them, budgets kept."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from voltlift_core import ErrorCode, VoltLiftError, decode, encode, parse_json
from voltlift_models.cards import FileCard, ModelCard, canonical, read_card, sha256, write_card

CARD: Final = "card.json"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1

TOTAL: Final = 4_000_000
"""Bytes that all models together may take on a device."""

BUDGETS: Final[Mapping[str, int]] = {
    "collaborative": 500_000,
    "boosting": 1_500_000,
    "neural": 2_000_000,
}
"""Bytes of the files of each family."""

FAMILIES: Final[Mapping[str, str]] = {
    "collaborative-filter": "collaborative",
    "ranker": "boosting",
    "ranker-next": "boosting",
    "ranker-session": "boosting",
    "load": "boosting",
    "exercise-net": "neural",
}
"""Whose budget each model counts against."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the manifest.

    Parameters
    ----------
    model, version : str
        Its folder is ``<model>/<version>``.
    spec_hash : str
        What the engine's spec must have too.
    default : bool
        Whether it is used unless something else is asked for.
    card : FileCard
        The card's own file.
    files : tuple of FileCard
        All other files.
    """

    model: str
    version: str
    spec_hash: str
    default: bool
    card: FileCard
    files: tuple[FileCard, ...]

    @property
    def size(self) -> int:
        """Bytes of the files, the card apart."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All artefacts of a folder, by name."""

    artifacts: tuple[Entry, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Artifact:
    """A card and the files that it describes."""

    card: ModelCard
    files: Mapping[str, bytes]


def write_artifact(root: Path, card: ModelCard, files: Mapping[str, bytes]) -> ModelCard:
    """Write an artefact beside its card, in place of other versions of the same model.

    The version appears as a whole or not at all; the manifest is written last.

    Parameters
    ----------
    root : Path
        Folder of artefacts; made where it is not there.
    card : ModelCard
        Its ``files`` are filled in.
    files : mapping
        Contents by file name; a name may hold one folder (``tfjs/model.json``).

    Returns
    -------
    ModelCard
        The card as written.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where a name is not fit for a file or a budget is
        exceeded, ``corrupt_data`` where the card contradicts itself. Nothing is written then.
    """
    _require_names(card, files)
    card = replace(card, files=tuple(_file_card(name, files[name]) for name in sorted(files)))
    data = write_card(card)
    others = [entry for entry in _entries(root) if entry.model != card.model]
    manifest = _manifest([*others, _entry(card, data)])
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as made:
        for name, content in {**files, CARD: data}.items():
            path = Path(made, "version", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        shutil.rmtree(root / card.model, ignore_errors=True)
        (root / card.model).mkdir()
        Path(made, "version").rename(root / card.model / card.version)
    _write_manifest(root, manifest)
    return card


def remove_artifact(root: Path, model: str) -> None:
    """Take a model out of the folder and of the manifest."""
    left = [entry for entry in _entries(root) if entry.model != model]
    _write_manifest(root, _manifest(left))
    shutil.rmtree(root / model, ignore_errors=True)


def read_artifact(root: Path, model: str) -> Artifact:
    """Return a model with its files, every byte of which is what its card says.

    Raises
    ------
    VoltLiftError
        ``not_available`` where the manifest has no such model, ``corrupt_data`` where a
        file is missing or differs.
    """
    for entry in read_manifest(root).artifacts:
        if entry.model == model:
            return _read(root, entry)
    known = ", ".join(entry.model for entry in read_manifest(root).artifacts) or "none"
    raise VoltLiftError(
        ErrorCode.NOT_AVAILABLE,
        f"there is no artefact {model!r}",
        expected=f"one of {root}: {known}",
        received=repr(model),
        remedy="Run voltlift run to train it",
    )


def read_manifest(root: Path) -> Manifest:
    """Return the manifest of a folder.

    Raises
    ------
    VoltLiftError
        ``not_available`` where there is none, ``corrupt_data`` where it cannot be read.
    """
    path = root / MANIFEST
    if not path.is_file():
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "there are no artefacts",
            expected=f"a manifest at {path}",
            received="no such file",
            remedy="Run voltlift run to train them",
        )
    try:
        return decode(Manifest, parse_json(path.read_bytes()))
    except VoltLiftError as error:
        raise _corrupt(f"{path} cannot be read ({error})") from error


def verify(root: Path) -> Manifest:
    """Check that a folder holds exactly what its manifest says, within the budgets.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` for the first file that is missing, differs or is in excess,
        ``invalid_configuration`` where a budget is exceeded.
    """
    manifest = read_manifest(root)
    expected = {MANIFEST}
    for entry in manifest.artifacts:
        artifact = _read(root, entry)
        folder = f"{entry.model}/{entry.version}/"
        expected |= {folder + name for name in (CARD, *artifact.files)}
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    if excess := sorted(found - expected):
        raise _corrupt(f"{root / excess[0]} is in no card")
    return _manifest(manifest.artifacts)


def is_name(text: str) -> bool:
    """Return whether a text may name a file or folder of an artefact."""
    return bool(_NAME.fullmatch(text)) and ".." not in text


def _entries(root: Path) -> tuple[Entry, ...]:
    return read_manifest(root).artifacts if (root / MANIFEST).is_file() else ()


def _entry(card: ModelCard, data: bytes) -> Entry:
    return Entry(
        model=card.model,
        version=card.version,
        spec_hash=card.spec.hash,
        default=card.default,
        card=_file_card(CARD, data),
        files=card.files,
    )


def _manifest(entries: list[Entry] | tuple[Entry, ...]) -> Manifest:
    """Return the manifest of entries whose sizes are within the budgets."""
    sizes = dict.fromkeys(BUDGETS, 0)
    for entry in entries:
        if entry.model not in FAMILIES:
            raise _refused(
                f"no budget is known for {entry.model}", ", ".join(FAMILIES), repr(entry.model)
            )
        sizes[FAMILIES[entry.model]] += entry.size
    for family, size in (*sizes.items(), ("all", sum(sizes.values()))):
        budget = BUDGETS.get(family, TOTAL)
        if size > budget:
            raise _refused(
                f"the {family} models are too large", f"at most {budget:,} bytes", f"{size:,}"
            )
    return Manifest(tuple(sorted(entries, key=lambda entry: entry.model)))


def _write_manifest(root: Path, manifest: Manifest) -> None:
    path = root / f".{MANIFEST}"
    path.write_bytes(canonical(encode(manifest)))
    path.replace(root / MANIFEST)


def _read(root: Path, entry: Entry) -> Artifact:
    folder = root / entry.model / entry.version
    card = read_card(_content(folder, entry.card))
    if _entry(card, write_card(card)) != entry:
        raise _corrupt(f"the card of {entry.model} {entry.version} is not that of the manifest")
    return Artifact(card, {file.name: _content(folder, file) for file in card.files})


def _content(folder: Path, file: FileCard) -> bytes:
    path = folder / file.name
    if not path.is_file():
        raise _corrupt(f"{path} is missing")
    data = path.read_bytes()
    if (len(data), sha256(data)) != (file.bytes, file.sha256):
        raise _corrupt(f"{path} is not the file of the card")
    return data


def _file_card(name: str, data: bytes) -> FileCard:
    return FileCard(name, len(data), sha256(data))


def _require_names(card: ModelCard, files: Mapping[str, bytes]) -> None:
    def parts() -> Iterator[str]:
        yield from (card.model, card.version)
        for name in files:
            yield from name.split("/", 1)

    for part in parts():
        if not is_name(part):
            raise _refused(
                "a name of the artefact is no file name", "letters, digits, . and -", repr(part)
            )
    if not files or CARD in files:
        raise _refused("an artefact has files, and its card is not one", "files", str([*files]))


def _refused(what: str, expected: str, received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.INVALID_CONFIGURATION, what, expected=expected, received=received
    )


def _corrupt(what: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA, what, remedy="Restore the folder from git or run voltlift run"
    )
