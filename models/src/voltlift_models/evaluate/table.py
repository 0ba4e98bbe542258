"""The report on a terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from voltlift_models.evaluate.document import Bullets, Table, document
from voltlift_models.evaluate.report import Report


def print_report(report: Report, console: Console) -> None:
    """Print the warnings, and the tables of aims and tasks."""
    for block in document(report):
        if isinstance(block, Bullets) and block.warning:
            for item in block.items:
                console.print(f"Warning: {item}", style="yellow", markup=False)
        elif isinstance(block, Table) and block.screen:
            console.print(_table(block))


def _table(table: Table) -> RichTable:
    shown = RichTable(title=table.caption, title_justify="left", box=box.SIMPLE_HEAD)
    for name, numeric in zip(table.header, table.numeric, strict=True):
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        # Square brackets are intervals, no markup.
        shown.add_row(*(cell.replace("[", "\\[") for cell in row))
    return shown
