"""Rows whose cells are shifted, since a name with a comma stands there without quotes."""

from __future__ import annotations

from collections.abc import Sequence

from voltlift_core.domain.spelling import read_unit
from voltlift_importers.formats import METRES, Column, Columns
from voltlift_importers.values import fold_word, read_duration, read_number

_MOST_COMMAS = 6


def unshifted(cells: Sequence[str], columns: Columns, *, comma_is_decimal: bool) -> list[str]:
    """Return the cells in their columns; as they are where no order of them makes sense.

    Cells behind the exercise are taken as parts of its name, as few as possible, until every
    other cell holds what its column says; what is left at the end belongs to the notes.
    """
    position = columns.position
    name_at, width = position["exercise"], columns.width
    for commas in range(_MOST_COMMAS + 1):
        behind = name_at + commas + 1
        if behind > len(cells):
            break
        row = [*cells[:name_at], ",".join(cells[name_at:behind]), *cells[behind:]]
        row += [""] * (width - len(row))
        if any(map(str.strip, row[width:])):
            if position.get("notes") != width - 1:
                continue
            row[width - 1 :] = [",".join(row[width - 1 :]).rstrip(",")]
        if _makes_sense(row[:width], columns, comma_is_decimal):
            return row[:width]
    return list(cells)


def _makes_sense(row: Sequence[str], columns: Columns, comma_is_decimal: bool) -> bool:
    def cell(column: Column) -> str:
        at = columns.position.get(column)
        return "" if at is None else row[at].strip()

    def is_number(text: str) -> bool:
        return read_number(text, comma_is_decimal=comma_is_decimal) is not None

    numbers = [text for text in (cell("weight"), cell("reps"), cell("distance")) if text]
    unit, length, time = cell("weight_unit"), cell("distance_unit"), cell("seconds")
    return (
        all(map(is_number, numbers))
        and not is_number(cell("category"))
        and bool(cell("reps") or cell("distance") or time)
        and (not unit or read_unit(unit) is not None)
        and (not length or fold_word(length) in METRES)
        and (not time or read_duration(time) is not None)
    )
