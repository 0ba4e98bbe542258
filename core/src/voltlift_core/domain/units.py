"""Weight units: kilograms inside, the lifter's unit at the edge.

A weight is stored with the unit it was entered in; kilograms are derived from it. Both
ways are exact enough that ``display(parse(x, unit), unit) == x`` for every weight of up to
four decimals, so 135 lb never comes back as 134.99.
"""

from __future__ import annotations

from collections.abc import Mapping

from voltlift_core.domain.vocabulary import Unit

KG_PER_LB = 0.45359237
"""Kilograms in a pound, exactly (international pound, 1959)."""

KG_PER_UNIT: Mapping[Unit, float] = {Unit.KG: 1.0, Unit.LB: KG_PER_LB}
"""Kilograms in one of a unit."""

_DECIMALS = 4


def parse(value: float, unit: Unit) -> float:
    """Return the kilograms of a weight entered in a unit.

    Examples
    --------
    >>> parse(100, Unit.LB)
    45.359237
    """
    return value * KG_PER_UNIT[unit]


def display(kg: float, unit: Unit) -> float:
    """Return kilograms in a unit, rounded to four decimals; the inverse of ``parse``.

    NaN stays NaN.

    Examples
    --------
    >>> display(parse(135, Unit.LB), Unit.LB)
    135.0
    """
    return round(kg / KG_PER_UNIT[unit], _DECIMALS)
