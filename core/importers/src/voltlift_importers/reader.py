"""Delimited text to rows of cells with their line numbers; shared by all apps."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers.limits import MAX_ROWS
from voltlift_importers.steps import Step, Steps, finish

DELIMITERS = (",", ";", "\t")

_MAX_RECORD_LINES = 100
"""A cell with more lines than this is taken for a quotation mark that was never closed."""

_MAX_LINE = 200_000
"""A line with more characters is not parsed: no row is that long, and some files are no table."""

_SNIFFED_ROWS = 20
_SNIFFED_LINES = 2_000
_MAX_LINES = 5 * MAX_ROWS
_LINES_PER_STEP = 50_000
_ROWS_PER_STEP = 5_000
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATOR_HINT = re.compile(r"""\s*"?sep=(.)"?\s*""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells and the physical line (from 1) on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, blank ones left out.

    ``broken_lines`` are the lines that no record could be made of.
    """

    delimiter: str
    rows: tuple[Row, ...]
    broken_lines: tuple[int, ...]


def read_table(text: str) -> Table:
    r"""Return the rows of delimited text, at once; ``table_steps`` in steps.

    Examples
    --------
    >>> table = read_table('a;b\n"1\n2";3\n4;5\n')
    >>> table.delimiter, [(row.line, row.cells) for row in table.rows]
    (';', [(1, ['a', 'b']), (2, ['1\n2', '3']), (4, ['4', '5'])])
    """
    return finish(table_steps(text))


def table_steps(text: str) -> Steps[Table]:
    """Return the rows of delimited text, step by step.

    The delimiter (comma, semicolon or tab) is the one that gives the most columns. Cells
    may hold line breaks inside quotation marks; a mark that is never closed costs its own
    line, not the rest of the file.

    Raises
    ------
    VoltLiftError
        ``file_too_large`` above 200,000 rows.
    """
    # In time: a list of 25 million empty lines would take seconds to make.
    if max(text.count("\n"), text.count("\r")) > _MAX_LINES:
        raise _too_many_rows()
    lines: list[str] = []
    for match in _LINES.finditer(text):
        lines.append(match[0])
        if len(lines) % _LINES_PER_STEP == 0:
            yield Step("reading", 0, 1)
    first = 0
    hint = _SEPARATOR_HINT.fullmatch(lines[0]) if lines else None
    if hint is not None and hint[1] in DELIMITERS:
        delimiter, first = hint[1], 1
    else:
        delimiter = _sniff(lines)
    rows: list[Row] = []
    broken: list[int] = []
    next_step = 0
    for row in _records(lines, delimiter, first, broken):
        if any(cell and not cell.isspace() for cell in row.cells):
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise _too_many_rows()
        if row.line > next_step:
            yield Step("reading", row.line, 2 * len(lines))
            next_step = row.line + _ROWS_PER_STEP
    return Table(delimiter=delimiter, rows=tuple(rows), broken_lines=tuple(broken))


def _too_many_rows() -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.FILE_TOO_LARGE,
        "the file has too many rows to import",
        expected=f"at most {MAX_ROWS:,} rows",
        received="more than that",
        remedy="Export a shorter period, or split the file",
    )


def _sniff(lines: Sequence[str]) -> str:
    """Return the delimiter that gives the first row most columns, then the usual row."""
    best, most = DELIMITERS[0], (0, 0)
    lines = [line for line in lines[:_SNIFFED_LINES] if not line.isspace()]
    for delimiter in DELIMITERS:
        widths: list[int] = []
        for row in _records(lines, delimiter, 0, []):
            if len(row.cells) > 1 or any(map(str.strip, row.cells)):
                widths.append(len(row.cells))
                if len(widths) >= _SNIFFED_ROWS:
                    break
        if widths:
            found = (widths[0], max(widths, key=widths.count))
            if found > most:
                best, most = delimiter, found
    return best


class _Feed:
    """Hands lines to the CSV reader, and notices when a record asks for too many."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self._lines = lines
        self.position = position
        self.start = position
        self.ran_out = False

    def begin(self) -> bool:
        self.start = self.position
        self.ran_out = False
        return self.position < len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position >= len(self._lines) or self.position - self.start >= _MAX_RECORD_LINES:
            self.ran_out = True
            raise StopIteration
        line = self._lines[self.position]
        self.position += 1
        return line


def _records(lines: Sequence[str], delimiter: str, first: int, broken: list[int]) -> Iterator[Row]:
    feed = _Feed(lines, first)
    reader = csv.reader(feed, delimiter=delimiter)
    while feed.begin():
        if lines[feed.start].isspace():
            feed.position += 1
            continue
        if len(lines[feed.start]) > _MAX_LINE:
            broken.append(feed.start + 1)
            feed.position += 1
            continue
        try:
            cells = next(reader, [])
        except csv.Error:
            cells, feed.ran_out = [], True
        if feed.ran_out:
            broken.append(feed.start + 1)
            feed.position = feed.start + 1
            continue
        if len(cells) == 1 and delimiter in cells[0]:
            cells = _taken_apart(cells[0], delimiter)
        yield Row(feed.start + 1, cells)


def _taken_apart(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that a spreadsheet with another separator saved as one."""
    try:
        return next(csv.reader(line.splitlines(keepends=True), delimiter=delimiter), [line])
    except csv.Error:
        return [line]
