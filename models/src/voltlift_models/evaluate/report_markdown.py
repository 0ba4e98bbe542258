"""The report as Markdown, its plots as SVG files beside it."""

from __future__ import annotations

from pathlib import Path

from voltlift_models.evaluate.document import (
    Block,
    Bullets,
    Heading,
    Plot,
    Table,
    Text,
    document,
)
from voltlift_models.evaluate.plots import svg
from voltlift_models.evaluate.report import Report


def markdown(report: Report, plots: str = "") -> str:
    """Return the report as GitHub-flavoured Markdown.

    Parameters
    ----------
    report : Report
        What was found.
    plots : str
        Beginning of the paths of the plots, ``-T1-rows.svg`` and so on; without it they are
        left out, since each has its table.
    """
    return "\n\n".join(filter(None, (_block(block, plots) for block in document(report)))) + "\n"


def write_markdown(report: Report, path: Path) -> None:
    """Write the report and its plots, named after it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown(report, path.stem), encoding="utf-8")
    for block in document(report):
        if isinstance(block, Plot):
            target = path.with_name(plot_file(block, path.stem))
            target.write_text(svg(report, block), encoding="utf-8")


def plot_file(plot: Plot, stem: str) -> str:
    """Return the name of a plot's file."""
    return f"{stem}-{plot.task}-{plot.kind}.svg"


def _block(block: Block, plots: str) -> str:
    match block:
        case Heading(level, text):
            return "#" * level + " " + _escaped(text)
        case Text(text):
            return _escaped(text)
        case Bullets(items, warning):
            word = "**Warning:** " if warning else ""
            return "\n".join(f"- {word}{_escaped(item)}" for item in items)
        case Table():
            return _table(block)
        case Plot():
            return f"![{_escaped(block.alt)}]({plot_file(block, plots)})" if plots else ""


def _table(table: Table) -> str:
    rule = tuple("---:" if numeric else "---" for numeric in table.numeric)
    lines = [table.header, rule, *table.rows]
    written = [
        "| " + " | ".join(cell if at == 1 else _escaped(cell) for cell in line) + " |"
        for at, line in enumerate(lines)
    ]
    return "\n".join([f"**{_escaped(table.caption)}**", "", *written])


def _escaped(text: str) -> str:
    for sign in "\\`*_<|":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
