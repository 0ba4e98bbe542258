"""Names of months in the languages that apps write dates in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_FULL = """
    january february march april may june july august september october november december
    januar februar märz april mai juni juli august september oktober november dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    januari februari maart april mei juni juli augustus september oktober november december
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października
    listopada grudnia
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
"""
_OTHERS = {"mrz": 3, "mrt": 3, "setiembre": 9, "июнь": 6, "июль": 7, "май": 5, "jän": 1}
_EAST_ASIAN = ("月", "월")
_SHORTEST = 3


def month_of(name: str) -> int | None:
    """Return the number of a month by its name, or the first three letters of it and more.

    Chinese, Japanese and Korean months are numbers themselves.

    Examples
    --------
    >>> [month_of(name) for name in ("Nis", "Eki.", "ARA", "März", "févr.", "juil.", "jui", "7月")]
    [4, 10, 12, 3, 2, 7, None, 7]
    """
    if name[-1:] in _EAST_ASIAN and name[:-1].isdecimal():
        return int(name[:-1])
    return _MONTHS.get(_fold(name.rstrip(".")))


def _fold(name: str) -> str:
    """Return a name without case and accents; Turkish has an i of its own without a dot."""
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("ı", "i")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _beginnings() -> Mapping[str, int]:
    """Return every beginning that means the same month in all of the languages."""
    meanings: dict[str, set[int]] = {}
    full = [(name, index % 12 + 1) for index, name in enumerate(_FULL.split())]
    for name, month in [*full, *_OTHERS.items()]:
        folded = _fold(name)
        for length in range(min(_SHORTEST, len(folded)), len(folded) + 1):
            meanings.setdefault(folded[:length], set()).add(month)
    return {name: months.pop() for name, months in meanings.items() if len(months) == 1}


_MONTHS = _beginnings()
