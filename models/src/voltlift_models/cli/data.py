"""``voltlift ingest`` and ``voltlift simulate``: lifters to learn from."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from voltlift_models import parquet
from voltlift_models import simulate as simulator
from voltlift_models.cli.options import AsJson, Engine, EngineOption, Out, Seed, Workers
from voltlift_models.cli.output import Output, refusals, require_writable, told
from voltlift_models.corpus import Corpus
from voltlift_models.ingest import ingest as read_folder

Folder = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="Exports of workout apps.")
]


def ingest(
    folder: Folder,
    out: Out,
    engine: EngineOption = Engine.LOCAL,
    as_json: AsJson = False,
) -> None:
    """Read exports of workout apps, one file a lifter, and keep them as Parquet."""
    output = Output(as_json)
    with refusals(output):
        require_writable(out)
        if engine is Engine.SPARK:
            from voltlift_models.spark import lifters, session

            with tempfile.TemporaryDirectory() as work, session.spark_session(Path(work)) as spark:
                corpus = lifters.ingest(spark, folder)
        else:
            with output.progress("reading") as advance:
                seen: list[str] = []

                def note(name: str) -> None:
                    seen.append(name)
                    advance(len(seen), len(seen), name)

                corpus = read_folder(folder, progress=note)
        parquet.write_corpus(out, corpus)
        output.left_out(corpus)
        _say(output, corpus, out)


def simulate(
    out: Out,
    lifters: Annotated[int, typer.Option(min=1, help="How many.")] = 100,
    seed: Seed = 0,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Make up lifters, grounded in what studies found, and keep them as Parquet."""
    output = Output(as_json)
    with refusals(output):
        require_writable(out)
        corpus = simulator.simulate(lifters, seed, workers=workers)
        parquet.write_corpus(out, corpus)
        _say(output, corpus, out)


def _say(output: Output, corpus: Corpus, out: Path) -> None:
    sets = sum(lifter.state.log.n_rows for lifter in corpus.lifters)
    output.result(told(corpus), f"{len(corpus.lifters)} lifters with {sets} sets in {out}")
