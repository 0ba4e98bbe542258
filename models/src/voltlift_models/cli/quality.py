"""``voltlift evaluate``: how good the recommendations are on anybody's logs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models import evaluate as evaluation
from voltlift_models import parquet
from voltlift_models.artifacts import MANIFEST, read_artifact, read_manifest
from voltlift_models.cli.options import CONFIGS, AsJson, Seed, Workers
from voltlift_models.cli.output import Output, refusals, require_writable
from voltlift_models.corpus import Corpus
from voltlift_models.evaluate.report_html import write_html
from voltlift_models.evaluate.report_json import to_json, write_json
from voltlift_models.evaluate.report_markdown import write_markdown
from voltlift_models.evaluate.table import print_report
from voltlift_models.ingest import ingest
from voltlift_models.serving import ARTIFACTS, RuntimeModel, SameForAll, shipped_models
from voltlift_models.sources import read_sources

WRITERS = {".json": write_json, ".md": write_markdown, ".html": write_html}


def evaluate(
    logs: Annotated[
        Path, typer.Argument(exists=True, help="Exports of workout apps, one file a lifter.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Report: .json, .md or .html (or a folder: all).")
    ] = None,
    artifacts: Annotated[Path, typer.Option("--artifacts", help="Folder of models.")] = ARTIFACTS,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Without any model.")] = False,
    task: Annotated[
        list[str] | None, typer.Option("--task", help="Only this one of T1 to T5; repeatable.")
    ] = None,
    workers: Workers = 2,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Replay logs through the engine that the browser runs, beside naive rows.

    Nothing is trained; logs that a model was trained on are named in the report.
    """
    output = Output(as_json)
    with refusals(output):
        if out is not None:
            _require_report(out)
        models = () if rules_only else _models(artifacts)
        if not models and not rules_only:
            output.say(f"note: no default model is in {artifacts}: the engine goes by its rules")
        corpus = read_logs(logs)
        output.left_out(corpus)
        with output.progress("evaluating") as advance:
            report = evaluation.evaluate(
                corpus,
                ports_for=SameForAll(models) if models else None,
                tasks=task or evaluation.TASKS,
                trained_on=trained_on(artifacts) if models else (),
                workers=workers,
                seed=seed,
                progress=advance,
            )
        if not as_json:
            print_report(report, output.console)
        if out is not None:
            for path in _write(report, out):
                output.say(f"written: {path}")
        if as_json:
            output.result(to_json(report), "")


def read_logs(logs: Path) -> Corpus:
    """Return the lifters of a folder of exports, or of a prepared corpus."""
    return parquet.read_corpus(logs) if parquet.is_corpus(logs) else ingest(logs)


def _models(artifacts: Path) -> tuple[RuntimeModel, ...]:
    """Return the default models; none where the project's own have not been trained yet."""
    if artifacts == ARTIFACTS and not (artifacts / MANIFEST).is_file():
        return ()
    return shipped_models(artifacts)


def trained_on(artifacts: Path) -> frozenset[str]:
    """Return the hashes of all logs that the default models were trained on, in both copies."""
    data = read_sources(CONFIGS / "data.toml")
    seen = {
        source.sha256
        for entry in read_manifest(artifacts).artifacts
        if entry.default
        for source in read_artifact(artifacts, entry.model).card.trained_on.data
    }
    return frozenset(seen | {log.sha256 for log in data.logs if log.sha256_published in seen})


def _require_report(out: Path) -> None:
    """Refuse a report that cannot be written, before logs are replayed for minutes."""
    if out.suffix in WRITERS:
        if out.is_dir():
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "the report is a folder already",
                path=str(out),
                expected="a file, or a folder without this ending",
            )
        require_writable(out.parent)
    elif out.suffix[1:].isalpha() and not out.is_dir():
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "a report has no such form",
            path=str(out),
            expected=f"{', '.join(WRITERS)}, or a folder for all of them",
            received=out.suffix,
        )
    else:
        require_writable(out)


def _write(report: evaluation.Report, out: Path) -> list[Path]:
    paths = [out] if out.suffix in WRITERS else [out / f"report{suffix}" for suffix in WRITERS]
    for path in paths:
        WRITERS[path.suffix](report, path)
    return paths
