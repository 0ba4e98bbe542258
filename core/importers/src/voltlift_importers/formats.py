"""What an app's export looks like, as a table, and recognising files by it.

To support another app, write its ``Format`` (``hevy.py`` is the shortest example) and list it
in ``preview.FORMATS``; reading, units, dates, names and sessions are shared. The steps are in
``docs/reference/imports.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from voltlift_core.contract.imports import AppName
from voltlift_core.contract.state import SetTypeCode
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.vocabulary import Unit
from voltlift_importers.dates import read_moment
from voltlift_importers.reader import Row
from voltlift_importers.values import TRUTH, fold_word, read_duration, read_number

Column = Literal[
    "date",
    "workout",
    "duration",
    "end",
    "exercise",
    "category",
    "superset",
    "set_order",
    "warm_up",
    "weight",
    "weight_unit",
    "reps",
    "rpe",
    "distance",
    "distance_unit",
    "seconds",
    "notes",
    "workout_notes",
    "workout_number",
    "ignored",
]
"""What a column holds; ``ignored`` ones are known, and of no use."""

METRES: Mapping[str, float] = {
    "m": 1.0,
    "meters": 1.0,
    "metres": 1.0,
    "meter": 1.0,
    "km": 1000.0,
    "kilometers": 1000.0,
    "kilometres": 1000.0,
    "mi": 1609.344,
    "mi.": 1609.344,
    "miles": 1609.344,
    "ft": 0.3048,
    "feet": 0.3048,
    "yd": 0.9144,
    "yards": 0.9144,
}
"""Metres in one of a unit of length, under the spellings that exports use."""

_HEADING = re.compile(r"(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]")
_LOOKED_AT = 20
_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Format:
    """The export of one app.

    Parameters
    ----------
    app : str
        Name of the app; the first part of session ids.
    headings : mapping of str to tuple of str
        Canonical column → accepted headings, in lower case and without unit.
    required : tuple of str
        Columns that a header must have to be this app's.
    layouts : tuple of tuple of str
        Column orders that the app writes, tried where the header is missing, or in a
        language that ``headings`` does not know.
    set_types : mapping of str to str
        Words of the set column → type of set; numbers are normal sets.
    no_sets : frozenset of str
        Words of the set column that stand for something else than a set.
    unit : Unit, optional
        Unit of all weights, where the app knows only one.
    repairs_shifts : bool
        Whether the app leaves commas in exercise names without quotation marks, so that
        cells behind them are shifted.
    longest_pause_minutes : int, optional
        Where rows carry no workout: rows that follow within this time belong to the same one.
    """

    app: AppName
    headings: Mapping[Column, tuple[str, ...]]
    required: tuple[Column, ...]
    layouts: tuple[tuple[Column, ...], ...]
    set_types: Mapping[str, SetTypeCode] = field(default_factory=dict)
    no_sets: frozenset[str] = frozenset()
    unit: Unit | None = None
    repairs_shifts: bool = False
    longest_pause_minutes: int | None = None
    _by_heading: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_heading = {
            fold_word(spelling): column
            for column, spellings in self.headings.items()
            for spelling in spellings
        }
        object.__setattr__(self, "_by_heading", by_heading)

    def column_of(self, heading: str) -> Column | None:
        """Return the column that a heading, folded and without unit, stands for."""
        return self._by_heading.get(heading)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a file are.

    ``weight_unit`` and ``metres`` are what the header says, else None. ``header`` tells
    how the columns were found, ``width`` how many there are.
    """

    position: Mapping[Column, int]
    heading: Mapping[Column, str]
    weight_unit: Unit | None
    metres: float | None
    header: Literal["read", "unknown", "missing"]
    width: int


def recognise(form: Format, rows: Sequence[Row], *, comma_is_decimal: bool) -> Columns | None:
    """Return the columns if a file is an export of this app, else None."""
    if not rows:
        return None
    columns = _read_header(form, rows[0].cells)
    if columns is not None:
        return columns
    for header, sample in (("missing", rows[:_LOOKED_AT]), ("unknown", rows[1 : _LOOKED_AT + 1])):
        for layout in form.layouts:
            if _fits(form, layout, sample, comma_is_decimal):
                return Columns(
                    position={column: i for i, column in enumerate(layout)},
                    heading={column: f"column {i + 1}" for i, column in enumerate(layout)},
                    weight_unit=form.unit,
                    metres=None,
                    header="missing" if header == "missing" else "unknown",
                    width=len(layout),
                )
    return None


def _read_header(form: Format, cells: Sequence[str]) -> Columns | None:
    position: dict[Column, int] = {}
    heading: dict[Column, str] = {}
    weight_unit: Unit | None = form.unit
    metres: float | None = None
    for index, cell in enumerate(cells):
        column, unit = _column_and_unit(form, cell)
        if column is None or column == "ignored" or column in position:
            continue
        position[column], heading[column] = index, cell.strip()
        if column == "weight":
            weight_unit = read_unit(unit) or form.unit
        elif column == "distance":
            metres = METRES.get(unit)
    if any(column not in position for column in form.required):
        return None
    return Columns(position, heading, weight_unit, metres, "read", len(cells))


def _column_and_unit(form: Format, cell: str) -> tuple[Column | None, str]:
    """Return what a heading stands for, and its unit: ``Weight (kg)``, ``weight_kg``, ``kg``."""
    match = _HEADING.fullmatch(cell.strip()[:_LONGEST_HEADING])
    if match is not None:
        return form.column_of(fold_word(match["name"])), fold_word(match["unit"])
    heading = fold_word(cell)
    column = form.column_of(heading)
    if column is not None:
        return column, ""
    name, _, unit = heading.rpartition(" ")
    if read_unit(unit) is not None and form.column_of(name or "weight") == "weight":
        return "weight", unit
    if unit in METRES and form.column_of(name or "distance") == "distance":
        return "distance", unit
    return None, ""


def _fits(
    form: Format, layout: Sequence[Column], rows: Sequence[Row], comma_is_decimal: bool
) -> bool:
    """Return whether nine of ten rows, and one at least, read well in this order."""
    place = {column: i for i, column in enumerate(layout)}
    fitting = 0
    for row in rows:
        cells = row.cells
        if len(cells) != len(layout) or not cells[place["exercise"]].strip():
            continue
        order = fold_word(cells[place["set_order"]]) if "set_order" in place else "1"
        numbers = [
            cells[place[column]]
            for column in ("weight", "reps", "rpe", "distance")
            if column in place
        ]
        fitting += (
            read_moment(cells[place["date"]]) is not None
            and _is_set_order(form, order)
            and read_number(cells[place["exercise"]], comma_is_decimal=True) is None
            and all(
                not text.strip() or read_number(text, comma_is_decimal=comma_is_decimal) is not None
                for text in numbers
            )
            and ("weight_unit" not in place or _is_unit(cells[place["weight_unit"]]))
            and ("seconds" not in place or _is_duration(cells[place["seconds"]]))
            and ("end" not in place or read_moment(cells[place["end"]]) is not None)
            and ("warm_up" not in place or fold_word(cells[place["warm_up"]]) in TRUTH)
        )
    return fitting > 0 and fitting * 10 >= len(rows) * 9


def _is_set_order(form: Format, word: str) -> bool:
    if word in form.set_types or word in form.no_sets:
        return True
    return read_number(word, comma_is_decimal=True) is not None


def _is_duration(text: str) -> bool:
    return not text.strip() or read_duration(text) is not None


def _is_unit(text: str) -> bool:
    return not text.strip() or read_unit(text) is not None
