"""From trained models to artefacts: exported, described, and default only if they earned it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from voltlift_core import DENSE_100
from voltlift_core import __version__ as engine_version
from voltlift_learned.dense import DENSE_FEATURES
from voltlift_learned.factors import FACTORS_SPEC, Factors
from voltlift_learned.loads.specs import LOAD_SPEC
from voltlift_learned.ranker import RANKER_SPEC
from voltlift_learned.spec import ModelSpec
from voltlift_models.artifacts import write_artifact
from voltlift_models.cards import (
    TOOLS,
    Figure,
    ModelCard,
    Probe,
    SpecCard,
    Task,
    tool_versions,
    trained_on,
)
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate import Report
from voltlift_models.evaluate.engine_rows import DEFAULT, LOAD_DEFAULT, WITH_REPS
from voltlift_models.evaluate.report import Comparison
from voltlift_models.export.lightgbm import to_onnx
from voltlift_models.pipeline.crossval import CONTENT, NET
from voltlift_models.pipeline.fit import Fitted, Kind, TrainedLoad, TrainedRanker, Trainer
from voltlift_models.pipeline.net import TrainedNet, answer
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.serving import RuntimeModel, shipped_net

LOAD_ONNX: Final = ("point", "low", "high")
"""Parts of the load model that ship as ONNX as well; the choosers are arrays alone."""

_NUMBERS: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NO_RPE: Final = "The permitted logs hold no RPE; what it knows of effort comes from the simulator"
_BELOW: Final = "Below the best naive row: kept to compare with, not to be used"
_ORACLE: Final = (
    "Figures with planned reps use the reps that were then done: an oracle, no log holds a plan"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model has to show: its row against the best naive one.

    Parameters
    ----------
    task, row, metric
        As in the report; ``rivals`` of that metric are the naive rows.
    """

    task: Task
    row: str
    metric: str


CLAIMS: Final[Mapping[Kind, tuple[Claim, ...]]] = {
    "ranker": (Claim("T1", DEFAULT, "ndcg_at_5"), Claim("T2", DEFAULT, "ndcg_at_5")),
    "load": (Claim("T3", LOAD_DEFAULT + WITH_REPS, "mape"),),
    "collaborative-filter": (Claim("T4", CONTENT, "recall_at_10"),),
    "exercise-net": (Claim("T1", NET, "ndcg_at_5"),),
}


