"""A program fitted to the equipment: what stands in for what cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from voltlift_coach.programs.library import Library, Program
from voltlift_coach.substitution.candidates import Alternative, alternatives
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import Reason
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import (
    LEVELS,
    Category,
    Equipment,
    Level,
    MovementPattern,
)

_HOLDS = ("plank", "hold", "hang", "sit", "vacuum")
_ALIKE = frozenset({"same_pattern", "related_pattern"})
_WEIGHTLESS = frozenset(
    {Equipment.BODYWEIGHT, Equipment.BAND, Equipment.SUSPENSION, Equipment.OTHER}
)
_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Fitted:
    """An exercise as it is done; None where nothing stands in. ``reasons`` only if replaced."""

    exercise: Exercise | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A program's exercises by the id they are written with."""

    exercises: Mapping[str, Fitted]

    @property
    def exercise_ids(self) -> frozenset[str]:
        """The exercises as they are written, and those that stand in for them."""
        done = (item.exercise.id for item in self.exercises.values() if item.exercise)
        return frozenset(self.exercises).union(done)

    @property
    def substitutions(self) -> int:
        """How many exercises another one stands in for."""
        return sum(1 for item in self.exercises.values() if item.reasons)

    @property
    def left_out(self) -> int:
        """How many exercises nothing stands in for."""
        return sum(1 for item in self.exercises.values() if item.exercise is None)


Usable = frozenset[Equipment] | None

_FITS: WeakKeyDictionary[Catalogue, dict[tuple[Program, Usable], Fit]] = WeakKeyDictionary()
# Programs have many exercises in common, and alternatives take a look at the whole catalogue.
_FOUND: WeakKeyDictionary[Catalogue, dict[tuple[str, Usable], list[Alternative]]]
_FOUND = WeakKeyDictionary()
_ALLOWED: WeakKeyDictionary[Catalogue, dict[tuple[Library, Usable], dict[Program, int]]]
_ALLOWED = WeakKeyDictionary()


def fit(library: Library, program: Program, catalogue: Catalogue, usable: Usable) -> Fit:
    """Return which exercise is done for each one of a program.

    An exercise that the equipment rules out is replaced by its best alternative that the
    same days do not hold already, everywhere by the same one: of the same or a related
    movement, and of no higher level if there is one. Sets by time stay sets by time.
    Answers are kept per catalogue, program and equipment.

    Parameters
    ----------
    library, program
        The program and where it is from.
    catalogue : Catalogue
        All exercises.
    usable : frozenset of Equipment or None
        What can be trained with (``usable_equipment``); None where that is not known.

    Examples
    --------
    >>> from voltlift_core.domain.settings import usable_equipment
    >>> library = Library.bundled()
    >>> at_home = usable_equipment([Equipment.DUMBBELL])
    >>> fitted = fit(library, library.get("linear-5x5"), Catalogue.bundled(), at_home)
    >>> fitted.exercises["barbell-bench-press"].exercise.id
    'dumbbell-bench-press'
    """
    known = _FITS.setdefault(catalogue, {})
    key = program, usable
    if key not in known:
        known[key] = _fit(library, program, catalogue, usable)
    return known[key]


def is_allowed(exercise: Exercise | None, usable: Usable) -> bool:
    """Whether an exercise can be done with this equipment."""
    return exercise is not None and (usable is None or exercise.equipment in usable)


def count_allowed(library: Library, catalogue: Catalogue, usable: Usable) -> Mapping[Program, int]:
    """Return how many exercises of each program this equipment allows, kept as fits are."""
    known = _ALLOWED.setdefault(catalogue, {})
    key = library, usable
    if key not in known:
        known[key] = {
            program: sum(is_allowed(catalogue.get(id_), usable) for id_ in program.exercise_ids)
            for program in library.programs.values()
        }
    return known[key]


def _fit(library: Library, program: Program, catalogue: Catalogue, usable: Usable) -> Fit:
    slots = {day: library.slots(program, day) for day in program.days}
    timed = {
        slot.exercise_id
        for items in slots.values()
        for slot in items
        if any(group.seconds for wave in slot.waves for group in wave)
    }
    days = {day: {slot.exercise_id for slot in items} for day, items in slots.items()}
    found: dict[str, Fitted] = {}
    for id_ in program.exercise_ids:
        exercise = catalogue.get(id_)
        if is_allowed(exercise, usable):
            found[id_] = Fitted(exercise)
            continue
        taken = set().union(*(ids for ids in days.values() if id_ in ids))
        choice = _choose(catalogue, id_, usable, taken, id_ in timed, Level(program.level))
        if choice is None:
            found[id_] = Fitted(None)
            continue
        stated = exercise.equipment if exercise else ""
        missing = Reason(code="equipment_missing", points=0.0, values={"equipment": str(stated)})
        found[id_] = Fitted(catalogue.get(choice.exercise_id), (missing, *choice.reasons))
        for ids in days.values():
            if id_ in ids:
                ids.add(choice.exercise_id)
    return Fit(found)


def _choose(
    catalogue: Catalogue,
    exercise_id: str,
    usable: Usable,
    taken: set[str],
    timed: bool,
    level: Level,
) -> Alternative | None:
    """Return the best alternative with the same kind of sets; None where there is none.

    First those of no higher level, of them those of the same movement, of them those that
    are loaded as well; of equal ones the more alike.
    """
    original = catalogue.get(exercise_id)
    if original is None:
        return None
    most = max(LEVELS.index(level), LEVELS.index(original.difficulty))
    loaded = original.equipment not in _WEIGHTLESS and original.category != Category.CARDIO

    def key(item: Alternative) -> tuple[bool, bool, bool]:
        exercise = catalogue.exercises[catalogue.index[item.exercise_id]]
        codes = {reason.code for reason in item.reasons}
        too_hard = LEVELS.index(exercise.difficulty) > most
        return too_hard, "same_pattern" not in codes, loaded and "same_loading" not in codes

    known = _FOUND.setdefault(catalogue, {})
    if (exercise_id, usable) not in known:
        similar = alternatives(catalogue, exercise_id, usable, limit=_CANDIDATES)
        known[exercise_id, usable] = [i for i in similar if i.reasons[0].code in _ALIKE]
    found = (
        item
        for item in known[exercise_id, usable]
        if item.exercise_id not in taken
        and _by_time(catalogue.exercises[catalogue.index[item.exercise_id]]) == timed
    )
    return min(found, key=key, default=None)


def _by_time(exercise: Exercise) -> bool:
    """Whether its sets are usually counted in seconds."""
    if exercise.category == Category.CARDIO or exercise.movement_pattern == MovementPattern.CARRY:
        return True
    return exercise.id.endswith(_HOLDS)
