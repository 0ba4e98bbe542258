"""What is evaluated: rows of the report, each a way to answer the questions of a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from voltlift_models.corpus import Lifter
from voltlift_replay.answers import Guess, Ranked
from voltlift_replay.moments import LoadMoment, Moment
from voltlift_replay.questions import Task

Kind = Literal["naive", "reference", "model", "engine"]
"""``naive``: what a row has to beat; ``reference``: without learning, but not simple;
``model``: a model alone; ``engine``: what the lifter is shown."""


Ranker: TypeAlias = Callable[[Moment], "Ranked | Sequence[str]"]
"""Ranks all exercises it knows, ten at least; repeats are taken out afterwards."""

Forecaster: TypeAlias = Callable[[LoadMoment], Guess]


@dataclass(frozen=True, slots=True)
class RankRow:
    """A row of T1, T2 or T4.

    Parameters
    ----------
    name : str
        As the report shows it.
    kind : Kind
        Naive rows are what the others are compared with.
    make : callable
        Makes the ranker for a lifter. It is asked in time order, task by task; picklable
        where lifters are evaluated in several processes.
    tasks : tuple of Task
        Where it takes part.
    group : str
        Rows of a group are asked each question one after the other, so that they can share
        what they work out; others are each on their own.
    """

    name: str
    kind: Kind
    make: Callable[[Lifter], Ranker]
    tasks: tuple[Task, ...] = ("T1", "T2")
    group: str = ""


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A row of T3 and T5; ``planned`` rows are given the repetitions then done as the plan."""

    name: str
    kind: Kind
    make: Callable[[Lifter], Forecaster]
    planned: bool = False


Row: TypeAlias = RankRow | LoadRow


def tasks_of(row: Row) -> tuple[Task, ...]:
    """Return the tasks that a row takes part in: with T3 T5, and with T1 cold lifters."""
    if isinstance(row, LoadRow):
        return ("T3",)
    return (*row.tasks, "cold") if "T1" in row.tasks else row.tasks


def is_planned(row: Row) -> bool:
    """Return whether a row is given a plan."""
    return isinstance(row, LoadRow) and row.planned
