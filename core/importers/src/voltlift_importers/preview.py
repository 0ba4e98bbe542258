"""The entry point: what a file holds, before anything is stored."""

from __future__ import annotations

from voltlift_core import Known
from voltlift_core.contract.imports import ImportPreview, PreviewImportRequest
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers.app_state import preview_app_state
from voltlift_importers.formats import Format
from voltlift_importers.strong import STRONG
from voltlift_importers.table import preview_table
from voltlift_importers.text import looks_like_json, read_text

FORMATS: tuple[Format, ...] = (STRONG,)
"""The apps whose exports are read, the most specific first."""


def preview(request: PreviewImportRequest, data: bytes | None, known: Known) -> ImportPreview:
    r"""Return what a file holds and what storing it would add; nothing is stored.

    What it is, is told by its content alone, never by its name.

    Parameters
    ----------
    request : PreviewImportRequest
        With the file as ``text`` where ``data`` is None.
    data : bytes or None
        The file.
    known : Known
        All exercises known so far, the lifter's own included, and the log.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` without a file, ``file_too_large``, or ``unsupported_file``.

    Examples
    --------
    >>> from voltlift_core.catalogue.catalogue import Catalogue
    >>> text = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    >>> text += "2024-04-16 19:47:42,Push,Bench Press (Barbell),1,60,kg,5\n"
    >>> request = PreviewImportRequest(file_name="strong.csv", text=text)
    >>> found = preview(request, None, Known(Catalogue.bundled()))
    >>> found.sessions[0].logs[0].exercise_id, found.sets, found.unit.source
    ('barbell-bench-press', 1, 'stated')
    """
    content = request.text if data is None else data
    if content is None:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is no file",
            path="$.text",
            expected="the file's bytes beside the request, or its text",
            received="neither",
        )
    text = read_text(content)
    if looks_like_json(text):
        return preview_app_state(text, request, known)
    return preview_table(text, request, known, FORMATS)
