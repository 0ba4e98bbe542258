"""Which programs suit a lifter: five components, 0-100, in points that add up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from voltlift_coach.programs.expand import expand, minutes
from voltlift_coach.programs.fit import Usable, count_allowed
from voltlift_coach.programs.library import Library, Program, equipment_of
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import ProgramComponent, ProgramInfo, Reason
from voltlift_core.contract.programs import ProgramComponentName
from voltlift_core.domain.vocabulary import LEVELS, Equipment, Goal, Level

Values = dict[str, str | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a lifter said; None means that they did not.

    Parameters
    ----------
    goal, level : Goal, Level or None
        Training goal and experience.
    days_per_week : int or None
        Sessions per week.
    usable : frozenset of Equipment or None
        What can be trained with, see ``usable_equipment``.
    done : collection of str
        Programs followed before.
    """

    goal: Goal | None = None
    level: Level | None = None
    days_per_week: int | None = None
    usable: frozenset[Equipment] | None = None
    done: Collection[str] = ()


class Part(NamedTuple):
    """Points of one component, and the reason for them."""

    component: ProgramComponentName
    points: float
    most: float
    code: str
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredProgram:
    """A program with its points."""

    program: Program
    days_per_week: int
    parts: tuple[Part, ...]
    score: float = field(init=False)
    """The sum of all points, 0 to 100."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", sum(part.points for part in self.parts))

    @property
    def components(self) -> tuple[ProgramComponent, ...]:
        """The points as the contract shows them."""
        return tuple(
            ProgramComponent(
                component=part.component,
                points=part.points,
                max_points=part.most,
                # A copy: parts are kept, and answers belong to who asked.
                reasons=(Reason(code=part.code, points=part.points, values={**part.values}),),
            )
            for part in self.parts
        )


def score_programs(
    library: Library, catalogue: Catalogue, wishes: Wishes, *, starters_first: bool = False
) -> list[ScoredProgram]:
    """Return all programs, best first.

    score = goal (30; compatible 20) + difficulty (25, 15 or 5) + frequency (20 less 5 a day)
    + share of exercises that the equipment allows x 15 + new (10, done before 2). What the
    lifter did not say gives no points and is named, never guessed.

    Parameters
    ----------
    library : Library
        The programs.
    catalogue : Catalogue
        All exercises.
    wishes : Wishes
        What the lifter said.
    starters_first : bool
        Whether starter templates come first among equals; else the order of the library holds.

    Examples
    --------
    >>> wishes = Wishes(goal=Goal.HYPERTROPHY, level=Level.INTERMEDIATE, days_per_week=4)
    >>> best = score_programs(Library.bundled(), Catalogue.bundled(), wishes)[0]
    >>> best.program.id, best.score  # 15 are missing: nothing is known of the equipment
    ('upper-lower', 85.0)
    """
    allowed = count_allowed(library, catalogue, wishes.usable)
    scored = [_score(library, program, wishes, count) for program, count in allowed.items()]
    return sorted(
        scored,
        key=lambda s: (-s.score, not (starters_first and s.program.starter_days)),
    )


@lru_cache(maxsize=128)
def describe(library: Library, program: Program) -> ProgramInfo:
    """Return what a list shows of a program; ``minutes`` is the mean of its default week."""
    catalogue = Catalogue.bundled()
    exercises = {id_: e for id_ in program.exercise_ids if (e := catalogue.get(id_))}
    sessions = expand(library, program, program.default_frequency)
    lengths = [minutes(session, exercises) for session in sessions]
    return ProgramInfo(
        id=program.id,
        name=program.name,
        description=program.description,
        goal=program.goal,
        level=program.level,
        split=program.split,
        weeks=program.weeks,
        days_per_week=program.frequencies,
        minutes=5 * round(sum(lengths) / len(lengths) / 5),
        equipment=tuple(map(str, equipment_of(frozenset(e.equipment for e in exercises.values())))),
    )


def _score(library: Library, program: Program, wishes: Wishes, allowed: int) -> ScoredProgram:
    rules = library.scoring
    frequency = program.nearest_frequency(wishes.days_per_week)
    known = program.id in wishes.done
    new = rules.done_before if known else rules.new
    return ScoredProgram(
        program=program,
        days_per_week=frequency,
        parts=(
            _goal(library, program.goal, wishes.goal),
            _difficulty(library, program.level, wishes.level),
            _frequency(library, frequency, wishes.days_per_week),
            _equipment(library, allowed, len(program.exercise_ids), wishes.usable),
            Part("new", new, rules.new, "done_before" if known else "new_program", {}),
        ),
    )


# Of the many programs few differ in a component: each answer is worked out once.


@lru_cache(maxsize=64)
def _goal(library: Library, offered: str, goal: Goal | None) -> Part:
    rules = library.scoring
    if goal is None:
        return Part("goal", 0.0, rules.goal, "goal_unknown", {})
    values: Values = {"goal": str(goal), "program": offered}
    if offered == goal:
        return Part("goal", rules.goal, rules.goal, "same_goal", values)
    if offered in rules.compatible.get(goal, ()):
        return Part("goal", rules.compatible_goal, rules.goal, "compatible_goal", values)
    return Part("goal", 0.0, rules.goal, "other_goal", values)


@lru_cache(maxsize=64)
def _difficulty(library: Library, offered: str, level: Level | None) -> Part:
    points = library.scoring.level
    if level is None:
        return Part("difficulty", 0.0, points[0], "level_unknown", {})
    off = LEVELS.index(Level(offered)) - LEVELS.index(level)
    code = "same_level" if off == 0 else "harder" if off > 0 else "easier"
    values: Values = {"level": str(level), "program": offered}
    return Part("difficulty", points[abs(off)], points[0], code, values)


@lru_cache(maxsize=64)
def _frequency(library: Library, nearest: int, wished: int | None) -> Part:
    rules = library.scoring
    if wished is None:
        return Part("frequency", 0.0, rules.frequency, "frequency_unknown", {})
    off = abs(nearest - wished)
    points = max(rules.frequency + rules.frequency_per_day * off, 0.0)
    code = "frequency_off" if off else "frequency_fits"
    values: Values = {"days": float(nearest), "wished": float(wished)}
    return Part("frequency", points, rules.frequency, code, values)


@lru_cache(maxsize=512)
def _equipment(library: Library, allowed: int, needed: int, usable: Usable) -> Part:
    most = library.scoring.equipment
    if usable is None:
        return Part("equipment", 0.0, most, "equipment_unknown", {})
    values: Values = {"allowed": float(allowed), "exercises": float(needed)}
    points = round(most * allowed / needed, 1)
    code = "equipment_fits" if allowed == needed else "equipment_share"
    return Part("equipment", points, most, code, values)
