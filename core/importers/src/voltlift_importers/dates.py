"""Reading dates: ISO, named months, and the orders that spreadsheets leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

from voltlift_importers.months import month_of

DateOrder = Literal["day_first", "month_first"]

_TIME = (
    r"(?:[T ,]+(?:(?:at|um|à|alle(?: ore)?|a las?|às|as|saat)\s+)?"
    r"(?P<before>上午|下午|午前|午後)?\s*(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2}))?(?:\.[0-9]+)?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_TIME}"
)
_LOCAL = re.compile(
    rf"(?P<a>[0-9]{{1,2}})(?P<mark>[-/.])(?P<b>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTH = r"(?P<name>[^\W\d_]{3,12}|[0-9]{1,2}[月월])"
_NAMED = (
    re.compile(  # 26 Jul 2025, 07:06 · 16. Apr. 2024 · 16 de abr. de 2024
        rf"(?P<day>[0-9]{{1,2}})\.?[ -](?:de )?{_MONTH}\.?,?[ -](?:de )?"
        rf"(?P<year>[0-9]{{4}})(?: г\.)?{_TIME}"
    ),
    re.compile(  # Jun 11, 2026, 1:01 PM
        rf"{_MONTH}\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? "
        rf"(?P<year>[0-9]{{4}}){_TIME}"
    ),
)
_EAST_ASIAN = re.compile(
    rf"(?P<year>[0-9]{{4}})[年년] ?(?P<month>[0-9]{{1,2}})[月월] ?"
    rf"(?P<day>[0-9]{{1,2}})[日일](?: ?(?:周|星期|\()\S{{1,2}})?(?=[ ,上下午]|$)"
    rf"{_TIME.replace('[T ,]+', '[T ,]*', 1)}"
)
_EPOCH = datetime(1970, 1, 1)
_NOON = 12
_LONGEST = 64


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
    found = [match for text in texts if (match := _LOCAL.fullmatch(_one_line(text[:_LONGEST])))]
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
    >>> read_moment("26 Eki 2025, 07:06").wall, read_moment("2024年4月16日 下午7:47").wall.hour
    (datetime.datetime(2025, 10, 26, 7, 6), 19)
    >>> read_moment("31/12/9999") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    text = _one_line(text)
    match = _ISO.fullmatch(text) or _EAST_ASIAN.fullmatch(text)
    if match is not None:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    elif (match := _LOCAL.fullmatch(text)) is not None:
        first, second = int(match["a"]), int(match["b"])
        day, month = (first, second) if order == "day_first" else (second, first)
        year = _year(match)
    else:
        match = next((found for form in _NAMED if (found := form.fullmatch(text))), None)
        named = None if match is None else month_of(match["name"])
        if match is None or named is None:
            return None
        year, month, day = int(match["year"]), named, int(match["day"])
    time = _time(match)
    if time is None:
        return None
    hour, minute, second, time_known = time
    if not 1971 <= year <= 2099:
        return None
    try:
        wall = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return Moment(wall, _offset_minutes(match["zone"]), time_known)


def local_day(epoch_ms: int, utc_offset_minutes: int) -> str:
    """Return the local date, ``YYYY-MM-DD``."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(
        milliseconds=epoch_ms, minutes=utc_offset_minutes
    )
    return moment.date().isoformat()


def _one_line(text: str) -> str:
    """Return a cell with plain single spaces; iOS sets a narrow one before AM and PM."""
    return " ".join(text.split())


def _time(match: re.Match[str]) -> tuple[int, int, int, bool] | None:
    """Return hour, minute, second and whether they are known; None where there is no such hour."""
    if match["hour"] is None:
        return _NOON, 0, 0, False
    hour, half = int(match["hour"]), match["half"]
    after_noon = match["before"] in ("下午", "午後") or (half is not None and half[0] in "Pp")
    if half is not None or match["before"] is not None:
        # In Chinese 下午14:30 is found, too.
        if not (1 <= hour <= 12 or (match["before"] and hour <= 23)):
            return None
        hour = hour % 12 + (12 if after_noon else 0)
    return hour, int(match["minute"]), int(match["second"] or 0), True


def _year(match: re.Match[str]) -> int:
    year = int(match["year"])
    return year if year >= 100 else 2000 + year


def _offset_minutes(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone in ("Z", "UTC"):
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
