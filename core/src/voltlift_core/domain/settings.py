"""What the lifter told us about themselves, decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voltlift_core.domain.vocabulary import Equipment, Goal, Level, Unit

DEFAULT_EQUIPMENT: frozenset[Equipment] = frozenset(
    {
        Equipment.BARBELL,
        Equipment.DUMBBELL,
        Equipment.MACHINE,
        Equipment.BODYWEIGHT,
        Equipment.CABLE,
    }
)

_COMES_WITH: Mapping[Equipment, frozenset[Equipment]] = {
    Equipment.BARBELL: frozenset({Equipment.EZ_BAR, Equipment.PLATE}),
    Equipment.MACHINE: frozenset({Equipment.SMITH_MACHINE, Equipment.CARDIO_MACHINE}),
}


def usable_equipment(owned: Iterable[Equipment]) -> frozenset[Equipment]:
    """Return what can be trained with: the equipment owned, what comes with it, the own body.

    The app state knows fewer kinds than the catalogue; a gym with barbells has an EZ bar
    and plates, one with machines a Smith machine and a treadmill.

    Examples
    --------
    >>> sorted(map(str, usable_equipment([Equipment.BARBELL])))
    ['Barbell', 'Bodyweight', 'EZ Bar', 'Plate']
    """
    usable = {Equipment.BODYWEIGHT}
    for item in owned:
        usable |= {item, *_COMES_WITH.get(item, ())}
    return frozenset(usable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The lifter's settings; None means that they did not say.

    Parameters
    ----------
    unit : Unit
        Unit of bare weights in the app state, and of weights shown.
    goal, level : Goal, Level or None
        Training goal and experience.
    equipment : frozenset of Equipment or None
        Equipment at hand.
    days_per_week : int or None
        Workouts aimed at per week.
    bodyweight_kg : float or None
        Bodyweight.
    gender : str or None
        ``male`` or ``female``.
    bar_kg : float or None
        Weight of the bar.
    favourites : frozenset of str
        Exercise ids marked as favourite.
    personal_records_kg : mapping of str to float
        Best weight by exercise id.
    program_active : bool
        Whether a program is being followed.
    """

    unit: Unit = Unit.KG
    goal: Goal | None = None
    level: Level | None = None
    equipment: frozenset[Equipment] | None = None
    days_per_week: int | None = None
    bodyweight_kg: float | None = None
    gender: str | None = None
    bar_kg: float | None = None
    favourites: frozenset[str] = frozenset()
    personal_records_kg: Mapping[str, float] = field(default_factory=dict)
    program_active: bool = False
