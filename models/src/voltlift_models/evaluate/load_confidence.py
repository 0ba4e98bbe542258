"""How often suggested weights were right at each level of confidence in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voltlift_core import Engine
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.confidence import LEVELS, Confidence
from voltlift_models.evaluate.engine_rows import PortsFor, engine_of, wait
from voltlift_replay.asking import guess_of, load_request
from voltlift_replay.metrics import EXACT
from voltlift_replay.questions import Replay

NEAR = 0.05


@dataclass(frozen=True, slots=True)
class LoadLevel:
    """What was counted at one level; see ``measure_load_confidence``.

    Parameters
    ----------
    confidence : {"high", "medium", "low"}
        The level of the answer.
    answers : int
        How many.
    within_5, exact, coverage : float
        Shares whose weight was right within 5 %, exactly, and inside of the model's interval.
    """

    confidence: Confidence
    answers: int
    within_5: float
    exact: float
    coverage: float


def measure_load_confidence(
    corpus: Corpus, ports_for: PortsFor, every: int = 1
) -> tuple[LoadLevel, ...]:
    """Return how often weights that a model decided were right, level by level.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones are left out.
    ports_for : callable
        What the engine of a lifter is made with.
    every : int
        Take one question of so many; each is asked without and with the plan.
    """
    told = [
        item
        for lifter in corpus.real
        for item in _answers(lifter, engine_of(lifter, ports_for), every)
    ]
    found: list[LoadLevel] = []
    for level in LEVELS:
        errors = np.array([(error, inside) for at, error, inside in told if at == level])
        if len(errors):
            near, exact = errors[:, :1] <= NEAR, errors[:, :1] <= EXACT
            shares = [float(share.mean()) for share in (near, exact, errors[:, 1])]
            found.append(LoadLevel(level, len(errors), *shares))
    return tuple(found)


def _answers(
    lifter: Lifter, engine: Engine, every: int
) -> Iterator[tuple[Confidence, float, bool]]:
    """Give the level of each answer, its relative error, and whether the interval held."""
    replay = Replay(lifter.state)
    for place in replay.load_places()[::every].tolist():
        case = replay.load(place)
        for planned in (False, True):
            answer = wait(engine.suggest_load(load_request(case.question(planned))))
            if answer.prediction is None or not answer.prediction.used:
                continue
            guess = guess_of(answer)
            inside = guess.low <= case.kg * (1 + EXACT) and case.kg <= guess.high * (1 + EXACT)
            yield answer.confidence, abs(guess.kg / case.kg - 1), inside
