"""The report on a terminal."""

from __future__ import annotations

from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from voltlift_models.evaluate.document import Bullets, Table, document
from voltlift_models.evaluate.report import Report

GAP = 2
"""Columns between two columns of a table."""


def print_report(report: Report, console: Console) -> None:
    """Print the warnings, and the tables of aims and tasks.

    Where a table does not fit, its intervals are left to the other forms of the report.
    """
    for block in document(report):
        if isinstance(block, Bullets) and block.warning:
            for item in block.items:
                console.print(f"Warning: {item}", style="yellow", markup=False)
        elif isinstance(block, Table) and block.screen:
            console.print(_table(_fitted(block, console.width)))


def _fitted(table: Table, width: int) -> Table:
    columns = zip(*table.rows, strict=True)
    needed = sum(max(map(len, column), default=0) + GAP for column in columns)
    if needed <= width:
        return table
    rows = tuple(tuple(cell.split(" [")[0] for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _table(table: Table) -> RichTable:
    shown = RichTable(title=table.caption, title_justify="left", box=box.SIMPLE_HEAD)
    for name, numeric in zip(table.header, table.numeric, strict=True):
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        # Square brackets are intervals, no markup.
        shown.add_row(*(cell.replace("[", "\\[") for cell in row))
    return shown
