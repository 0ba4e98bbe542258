"""How often suggestions were right at each level of confidence that a scorer gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from voltlift_core import Engine
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.engine_rows import PortsFor, engine_of, wait
from voltlift_models.serving import NET
from voltlift_replay.asking import rank_request
from voltlift_replay.questions import Replay, Task

Confidence: TypeAlias = Literal["high", "medium", "low"]

LEVELS: Final[tuple[Confidence, ...]] = ("high", "medium", "low")

LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of question by which a scorer's levels are judged.

    Parameters
    ----------
    scorer : str
        Whose confidence it is.
    task : Task
        T1, what comes next; or T4, which exercise is taken up next.
    """

    scorer: str
    task: Task


RANKER: Final = Asked("ranker", "T1")
FILTER: Final = Asked("collaborative-filter", "T4")
NET_ALONE: Final = Asked(NET, "T1")


@dataclass(frozen=True, slots=True)
class Level:
    """What was counted at one level.

    Parameters
    ----------
    scorer : str
        Whose.
    task : Task
        Of which questions.
    confidence : {"high", "medium", "low"}
        The level.
    answers : int
        How many.
    first, listed : float
        Shares of answers whose first suggestion was done, and one of the first five.
    """

    scorer: str
    task: Task
    confidence: Confidence
    answers: int
    first: float
    listed: float


def measure_confidence(
    corpus: Corpus, ports_for: PortsFor, asked: Sequence[Asked], every: int = 1
) -> tuple[Level, ...]:
    """Return how often suggestions by habit alone were right, level by level.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones are left out.
    ports_for : callable
        What the engine of a lifter is made with.
    asked : sequence of Asked
        Which scorers, by which questions.
    every : int
        Take one question of so many.
    """
    engines = [(lifter, engine_of(lifter, ports_for)) for lifter in corpus.real]
    found: list[Level] = []
    for one in asked:
        told = [item for lifter, engine in engines for item in _answers(lifter, engine, one, every)]
        for level in LEVELS:
            places = np.array([place for confidence, place in told if confidence == level])
            if len(places):
                first, listed = float((places == 0).mean()), float((places < LISTED).mean())
                found.append(Level(one.scorer, one.task, level, len(places), first, listed))
    return tuple(found)


def _answers(
    lifter: Lifter, engine: Engine, asked: Asked, every: int
) -> Iterator[tuple[Confidence, int]]:
    """Give the level of each answer, and the place of what was done in it."""
    replay = Replay(lifter.state)
    for place in replay.rank_places(asked.task)[::every].tolist():
        case = replay.rank(asked.task, place)
        answer = wait(
            engine.recommend_exercises(rank_request(case.moment, limit=LISTED, routine=1.0))
        )
        for scorer in answer.meta.scorers:
            if scorer.name == asked.scorer and scorer.confidence is not None:
                ids = [item.exercise.id for item in answer.recommendations]
                hits = [at for at, id_ in enumerate(ids) if id_ in case.truth]
                yield scorer.confidence, min(hits, default=LISTED)
