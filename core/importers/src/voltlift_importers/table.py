"""The preview of a delimited file: from its text to sessions, by an app's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from voltlift_core import Known
from voltlift_core.contract.imports import ImportPreview, PreviewImportRequest, UnitEvidence
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.issues import IssueLog
from voltlift_importers.categories import with_categories
from voltlift_importers.dates import DateOrder, Moment, decide_order, local_day
from voltlift_importers.exercises import MAX_MATCHED, ExerciseNames
from voltlift_importers.formats import Columns, Format, recognise
from voltlift_importers.limits import check_sessions
from voltlift_importers.outlook import count_outlooks, outlooks_of
from voltlift_importers.parts import counted_once
from voltlift_importers.reader import Row, Table, table_steps
from voltlift_importers.rejects import Rejects
from voltlift_importers.rows import RowReader, SetRow
from voltlift_importers.sessions import SessionBuilder
from voltlift_importers.steps import Step, Steps
from voltlift_importers.text import SUPPORTED
from voltlift_importers.units import infer_unit, known_unit

ROWS_PER_STEP = 500
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def preview_table(
    text: str, request: PreviewImportRequest, known: Known, formats: Sequence[Format]
) -> Steps[ImportPreview]:
    """Return what a delimited file holds, step by step.

    Raises
    ------
    VoltLiftError
        ``unsupported_file`` where it is no export of a known app.
    """
    table = yield from table_steps(text)
    comma_is_decimal = table.delimiter != ","
    for form in formats:
        columns = recognise(form, table.rows, comma_is_decimal=comma_is_decimal)
        if columns is not None:
            return (yield from _preview(form, columns, table, request, known))
    raise _unknown(table)


def _preview(
    form: Format,
    columns: Columns,
    table: Table,
    request: PreviewImportRequest,
    known: Known,
) -> Steps[ImportPreview]:
    issues, rejects = IssueLog(), Rejects()
    names = ExerciseNames(known.catalogue, request.names)
    for line in table.broken_lines:
        rejects.add(line, "row_unreadable", None, "a row of cells", "an unclosed quotation mark")
    if columns.header != "read":
        issues.warning(f"header_{columns.header}", "line 1", "a header", "columns by their order")
    body = table.rows if columns.header == "missing" else table.rows[1:]
    reader = RowReader(
        form,
        columns,
        comma_is_decimal=table.delimiter != ",",
        order=_date_order(body, columns, issues),
        rejects=rejects,
        issues=issues,
    )
    rows: list[SetRow] = []
    workouts: set[tuple[Moment, str]] = set()
    for done, row in enumerate(body):
        found = reader.read(row)
        if found is not None:
            rows.append(found)
            if form.longest_pause_minutes is None:
                workouts.add((found.moment, found.workout))
                check_sessions(len(workouts))
        if done % ROWS_PER_STEP == 0:
            yield Step("reading", len(body) + done, 2 * len(body))
    rows = counted_once(rows, reader.headings, rejects)
    evidence = _unit_evidence(rows, columns, request, names, issues)
    built = yield from SessionBuilder(
        form,
        unit=read_unit(evidence.unit) or Unit.KG,
        utc_offset_minutes=request.utc_offset_minutes,
        names=names,
        issues=issues,
    ).build(rows)
    sessions = tuple(found.session for found in built)
    lines = {found.session.id: found.line for found in built}
    outlooks = yield from outlooks_of(sessions, known, issues, lines=lines)
    totals = count_outlooks(outlooks)
    days = sorted(local_day(s.start_time, s.utc_offset_minutes or 0) for s in sessions)
    if names.too_many:
        expected = f"at most {MAX_MATCHED:,} different exercises"
        issues.warning("too_many_names", "column of exercises", expected, "more; not looked up")
    for name, chosen in _choices_without_exercise(rows, request, known):
        issues.warning("name_choice_unknown", name, "an exercise that exists", chosen)
    return ImportPreview(
        app=form.app,
        dialect=_dialect(columns, table),
        sessions=sessions,
        outlooks=outlooks,
        new_sessions=totals["new"],
        known_sessions=totals["known"],
        changed_sessions=totals["changed"],
        duplicate_sessions=totals["duplicate"],
        sets=sum(len(log.sets) for session in sessions for log in session.logs),
        exercises=len({log.exercise_id for session in sessions for log in session.logs}),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        unit=evidence,
        unmatched=names.unmatched(),
        rejected=rejects.rows(),
        rejected_total=rejects.total,
        rejected_harmless=rejects.harmless,
        issues=issues.issues(),
        custom_exercises=with_categories(names.custom_exercises(), rows, names),
        settings=None,
        daily_logs=None,
    )


def _choices_without_exercise(
    rows: Sequence[SetRow], request: PreviewImportRequest, known: Known
) -> list[tuple[str, str]]:
    """Return names of the file with the exercise chosen for them that does not exist any more."""
    choices = (request.names or {}).items()
    gone = {name: id_ for name, id_ in choices if id_ and known.catalogue.get(id_) is None}
    return sorted((name, gone[name]) for name in {row.exercise for row in rows} & gone.keys())


def _date_order(rows: Sequence[Row], columns: Columns, issues: IssueLog) -> DateOrder:
    position = columns.position["date"]
    texts = dict.fromkeys(row.cells[position] for row in rows if len(row.cells) > position)
    decision = decide_order(texts)
    if decision is None:
        return "day_first"
    if not decision.certain:
        received = "dates that can be read both ways"
        expected = "a day above 12 in one date at least"
        issues.warning(f"dates_assumed_{decision.order}", "column of dates", expected, received)
    return decision.order


def _unit_evidence(
    rows: Sequence[SetRow],
    columns: Columns,
    request: PreviewImportRequest,
    names: ExerciseNames,
    issues: IssueLog,
) -> UnitEvidence:
    weighted = [row for row in rows if row.load.value]
    loads = Counter(row.load for row in weighted)
    by_row = Counter(row.unit for row in weighted if row.unit is not None)
    stated = by_row.most_common(1)[0][0] if by_row else columns.weight_unit
    chosen = None if request.unit is None else read_unit(request.unit)
    if stated is not None:
        if chosen is not None and chosen is not stated:
            issues.warning("unit_stated_by_file", "header", str(stated), str(chosen))
        return known_unit(stated, "stated", loads)
    if chosen is not None:
        return known_unit(chosen, "chosen", loads)
    barbell = Counter(
        row.load.value for row in weighted if names.equipment_of(row.exercise) is Equipment.BARBELL
    )
    return infer_unit(loads, barbell)


def _dialect(columns: Columns, table: Table) -> str:
    """Return a short description of the variant: header, number of columns, delimiter."""
    header = {"read": "header", "unknown": "unknown header", "missing": "no header"}
    width = len(table.rows[0].cells)
    return f"{header[columns.header]}, {width} columns, {_DELIMITER_NAMES[table.delimiter]}"


def _unknown(table: Table) -> VoltLiftError:
    if table.rows:
        cells = table.rows[0].cells
        shown = ", ".join(repr(cell[:30]) for cell in cells[:6])
        more = f" and {len(cells) - 6} more" if len(cells) > 6 else ""
        received = f"a table that begins with {shown}{more}"
    else:
        received = "an empty file"
    return VoltLiftError(
        ErrorCode.UNSUPPORTED_FILE,
        "the file is not an export that can be read yet",
        expected=SUPPORTED,
        received=received,
        remedy="In Strong, Hevy, FitNotes and Fitbod the settings have an export as CSV",
    )
