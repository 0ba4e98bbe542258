"""The report as one HTML page: no scripts, nothing from elsewhere, plots inline."""

from __future__ import annotations

from html import escape
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

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; margin: 1rem 0; }
caption { font-weight: 600; padding: .25rem 0; text-align: left; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
.n { font-variant-numeric: tabular-nums; text-align: right; }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: 400; }
figure { background: #fff; color: #000; margin: 1rem 0; overflow-x: auto; padding: .5rem; }
.warning { border-left: 4px solid #b35900; padding: .5rem 1rem .5rem 2rem; }
"""


def html(report: Report) -> str:
    """Return the report as a page that stands for itself; it is well-formed XML as well."""
    blocks = list(document(report))
    title = next(block.text for block in blocks if isinstance(block, Heading))
    body = "\n".join(_block(report, block) for block in blocks)
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def write_html(report: Report, path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html(report), encoding="utf-8")


def _block(report: Report, block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Text(text):
            return f"<p>{escape(text)}</p>"
        case Bullets(items, warning):
            listed = "".join(f"<li>{escape(item)}</li>" for item in items)
            if warning:
                return f'<ul class="warning" aria-label="Warnings">{listed}</ul>'
            return f"<ul>{listed}</ul>"
        case Table():
            return _table(block)
        case Plot():
            return f"<figure>{svg(report, block)}</figure>"


def _table(table: Table) -> str:
    style = [' class="n"' if numeric else "" for numeric in table.numeric]
    header = "".join(
        f'<th scope="col"{each}>{escape(cell)}</th>'
        for each, cell in zip(style, table.header, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(
            f"<td{each}>{escape(cell)}</td>" for each, cell in zip(style[1:], cells, strict=True)
        )
        + "</tr>"
        for first, *cells in table.rows
    )
    # A region that scrolls must be reached with the keyboard, and be named.
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
