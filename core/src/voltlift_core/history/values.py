"""Reading single values of an app state leniently: numbers, words, moments, days."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from voltlift_core.history.issues import IssueLog
from voltlift_core.wire import Json

NAN = float("nan")
LAST_SECOND = 4_133_980_799.0
"""2100-12-31T23:59:59Z; times outside of 1970 to 2100 are taken for damage."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{0,15})?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[T ])")
_MAX_DEPTH = 24
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_LAST_DAY = date(2100, 12, 31).toordinal() - _EPOCH_DAY


@dataclass(frozen=True, slots=True)
class NumberField:
    """How to read one kind of number.

    Parameters
    ----------
    name : str
        Subject of issue codes: ``weight`` gives ``weight_as_text``, ``weight_unreadable``.
    low, high : float
        The range that a real value can lie in, ends included.
    unit : str
        Words after the range in messages.
    """

    name: str
    low: float
    high: float
    unit: str = ""

    @property
    def expected(self) -> str:
        """What would have been accepted, in words."""
        return f"a number from {self.low:g} to {self.high:g} {self.unit}".rstrip()

    def read(self, value: object, path: str, issues: IssueLog) -> float:
        """Return the number, NaN where it is missing or unreadable."""
        if value is None:
            return NAN
        if isinstance(value, str):
            return self._read_text(value, path, issues)
        number = as_number(value)
        if number is not None and self.low <= number <= self.high:
            return number
        issues.quarantined(f"{self.name}_unreadable", path, self.expected, value)
        return NAN

    def _read_text(self, text: str, path: str, issues: IssueLog) -> float:
        stripped = text[:64].strip()
        if not stripped:
            issues.repaired(f"{self.name}_as_text", path, self.expected, text)
            return NAN
        if _NUMBER.fullmatch(stripped):
            number = float(stripped.replace(",", "."))
            if self.low <= number <= self.high:
                issues.repaired(f"{self.name}_as_text", path, self.expected, text)
                return number
        issues.quarantined(f"{self.name}_unreadable", path, self.expected, text)
        return NAN


def as_number(value: object) -> float | None:
    """Return a finite JSON number as float; None for anything else, booleans included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def as_name(value: object) -> str | None:
    """Return an id or name: non-empty text, or a whole number as text; else None."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= 64:
        return str(value)
    return None


def as_seconds(value: object) -> tuple[float | None, bool]:
    """Return ``(epoch seconds, as written)`` of epoch milliseconds, or ISO 8601 text.

    The second is False where it had to be repaired; the first None where it is no time
    from 1970 to 2100. Text without an offset is taken as UTC.

    Examples
    --------
    >>> as_seconds(1_700_000_000_000)
    (1700000000.0, True)
    >>> as_seconds("2023-11-14T22:13:20Z")
    (1700000000.0, False)
    """
    number = as_number(value)
    exact = number is not None
    if isinstance(value, str):
        number = _milliseconds(value[:64].strip())
    if number is None or not 0 <= number <= LAST_SECOND * 1000:
        return None, exact
    return number / 1000, exact


def _milliseconds(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if not _DAY.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000
    except (ValueError, OverflowError):
        return None


def read_day(value: object) -> int | None:
    """Return days since 1970-01-01 of a date ``YYYY-MM-DD`` (a time after it is ignored).

    Examples
    --------
    >>> read_day("1970-01-31"), read_day("31.1.1970")
    (30, None)
    """
    match = _DAY.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1]).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    return day if 0 <= day <= _LAST_DAY else None


def shallow(value: Json, depth: int = 0) -> Json:
    """Return JSON without what is nested deeper than any app state is, and could be written."""
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: shallow(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shallow(item, depth + 1) for item in value]
    return value
