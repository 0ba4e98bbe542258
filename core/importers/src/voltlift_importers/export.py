"""Sessions as CSV that other apps read, and that this package reads back."""

from __future__ import annotations

import csv
import io

from voltlift_core import ExportCsvRequest, ExportCsvResponse
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract.state import WorkoutSession
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode_sessions import SessionReader
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.values import as_name
from voltlift_importers.cells import neutralised
from voltlift_importers.dates import local_day
from voltlift_importers.export_rows import (
    HEVY_HEADER,
    STRONG_HEADER,
    Cell,
    Names,
    hevy_rows,
    strong_rows,
)
from voltlift_importers.state_sessions import session_from_state


def export_csv(request: ExportCsvRequest, catalogue: Catalogue) -> ExportCsvResponse:
    """Return completed sessions as CSV.

    No cell of text begins with what a spreadsheet takes for a formula (a ``'`` goes before it,
    which the importers take away again). ``left_out`` says what the format has no place for.

    Parameters
    ----------
    request : ExportCsvRequest
        With the sessions as app-state JSON.
    catalogue : Catalogue
        Gives the names of exercises, the lifter's own included.
    """
    issues = IssueLog()
    sessions = _sessions(request, catalogue, issues)
    names = _names(catalogue, issues)
    _report_left_out(sessions, request.format, issues)
    if request.format == "hevy":
        unit = _main_unit(sessions)
        header, rows = HEVY_HEADER[unit], hevy_rows(sessions, names, unit)
    else:
        header, rows = STRONG_HEADER, strong_rows(sessions, names)
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header)
    n_sets = 0
    for row in rows:
        writer.writerow(map(_written, row))
        n_sets += 1
    days = [local_day(s.start_time, s.utc_offset_minutes or 0) for s in sessions]
    until = f"-{max(days)}" if days else ""
    return ExportCsvResponse(
        file_name=f"voltlift-{request.format}{until}.csv",
        text=out.getvalue(),
        sessions=sum(any(item.completed for log in s.logs for item in log.sets) for s in sessions),
        sets=n_sets,
        left_out=issues.issues(),
    )


class _Number(float):
    """A number that the CSV writer leaves without quotation marks, in its shortest form."""

    def __str__(self) -> str:
        return f"{float(self):.10g}"

    __repr__ = __str__


def _written(cell: Cell) -> str | _Number:
    if cell is None:
        return ""
    return neutralised(cell) if isinstance(cell, str) else _Number(cell)


def _sessions(
    request: ExportCsvRequest, catalogue: Catalogue, issues: IssueLog
) -> list[WorkoutSession]:
    reader = SessionReader(
        catalogue=catalogue,
        unit=Unit.KG,
        unit_known=False,
        utc_offset_minutes=request.utc_offset_minutes,
        issues=issues,
    )
    records, others = reader.read_all(request.sessions, "$.sessions", {})
    for id_ in sorted(others):
        issues.warning("session_not_completed", f"workout {id_}", "a completed workout", id_)
    raw = {as_name(item.get("id")): item for item in request.sessions if isinstance(item, dict)}
    sessions = [session_from_state(raw[record.id], record, "kg", issues) for record in records]
    return sorted(sessions, key=lambda session: (session.start_time, session.id))


def _names(catalogue: Catalogue, issues: IssueLog) -> Names:
    known: dict[str, str] = {}

    def name_of(exercise_id: str) -> str:
        if exercise_id not in known:
            exercise = catalogue.resolve(exercise_id)
            if exercise is None:
                expected = "an exercise of the catalogue or a custom one"
                issues.warning("unknown_exercise", exercise_id, expected, exercise_id)
            known[exercise_id] = " ".join((exercise.name if exercise else exercise_id).split())
        return known[exercise_id]

    return name_of


def _main_unit(sessions: list[WorkoutSession]) -> Unit:
    pounds = sum(session.unit == "lbs" for session in sessions)
    return Unit.LB if pounds * 2 > len(sessions) else Unit.KG


def _report_left_out(sessions: list[WorkoutSession], form: str, issues: IssueLog) -> None:
    for session in sessions:
        for log in session.logs:
            if form == "strong" and log.superset_id is not None:
                expected = "exercises by themselves"
                issues.warning("superset_left_out", f"workout {session.id}", expected, log.id)
            for item in log.sets:
                if not item.completed:
                    expected = "a completed set"
                    issues.warning("set_not_completed", f"workout {session.id}", expected, item.id)
