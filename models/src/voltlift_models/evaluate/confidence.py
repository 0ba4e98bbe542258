"""How often answers were right at each level of confidence that was given with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

import numpy as np

from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.averages import Estimate, bootstrap_ratio
from voltlift_models.evaluate.engine_rows import (
    WITH_REPS,
    EngineForecaster,
    PortsFor,
    engine_of,
    wait,
)
from voltlift_models.evaluate.harness import Progress, entries
from voltlift_models.evaluate.spread import spread
from voltlift_models.serving import NET
from voltlift_replay.asking import guess_of, rank_request
from voltlift_replay.metrics import coverage, relative_errors, within
from voltlift_replay.questions import Replay, Task

Confidence: TypeAlias = Literal["high", "medium", "low"]

LEVELS: Final[tuple[Confidence, ...]] = ("high", "medium", "low")

LISTED: Final = 5
NEAR: Final = 0.05

Told: TypeAlias = tuple[Confidence, tuple[float, ...]] | None
"""Level of an answer and its figures, each 0 or 1; None where the question got no answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer whose levels are counted.

    Parameters
    ----------
    name : str
        Whose confidence it is.
    task : Task
        By which questions.
    figures : tuple of str
        What is counted of each answer.
    tell : callable
        Answers a lifter's questions, one of so many.
    """

    name: str
    task: Task
    figures: tuple[str, ...]
    tell: Callable[[Lifter, PortsFor, int], Iterator[Told]]


@dataclass(frozen=True, slots=True)
class Level:
    """What was counted at one level.

    Parameters
    ----------
    confidence : {"high", "medium", "low"}
        The level.
    answers : int
        How many.
    share : float
        Of all answers.
    figures : mapping of str to Estimate
        Shares of the level's answers, with 95 % intervals of a bootstrap over lifters.
    """

    confidence: Confidence
    answers: int
    share: float
    figures: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Count:
    """Levels of one kind of answer.

    Parameters
    ----------
    name : str
        Whose.
    task : Task
        By which questions.
    questions, answers : int
        How many were asked, and answered.
    levels : tuple of Level
        Those that were given, the highest first.
    """

    name: str
    task: Task
    questions: int
    answers: int
    levels: tuple[Level, ...]


def measure_confidence(
    corpus: Corpus,
    asked: Sequence[tuple[Asked, PortsFor]],
    *,
    every: int = 1,
    workers: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Count, ...]:
    """Return how often answers were right, level by level.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones are left out.
    asked : sequence of (Asked, callable)
        Which answers, and what the engine of a lifter is made with for them.
    every : int
        Take one question of so many.
    workers : int
        Processes; the result is the same.
    seed : int
        Of the bootstrap.
    progress : callable, optional
        Told how far it is.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` without a real lifter.
    """
    corpus.require(1, "a count of confidence")
    jobs = [
        _Job(at, one, ports, lifter, every)
        for at, (one, ports) in enumerate(asked)
        for lifter in corpus.real
    ]
    jobs.sort(key=lambda job: -entries(job.lifter))
    total, passed = sum(entries(job.lifter) for job in jobs), 0
    told: dict[tuple[int, str], list[Told]] = {}
    for job, found in spread(_work, jobs, workers):
        told[job.at, job.lifter.name] = found
        passed += entries(job.lifter)
        if progress is not None:
            progress(passed, total, f"{job.asked.name}, {job.lifter.name}")
    return tuple(
        _count(one, [told[at, lifter.name] for lifter in corpus.real], seed)
        for at, (one, _) in enumerate(asked)
    )


@dataclass(frozen=True)
class _Job:
    """One kind of answer to one lifter."""

    at: int
    asked: Asked
    ports_for: PortsFor
    lifter: Lifter
    every: int


def _work(job: _Job) -> list[Told]:
    return list(job.asked.tell(job.lifter, job.ports_for, job.every))


def _count(asked: Asked, told: Sequence[Sequence[Told]], seed: int) -> Count:
    """Return what was counted of the answers to each lifter."""
    by_level: defaultdict[Confidence, list[list[tuple[float, ...]]]] = defaultdict(list)
    for one in told:
        for level in LEVELS:
            found = [item[1] for item in one if item is not None and item[0] == level]
            if found:
                by_level[level].append(found)
    numbers = {level: sum(map(len, lifters)) for level, lifters in by_level.items()}
    answers = sum(numbers.values())
    levels = tuple(
        Level(
            level,
            numbers[level],
            numbers[level] / answers,
            _figures(asked.figures, by_level[level], seed),
        )
        for level in LEVELS
        if level in by_level
    )
    return Count(asked.name, asked.task, sum(map(len, told)), answers, levels)


def _figures(
    names: Sequence[str], lifters: Sequence[Sequence[tuple[float, ...]]], seed: int
) -> dict[str, Estimate]:
    """Return the share of right answers, lifters with many answers counting as much more."""
    right = np.array([np.sum(found, axis=0) for found in lifters])
    asked = np.array([len(found) for found in lifters])
    return {name: bootstrap_ratio(right[:, at], asked, seed=seed) for at, name in enumerate(names)}


def _listed(
    lifter: Lifter, ports_for: PortsFor, every: int, *, scorer: str, task: Task
) -> Iterator[Told]:
    """Ask by habit alone; right is what was done next, as the first or as one of five."""
    replay, engine = Replay(lifter.state), engine_of(lifter, ports_for)
    for place in replay.rank_places(task)[::every].tolist():
        case = replay.rank(task, place)
        request = rank_request(case.moment, limit=LISTED, routine=1.0)
        answer = wait(engine.recommend_exercises(request))
        levels = [each.confidence for each in answer.meta.scorers if each.name == scorer]
        if not levels or levels[0] is None:
            yield None
            continue
        hits = [item.exercise.id in case.truth for item in answer.recommendations]
        yield levels[0], (float(any(hits[:1])), float(any(hits)))


def _weighed(lifter: Lifter, ports_for: PortsFor, every: int, *, planned: bool) -> Iterator[Told]:
    """Ask for the next weight; where the model did not decide it, there is no answer of its."""
    replay, engine = Replay(lifter.state), EngineForecaster(lifter, ports_for)
    for place in replay.load_places()[::every].tolist():
        case = replay.load(place)
        answer = engine.answer(case.question(planned))
        if answer.prediction is None or not answer.prediction.used:
            yield None
            continue
        guess = guess_of(answer)
        errors = relative_errors([guess.kg], [case.kg])
        inside = coverage([guess.low], [guess.high], [case.kg])
        yield answer.confidence, (within(errors, NEAR), within(errors, 0), inside)


def _ranks(scorer: str, task: Task) -> Asked:
    tell = partial(_listed, scorer=scorer, task=task)
    return Asked(scorer, task, ("first", "listed"), tell)


def _weights(name: str, planned: bool) -> Asked:
    tell = partial(_weighed, planned=planned)
    return Asked(name, "T3", ("within_5", "exact", "inside"), tell)


RANKER: Final = _ranks("ranker", "T1")
WEIGHTS: Final = _weights("weights", False)
PLANNED: Final = _weights("weights" + WITH_REPS, True)
FILTER: Final = _ranks("collaborative-filter", "T4")
NET_ALONE: Final = _ranks(NET, "T1")
