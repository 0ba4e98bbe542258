"""What can be loaded: bars with plates, dumbbells, stacks; and rounding to it.

Grids count in whole thousandths of the lifter's own unit, so sums of plates are exact:
a weight that is on the grid comes back as it is, and 135 lb never becomes 134.99.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, Protocol

from voltlift_core.domain.units import display, parse
from voltlift_core.domain.vocabulary import Unit

Mode = Literal["nearest", "down", "up"]

HEAVIEST_KG = 10_000.0
"""Beyond this nothing is a weight that a person lifts, and rounding it is refused."""

_SCALE = 1000

_KEPT = 1 << 16
"""Tables of sums that are longer come of odd plates, and are not kept."""

STANDARD_BAR: Mapping[Unit, float] = {Unit.KG: 20.0, Unit.LB: 45.0}
"""An Olympic bar, in each unit."""

STANDARD_PLATES: Mapping[Unit, tuple[float, ...]] = {
    Unit.KG: (25.0, 20.0, 15.0, 10.0, 5.0, 2.5, 1.25),
    Unit.LB: (45.0, 35.0, 25.0, 10.0, 5.0, 2.5),
}
"""The plates of an ordinary gym, in each unit."""

DEFAULT_STEP: Mapping[Unit, float] = {Unit.KG: 1.25, Unit.LB: 2.5}
"""What is rounded to where nothing is known of the equipment."""


class LoadGrid(Protocol):
    """The weights that can be loaded, in a unit."""

    @property
    def unit(self) -> Unit:
        """The unit that the weights are whole numbers of thousandths of."""
        ...

    def around(self, thousandths: float) -> tuple[int | None, int | None]:
        """Return the heaviest weight not above and the lightest not below, None where none."""
        ...


@dataclass(frozen=True)
class Steps:
    """Weights in equal steps: dumbbells, a stack, or a default.

    Parameters
    ----------
    unit : Unit
        Unit of the weights.
    step : float
        Distance of two weights.
    lightest, heaviest : float
        Ends of the range; the heaviest one may be infinite.

    Raises
    ------
    ValueError
        Where a step is not positive or the range is empty.
    """

    unit: Unit
    step: float
    lightest: float = 0.0
    heaviest: float = math.inf

    def __post_init__(self) -> None:
        if not (math.isfinite(self.step) and _thousandths(self.step) > 0):
            raise ValueError(f"a step is a positive number, received {self.step}")
        if not 0 <= self.lightest <= self.heaviest:
            raise ValueError(f"no weights from {self.lightest} to {self.heaviest}")

    def around(self, thousandths: float) -> tuple[int | None, int | None]:
        """Return the heaviest weight not above and the lightest not below, None where none."""
        step, first = _thousandths(self.step), _thousandths(self.lightest)
        last: float = math.inf
        if self.heaviest < math.inf:
            last = first + (_thousandths(self.heaviest) - first) // step * step
        below = first + math.floor((min(thousandths, last) - first) / step) * step
        above = first + max(math.ceil((thousandths - first) / step), 0) * step
        return (below if thousandths >= first else None, above if above <= last else None)


@dataclass(frozen=True)
class WithOwn:
    """A grid that is taken for granted, and weights that were loaded though not on it.

    Parameters
    ----------
    grid : LoadGrid
        The grid.
    own : tuple of float
        More weights, in its unit, ascending.
    """

    grid: LoadGrid
    own: tuple[float, ...]

    @property
    def unit(self) -> Unit:
        """The unit of the grid."""
        return self.grid.unit

    def around(self, thousandths: float) -> tuple[int | None, int | None]:
        """Return the heaviest weight not above and the lightest not below, None where none."""
        below, above = self.grid.around(thousandths)
        for weight in map(_thousandths, self.own):
            if weight <= thousandths:
                below = weight if below is None else max(below, weight)
            if weight >= thousandths:
                above = weight if above is None else min(above, weight)
        return below, above


@dataclass(frozen=True)
class Plates:
    """A bar with the same plates on both sides.

    Parameters
    ----------
    unit : Unit
        Unit of bar and plates.
    bar : float
        Weight of the empty bar.
    pairs : mapping of float to int or None
        Pairs at hand of each plate; None for as many as one likes.

    Raises
    ------
    ValueError
        Where a plate is not positive or a number of pairs negative.

    Examples
    --------
    >>> bar = Plates.standard(Unit.LB)
    >>> round_to_loadable(parse(137, Unit.LB), bar) == parse(135, Unit.LB)
    True
    >>> bar.per_side(parse(185, Unit.LB))
    (45.0, 25.0)
    """

    unit: Unit
    bar: float
    pairs: Mapping[float, int | None] = field(hash=False)

    def __post_init__(self) -> None:
        for plate, count in self.pairs.items():
            if not (math.isfinite(plate) and _thousandths(plate) > 0):
                raise ValueError(f"a plate weighs a positive number, received {plate}")
            if count is not None and count < 0:
                raise ValueError(f"there cannot be {count} pairs of {plate}")
        if not 0 <= self.bar < math.inf:
            raise ValueError(f"a bar weighs at least 0, received {self.bar}")

    @classmethod
    @lru_cache(maxsize=16)
    def standard(cls, unit: Unit, bar: float | None = None) -> Plates:
        """Return an ordinary gym's bar with as many plates as one likes."""
        plates = dict.fromkeys(STANDARD_PLATES[unit])
        return cls(unit, STANDARD_BAR[unit] if bar is None else bar, plates)

    def around(self, thousandths: float) -> tuple[int | None, int | None]:
        """Return the heaviest weight not above and the lightest not below, None where none."""
        bar = _thousandths(self.bar)
        if thousandths < bar:
            return None, bar
        side = (thousandths - bar) / 2 / self._grain
        below = math.floor(side)
        # The lightest sum above lies less than the heaviest plate away, where there is one.
        reach = self._reach(below + 1 + max(self._plates, default=(0, 0))[0])[0]
        lower = (reach & ((1 << (below + 1)) - 1)).bit_length() - 1
        heavier = reach >> (below + 1)
        upper = None
        if lower == side:
            upper = lower
        elif heavier:
            upper = below + (heavier & -heavier).bit_length()
        pair = 2 * self._grain
        return bar + lower * pair, None if upper is None else bar + upper * pair

    def per_side(self, kg: float) -> tuple[float, ...] | None:
        """Return the plates for one side, heaviest first; None where it cannot be loaded.

        Of several ways the one with the heaviest plates is given.
        """
        total = _thousandths(display(kg, self.unit)) - _thousandths(self.bar)
        if total < 0 or total % (2 * self._grain):
            return None
        rest = total // (2 * self._grain)
        reach = self._reach(rest)
        if not reach[0] >> rest & 1:
            return None
        loaded: list[float] = []
        for (plate, count), without in zip(self._plates, reach[1:], strict=True):
            most = rest // plate if count is None else min(count, rest // plate)
            used = next(n for n in range(most, -1, -1) if without >> (rest - n * plate) & 1)
            loaded += [plate * self._grain / _SCALE] * used
            rest -= used * plate
        return tuple(loaded)

    @cached_property
    def _grain(self) -> int:
        """Thousandths that all plates are multiples of."""
        return math.gcd(*map(_thousandths, self.pairs)) or 1

    @cached_property
    def _plates(self) -> tuple[tuple[int, int | None], ...]:
        """Plates in grains, heaviest first, with the pairs at hand."""
        grain = self._grain
        items = [(_thousandths(plate) // grain, count) for plate, count in self.pairs.items()]
        return tuple(sorted(items, key=lambda item: -item[0]))

    @cached_property
    def _tables(self) -> dict[int, list[int]]:
        return {}

    def _reach(self, least: int) -> list[int]:
        """Return for every k the sums of the plates from the k-th on, in grains, as bits.

        All sums up to a limit and some beyond: with powers of two few tables serve for all.
        """
        limit = 1 << least.bit_length()
        found = self._tables.get(limit) or self._sums(limit)
        if limit <= _KEPT:
            self._tables[limit] = found
        return found

    def _sums(self, limit: int) -> list[int]:
        mask = (1 << (limit + 1)) - 1
        reach = [1]
        for plate, count in reversed(self._plates):
            sums = reach[0]
            left = limit // plate if count is None else min(count, limit // plate)
            # Doubling: after shifts by 1, 2, 4, … plates every number of plates is reached.
            taken = 1
            while left > 0:
                use = min(taken, left)
                sums |= (sums << (use * plate)) & mask
                left -= use
                taken *= 2
            reach.insert(0, sums)
        return reach


def default_grid(unit: Unit) -> Steps:
    """Return the grid for a lifter of whose equipment nothing is known."""
    return Steps(unit, DEFAULT_STEP[unit])


def round_to_loadable(kg: float, grid: LoadGrid, mode: Mode = "nearest") -> float:
    """Return the kilograms of a weight that can be loaded.

    Parameters
    ----------
    kg : float
        The weight wished for.
    grid : LoadGrid
        What can be loaded.
    mode : {"nearest", "down", "up"}
        Which neighbour to take; of two equally near ones the lighter. Beyond an end of the
        grid it is the end, whatever the mode.

    Raises
    ------
    ValueError
        Where the weight is NaN or beyond ``HEAVIEST_KG``.

    Examples
    --------
    >>> round_to_loadable(61.0, default_grid(Unit.KG))
    61.25
    >>> round_to_loadable(61.0, default_grid(Unit.KG), "down")
    60.0
    """
    return parse(_round(_exact(kg, grid.unit), grid, mode) / _SCALE, grid.unit)


def add_load(kg: float, amount: float, grid: LoadGrid) -> float:
    """Return a weight changed by an amount of the lifter's unit, on the grid.

    The nearest weight is taken, but a change always changes something where the grid has
    anything further in that direction: on 5 lb dumbbell steps + 2.5 lb is the next pair.

    Parameters
    ----------
    kg : float
        The weight so far.
    amount : float
        What to add, in ``grid.unit``; negative to take away.
    grid : LoadGrid
        What can be loaded.

    Examples
    --------
    >>> heavier = add_load(parse(135, Unit.LB), 5, Plates.standard(Unit.LB))
    >>> display(heavier, Unit.LB)
    140.0
    """
    now = _exact(kg, grid.unit)
    target = max(now + amount * _SCALE, 0.0)
    found = _round(target, grid, "nearest")
    if amount > 0 and found <= now:
        found = max(_round(math.floor(now) + 1, grid, "up"), found)
    elif amount < 0 and found >= now:
        found = min(_round(max(math.ceil(now) - 1, 0), grid, "down"), found)
    return parse(found / _SCALE, grid.unit)


def _round(thousandths: float, grid: LoadGrid, mode: Mode) -> int:
    below, above = grid.around(thousandths)
    if below is None or above is None:
        end = above if below is None else below
        if end is None:
            raise ValueError("the grid is empty")
        return end
    if mode == "down":
        return below
    if mode == "up":
        return above
    return below if thousandths - below <= above - thousandths else above


def _thousandths(value: float) -> int:
    return round(value * _SCALE)


def _exact(kg: float, unit: Unit) -> float:
    if not -HEAVIEST_KG <= kg <= HEAVIEST_KG:
        raise ValueError(f"expected at most {HEAVIEST_KG:g} kg, received {kg}")
    # Rounded to a tenth of a thousandth: what was entered, without the noise of conversion.
    return round(display(kg, unit) * _SCALE, 1)
