"""Cross-validation over lifters: every lifter is judged by models that never saw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voltlift_learned.factors import Factors
from voltlift_learned.loads.model import LoadModel
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate import Report, evaluate
from voltlift_models.evaluate.rows import Forecaster, LoadRow, Ranker, RankRow, Row
from voltlift_models.pipeline.fit import Fitted, Trainer
from voltlift_models.pipeline.folds import hold_out
from voltlift_models.pipeline.net import NetRow
from voltlift_models.train.als import Liking, Novelty
from voltlift_replay.answers import Guess
from voltlift_replay.moments import LoadMoment

ALS, CONTENT = "ALS alone", "ALS with content"
BOOSTING, CHOOSER = "boosting as specified", "chooser"
NET = "neural net alone"
WITH_REPS = ", with planned reps"


def cross_validate(
    corpus: Corpus,
    trainer: Trainer,
    *,
    keep: Path | None = None,
    workers: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Return the evaluation of all real lifters by models of the others.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones train in every fold.
    trainer : Trainer
        Trains the models of a fold; with one worker only.
    keep : Path, optional
        Folder in which the models of folds lie, see ``hold_out``.
    workers : int
        Processes: a fold each, then a lifter's questions each.
    progress : callable, optional
        Told how far the evaluation is.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` below two real lifters.
    """
    held = hold_out(corpus, trainer, keep=keep, workers=workers)
    recipe = trainer.recipe
    return evaluate(
        corpus,
        ports_for=held.ports(recipe.version),
        rows=model_rows(held.folds.fold_of, held.fitted),
        workers=workers,
        seed=recipe.seed,
        progress=progress,
    )


def model_rows(fold_of: Mapping[str, int], fitted: Sequence[Fitted]) -> tuple[Row, ...]:
    """Return the rows of models on their own, beside what the engine makes of them."""
    factors = tuple(one.factors for one in fitted if one.factors is not None)
    loads = tuple(one.load.model.to_npz() for one in fitted if one.load is not None)
    rows: list[Row] = []
    if len(factors) == len(fitted):
        rows += [
            RankRow(ALS, "model", FactorRow(fold_of, factors, Liking), ("T1", "T2", "T4")),
            RankRow(CONTENT, "model", FactorRow(fold_of, factors, Novelty), ("T4",)),
        ]
    nets = tuple(one.net.layers for one in fitted if one.net is not None)
    if len(nets) == len(fitted):
        rows.append(RankRow(NET, "model", NetRow(fold_of, nets)))
    if len(loads) == len(fitted):
        rows += [
            LoadRow(name + end, "model", WeightRow(fold_of, loads, part), planned)
            for name, part in _PARTS
            for end, planned in (("", False), (WITH_REPS, True))
        ]
    return tuple(rows)


_Part = Literal["weight_kg", "chosen_kg"]
_PARTS: tuple[tuple[str, _Part], ...] = ((BOOSTING, "weight_kg"), (CHOOSER, "chosen_kg"))


@dataclass(frozen=True)
class FactorRow:
    """The collaborative filter of the fold that does not know the lifter."""

    fold_of: Mapping[str, int]
    factors: tuple[Factors, ...]
    rank: Callable[[Factors], Ranker]

    def __call__(self, lifter: Lifter) -> Ranker:
        """Return the lifter's ranker."""
        return self.rank(self.factors[self.fold_of[lifter.name]])


@dataclass(frozen=True)
class WeightRow:
    """The load model of the fold that does not know the lifter; one of its two answers."""

    fold_of: Mapping[str, int]
    models: tuple[bytes, ...]
    part: _Part

    def __call__(self, lifter: Lifter) -> Forecaster:
        """Return what forecasts the lifter's weights."""
        model = LoadModel.from_npz(self.models[self.fold_of[lifter.name]])

        def forecast(asked: LoadMoment) -> Guess:
            found = model.predict(asked.moment.today, asked.exercise_id, asked.planned_reps)
            if found is None:
                return Guess(float("nan"))
            kg = found.weight_kg if self.part == "weight_kg" else found.chosen_kg
            return Guess(kg, low=found.low_kg, high=found.high_kg)

        return forecast
