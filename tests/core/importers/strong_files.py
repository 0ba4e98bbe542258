"""Strong files as the app writes them, made by the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from voltlift_core import Known
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import ImportPreview, PreviewImportRequest, SetLog
from voltlift_importers import preview

CATALOGUE = Catalogue.bundled()

ENGLISH = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,"
    "Distance,Seconds,Notes,Workout Notes,RPE"
)


def write(rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = 0) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    return out.getvalue()


def read(file: bytes | str, **options: object) -> ImportPreview:
    data = file.encode() if isinstance(file, str) else file
    request = PreviewImportRequest(file_name="any", **options)
    return preview(request, data, Known(CATALOGUE))


def strong(*rows: str, header: str = ENGLISH) -> str:
    return "\n".join([header, *rows]) + "\n"


def sets_of(found: ImportPreview) -> list[SetLog]:
    return [item for session in found.sessions for log in session.logs for item in log.sets]