class Shipper:
    """Writes artefacts of one run.

    Parameters
    ----------
    root : Path
        Folder of artefacts.
    trainer : Trainer
        Its recipe gives version, date and seed of the cards.
    corpus : Corpus
        Whom the models were trained on.
    report : Report, optional
        Of lifters that the models were not fitted to. Without one (made-up lifters alone) no
        model is the default: nothing was shown.
    """

    def __init__(self, root: Path, trainer: Trainer, corpus: Corpus, report: Report | None) -> None:
        self.root = root
        self.trainer = trainer
        self.corpus = corpus
        self.report = report

    @property
    def recipe(self) -> Recipe:
        """What the models were trained by."""
        return self.trainer.recipe

    def ship(self, fitted: Fitted) -> list[ModelCard]:
        """Write all models that were fitted, and return their cards."""
        cards = []
        if fitted.ranker is not None:
            cards.append(self._ranker(fitted.ranker))
        if fitted.load is not None:
            cards.append(self._load(fitted.load))
        if fitted.factors is not None:
            cards.append(self._factors(fitted.factors))
        if fitted.net is not None:
            cards.append(self._net(fitted.net))
        return cards

    def _ranker(self, trained: TrainedRanker) -> ModelCard:
        files = {"ranker.npz": trained.model.to_npz()}
        probes = []
        for part, booster in trained.boosters.items():
            files[f"{part}.onnx"] = to_onnx(booster)
            rows = trained.rows[part]
            probes.append(Probe.of(f"{part}.onnx", rows, np.asarray(booster.predict(rows))))
        card = self._card(
            "ranker",
            description=(
                "LightGBM lambdarank on a lifter's own log: what follows next, and what today's "
                "session will hold"
            ),
            spec=_spec(RANKER_SPEC),
            samples=trained.n_samples,
            probes=probes,
            limits=(
                self._of_lifters("ranker"),
                "Exercises never done before come from what others do at large",
            ),
        )
        return write_artifact(self.root, card, files)

    def _load(self, trained: TrainedLoad) -> ModelCard:
        files = {"load.npz": trained.model.to_npz()}
        probes = []
        for part in LOAD_ONNX:
            booster = trained.boosters[part]
            files[f"{part}.onnx"] = to_onnx(booster)
            rows = trained.rows["vectors"]
            probes.append(Probe.of(f"{part}.onnx", rows, np.asarray(booster.predict(rows))))
        card = self._card(
            "load",
            description=(
                "LightGBM for the next working weight: regression, 80 % interval (conformalised "
                "quantiles) and a choice among weights that the lifter uses"
            ),
            spec=_spec(LOAD_SPEC),
            samples=trained.n_samples,
            probes=probes,
            limits=(self._of_lifters("load"), *self._no_rpe(), _ORACLE),
        )
        return write_artifact(self.root, card, files)

    def _factors(self, factors: Factors) -> ModelCard:
        card = self._card(
            "collaborative-filter",
            description=(
                "Implicit-feedback ALS over lifters and exercises with a fold-in on the device, "
                "and what exercises are, for novel ones"
            ),
            spec=_spec(FACTORS_SPEC),
            samples=sum(item.state.log.n_sessions for item in self.corpus.lifters),
            probes=(),
            limits=(
                self._of_lifters("collaborative-filter"),
                "Exercises outside of the bundled catalogue have no factors",
            ),
        )
        return write_artifact(self.root, card, {"factors.npz": factors.to_npz()})

    def _net(self, trained: TrainedNet) -> ModelCard:
        outputs = answer(trained.layers, trained.rows)
        card = self._card(
            "exercise-net",
            description=(
                "Feed-forward net: what is done in a session against what might have been, on "
                "the features of the engine"
            ),
            spec=SpecCard(DENSE_100.name, DENSE_100.hash, DENSE_FEATURES),
            samples=trained.n_samples,
            probes=(
                Probe.of("net.onnx", trained.rows, outputs),
                Probe.of("net.int8.onnx", trained.rows, outputs, 0.05),
            ),
            limits=(self._of_lifters("exercise-net"), *self._below("exercise-net")),
        )
        return write_artifact(self.root, card, trained.files)

    def _card(
        self,
        model: Kind,
        *,
        description: str,
        spec: SpecCard,
        samples: int,
        probes: Iterable[Probe],
        limits: tuple[str, ...],
    ) -> ModelCard:
        recipe, claims = self.recipe, CLAIMS[model]
        return ModelCard(
            model=model,
            version=recipe.version,
            task=claims[0].task,
            beats=", ".join(sorted({c.rival for c in self._comparisons(model)})) or "not shown",
            default=self.earned(model),
            description=description,
            trained_on=trained_on(
                samples, [item.source for item in self._lifters(model)], recipe.date
            ),
            metrics=self._metrics(claims),
            spec=spec,
            seed=recipe.seed,
            tools=tool_versions(TOOLS),
            limits=limits,
            probes=tuple(probes),
            min_engine=engine_version,
        )

    def earned(self, model: Kind) -> bool:
        """Return whether a model beats the best naive row in each of its tasks.

        By the mean over lifters of the paired difference; its interval is in the report.
        """
        found = self._comparisons(model)
        return len(found) == len(CLAIMS[model]) and all(c.difference.mean > 0 for c in found)

    def _comparisons(self, model: Kind) -> list[Comparison]:
        if self.report is None:
            return []
        found = (self.report.comparison(c.task, c.row, c.metric) for c in CLAIMS[model])
        return [comparison for comparison in found if comparison is not None]

    def _metrics(self, claims: tuple[Claim, ...]) -> dict[str, dict[str, Figure]]:
        """Return the figures of a model's row and of all naive ones, of its first task."""
        if self.report is None:
            return {}
        task = claims[0].task
        kept = {
            row
            for row, note in self.report.rows[task].items()
            if note.kind == "naive" or row == claims[0].row
        }
        return {
            row: {
                # Percentiles of a bootstrap may leave the mean of few lifters just outside.
                name: Figure(
                    found.mean,
                    min(found.lo, found.mean),
                    max(found.hi, found.mean),
                    found.n_lifters,
                )
                for name, found in self.report.tasks[task][row].items()
                # A figure of a single lifter has no interval, and a card no room for that.
                if found.n_lifters and not math.isnan(found.lo)
            }
            for row in sorted(kept)
        }

    def _of_lifters(self, model: Kind) -> str:
        """Return on whom it was trained, as a limit."""
        lifters = self._lifters(model)
        real = sum(not lifter.source.simulated for lifter in lifters)
        number = _NUMBERS[real] if real < len(_NUMBERS) else str(real)
        of = []
        if real:
            of.append("one lifter's log" if real == 1 else f"{number} lifters' logs")
        if real < len(lifters):
            of.append("made-up lifters")
        return f"Trained on {' and on '.join(of)}: who trains otherwise may see less of it"

    def _no_rpe(self) -> tuple[str, ...]:
        logs = (lifter.state.log for lifter in self.corpus.real)
        known = any(np.isfinite(log.rows["rpe"]).any() for log in logs)
        return () if known else (_NO_RPE,)

    def _below(self, model: Kind) -> tuple[str, ...]:
        return () if self.report is None or self.earned(model) else (_BELOW,)

    def _lifters(self, model: Kind) -> tuple[Lifter, ...]:
        return self.trainer.lifters(self.corpus, model)


def runtime_net(trainer: Trainer, corpus: Corpus, fitted: Fitted) -> RuntimeModel:
    """Return a net as an engine's registry holds it, with its card, without shipping it."""
    with TemporaryDirectory() as folder:
        Shipper(Path(folder), trainer, corpus, None).ship(Fitted(net=fitted.net))
        return shipped_net(Path(folder))


def _spec(spec: ModelSpec) -> SpecCard:
    return SpecCard(spec.name, spec.hash, spec.features)
