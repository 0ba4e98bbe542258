"""``voltlift confidence``: how often answers are right at each level of confidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.artifacts import read_manifest
from voltlift_models.cli.options import AsJson, Config, Engine, Workers
from voltlift_models.cli.output import Output, refusals, require_writable
from voltlift_models.cli.quality import read_logs, trained_on
from voltlift_models.cli.training import FOLDS, RECIPE, made_up, opened_trainer
from voltlift_models.corpus import Corpus
from voltlift_models.evaluate import PortsFor
from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.confidence import (
    FILTER,
    NET_ALONE,
    PLANNED,
    RANKER,
    WEIGHTS,
    Asked,
    Count,
    measure_confidence,
)
from voltlift_models.evaluate.report_json import plain
from voltlift_models.inference import NativeInference
from voltlift_models.pipeline.fit import Trainer
from voltlift_models.pipeline.folds import hold_out
from voltlift_models.pipeline.recipe import read_recipe
from voltlift_models.pipeline.ship import runtime_net
from voltlift_models.serving import ARTIFACTS, NET, SameForAll, shipped_models, shipped_net

Table: TypeAlias = tuple[tuple[Asked, PortsFor], ...]

TITLES: Final[Mapping[str, str]] = {
    "first": "first right",
    "listed": "one of five right",
    "within_5": "within 5 %",
    "exact": "exact",
    "inside": "in the interval",
}


def confidence(
    logs: Annotated[
        Path, typer.Argument(exists=True, help="Exports of workout apps, one file a lifter.")
    ],
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Folder of a run: its folds are used, or kept there."),
    ] = None,
    config: Config = RECIPE,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Ask the models of --artifacts, which may know these.")
    ] = False,
    artifacts: Annotated[
        Path, typer.Option("--artifacts", help="Folder of models for --shipped.")
    ] = ARTIFACTS,
    every: Annotated[int, typer.Option("--every", min=1, help="Take one question of N.")] = 1,
    workers: Workers = 2,
    as_json: AsJson = False,
) -> None:
    """Count how often answers were right, by how sure the scorers said they were.

    Each lifter is asked about by models of the others (folds, as in ``voltlift run``), which
    takes as long as training them unless --work has them. With --shipped nothing is trained.
    """
    output = Output(as_json)
    with refusals(output):
        if shipped and work is not None:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "nothing is trained for --shipped",
                expected="either --work FOLDER or --shipped",
                received="both",
            )
        if work is not None:
            require_writable(work)
        corpus = read_logs(logs)
        output.left_out(corpus)
        if shipped:
            table = _shipped(artifacts)
            known = _known(corpus, artifacts)
            if known:
                output.say(
                    f"note: the models know {len(known)} of {len(corpus.real)} logs, which "
                    f"flatters the figures: {', '.join(known)}"
                )
        else:
            known = []
            recipe = read_recipe(config)
            corpus.require(2, "a cross-validation")
            with opened_trainer(recipe, Engine.LOCAL, output.say, workers) as trainer:
                if not corpus.simulated:
                    corpus += made_up(recipe, workers, output)
                table = _held_out(corpus, trainer, work, workers)
        with output.progress("asking") as advance:
            found = measure_confidence(
                corpus, table, every=every, workers=workers, progress=advance
            )
        document = {
            "models": "shipped" if shipped else "held out",
            "knownLogs": known,
            "lifters": len(corpus.real),
            "every": every,
            "tables": plain([asdict(count) for count in found]),
        }
        output.result(document, "\n\n".join(_words(count) for count in found))


def _held_out(corpus: Corpus, trainer: Trainer, work: Path | None, workers: int) -> Table:
    """Return what is asked of models that never saw the lifter."""
    keep = None if work is None else work / FOLDS
    held = hold_out(corpus, trainer, keep=keep, workers=workers)
    ports = held.ports(trainer.recipe.version)
    table: Table = tuple((asked, ports) for asked in (RANKER, WEIGHTS, PLANNED, FILTER))
    if any(one.net is None for one in held.fitted):
        return table
    nets = tuple(
        (runtime_net(trainer, held.folds.training(corpus, at), one),)
        for at, one in enumerate(held.fitted)
    )
    return (*table, (NET_ALONE, replace(ports, models=nets, inference=NativeInference())))


def _shipped(artifacts: Path) -> Table:
    """Return what is asked of the default models of a folder, and of its net alone."""
    ports = SameForAll(shipped_models(artifacts))
    table: Table = tuple((asked, ports) for asked in (RANKER, WEIGHTS, PLANNED, FILTER))
    if all(entry.model != NET for entry in read_manifest(artifacts).artifacts):
        return table
    return (*table, (NET_ALONE, SameForAll((shipped_net(artifacts),), NativeInference())))


def _known(corpus: Corpus, artifacts: Path) -> list[str]:
    seen = trained_on(artifacts)
    return [lifter.name for lifter in corpus.real if lifter.source.sha256 in seen]


def _words(count: Count) -> str:
    lines = [f"{count.name}, {count.task}: {count.answers:,} of {count.questions:,} answered"]
    if count.levels:
        titles = [TITLES[name] for name in count.levels[0].figures]
        lines.append("confidence  answers   share" + "".join(f"  {t:>22}" for t in titles))
    lines += [
        f"{level.confidence:<10}  {level.answers:>7,}  {level.share:>6.1%}"
        + "".join(f"  {_figure(figure):>22}" for figure in level.figures.values())
        for level in count.levels
    ]
    return "\n".join(lines)


def _figure(found: Estimate) -> str:
    if math.isnan(found.lo):
        return f"{found.mean:.1%}"
    return f"{found.mean:.1%} [{100 * found.lo:.1f}, {100 * found.hi:.1f}]"
