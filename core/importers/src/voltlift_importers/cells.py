"""Text in cells that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re

# What programs evaluate, in its wide forms, too; tabs and line ends never begin a cell here.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_NEUTRALISED = re.compile(r"''*[=+\-@＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def neutralised(text: str) -> str:
    """Return text for a cell: without control characters, and with a ``'`` before a formula.

    ``original`` gives it back.

    Examples
    --------
    >>> neutralised("=1+1"), neutralised("'=1+1"), neutralised("Push-up")
    ("'=1+1", "''=1+1", 'Push-up')
    """
    text = _CONTROL.sub("", text).strip()
    return f"'{text}" if _FORMULA.match(text) else text


def original(cell: str) -> str:
    """Return the text that ``neutralised`` was given.

    Examples
    --------
    >>> [original(neutralised(text)) for text in ("=1+1", "'=1+1", "'90s", "-")]
    ['=1+1', "'=1+1", "'90s", '-']
    """
    return cell[1:] if _NEUTRALISED.match(cell) else cell
