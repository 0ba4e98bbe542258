"""From the cells of a row to a set, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_core.contract.state import SetTypeCode
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.issues import IssueLog
from voltlift_importers.dates import DateOrder, Moment, read_moment
from voltlift_importers.formats import METRES, Column, Columns, Format
from voltlift_importers.reader import Row
from voltlift_importers.rejects import Rejects
from voltlift_importers.units import Load, load_of
from voltlift_importers.values import fold_word, read_number

MAX_WEIGHT = 5000.0
MAX_REPS = 10_000.0
MAX_SECONDS = 604_800.0
MAX_METRES = 1_000_000.0


@dataclass(slots=True)
class SetRow:
    """A row that was understood. ``kind`` is None for a row that holds a note only.

    ``unit`` is the one of the row's own unit column; ``distance`` is in metres where
    ``metres_known``, else in an unnamed unit.
    """

    line: int
    moment: Moment
    workout: str
    exercise: str
    kind: SetTypeCode | None
    load: Load
    unit: Unit | None
    reps: int
    rpe: float | None
    seconds: float | None
    distance: float | None
    metres_known: bool
    duration: str
    notes: str
    workout_notes: str


class RowReader:
    """Reads the rows of one file.

    Parameters
    ----------
    form, columns : Format, Columns
        The app's table, and where its columns are in this file.
    width : int
        Number of columns of the header.
    comma_is_decimal : bool
        How ``1,500`` is meant in this file.
    order : str
        Whether the day or the month comes first in it.
    rejects, issues : Rejects, IssueLog
        Take note of rows that are not taken, and of values that were corrected.
    """

    def __init__(
        self,
        form: Format,
        columns: Columns,
        *,
        width: int,
        comma_is_decimal: bool,
        order: DateOrder,
        rejects: Rejects,
        issues: IssueLog,
    ) -> None:
        self._form = form
        self._columns = columns
        self._width = width
        self._comma_is_decimal = comma_is_decimal
        self._order = order
        self._rejects = rejects
        self._issues = issues
        self._needed = max(columns.position[column] for column in form.required) + 1
        self._numbers: dict[str, float | None] = {}
        self._moments: dict[str, Moment | None] = {}

    def read(self, row: Row) -> SetRow | None:
        """Return the set of a row; None where it is rejected, with the reason noted."""
        if not self._has_right_width(row):
            return None
        date_text = self._cell(row, "date")
        moment = self._moment(date_text)
        if moment is None:
            repeated = date_text == self._columns.heading["date"]
            self._reject(
                row,
                "repeated_header" if repeated else "date_unreadable",
                "date",
                "a date from 1971 to 2099, such as 2024-04-16 19:47:42",
                harmless=repeated,
            )
            return None
        exercise = self._cell(row, "exercise")
        order = fold_word(self._cell(row, "set_order"))
        kind = self._kind(order)
        if kind is None and order not in self._form.no_sets:
            self._reject(row, "set_order_unknown", "set_order", "a number, or W, D, F")
            return None
        if not exercise:
            self._reject(row, "exercise_missing", "exercise", "the name of an exercise")
            return None
        if kind is None:
            self._reject(row, "no_set", "set_order", "a set", harmless=True)
            return self._note(row, moment, exercise) if self._cell(row, "notes") else None
        return self._set(row, moment, exercise, kind)

    def _set(self, row: Row, moment: Moment, exercise: str, kind: SetTypeCode) -> SetRow | None:
        weight = self._required_number(row, "weight", MAX_WEIGHT)
        reps = None if weight is None else self._required_number(row, "reps", MAX_REPS)
        if weight is None or reps is None:
            return None
        unit_text = self._cell(row, "weight_unit")
        unit = read_unit(unit_text) if unit_text else None
        if unit_text and unit is None and weight:
            self._reject(row, "weight_unit_unknown", "weight_unit", "kg or lb")
            return None
        if not reps.is_integer():
            self._issues.repaired("reps_fraction", self._place(row, "reps"), "a whole number", reps)
        unit_of_length = fold_word(self._cell(row, "distance_unit"))
        metres = METRES.get(unit_of_length, self._columns.metres)
        distance = self._optional_number(row, "distance", MAX_METRES)
        return SetRow(
            line=row.line,
            moment=moment,
            workout=self._cell(row, "workout"),
            exercise=exercise,
            kind=kind,
            load=load_of(self._cell(row, "weight"), weight),
            unit=unit,
            reps=int(reps),
            rpe=self._rpe(row),
            seconds=self._optional_number(row, "seconds", MAX_SECONDS),
            distance=distance if distance is None or metres is None else distance * metres,
            metres_known=metres is not None,
            duration=self._cell(row, "duration"),
            notes=self._cell(row, "notes"),
            workout_notes=self._cell(row, "workout_notes"),
        )

    def _note(self, row: Row, moment: Moment, exercise: str) -> SetRow:
        return SetRow(
            line=row.line,
            moment=moment,
            workout=self._cell(row, "workout"),
            exercise=exercise,
            kind=None,
            load=Load(0.0, 0),
            unit=None,
            reps=0,
            rpe=None,
            seconds=None,
            distance=None,
            metres_known=False,
            duration="",
            notes=self._cell(row, "notes"),
            workout_notes="",
        )

    def _cell(self, row: Row, column: Column) -> str:
        position = self._columns.position.get(column)
        if position is None or position >= len(row.cells):
            return ""
        return row.cells[position].strip()

    def _kind(self, order: str) -> SetTypeCode | None:
        kind = self._form.set_types.get(order)
        if kind is not None:
            return kind
        number = self._number(order)
        return "N" if number is not None and number >= 0 else None

    def _has_right_width(self, row: Row) -> bool:
        cells = row.cells
        if len(cells) < self._needed:
            code = "too_few_columns"
        elif len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            code = "too_many_columns"
        else:
            return True
        expected = f"{self._width} columns"
        self._rejects.add(row.line, code, None, expected, f"{len(cells)} columns")
        return False

    def _moment(self, text: str) -> Moment | None:
        if text not in self._moments:
            self._moments[text] = read_moment(text, self._order)
        return self._moments[text]

    def _number(self, text: str) -> float | None:
        if text not in self._numbers:
            self._numbers[text] = read_number(text, comma_is_decimal=self._comma_is_decimal)
        return self._numbers[text]

    def _required_number(self, row: Row, column: Column, high: float) -> float | None:
        """Return a number, 0 for an empty cell; None rejects the row."""
        text = self._cell(row, column)
        if not text:
            return 0.0
        number = self._number(text)
        if number is not None and 0 <= number <= high:
            return number + 0.0
        code = f"{column}_unreadable" if number is None else f"{column}_out_of_range"
        self._reject(row, code, column, f"a number from 0 to {high:g}")
        return None

    def _optional_number(self, row: Row, column: Column, high: float) -> float | None:
        """Return a number; None, with an issue where there is something else than nothing."""
        text = self._cell(row, column)
        if not text:
            return None
        number = self._number(text)
        if number is not None and 0 <= number <= high:
            return number or None
        self._issues.quarantined(
            f"{column}_unreadable", self._place(row, column), f"a number from 0 to {high:g}", text
        )
        return None

    def _rpe(self, row: Row) -> float | None:
        rpe = self._optional_number(row, "rpe", 10)
        if rpe is not None and rpe < 1:
            expected = "a number from 1 to 10"
            self._issues.quarantined("rpe_unreadable", self._place(row, "rpe"), expected, rpe)
            return None
        return rpe

    def _place(self, row: Row, column: Column) -> str:
        return f"line {row.line}, {self._columns.heading[column]}"

    def _reject(
        self, row: Row, code: str, column: Column, expected: str, *, harmless: bool = False
    ) -> None:
        received = self._cell(row, column)
        heading = self._columns.heading.get(column, column)
        self._rejects.add(
            row.line, code, heading, expected, received or "nothing", harmless=harmless
        )
