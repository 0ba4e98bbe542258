"""In which unit a lifter trains: the one in which the weights of a day are round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from voltlift_learned.diary import Diary, Floats

Unit: TypeAlias = Literal["kg", "lbs"]

KG_PER_UNIT: dict[Unit, float] = {"kg": 1.0, "lbs": 0.45359237}

ROUND: dict[Unit, float] = {"kg": 0.25, "lbs": 0.5}
"""What weights are multiples of, in each unit."""

TOLERANCE = 1e-4
LEAST_KG = 1.0


def units_by_day(diary: Diary, stated: Unit) -> Sequence[Unit]:
    """Return the unit of each day of a diary.

    Exports name one unit for all weights, in which an app may have converted those logged in
    the other one: 44.09 lb were 20 kg. A day is in the unit in which more of its weights are
    round; where neither has more, in that of the day before.

    Parameters
    ----------
    diary : Diary
        The log.
    stated : {"kg", "lbs"}
        Before the first day that says.
    """
    entry = np.repeat(np.arange(diary.n_entries), np.diff(diary.first_set))
    loaded = np.nan_to_num(diary.kg) > LEAST_KG
    day = diary.entry_day[entry[loaded]]
    kg = diary.kg[loaded]
    in_kg, in_lb = (
        np.bincount(day[_is_round(kg, ROUND[unit] * KG_PER_UNIT[unit])], minlength=diary.n_days)
        for unit in KG_PER_UNIT
    )
    found: list[Unit] = []
    unit = stated
    for kilograms, pounds in zip(in_kg.tolist(), in_lb.tolist(), strict=True):
        if kilograms != pounds:
            unit = "kg" if kilograms > pounds else "lbs"
        found.append(unit)
    return found


def unit_asked(units: Sequence[Unit], day: int, stated: Unit) -> Unit:
    """Return the unit of the last day before a day (a position); the stated one before all.

    Examples
    --------
    >>> unit_asked(["lbs", "kg"], 1, "kg"), unit_asked(["lbs"], 0, "kg")
    ('lbs', 'kg')
    """
    return units[day - 1] if day else stated


def _is_round(kg: Floats, step: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(np.abs(kg - np.round(kg / step) * step) < TOLERANCE * kg)
