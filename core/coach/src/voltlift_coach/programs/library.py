"""The programs that ship with the engine, as they are written in ``data``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from voltlift_coach.programs.scheme import Slot, parse_slot
from voltlift_core.domain.vocabulary import Equipment, Goal, Level, MuscleGroup
from voltlift_core.errors import ErrorCode, VoltLiftError, invalid_configuration
from voltlift_core.wire import decode_configuration

Rule = Literal["linear", "double", "percent", "variation"]
"""How weights go up: by a step each time, by reps first, by percentages, by harder exercises."""

WEEKDAYS: Mapping[int, tuple[int, ...]] = {
    1: (1,),
    2: (1, 4),
    3: (1, 3, 5),
    4: (1, 2, 4, 5),
    5: (1, 2, 3, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
    7: (1, 2, 3, 4, 5, 6, 7),
}
"""Days of a program's week that are trained on, by sessions per week."""

_UNREADABLE = "the programs cannot be read"


@dataclass(frozen=True, kw_only=True, eq=False)
class Program:
    """A program as it is written; equal to itself only, so that caches may be keyed by it.

    Parameters
    ----------
    id, name, description : str
        Identifier, title, and one or two plain sentences.
    goal, level : str
        Training goal and experience that it is made for.
    split : str
        PPL, Upper/Lower, Full Body or Body Part Split.
    weeks : int
        Length.
    rule : str
        How weights go up.
    weekly : mapping of str to tuple of str
        By sessions per week: the days in turn; an empty tuple stands for all of them in order.
    days : mapping of str to tuple of str
        By name of the day: its exercises in the notation of ``scheme``.
    training_max : float
        Share of the estimated one-repetition maximum that percentages are taken of.
    effort : tuple of float
        RPE week by week, in turn, of sets that state neither effort nor percentage.
    deload_every : int
        Every so many weeks one is easy; 0 where the waves care for that themselves.
    starter_days : int
        Days per week for which this is the starter template; 0 for none.
    volume : mapping of str to str
        Muscle groups that deliberately get much (``high``) or little (``low``).
    """

    id: str
    name: str
    description: str
    goal: str
    level: str
    split: str
    weeks: int
    rule: Rule
    weekly: dict[str, tuple[str, ...]]
    days: dict[str, tuple[str, ...]]
    training_max: float = 1.0
    effort: tuple[float, ...] = ()
    deload_every: int = 0
    starter_days: int = 0
    volume: dict[str, Literal["high", "low"]] | None = None

    @cached_property
    def frequencies(self) -> tuple[int, ...]:
        """Sessions per week that it can be trained with, ascending."""
        return tuple(sorted(map(int, self.weekly)))

    @cached_property
    def default_frequency(self) -> int:
        """The frequency that starter templates are for, else the first one that uses all days."""
        whole = (n for n in self.frequencies if not self.weekly[str(n)])
        return self.starter_days or max(whole, default=self.frequencies[-1])

    def nearest_frequency(self, wished: int | None) -> int:
        """Return the supported frequency nearest to the one wished for, of two the smaller."""
        if wished is None:
            return self.default_frequency
        if wished in self.frequencies:
            return wished
        return min(self.frequencies, key=lambda n: (abs(n - wished), n))

    @cached_property
    def exercise_ids(self) -> tuple[str, ...]:
        """The distinct exercises of all days, in order."""
        lines = (line for lines in self.days.values() for line in lines)
        return tuple(dict.fromkeys(line.partition(" ")[0] for line in lines))

    def rotation(self, frequency: int) -> tuple[str, ...]:
        """Return the names of the days in turn."""
        return self.weekly[str(frequency)] or tuple(self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRules:
    """Points of a program: ``level`` by how many levels it is off, ``frequency`` less per day."""

    goal: float
    compatible_goal: float
    compatible: dict[str, tuple[str, ...]]
    level: tuple[float, float, float]
    frequency: float
    frequency_per_day: float
    equipment: float
    new: float
    done_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    version: str
    scoring: ScoringRules
    schemes: dict[str, str]
    programs: tuple[Program, ...]


class Library:
    """Programs by id, in the order in which they are written (the more general ones first).

    Parameters
    ----------
    text : str or bytes
        JSON of ``{version, scoring, schemes, programs}``.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where the JSON does not fit.
    """

    def __init__(self, text: str | bytes) -> None:
        content = decode_configuration(_File, text, _UNREADABLE, remedy=None)
        self.version = content.version
        self.scoring = content.scoring
        self._schemes = content.schemes
        self.programs: Mapping[str, Program] = {p.id: p for p in content.programs}
        self._slots: dict[tuple[str, str], tuple[Slot, ...]] = {}
        for i, program in enumerate(content.programs):
            _check(program, f"$.programs[{i}]")

    @classmethod
    def bundled(cls) -> Library:
        """Return the programs that ship with the engine.

        Examples
        --------
        >>> Library.bundled().get("linear-5x5").name
        'Linear 5×5'
        """
        return _bundled()

    def get(self, program_id: str, path: str = "$.programId") -> Program:
        """Return a program.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where there is none of that id.
        """
        if program_id not in self.programs:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "there is no such program",
                path=path,
                expected="one of " + ", ".join(self.programs),
                received=repr(program_id[:60]),
                remedy="recommendPrograms with a limit of 100 lists all programs",
            )
        return self.programs[program_id]

    def slots(self, program: Program, day: str) -> tuple[Slot, ...]:
        """Return the exercises of a day, read at the first call."""
        key = program.id, day
        if key not in self._slots:
            path = f"$.programs.{program.id}.days.{day}"
            lines = program.days[day]
            self._slots[key] = tuple(parse_slot(line, self._schemes, path) for line in lines)
        return self._slots[key]


_COMES_WITH = {
    Equipment.EZ_BAR: Equipment.BARBELL,
    Equipment.PLATE: Equipment.BARBELL,
    Equipment.SMITH_MACHINE: Equipment.MACHINE,
    Equipment.CARDIO_MACHINE: Equipment.MACHINE,
}


def equipment_of(kinds: frozenset[Equipment]) -> tuple[Equipment, ...]:
    """Return what has to be owned to use these kinds of equipment, in the usual order.

    Examples
    --------
    >>> owned = equipment_of(frozenset({Equipment.EZ_BAR, Equipment.BODYWEIGHT}))
    >>> list(map(str, owned))
    ['Barbell']
    """
    needed = {_COMES_WITH.get(kind, kind) for kind in kinds} - {Equipment.BODYWEIGHT}
    return tuple(kind for kind in Equipment if kind in needed) or (Equipment.BODYWEIGHT,)


def _check(program: Program, path: str) -> None:
    """Refuse what the types cannot: unknown words, days that do not exist."""
    for name, value, known in (
        ("goal", program.goal, tuple(Goal)),
        ("level", program.level, tuple(Level)),
        *((f"volume.{group}", group, tuple(MuscleGroup)) for group in program.volume or ()),
        *((f"weekly.{key}", key, tuple(map(str, WEEKDAYS))) for key in program.weekly),
        *(
            (f"weekly.{key}", day, tuple(program.days))
            for key, rotation in program.weekly.items()
            for day in rotation
        ),
    ):
        if value not in known:
            expected = "one of " + ", ".join(known)
            raise invalid_configuration(
                _UNREADABLE, f"{path}.{name}", expected, repr(value), remedy=None
            )


@cache
def _bundled() -> Library:
    return Library(files("voltlift_coach.programs").joinpath("data/programs-1.json").read_bytes())
