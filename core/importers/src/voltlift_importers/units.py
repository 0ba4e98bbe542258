"""Which unit the weights of a file are in, and the plates behind converted numbers.

Apps keep weights in one unit and write them in another: 44.09245 in a file of pounds is
a 20 kg load. Such numbers are taken back to the plate they were entered as.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.imports import UnitEvidence
from voltlift_core.domain.units import KG_PER_LB
from voltlift_core.domain.vocabulary import Unit

Source = Literal["stated", "inferred", "chosen", "assumed"]

OTHER: Mapping[Unit, Unit] = {Unit.KG: Unit.LB, Unit.LB: Unit.KG}

_STEPS_PER_UNIT = 4
"""The finest plate grid looked at, in either unit: quarters (pairs of 1.25 kg make 2.5)."""

_EXAMPLES = 5
_HEAVY = 30.0
_CALCULATED = 4
"""Nobody enters a weight with so many decimals; one in a thousand lies near a plate by chance."""
_ENOUGH_SETS = 10
_FACTOR_ERROR = 2e-6
"""Apps multiply by 0.453592 or 2.20462, exact to this share."""

SIGNATURE: Mapping[Unit, frozenset[float]] = {
    Unit.KG: frozenset({20.0, 60.0, 100.0, 140.0, 180.0, 220.0}),
    Unit.LB: frozenset({45.0, 95.0, 135.0, 185.0, 225.0, 275.0, 315.0, 365.0, 405.0}),
}
"""An empty bar, and one with pairs of 20 kg plates, or of 25 and 45 lb ones."""


@dataclass(frozen=True, slots=True)
class Load:
    """A weight as written: its number, and how many decimals it was written with."""

    value: float
    decimals: int

    @property
    def is_plain(self) -> bool:
        """Whether it lies on the plate grid of the unit that it is written in."""
        return (self.value * _STEPS_PER_UNIT).is_integer()

    def converted(self, unit: Unit) -> float | None:
        """Return the load in the other unit if it is a converted one, else None.

        Parameters
        ----------
        unit : Unit
            Unit that the number is written in.

        Examples
        --------
        >>> Load(61.23492, 5).converted(Unit.KG), Load(61.25, 2).converted(Unit.KG)
        (135.0, None)
        """
        if self.is_plain or self.decimals < 2:
            return None
        exact = self.value / KG_PER_LB if unit is Unit.KG else self.value * KG_PER_LB
        nearest = round(exact * _STEPS_PER_UNIT) / _STEPS_PER_UNIT
        rounding = 0.5 * 10.0 ** -min(self.decimals, 12) + 1e-9
        rounding *= 1 / KG_PER_LB if unit is Unit.KG else KG_PER_LB
        return nearest if abs(exact - nearest) <= rounding + _FACTOR_ERROR * exact else None


def load_of(text: str, value: float) -> Load:
    """Return a weight with the decimals that its cell shows."""
    _, mark, decimals = text.strip().replace(",", ".").rpartition(".")
    value = round(value, 9)  # 185.00000000000003 is noise of the app's own arithmetic
    shown = len(decimals) if mark and decimals.isdigit() else 0
    return Load(value, 0 if (value * _STEPS_PER_UNIT).is_integer() else shown)


def is_converted_file(loads: Iterable[Load], unit: Unit) -> bool:
    """Return whether numbers off the grid of a file's unit are converted ones, as a rule.

    At least two of them, or one with four decimals, and four of five: of two decimals single
    matches happen by chance.
    """
    odd = {load for load in loads if not load.is_plain}
    converted = [load for load in odd if load.converted(unit) is not None]
    certain = len(converted) >= 2 or any(load.decimals >= _CALCULATED for load in converted)
    return certain and len(converted) * 5 >= len(odd) * 4


def infer_unit(loads: Counter[Load], barbell: Counter[float]) -> UnitEvidence:
    """Return the unit that a file's numbers are most likely in, with the evidence.

    Parameters
    ----------
    loads : Counter of Load
        Sets by load, zeros left out.
    barbell : Counter of float
        Sets by load of barbell exercises alone: only a bar with plates has a pattern.

    Notes
    -----
    First come numbers that are converted plates of the other unit; then the loads of bars
    above 30, of which at least ten sets are wanted. With pounds almost all end in 5 or 0,
    and, as 45 + 2 x 45 is 135, mostly in 5; with kilograms there are 62.5 and the like, or
    60, 100 and 140 more often than 95, 135 and 185. What does not decide gives ``assumed``
    kilograms. (Seven real logs: 79 to 95 % of pound loads end in 5, 0 to 38 % of kilograms;
    2 % or less of pound loads are no multiple of 5.)
    """
    distinct = [load for load, _ in loads.most_common()]
    odd = [load for load in distinct if not load.is_plain]
    if len(odd) * 5 >= len(distinct):
        for unit in (Unit.LB, Unit.KG):
            if is_converted_file(odd, unit):
                return _evidence(unit, "inferred", distinct, odd)
    heavy = {value: sets for value, sets in barbell.items() if value > _HEAVY}
    total = sum(heavy.values())
    if total >= _ENOUGH_SETS:
        off_fives = sum(sets for value, sets in heavy.items() if value % 5)
        fives = sum(sets for value, sets in heavy.items() if value % 10 == 5)
        typical = {unit: sum(barbell[v] for v in SIGNATURE[unit] & barbell.keys()) for unit in Unit}
        if off_fives >= 0.05 * total:
            shown = [load for load in distinct if load.value in heavy and load.value % 5]
            return _evidence(Unit.KG, "inferred", distinct, shown)
        if fives >= 0.55 * total or typical[Unit.LB] >= 2 * max(typical[Unit.KG], 5):
            shown = [load for load in distinct if load.value in heavy and load.value % 10 == 5]
            return _evidence(Unit.LB, "inferred", distinct, shown)
        if typical[Unit.KG] >= 2 * max(typical[Unit.LB], 5):
            shown = [load for load in distinct if load.value in SIGNATURE[Unit.KG]]
            return _evidence(Unit.KG, "inferred", distinct, shown)
    return _evidence(Unit.KG, "assumed", distinct, distinct)


def known_unit(unit: Unit, source: Source, loads: Counter[Load]) -> UnitEvidence:
    """Return the evidence of a unit that the file states or the lifter chose."""
    distinct = [load for load, _ in loads.most_common()]
    return _evidence(unit, source, distinct, distinct)


def _evidence(
    unit: Unit, source: Source, loads: Sequence[Load], examples: Sequence[Load]
) -> UnitEvidence:
    """Return the evidence; converted numbers count for the grid that they come from."""
    shares: dict[Unit, float] = {}
    if loads:
        back = sum(load.converted(unit) is not None for load in loads)
        shares = {key: _grid_share(loads, key) for key in Unit}
        if back and is_converted_file(loads, unit):
            shares[OTHER[unit]] = back / len(loads)
    return UnitEvidence(
        unit=unit.code,
        source=source,
        kg_share=shares.get(Unit.KG),
        lb_share=shares.get(Unit.LB),
        examples=tuple(load.value for load in examples[:_EXAMPLES]),
    )


def _on_grid(value: float, unit: Unit) -> bool:
    """Return whether bar, dumbbells or stack of this unit make up the number as it stands."""
    if unit is Unit.KG:
        return (value / 1.25).is_integer() or (value <= 25 and value.is_integer())
    return (value / 5).is_integer() or (value <= 30 and (value / 2.5).is_integer())


def _grid_share(loads: Sequence[Load], unit: Unit) -> float:
    return sum(_on_grid(load.value, unit) for load in loads) / len(loads) if loads else 0.0
