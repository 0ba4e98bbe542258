"""The report on a terminal."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from voltlift_models.evaluate.document import Bullets, Table, document
from voltlift_models.evaluate.report import Report

GAP = 3
"""Columns between two columns of a table."""


def print_report(report: Report, console: Console) -> None:
    """Print the warnings, and the tables of aims and tasks.

    Where a table does not fit, its intervals are left to the other forms of the report, and
    its figures are shown in several tables below each other.
    """
    for block in document(report):
        if isinstance(block, Bullets) and block.warning:
            for item in block.items:
                console.print(f"Warning: {item}", style="yellow", markup=False)
        elif isinstance(block, Table) and block.screen:
            for part in _fitted(block, console.width):
                console.print(_table(part))


def _fitted(table: Table, width: int) -> list[Table]:
    if sum(_widths(table)) <= width:
        return [table]
    rows = tuple(tuple(cell.split(" [")[0] for cell in row) for row in table.rows)
    table = replace(table, rows=rows)
    # What names a row may be folded, to two fifths of the screen; figures may not.
    named = max(1, sum(1 for _ in takewhile(lambda numeric: not numeric, table.numeric)))
    widths = _widths(table)
    room = width - min(sum(widths[:named]), 2 * width // 5)
    parts: list[list[int]] = [[]]
    for at in range(named, len(widths)):
        if parts[-1] and sum(widths[i] for i in parts[-1]) + widths[at] > room:
            parts.append([])
        parts[-1].append(at)
    return [_with_columns(table, [*range(named), *part]) for part in parts]


def _widths(table: Table) -> list[int]:
    """Return the columns that each column needs; headers are folded between words."""
    words = [max(map(len, name.split()), default=0) for name in table.header]
    cells = [max(map(len, column), default=0) for column in zip(*table.rows, strict=True)]
    return [max(both) + GAP for both in zip(words, cells or [0] * len(words), strict=True)]


def _with_columns(table: Table, columns: list[int]) -> Table:
    return replace(
        table,
        header=tuple(table.header[at] for at in columns),
        rows=tuple(tuple(row[at] for at in columns) for row in table.rows),
    )


def _table(table: Table) -> RichTable:
    shown = RichTable(title=table.caption, title_justify="left", box=box.SIMPLE_HEAD)
    for name, numeric in zip(table.header, table.numeric, strict=True):
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        # Square brackets are intervals, no markup.
        shown.add_row(*(cell.replace("[", "\\[") for cell in row))
    return shown
