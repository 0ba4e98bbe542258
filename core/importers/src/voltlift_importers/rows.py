"""From the cells of a row to a set, or to the reason why it is none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.state import SetTypeCode
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.issues import IssueLog
from voltlift_importers.cells import original
from voltlift_importers.dates import DateOrder, Moment, read_moment
from voltlift_importers.formats import METRES, Column, Columns, Format
from voltlift_importers.reader import Row
from voltlift_importers.rejects import Rejects
from voltlift_importers.shifts import unshifted
from voltlift_importers.units import Load, load_of
from voltlift_importers.values import TRUTH, fold_word, read_duration, read_number

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
    end: Moment | None
    workout: str
    exercise: str
    category: str
    superset: str
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
        comma_is_decimal: bool,
        order: DateOrder,
        rejects: Rejects,
        issues: IssueLog,
    ) -> None:
        self._form = form
        self._columns = columns
        self._width = columns.width
        self._comma_is_decimal = comma_is_decimal
        self._order = order
        self._rejects = rejects
        self._issues = issues
        self._needed = max(columns.position[column] for column in form.required) + 1
        self._at = defaultdict(lambda: -1, columns.position)
        self._numbers: dict[str, float | None] = {}
        self._kinds: dict[str, SetTypeCode | Literal[""] | None] = {}
        self._moments: dict[str, Moment | None] = {}
        self._loads: dict[str, Load] = {}
        self.headings: list[int] = []
        """Lines on which the headings came again."""

    def read(self, row: Row) -> SetRow | None:
        """Return the set of a row; None where it is rejected, with the reason noted."""
        if self._form.repairs_shifts:
            row = self._unshifted(row)
        row = Row(row.line, [cell.strip() for cell in row.cells])
        if not self._has_right_width(row):
            return None
        # The last cell is the empty one of columns that the file has not.
        row.cells[self._width :] = [""] * (max(self._width - len(row.cells), 0) + 1)
        date_text = self._cell(row, "date")
        moment = self._moment(date_text)
        if moment is None:
            repeated = date_text == self._columns.heading["date"]
            if repeated:
                self.headings.append(row.line)
            self._reject(
                row,
                "repeated_header" if repeated else "date_unreadable",
                "date",
                "a date from 1971 to 2099, such as 2024-04-16 19:47:42",
                harmless=repeated,
            )
            return None
        exercise = original(self._cell(row, "exercise"))
        kind = self._kind(row)
        if kind == "":
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
        distance = self._optional_number(row, "distance", MAX_METRES)
        length = self._cell(row, "distance_unit")
        metres = METRES.get(fold_word(length)) if length else None
        metres = self._columns.metres if metres is None else metres
        return SetRow(
            line=row.line,
            moment=moment,
            end=self._end(row),
            workout=original(self._cell(row, "workout")),
            exercise=exercise,
            category=self._cell(row, "category"),
            superset=self._cell(row, "superset"),
            kind=kind,
            load=self._load(self._cell(row, "weight"), weight),
            unit=unit,
            reps=int(reps),
            rpe=self._rpe(row),
            seconds=self._seconds(row),
            distance=distance if distance is None or metres is None else distance * metres,
            metres_known=metres is not None,
            duration=self._cell(row, "duration"),
            notes=original(self._cell(row, "notes")),
            workout_notes=original(self._cell(row, "workout_notes")),
        )

    def _note(self, row: Row, moment: Moment, exercise: str) -> SetRow:
        return SetRow(
            line=row.line,
            moment=moment,
            end=None,
            workout=original(self._cell(row, "workout")),
            exercise=exercise,
            category="",
            superset="",
            kind=None,
            load=Load(0.0, 0),
            unit=None,
            reps=0,
            rpe=None,
            seconds=None,
            distance=None,
            metres_known=False,
            duration="",
            notes=original(self._cell(row, "notes")),
            workout_notes="",
        )

    def _cell(self, row: Row, column: Column) -> str:
        return row.cells[self._at[column]]

    def _load(self, text: str, weight: float) -> Load:
        if text not in self._loads:
            self._loads[text] = load_of(text, weight)
        return self._loads[text]

    def _kind(self, row: Row) -> SetTypeCode | Literal[""] | None:
        """Return the kind of set; None for what is no set, an empty text where unknown."""
        if "warm_up" in self._columns.position:
            return "W" if TRUTH.get(fold_word(self._cell(row, "warm_up"))) else "N"
        if "set_order" not in self._columns.position:
            return "N"
        text = self._cell(row, "set_order")
        if text not in self._kinds:
            self._kinds[text] = self._kind_of(fold_word(text))
        return self._kinds[text]

    def _kind_of(self, word: str) -> SetTypeCode | Literal[""] | None:
        kind = self._form.set_types.get(word)
        if kind is not None:
            return kind
        if word in self._form.no_sets:
            return None
        number = self._number(word)
        return "N" if number is not None and number >= 0 else ""

    def _unshifted(self, row: Row) -> Row:
        at = self._at["reps"]
        if at < len(row.cells) <= self._width and self._number(row.cells[at]) is not None:
            return row
        cells = unshifted(row.cells, self._columns, comma_is_decimal=self._comma_is_decimal)
        if cells == row.cells:
            return row
        found = Row(row.line, cells)
        name = found.cells[self._at["exercise"]]
        if len(row.cells) > self._width or name not in row.cells:
            expected = "a comma in a name within quotation marks"
            self._issues.repaired("shifted_columns", f"line {row.line}", expected, name)
        return found

    def _has_right_width(self, row: Row) -> bool:
        cells = row.cells
        if len(cells) < self._needed:
            code = "too_few_columns"
        elif len(cells) > self._width and any(cells[self._width :]):
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

    def _end(self, row: Row) -> Moment | None:
        text = self._cell(row, "end")
        return self._moment(text) if text else None

    def _seconds(self, row: Row) -> float | None:
        """Return a duration in seconds, written as a number or as ``0:01:30``."""
        text = self._cell(row, "seconds")
        if not text or text == "0":
            return None
        if self._number(text) is not None:
            return self._optional_number(row, "seconds", MAX_SECONDS)
        seconds = read_duration(text)
        if seconds is not None and seconds <= MAX_SECONDS:
            return seconds or None
        expected = f"a number from 0 to {MAX_SECONDS:g}, or a time such as 0:01:30"
        self._issues.quarantined("seconds_unreadable", self._place(row, "seconds"), expected, text)
        return None

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
        if not text or text == "0":
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
