"""``voltlift prepare``, ``train``, ``export`` and ``run``: from lifters to artefacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from lightgbm.basic import LightGBMError

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models import parquet
from voltlift_models.cli.options import (
    CONFIGS,
    AsJson,
    Config,
    Engine,
    EngineOption,
    Out,
    Workers,
)
from voltlift_models.cli.output import Output, refusals, require_writable
from voltlift_models.corpus import Corpus
from voltlift_models.evaluate.report_html import write_html
from voltlift_models.evaluate.report_json import read_json, write_json
from voltlift_models.evaluate.report_markdown import write_markdown
from voltlift_models.pipeline.crossval import cross_validate
from voltlift_models.pipeline.fit import Fitted, Say, Trainer
from voltlift_models.pipeline.hands import local_hands, spark_hands
from voltlift_models.pipeline.net import has_tensorflow
from voltlift_models.pipeline.prepared import prepare as prepare_samples
from voltlift_models.pipeline.prepared import prepared_habits, prepared_loads
from voltlift_models.pipeline.recipe import Recipe, read_recipe
from voltlift_models.pipeline.ship import Shipper
from voltlift_models.pipeline.trained import read_trained, write_trained
from voltlift_models.serving import ARTIFACTS
from voltlift_models.simulate import simulate
from voltlift_models.sources import load_logs, read_sources

RECIPE = CONFIGS / "default.toml"
FOLDS = "folds"
"""Folder of the models of folds, in that of a run."""

CorpusFolder = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="Lifters, as ingest wrote them.")
]
Artifacts = Annotated[Path, typer.Option("--artifacts", help="Folder to write the models to.")]

train = typer.Typer(help="Train one kind of model.", no_args_is_help=True)


def prepare(
    corpus: CorpusFolder,
    out: Out,
    config: Config = RECIPE,
    engine: EngineOption = Engine.LOCAL,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """Replay lifters' logs into samples, each as of its moment; write splits by lifter."""
    output = Output(as_json)
    with (
        refusals(output),
        opened_trainer(read_recipe(config), engine, output.say, workers) as trainer,
    ):
        require_writable(out)
        lifters = parquet.read_corpus(corpus)
        prepare_samples(trainer, lifters, out)
        document = {"lifters": len(lifters.lifters), "to": str(out)}
        output.result(document, f"samples of {len(lifters.lifters)} lifters in {out}")


@train.command("als")
def train_als(
    corpus: CorpusFolder,
    out: Out,
    config: Config = RECIPE,
    engine: EngineOption = Engine.LOCAL,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """Train the collaborative filter of a corpus."""

    def fit(trainer: Trainer) -> Fitted:
        lifters = trainer.lifters(parquet.read_corpus(corpus), "collaborative-filter")
        return Fitted(factors=trainer.factors(lifters))

    _train(fit, out, config, engine, workers, as_json)


@train.command("mlp")
def train_mlp(
    corpus: CorpusFolder,
    out: Out,
    config: Config = RECIPE,
    engine: EngineOption = Engine.LOCAL,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """Train the neural net of a corpus (needs the extra neural: TensorFlow)."""

    def fit(trainer: Trainer) -> Fitted:
        lifters = trainer.lifters(parquet.read_corpus(corpus), "exercise-net")
        return Fitted(net=trainer.net(lifters))

    _train(fit, out, config, engine, workers, as_json)


@train.command("gbm")
def train_gbm(
    prepared: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="What prepare wrote.")
    ],
    out: Out,
    config: Config = RECIPE,
    engine: EngineOption = Engine.LOCAL,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """Train the ranker and the load model on prepared samples."""

    def fit(trainer: Trainer) -> Fitted:
        known, habits = prepared_habits(prepared)
        ranker = trainer.ranker_of(known, habits)
        return Fitted(ranker=ranker, load=trainer.load_of(prepared_loads(prepared)))

    _train(fit, out, config, engine, workers, as_json)


def export(
    trained: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="What train wrote.")
    ],
    corpus: Annotated[
        Path, typer.Option("--corpus", exists=True, help="Lifters they were trained on.")
    ],
    report: Annotated[
        Path | None, typer.Option("--report", help="Cross-validated report, for the cards.")
    ] = None,
    artifacts: Artifacts = ARTIFACTS,
    config: Config = RECIPE,
    as_json: AsJson = False,
) -> None:
    """Write trained models as artefacts with their cards."""
    output = Output(as_json)
    with refusals(output), opened_trainer(read_recipe(config), Engine.LOCAL, output.say) as trainer:
        require_writable(artifacts)
        figures = None if report is None else read_json(report)
        shipper = Shipper(artifacts, trainer, parquet.read_corpus(corpus), figures)
        _shipped(output, shipper, read_trained(trained))


