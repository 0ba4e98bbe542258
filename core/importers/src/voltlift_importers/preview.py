"""The entry point: what a file holds, before anything is stored."""

from __future__ import annotations

import asyncio

from voltlift_core import Known, Progress
from voltlift_core.contract.imports import ImportPreview, PreviewImportRequest
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers.app_state import preview_app_state
from voltlift_importers.fitbod import FITBOD
from voltlift_importers.fitnotes import FITNOTES
from voltlift_importers.formats import Format
from voltlift_importers.hevy import HEVY
from voltlift_importers.steps import Steps, finish
from voltlift_importers.strong import STRONG
from voltlift_importers.table import preview_table
from voltlift_importers.text import looks_like_json, read_text

FORMATS: tuple[Format, ...] = (HEVY, FITBOD, FITNOTES, STRONG)
"""The apps whose exports are read, the most specific first."""


async def preview(
    request: PreviewImportRequest,
    data: bytes | None,
    known: Known,
    progress: Progress | None = None,
) -> ImportPreview:
    """Return what a file holds and what storing it would add; nothing is stored.

    Works in steps of some tens of milliseconds, between which other tasks have their turn:
    progress gets out, and a wish to stop gets in. What ``progress`` raises ends the work.

    Parameters
    ----------
    request : PreviewImportRequest
        With the file as ``text`` where ``data`` is None.
    data : bytes or None
        The file.
    known : Known
        All exercises known so far, the lifter's own included, and the log.
    progress : Progress, optional
        Told after each step how far the work is: stages ``reading``, ``building`` and
        ``comparing``.

    Raises
    ------
    VoltLiftError
        As ``preview_steps``.
    """
    steps = preview_steps(request, data, known)
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            found: ImportPreview = end.value
            return found
        if progress is not None:
            progress(*step)
        await asyncio.sleep(0)


def preview_now(request: PreviewImportRequest, data: bytes | None, known: Known) -> ImportPreview:
    r"""Return what ``preview`` returns, at once.

    Examples
    --------
    >>> from voltlift_core.catalogue.catalogue import Catalogue
    >>> text = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    >>> text += "2024-04-16 19:47:42,Push,Bench Press (Barbell),1,60,kg,5\n"
    >>> request = PreviewImportRequest(file_name="strong.csv", text=text)
    >>> found = preview_now(request, None, Known(Catalogue.bundled()))
    >>> found.sessions[0].logs[0].exercise_id, found.sets, found.unit.source
    ('barbell-bench-press', 1, 'stated')
    """
    return finish(preview_steps(request, data, known))


def preview_steps(
    request: PreviewImportRequest, data: bytes | None, known: Known
) -> Steps[ImportPreview]:
    """Return the work of ``preview``, step by step.

    What a file is, is told by its content alone, never by its name.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` without a file, ``file_too_large``, or ``unsupported_file``.
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
        return (yield from preview_app_state(text, request, known))
    return (yield from preview_table(text, request, known, FORMATS))
