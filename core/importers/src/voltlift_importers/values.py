"""Reading single cells: numbers with either decimal sign, durations, words."""

from __future__ import annotations

import math
import re

_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
_DURATION_PART = re.compile(r"([0-9]{1,6})\s*([^\W\d]+)\.?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?")

_SECONDS_IN = {
    3600: "h hr hrs hour hours std stunde stunden heure heures hora horas 小时 时 小時",
    60: "m min mins minute minutes minuten minuto minutos 分钟 分 分鐘",
    1: "s sec secs second seconds sek sekunde sekunden seconde secondes seg segundo segundos"
    " 秒 秒钟",
}
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
"""Words of a column that says yes or no."""

_UNIT_SECONDS = {word: seconds for seconds, words in _SECONDS_IN.items() for word in words.split()}


def read_number(text: str, *, comma_is_decimal: bool) -> float | None:
    """Return the number a cell holds; None where it holds none, or one without end.

    Parameters
    ----------
    text : str
        The cell; spaces around it and inside of groups do not matter.
    comma_is_decimal : bool
        Whether ``1,500`` means one and a half (files delimited by semicolon or tab), or
        fifteen hundred (files delimited by comma).

    Examples
    --------
    >>> read_number("61,5", comma_is_decimal=True), read_number("1,234.5", comma_is_decimal=False)
    (61.5, 1234.5)
    """
    text = text.strip().replace("\xa0", "").replace("\u202f", "")
    if "," in text:
        if "." in text:
            last_is_comma = text.rfind(",") > text.rfind(".")
            text = text.replace("." if last_is_comma else ",", "").replace(",", ".")
        elif not comma_is_decimal and _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        else:
            text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def read_duration(text: str) -> float | None:
    """Return the seconds of a duration; a bare number counts seconds; None if unreadable.

    Examples
    --------
    >>> [read_duration(text) for text in ("51m", "1h 5m", "1小时13分钟", "4543", "1:05:00")]
    [3060.0, 3900.0, 4380.0, 4543.0, 3900.0]
    """
    text = text.strip().casefold()
    number = read_number(text, comma_is_decimal=True)
    if number is not None:
        return number if number >= 0 else None
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        first, second, third = clock.groups()
        if third is None:
            return float(first) * 60 + float(second)
        return float(first) * 3600 + float(second) * 60 + float(third)
    total, end = 0.0, 0
    for part in _DURATION_PART.finditer(text):
        seconds = _UNIT_SECONDS.get(part[2])
        if seconds is None or text[end : part.start()].strip(" ,"):
            return None
        total += float(part[1]) * seconds
        end = part.end()
    return total if end and not text[end:].strip() else None


def fold_word(text: str) -> str:
    """Return a word or heading without case, and with single spaces for its separators.

    Examples
    --------
    >>> fold_word(" WARM_UP ")
    'warm up'
    """
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
