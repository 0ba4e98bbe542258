"""The many spellings of the domain's vocabularies, read into the one that we use.

App states carry plurals, lower case and the goals of older versions. Every function takes
text and returns None (or nothing) where it means none of our words; whether the text was
spelled as we spell it is for the caller to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from voltlift_core.domain.vocabulary import (
    Category,
    Equipment,
    Goal,
    Level,
    MovementPattern,
    MuscleGroup,
    SessionStatus,
    SetType,
    Unit,
)

Word = TypeVar("Word", bound=StrEnum)


def fold(text: str) -> str:
    """Return text without case, spaces and punctuation, for comparison.

    Examples
    --------
    >>> fold("Power-Building") == fold("power building")
    True
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _table(words: Iterable[Word], others: Mapping[str, Word]) -> Mapping[str, Word]:
    table = {fold(word): word for word in words}
    for spellings, word in others.items():
        table |= {fold(spelling): word for spelling in spellings.split(",")}
    return table


_UNITS = _table(
    Unit, {"kgs,kilo,kilos,kilogram,kilograms,metric": Unit.KG, "lb,pound,pounds": Unit.LB}
)

_GOALS = _table(
    Goal,
    {
        "build muscle,muscle,muscle gain,bodybuilding": Goal.HYPERTROPHY,
        "lose fat,lose weight,fat loss,weight loss": Goal.GENERAL_FITNESS,
        "improve endurance,endurance,general,fitness": Goal.GENERAL_FITNESS,
        "get stronger,increase strength": Goal.STRENGTH,
    },
)

_LEVELS = _table(
    Level, {"novice,easy": Level.BEGINNER, "medium": Level.INTERMEDIATE, "expert": Level.ADVANCED}
)

_GROUPS = _table(
    MuscleGroup,
    {
        "pecs,pectorals": MuscleGroup.CHEST,
        "lats,traps,upper back,lower back,middle back": MuscleGroup.BACK,
        "leg,quads,quadriceps,hamstrings,glutes,calves": MuscleGroup.LEGS,
        "adductors,abductors": MuscleGroup.LEGS,
        "shoulder,delts,deltoids": MuscleGroup.SHOULDERS,
        "arm,biceps,triceps,forearms": MuscleGroup.ARMS,
        "abs,abdominals,obliques": MuscleGroup.CORE,
    },
)

_CATEGORIES = _table(
    Category, {"isolated": Category.ISOLATION, "plyometrics,plyo": Category.PLYOMETRIC}
)

_SET_TYPES = _table(
    SetType,
    {
        "normal,working,regular": SetType.NORMAL,
        "warmup,warm up": SetType.WARM_UP,
        "drop,drop set,dropset": SetType.DROP,
        "failure,fail,to failure": SetType.FAILURE,
    },
)

_STATUSES = _table(
    SessionStatus,
    {"complete,finished,done": SessionStatus.COMPLETED, "in progress": SessionStatus.ACTIVE},
)

_PATTERNS = _table(MovementPattern, {})

_EQUIPMENT: Mapping[str, tuple[Equipment, ...]] = {
    word: (item,)
    for word, item in _table(
        Equipment,
        {
            "barbells": Equipment.BARBELL,
            "dumbbells,dumb bell,dumb bells": Equipment.DUMBBELL,
            "cables,cable machine,cable machines": Equipment.CABLE,
            "body weight,none,no equipment,body only": Equipment.BODYWEIGHT,
            "kettlebells,kettle bell,kettle bells": Equipment.KETTLEBELL,
            "resistance bands,band,bands": Equipment.BAND,
            "ez curl bar,ez bars,curl bar": Equipment.EZ_BAR,
            "smith,smith machines": Equipment.SMITH_MACHINE,
            "hex bar,trap bars": Equipment.TRAP_BAR,
            "plates,weight plate,weight plates": Equipment.PLATE,
            "medicine balls,med ball": Equipment.MEDICINE_BALL,
            "trx,suspension trainer,rings": Equipment.SUSPENSION,
            "cardio machines,cardio": Equipment.CARDIO_MACHINE,
        },
    ).items()
} | {"machines": (Equipment.MACHINE, Equipment.CABLE)}


def read_unit(text: str) -> Unit | None:
    """Return the weight unit that is meant.

    Examples
    --------
    >>> read_unit("LB")
    <Unit.LB: 'lbs'>
    """
    return _UNITS.get(fold(text))


def read_goal(text: str) -> Goal | None:
    """Return the training goal that is meant.

    ``Build Muscle`` is Hypertrophy; ``Lose Fat`` and ``Improve Endurance`` are General Fitness.

    Examples
    --------
    >>> read_goal("build muscle")
    <Goal.HYPERTROPHY: 'Hypertrophy'>
    """
    return _GOALS.get(fold(text))


def read_level(text: str) -> Level | None:
    """Return the experience or difficulty that is meant."""
    return _LEVELS.get(fold(text))


def read_muscle_group(text: str) -> MuscleGroup | None:
    """Return the muscle group that is meant, also by one of its muscles.

    Examples
    --------
    >>> read_muscle_group("triceps")
    <MuscleGroup.ARMS: 'Arms'>
    """
    return _GROUPS.get(fold(text))


def read_category(text: str) -> Category | None:
    """Return the category that is meant."""
    return _CATEGORIES.get(fold(text))


def read_movement_pattern(text: str) -> MovementPattern | None:
    """Return the movement pattern that is meant."""
    return _PATTERNS.get(fold(text))


def read_equipment(text: str) -> tuple[Equipment, ...]:
    """Return the equipment that is meant, the narrowest meaning first; empty where unknown.

    ``Machines``, the plural, covers pin-loaded machines and cables.

    Examples
    --------
    >>> [str(item) for item in read_equipment("Machines")]
    ['Machine', 'Cable']
    """
    return _EQUIPMENT.get(fold(text), ())


def read_set_type(text: str) -> SetType | None:
    """Return the set type that is meant.

    Examples
    --------
    >>> read_set_type("warm-up")
    <SetType.WARM_UP: 'W'>
    """
    return _SET_TYPES.get(fold(text))


def read_status(text: str) -> SessionStatus | None:
    """Return the session status that is meant."""
    return _STATUSES.get(fold(text))
