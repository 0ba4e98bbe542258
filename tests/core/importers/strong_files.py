"""Strong files as the app writes them, made by the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from voltlift_core import Known
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import (
    ExerciseDefinition,
    ImportPreview,
    PreviewImportRequest,
    SetLog,
    WorkoutSession,
)
from voltlift_core.history.decode import decode_state
from voltlift_core.history.log import TrainingLog
from voltlift_core.wire import encode
from voltlift_importers import preview_now

CATALOGUE = Catalogue.bundled()

ENGLISH = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,"
    "Distance,Seconds,Notes,Workout Notes,RPE"
)


def write(rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = 0) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    return out.getvalue()


def read(file: bytes | str, known: Known | None = None, **options: Any) -> ImportPreview:
    data = file.encode() if isinstance(file, str) else file
    request = PreviewImportRequest(file_name="any", **options)
    return preview_now(request, data, known or Known(CATALOGUE))


def storing(*sessions: WorkoutSession, custom: Sequence[ExerciseDefinition] = ()) -> Known:
    """Return what the engine knows once these sessions are stored."""
    state = {
        "settings": {"units": "kg"},
        "history": [encode(session) for session in sessions],
        "customExercises": [encode(exercise) for exercise in custom],
    }
    decoded, _ = decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=0)
    catalogue = CATALOGUE.with_custom(decoded.custom_exercises or ())
    return Known(catalogue, TrainingLog.from_records(decoded.sessions))


def stored(found: ImportPreview) -> Known:
    """Return what the engine knows once all of a preview is stored."""
    return storing(*found.sessions, custom=found.custom_exercises)


def outlooks(found: ImportPreview) -> list[str]:
    return [outlook.outlook for outlook in found.outlooks]


def strong(*rows: str, header: str = ENGLISH) -> str:
    return "\n".join([header, *rows]) + "\n"


def sets_of(found: ImportPreview) -> list[SetLog]:
    return [item for session in found.sessions for log in session.logs for item in log.sets]
