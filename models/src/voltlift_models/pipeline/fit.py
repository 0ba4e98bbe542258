"""Models of one set of lifters: prepared, trained, and as the engine runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Diary
from voltlift_learned.factors import Factors
from voltlift_learned.habit import Known
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.ranker import Ranker
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.export.lightgbm import to_trees
from voltlift_models.pipeline.hands import HERE, Hands
from voltlift_models.pipeline.net import TrainedNet, has_tensorflow, train_net
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.prepare.habit import HabitSamples, habit_samples, known_without
from voltlift_models.prepare.interactions import interactions
from voltlift_models.prepare.loads import LoadSamples, load_samples
from voltlift_models.serving import RuntimeModel
from voltlift_models.train.als import train_als
from voltlift_models.train.loads import train_loads
from voltlift_models.train.rankers import train_ranker

Kind: TypeAlias = Literal["ranker", "load", "collaborative-filter", "exercise-net"]
KINDS: tuple[Kind, ...] = ("ranker", "load", "collaborative-filter", "exercise-net")
HabitTask: TypeAlias = Literal["next", "session"]
TASKS: tuple[HabitTask, ...] = ("next", "session")
PROBES = 3
"""Rows that an exported model is tried with."""

Say = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class TrainedRanker:
    """The ranker, and what it was made of.

    Parameters
    ----------
    model : Ranker
        As the engine runs it.
    boosters : dict of str to Booster
        Its ensembles as LightGBM holds them.
    n_samples : int
        Questions that were learned from.
    rows : dict of str to ndarray
        A few rows of each half, to try an export with.
    """

    model: Ranker
    boosters: dict[str, lgb.Booster]
    n_samples: int
    rows: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class TrainedLoad:
    """The load model, and what it was made of; see ``TrainedRanker``."""

    model: LoadModel
    boosters: dict[str, lgb.Booster]
    n_samples: int
    rows: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Fitted:
    """Models of one set of lifters; those that were not asked for are None."""

    ranker: TrainedRanker | None = None
    load: TrainedLoad | None = None
    factors: Factors | None = None
    net: TrainedNet | None = None

    def runtime(self, version: str) -> tuple[RuntimeModel, ...]:
        """Return what the engine runs."""
        found = []
        if self.ranker is not None:
            found.append(RuntimeModel("ranker", version, self.ranker.model.to_npz()))
        if self.factors is not None:
            found.append(RuntimeModel("collaborative-filter", version, self.factors.to_npz()))
        if self.load is not None:
            found.append(RuntimeModel("load", version, self.load.model.to_npz()))
        return tuple(found)


class Trainer:
    """Trains models by a recipe; what does not depend on who else is there is prepared once.

    Parameters
    ----------
    recipe : Recipe
        What, and how.
    hands : Hands
        Who does the work.
    say : callable
        Told what is done now.
    """

    def __init__(self, recipe: Recipe, hands: Hands = HERE, say: Say = lambda _: None) -> None:
        self.recipe = recipe
        self.hands = hands
        self.say = say
        self._loads: dict[str, tuple[LoadSamples, LoadSamples]] = {}

    def fit(self, corpus: Corpus, kinds: Sequence[Kind] = KINDS) -> Fitted:
        """Return the models of these lifters.

        Of the made-up ones each kind of model takes as many as the recipe says.
        """
        of = {kind: self.lifters(corpus, kind) for kind in kinds}
        return Fitted(
            net=self.net(of["exercise-net"]) if "exercise-net" in of and has_tensorflow() else None,
            ranker=self.ranker(of["ranker"]) if "ranker" in of else None,
            load=self.load(of["load"]) if "load" in of else None,
            factors=(
                self.factors(of["collaborative-filter"]) if "collaborative-filter" in of else None
            ),
        )

    def lifters(self, corpus: Corpus, kind: Kind) -> tuple[Lifter, ...]:
        """Return who a kind of model is trained on: all real lifters, and some made-up ones."""
        made_up = self.recipe.simulated
        most = {
            "ranker": made_up.rankers,
            "load": made_up.loads,
            "collaborative-filter": made_up.factors,
            "exercise-net": made_up.net,
        }[kind]
        return corpus.real + corpus.simulated[:most]

    def used(self, corpus: Corpus) -> Corpus:
        """Return a corpus without the made-up lifters that no model is trained on."""
        made_up = self.recipe.simulated
        most = max(made_up.rankers, made_up.loads, made_up.factors, made_up.net)
        return Corpus(corpus.real + corpus.simulated[:most])

    def ranker(self, lifters: Sequence[Lifter]) -> TrainedRanker:
        """Return the ranker of these lifters."""
        samples = {task: self.habits(lifters, task) for task in TASKS}
        return self.ranker_of(self.known(lifters), samples)

    def known(self, lifters: Sequence[Lifter]) -> Known:
        """Return what these lifters do at large."""
        return Known.of(self._diaries(lifters).values())

    def habits(self, lifters: Sequence[Lifter], task: HabitTask) -> list[HabitSamples]:
        """Return the samples of one half of the ranker.

        What others do at large is told to each lifter without their own log.
        """
        self.say(f"choices of {len(lifters)} lifters: {task}")
        work = partial(
            _choices,
            diaries=self._diaries(lifters),
            task=task,
            most=self.recipe.rankers.most_choices,
            seed=self.recipe.seed,
        )
        return self.hands.map(work, lifters)

    def _diaries(self, lifters: Sequence[Lifter]) -> dict[str, Diary]:
        return {lifter.name: Diary.of(lifter.state.log) for lifter in lifters}

    def ranker_of(
        self, known: Known, samples: Mapping[HabitTask, Sequence[HabitSamples]]
    ) -> TrainedRanker:
        """Return the ranker of prepared samples."""
        boosters: dict[str, lgb.Booster] = {}
        for task in TASKS:
            self.say(f"ranker: {task}")
            boosters[task] = train_ranker(
                samples[task], self.recipe.rankers, self.recipe.seed, self.hands.fit
            )
        return TrainedRanker(
            Ranker(to_trees(boosters["next"]), to_trees(boosters["session"]), known),
            boosters,
            n_samples=sum(part.n for parts in samples.values() for part in parts),
            rows={
                # The first lifter may have too short a log to be asked anything.
                task: next(part.matrix for part in samples[task] if len(part.matrix))[:PROBES]
                for task in TASKS
            },
        )

    def load(self, lifters: Sequence[Lifter]) -> TrainedLoad:
        """Return the load model of these lifters."""
        pairs = self.loads(lifters)
        return self.load_of([pair[0] for pair in pairs] + [pair[1] for pair in pairs])

    def loads(self, lifters: Sequence[Lifter]) -> list[tuple[LoadSamples, LoadSamples]]:
        """Return the samples of the load model, without and with a plan."""
        missing = [lifter for lifter in lifters if lifter.name not in self._loads]
        if missing:
            self.say(f"weights of {len(missing)} lifters")
            made = self.hands.map(_load_pair, missing)
            self._loads |= {lifter.name: pair for lifter, pair in zip(missing, made, strict=True)}
        return [self._loads[lifter.name] for lifter in lifters]

    def load_of(self, samples: Sequence[LoadSamples]) -> TrainedLoad:
        """Return the load model of prepared samples."""
        trained = train_loads(
            samples,
            self.recipe.loads,
            fit=self.hands.fit,
            progress=lambda part: self.say(f"load: {part}"),
        )
        first = next(part for part in samples if len(part.vectors))
        rows = {"vectors": first.vectors[:PROBES], "choices": first.rows[0][:PROBES]}
        return TrainedLoad(trained.model, dict(trained.boosters), trained.n_samples, rows)

    def factors(self, lifters: Sequence[Lifter]) -> Factors:
        """Return the collaborative filter of these lifters."""
        self.say(f"preferences of {len(lifters)} lifters")
        return train_als(
            interactions(lifters), self.recipe.factors, self.recipe.seed, self.hands.factors
        )

    def net(self, lifters: Sequence[Lifter]) -> TrainedNet:
        """Return the neural net of these lifters; needs TensorFlow."""
        self.say(f"net: {len(lifters)} lifters")
        return train_net(self.recipe, self.hands, lifters)


def _choices(
    lifter: Lifter, diaries: dict[str, Diary], task: HabitTask, most: int, seed: int
) -> HabitSamples:
    known = known_without(lifter.name, diaries)
    return habit_samples(lifter, known, task, most=most, seed=seed)


def _load_pair(lifter: Lifter) -> tuple[LoadSamples, LoadSamples]:
    return load_samples(lifter, planned=False), load_samples(lifter, planned=True)
