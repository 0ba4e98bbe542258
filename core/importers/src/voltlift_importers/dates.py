"""Reading dates: ISO, and the day-month orders that spreadsheets leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

DateOrder = Literal["day_first", "month_first"]

_TIME = (
    r"(?:[T ,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?:\.[0-9]+)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_TIME}"
)
_LOCAL = re.compile(
    rf"(?P<a>[0-9]{{1,2}})(?P<mark>[-/.])(?P<b>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_EPOCH = datetime(1970, 1, 1)
_NOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time as a file has it.

    ``utc_offset_minutes`` is None where the file does not say. ``time_known`` is False
    for a date alone: it then stands at noon, which lies on that day in every zone.
    """

    wall: datetime
    utc_offset_minutes: int | None
    time_known: bool

    def epoch_ms(self, utc_offset_minutes: int) -> int:
        """Return epoch milliseconds, with the offset given unless the file has its own."""
        own = self.utc_offset_minutes
        offset = utc_offset_minutes if own is None else own
        return (self.wall - _EPOCH - timedelta(minutes=offset)) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """Whether the day or the month comes first in a file.

    ``certain`` is False where every date can be read both ways.
    """

    order: DateOrder
    certain: bool


def decide_order(texts: Iterable[str]) -> OrderDecision | None:
    """Return the order of day and month in a file; None where no date leaves it open.

    A number above 12 decides it, the majority of them where they contradict each other.
    Else it is the order in which the file's dates are sorted, as every export is, and day
    first where both are.

    Examples
    --------
    >>> decide_order(["03/04/2024", "13/04/2024"])
    OrderDecision(order='day_first', certain=True)
    >>> decide_order(["01/30/2024", "02/01/2024"]).order
    'month_first'
    """
    found = [match for text in texts if (match := _LOCAL.fullmatch(text.strip()))]
    if not found:
        return None
    if any(match["mark"] == "." for match in found):
        return OrderDecision("day_first", True)
    day_first = sum(int(match["a"]) > 12 for match in found)
    month_first = sum(int(match["b"]) > 12 for match in found)
    if day_first != month_first:
        return OrderDecision("day_first" if day_first > month_first else "month_first", True)
    steps: dict[DateOrder, int] = {
        "day_first": _unsorted_steps([(_year(m), int(m["b"]), int(m["a"])) for m in found]),
        "month_first": _unsorted_steps([(_year(m), int(m["a"]), int(m["b"])) for m in found]),
    }
    if steps["month_first"] != steps["day_first"]:
        best = min(steps, key=lambda order: steps[order])
        return OrderDecision(best, steps[best] == 0)
    return OrderDecision("day_first", False)


def read_moment(text: str, order: DateOrder = "day_first") -> Moment | None:
    """Return the wall time of a cell; None where it is none of 1971 to 2099.

    Examples
    --------
    >>> read_moment("2024-04-16 19:47:42").wall
    datetime.datetime(2024, 4, 16, 19, 47, 42)
    >>> read_moment("4/16/24 7:47 PM", "month_first").wall
    datetime.datetime(2024, 4, 16, 19, 47)
    >>> read_moment("31/12/9999") is None
    True
    """
    text = text.strip()
    match = _ISO.fullmatch(text)
    if match is not None:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        match = _LOCAL.fullmatch(text)
        if match is None:
            return None
        first, second = int(match["a"]), int(match["b"])
        day, month = (first, second) if order == "day_first" else (second, first)
        year = _year(match)
    time_known = match["hour"] is not None
    hour, minute, second_ = _NOON, 0, 0
    if time_known:
        hour, minute, second_ = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        if match["half"] is not None:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    if not 1971 <= year <= 2099:
        return None
    try:
        wall = datetime(year, month, day, hour, minute, second_)
    except ValueError:
        return None
    return Moment(wall, _offset_minutes(match["zone"]), time_known)


def local_day(epoch_ms: int, utc_offset_minutes: int) -> str:
    """Return the local date, ``YYYY-MM-DD``."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(
        milliseconds=epoch_ms, minutes=utc_offset_minutes
    )
    return moment.date().isoformat()


def _year(match: re.Match[str]) -> int:
    year = int(match["year"])
    return year if year >= 100 else 2000 + year


def _offset_minutes(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > 14 * 60:
        return None
    return -minutes if zone[0] == "-" else minutes


def _unsorted_steps(dates: Sequence[tuple[int, int, int]]) -> int:
    """Return how many neighbours stand against the file's direction, whichever that is."""
    down = sum(later < earlier for earlier, later in pairwise(dates))
    up = sum(later > earlier for earlier, later in pairwise(dates))
    return min(down, up)
