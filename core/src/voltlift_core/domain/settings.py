"""What the lifter told us about themselves, decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from voltlift_core.domain.feedback import SuggestionRecord
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


Aggressiveness = Literal["conservative", "moderate", "aggressive"]
"""How fast the lifter wants to progress; the names of the app state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLoad:
    """What one exercise is loaded with, in the settings' unit; None means not said.

    Parameters
    ----------
    bar : float or None
        Weight of the bar, handle or sled that plates go on.
    step, lightest, heaviest : float or None
        Weights in equal steps, and the ends of them.
    plates : tuple of float or None
        Plates that fit on it.
    """

    bar: float | None = None
    step: float | None = None
    lightest: float | None = None
    heaviest: float | None = None
    plates: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Increments:
    """What to add at a time, in the settings' unit: by half of the body."""

    upper: float
    lower: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveProgram:
    """The program being followed.

    ``current_index`` counts its sessions from 0, ``start_day`` is days since 1970-01-01,
    ``frequency`` the sessions a week that were chosen.
    """

    program_id: str
    current_index: int = 0
    start_day: int | None = None
    frequency: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineLift:
    """A lift of the onboarding's optional strength test."""

    exercise_id: str
    kg: float
    reps: int
    rpe: float | None = None


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
    plates : tuple of float or None
        Plates at hand, in ``unit``, heaviest first, each as often as one likes.
    load_steps : mapping of Equipment to float
        Distance of two weights of a kind of equipment, in ``unit``.
    exercise_loads : mapping of str to ExerciseLoad
        What single exercises are loaded with.
    increments : Increments or None
        The lifter's own increments.
    aggressiveness : str
        How fast to progress.
    suggestion_bias : mapping of str to float
        Factor on suggested weights by exercise id, learned from feedback.
    suggestion_history : tuple of SuggestionRecord
        What became of suggestions, oldest first.
    active_program : ActiveProgram or None
        The program being followed.
    baseline : tuple of BaselineLift
        The strength test of the onboarding.
    completed_programs : frozenset of str
        Programs followed to the end.
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
    plates: tuple[float, ...] | None = None
    load_steps: Mapping[Equipment, float] = field(default_factory=dict)
    exercise_loads: Mapping[str, ExerciseLoad] = field(default_factory=dict)
    increments: Increments | None = None
    aggressiveness: Aggressiveness = "moderate"
    suggestion_bias: Mapping[str, float] = field(default_factory=dict)
    suggestion_history: tuple[SuggestionRecord, ...] = ()
    active_program: ActiveProgram | None = None
    baseline: tuple[BaselineLift, ...] = ()
    completed_programs: frozenset[str] = frozenset()
