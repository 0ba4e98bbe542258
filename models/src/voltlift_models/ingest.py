"""Exports of workout apps to lifters, through the importers of core."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import voltlift_importers
from voltlift_core import (
    Engine,
    ErrorCode,
    ImportPreview,
    Json,
    Ports,
    PreviewImportRequest,
    VoltLiftError,
    encode,
)
from voltlift_learned.diary import Diary
from voltlift_models.corpus import Corpus, Excluded, Lifter, Notice, Source, named_apart
from voltlift_models.overlap import without_duplicates

MAX_BYTES = 100_000_000
"""No importer takes more; a larger file is not even read."""

FUTURE_S = 14 * 3600.0
"""A wall time without an offset may be this far ahead of UTC without being in the future."""


@dataclass(frozen=True)
class Read:
    """What came of one file: a lifter or the reason why not, and what is to be known."""

    lifter: Lifter | None = None
    excluded: Excluded | None = None
    notices: tuple[Notice, ...] = ()


def ingest(
    folder: Path,
    *,
    now_s: float | None = None,
    licences: Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Corpus:
    """Return the lifters of all exports in a folder; each file is one lifter.

    Reads whatever the importers read, in any mix. What cannot be used is reported, never
    silently left out: files that are no export or damaged, logs without a single completed
    set, sessions in the future, second exports of the same lifter.

    Parameters
    ----------
    folder : Path
        Searched with its subfolders; hidden files do not count. A single file is fine too.
    now_s : float, optional
        Sessions that start later are taken for damage; by default the present, or when the
        file was written where that is later (a machine's clock may be wrong).
    licences : mapping of str to str, optional
        SPDX identifier by SHA-256 of the file.
    progress : callable, optional
        Told the name of each file before it is read.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is no such folder, it holds no file, or no lifter
        came of any file (with the reasons).
    """
    root = folder if folder.is_dir() else folder.parent
    reads = []
    for path in export_files(folder):
        name = path.relative_to(root).as_posix()
        if progress is not None:
            progress(name)
        reads.append(read_file(path, name, now_s=now_s, licences=licences))
    return gather(reads, folder)


def export_files(folder: Path) -> list[Path]:
    """Return the files of a folder that may be exports, in the order of their names.

    Subfolders that the system refuses are among them: reading them says why nothing came.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is none.
    """
    if folder.is_file():
        return [folder]
    found = sorted(_visible(folder)) if folder.is_dir() else []
    if not found:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there are no logs to read",
            path=str(folder),
            expected="a folder of exports (Strong, Hevy, FitNotes, Fitbod or VoltLift)",
            received="an empty folder" if folder.is_dir() else "no folder of this name",
            remedy="Export your log from your workout app and put the file there",
        )
    return found


def read_file(
    path: Path,
    name: str = "",
    *,
    now_s: float | None = None,
    licences: Mapping[str, str] | None = None,
) -> Read:
    """Return the lifter whose export a file is, or why there is none."""
    name = name or path.name
    try:
        status = path.stat()
        size = status.st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return Read(excluded=Excluded(name, "unreadable", f"cannot be read: {error.strerror}"))
    if size > MAX_BYTES:
        message = f"{size:,} bytes are more than the {MAX_BYTES:,} that are read"
        return Read(excluded=Excluded(name, "file_too_large", message))
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(name, sha256, (licences or {}).get(sha256, ""))
    try:
        preview = asyncio.run(_preview(path.name, data))
    except VoltLiftError as error:
        return Read(excluded=Excluded(name, str(error.code), str(error)))
    limit_s = max(time.time(), status.st_mtime) if now_s is None else now_s
    return _judge(path.stem, preview, source, limit_s)


def read_export(path: Path, licence: str = "") -> Lifter:
    """Return the lifter whose export a file is; one file is one lifter.

    Raises
    ------
    VoltLiftError
        ``unsupported_file`` where no lifter comes of it.
    """
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    read = read_file(path, licences={sha256: licence})
    if read.lifter is None:
        raise VoltLiftError(
            ErrorCode.UNSUPPORTED_FILE,
            "no lifter comes of this file",
            path=str(path),
            expected="an export with completed sets",
            received=read.excluded.message if read.excluded else "",
        )
    return read.lifter


def gather(reads: Iterable[Read], folder: Path) -> Corpus:
    """Return the corpus of files that were read one by one, anywhere.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where no lifter is left.
    """
    reads = list(reads)
    lifters, duplicates = without_duplicates([r.lifter for r in reads if r.lifter is not None])
    excluded = [r.excluded for r in reads if r.excluded is not None] + duplicates
    kept = {lifter.source.file for lifter in lifters}
    corpus = Corpus(
        named_apart(sorted(lifters, key=lambda item: (item.name, item.source.file))),
        tuple(sorted(excluded, key=lambda item: item.file)),
        tuple(n for r in reads for n in r.notices if n.file in kept),
    )
    if not corpus.lifters:
        listed = "; ".join(f"{e.file}: {e.message}" for e in corpus.excluded[:10])
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "no file gave a training log",
            path=str(folder),
            expected="at least one export with completed sets",
            received=listed or "no file",
        )
    return corpus


def _visible(folder: Path) -> Iterator[Path]:
    refused: list[str] = []
    for root, folders, files in os.walk(folder, onerror=lambda e: refused.append(e.filename)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found = (Path(root, name) for name in files if not name.startswith("."))
        yield from (path for path in found if path.is_file())
    yield from map(Path, refused)


def _judge(name: str, preview: ImportPreview, source: Source, now_s: float) -> Read:
    limit_ms = (now_s + FUTURE_S) * 1000
    sessions = [session for session in preview.sessions if session.start_time <= limit_ms]
    future = len(preview.sessions) - len(sessions)
    if future and not sessions:
        message = f"all {future} sessions lie in the future: the dates were read wrongly"
        return Read(excluded=Excluded(source.file, "future_dates", message))
    lost = preview.rejected_total - preview.rejected_harmless
    if lost > preview.sets:
        first = preview.rejected[0] if preview.rejected else None
        where = f"; line {first.line}: expected {first.expected}" if first else ""
        message = f"{lost} rows are damaged and {preview.sets} can be read{where}"
        return Read(excluded=Excluded(source.file, "mostly_damaged", message))
    unit = preview.unit.unit if preview.unit else "kg"
    stated = preview.settings if isinstance(preview.settings, dict) else {}
    app_state: dict[str, Json] = {
        "settings": {**stated, "units": unit},
        "history": [encode(session) for session in sessions],
        "customExercises": [encode(exercise) for exercise in preview.custom_exercises],
        "dailyLogs": dict(preview.daily_logs or {}),
    }
    lifter = Lifter.of_app_state(name, app_state, source)
    if Diary.of(lifter.state.log).n_days == 0:
        message = (
            f"{preview.sets} sets, none of them completed with repetitions or seconds"
            if preview.sets
            else "it holds no sets"
        )
        return Read(excluded=Excluded(source.file, "no_training", message))
    return Read(lifter, notices=tuple(_notices(preview, source.file, future, lost)))


def _notices(preview: ImportPreview, file: str, future: int, lost: int) -> Iterator[Notice]:
    if future:
        yield Notice(file, "future_sessions", f"{future} sessions in the future are left out")
    if lost:
        yield Notice(file, "rows_rejected", f"{lost} damaged rows are left out")
    mixed = sum(issue.count for issue in preview.issues if issue.code == "mixed_units")
    if mixed:
        yield Notice(file, "mixed_units", f"{mixed} sets state another unit than their session")
    for issue in preview.issues:
        if issue.severity != "repaired":
            message = f"first at {issue.path}: expected {issue.expected}, received {issue.received}"
            yield Notice(file, issue.code, f"{issue.count} times, {message}")
    if preview.unit and preview.unit.source in ("inferred", "assumed"):
        code = f"unit_{preview.unit.source}"
        yield Notice(file, code, f"no unit is stated, taken as {preview.unit.unit}")


async def _preview(name: str, data: bytes) -> ImportPreview:
    engine = await Engine.create(Ports(importer=voltlift_importers))
    return await engine.preview_import(PreviewImportRequest(file_name=name), data)