def run(
    work: Annotated[Path, typer.Option("--work", help="Folder for all that lies between.")],
    logs: Annotated[
        Path | None, typer.Option("--logs", help="The logs that the recipe's data.toml names.")
    ] = None,
    simulated_only: Annotated[
        bool, typer.Option("--simulated-only", help="Train on made-up lifters alone.")
    ] = False,
    artifacts: Artifacts = ARTIFACTS,
    config: Config = RECIPE,
    data: Annotated[Path, typer.Option(help="The logs that may be trained on.")] = CONFIGS
    / "data.toml",
    engine: EngineOption = Engine.LOCAL,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """All of it: verify the logs, simulate, cross-validate, train, export.

    Models are the default only where they beat the best naive row on lifters that they were not
    fitted to; made-up lifters never score, so that without logs none is.
    """
    output = Output(as_json)
    with (
        refusals(output),
        opened_trainer(read_recipe(config), engine, output.say, workers) as trainer,
    ):
        recipe = trainer.recipe
        require_writable(work, artifacts)
        corpus = _corpus(logs, data, simulated_only, output) + made_up(recipe, workers, output)
        if not corpus.lifters:
            raise VoltLiftError(
                ErrorCode.INVALID_CONFIGURATION,
                "there is nobody to train on",
                path="simulated.lifters",
                expected="lifters made up by the recipe, or --logs FOLDER",
                received="neither",
            )
        parquet.write_corpus(work / "corpus", corpus)
        report = None
        if corpus.real:
            with output.progress("evaluating") as advance:
                report = cross_validate(
                    corpus,
                    trainer,
                    # The recipe's folds are those of one machine, whatever trained these.
                    keep=work / FOLDS if engine is Engine.LOCAL else None,
                    workers=workers,
                    progress=advance,
                )
            for write, name in (
                (write_json, "report.json"),
                (write_markdown, "report.md"),
                (write_html, "report.html"),
            ):
                write(report, work / name)
        output.say("all lifters")
        if not has_tensorflow():
            output.say("without the neural net: the extra neural (TensorFlow) is not installed")
        fitted = trainer.fit(corpus)
        write_trained(work / "trained", fitted)
        _shipped(output, Shipper(artifacts, trainer, corpus, report), fitted)


@contextmanager
def opened_trainer(recipe: Recipe, engine: Engine, say: Say, workers: int = 1) -> Iterator[Trainer]:
    """Open what trains by a recipe, and say in words what LightGBM refuses of it."""
    opened = spark_hands(workers) if engine is Engine.SPARK else local_hands(workers)
    with opened as hands:
        try:
            yield Trainer(recipe, hands, say)
        except LightGBMError as error:
            raise VoltLiftError(
                ErrorCode.INVALID_CONFIGURATION,
                "LightGBM refuses the settings of the recipe",
                received=str(error).strip(),
                expected="settings that it takes",
                remedy="models/configs/default.toml names what the defaults are",
            ) from error


def _corpus(logs: Path | None, data: Path, simulated_only: bool, output: Output) -> Corpus:
    if simulated_only and logs is not None:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "logs were given that nothing would be trained on",
            expected="either --logs FOLDER or --simulated-only",
            received="both",
        )
    if simulated_only:
        return Corpus()
    sources = read_sources(data)
    if logs is None:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there are no logs to train on",
            expected="--logs FOLDER or --simulated-only",
            received="neither",
            remedy=sources.describe(),
        )
    corpus = load_logs(logs, sources)
    output.left_out(corpus)
    return corpus


def made_up(recipe: Recipe, workers: int, output: Output) -> Corpus:
    """Return the made-up lifters of a recipe."""
    if not recipe.simulated.lifters:
        return Corpus()
    output.say(f"making up {recipe.simulated.lifters} lifters")
    return simulate(recipe.simulated.lifters, recipe.simulated.seed, workers=workers)


def _train(
    fit: Callable[[Trainer], Fitted],
    out: Path,
    config: Path,
    engine: Engine,
    workers: int,
    as_json: bool,
) -> None:
    """Fit one kind of model by the recipe, and keep it."""
    output = Output(as_json)
    with (
        refusals(output),
        opened_trainer(read_recipe(config), engine, output.say, workers) as trainer,
    ):
        require_writable(out)
        write_trained(out, fit(trainer))
        output.result({"to": str(out)}, f"trained models in {out}")


def _shipped(output: Output, shipper: Shipper, fitted: Fitted) -> None:
    cards = shipper.ship(fitted)
    document = {
        "artifacts": [
            {"model": c.model, "version": c.version, "bytes": c.size, "default": c.default}
            for c in cards
        ]
    }
    lines = [
        f"{c.model} {c.version}: {c.size / 1000:.0f} kB"
        + ("" if c.default else " (not the default: it did not beat the best naive row)")
        for c in cards
    ]
    output.result(document, "\n".join(lines))
