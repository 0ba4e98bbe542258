"""``voltlift confidence``: how often suggestions are right at each level of confidence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from voltlift_models.artifacts import read_manifest
from voltlift_models.cli.options import AsJson
from voltlift_models.cli.output import Output, refusals
from voltlift_models.cli.quality import read_logs
from voltlift_models.evaluate.confidence import (
    FILTER,
    NET_ALONE,
    RANKER,
    Level,
    measure_confidence,
)
from voltlift_models.evaluate.load_confidence import LoadLevel, measure_load_confidence
from voltlift_models.inference import NativeInference
from voltlift_models.serving import ARTIFACTS, NET, SameForAll, shipped_models, shipped_net


def confidence(
    logs: Annotated[
        Path, typer.Argument(exists=True, help="Exports of workout apps, one file a lifter.")
    ],
    artifacts: Annotated[Path, typer.Option("--artifacts", help="Folder of models.")] = ARTIFACTS,
    every: Annotated[int, typer.Option("--every", min=1, help="Take one question of N.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Count how often what habit suggests was done, by how sure the scorers said they were.

    The net answers alone, where there is one. Logs that the models were trained on flatter
    them; ``voltlift evaluate`` says which.
    """
    output = Output(as_json)
    with refusals(output):
        corpus = read_logs(logs)
        output.left_out(corpus)
        default = SameForAll(shipped_models(artifacts))
        found = measure_confidence(corpus, default, (RANKER, FILTER), every)
        if any(entry.model == NET for entry in read_manifest(artifacts).artifacts):
            net = SameForAll((shipped_net(artifacts),), NativeInference())
            found += measure_confidence(corpus, net, (NET_ALONE,), every)
        loads = measure_load_confidence(corpus, default, every)
        levels = {
            "levels": [asdict(level) for level in found],
            "loads": [asdict(level) for level in loads],
        }
        output.result(levels, f"{_table(found)}\n\n{_load_table(loads)}")


def _table(levels: tuple[Level, ...]) -> str:
    lines = [f"{'scorer':<21} task  confidence  answers  first right  one of five"]
    lines += [
        f"{level.scorer:<21} {level.task:<5} {level.confidence:<11} {level.answers:>7}"
        f"  {level.first:>10.1%}  {level.listed:>10.1%}"
        for level in levels
    ]
    return "\n".join(lines)


def _load_table(levels: tuple[LoadLevel, ...]) -> str:
    lines = [f"{'weights':<11} answers  within 5 %   exact  in the interval"]
    lines += [
        f"{level.confidence:<11} {level.answers:>7}  {level.within_5:>10.1%}  {level.exact:>6.1%}"
        f"  {level.coverage:>15.1%}"
        for level in levels
    ]
    return "\n".join(lines)
