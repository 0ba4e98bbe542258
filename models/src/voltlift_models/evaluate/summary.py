"""From each lifter's figures to the report: macro averages, comparisons, aims, warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from voltlift_core import __version__
from voltlift_learned.diary import Diary
from voltlift_models.corpus import Corpus, Lifter, Remark
from voltlift_models.evaluate.aims import aims_of
from voltlift_models.evaluate.averages import Estimate, bootstrap, bootstrap_ratio, column
from voltlift_models.evaluate.judge import METRICS, Bin, Judgement, reliability
from voltlift_models.evaluate.report import (
    Comparison,
    LeftOut,
    LifterReport,
    Ratio,
    Report,
    RowNote,
    Sides,
)
from voltlift_models.evaluate.rows import Row, is_planned, tasks_of
from voltlift_replay.questions import Task

FEW_LIFTERS = 20
LAST_WEIGHT = "last weight"
RATIOS = ("mape", "median_ape", "mape_changed", "mape_gap")


@dataclass(frozen=True)
class Settings:
    """What an evaluation was asked for; see ``evaluate``."""

    seed: int
    resamples: int
    tasks: tuple[Task, ...]
    trained_on: frozenset[str] = frozenset()
    with_models: bool = False


@dataclass
class LifterResult:
    """What one lifter's questions came to, row by row."""

    lifter: Lifter
    judgements: dict[Task, dict[str, Judgement]] = field(default_factory=dict)
    excluded: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row, judgement: Judgement) -> None:
        """Take in a row; the answers of T3 are judged by T5 as well."""
        for each in judgement.figures:
            self.judgements.setdefault(each, {})[row.name] = judgement

    def figures(self, task: Task, row: str) -> Mapping[str, float]:
        """Return a row's figures by metric."""
        return self.judgements[task][row].figures[task]


def summarise(
    corpus: Corpus, results: Sequence[LifterResult], table: Sequence[Row], settings: Settings
) -> Report:
    """Return the report of all lifters' results."""
    rows: dict[Task, dict[str, RowNote]] = {}
    for task in settings.tasks:
        asked: Task = "T3" if task == "T5" else task
        rows[task] = {
            row.name: RowNote(row.kind, is_planned(row)) for row in table if asked in tasks_of(row)
        }
    macro = {
        task: {
            row: {
                metric.name: _mean(results, task, row, metric.name, settings)
                for metric in METRICS[task]
            }
            for row in names
        }
        for task, names in rows.items()
    }
    lifters = tuple(_lifter(result, settings) for result in results)
    report = Report(
        tasks=macro,
        rows=rows,
        lifters=lifters,
        comparisons=tuple(_comparisons(results, rows, macro, settings)),
        ratios=tuple(_ratios(results, rows, settings)),
        calibration=_calibration(results, rows),
        intervals=_intervals(results, rows),
        excluded=_left_out(corpus.excluded),
        notices=_left_out(corpus.notices),
        warnings=tuple(_warnings(lifters, settings)),
        settings={
            "seed": settings.seed,
            "resamples": settings.resamples,
            "engine": __version__,
            "models": int(settings.with_models),
            "voltlift-models": _version(),
            "numpy": np.__version__,
        },
    )
    return aims_of(report, with_models=settings.with_models)


def _mean(
    results: Sequence[LifterResult], task: Task, row: str, metric: str, settings: Settings
) -> Estimate:
    figures = [result.figures(task, row) for result in results]
    return bootstrap(column(figures, metric), seed=settings.seed, resamples=settings.resamples)


def _comparisons(
    results: Sequence[LifterResult],
    rows: Mapping[Task, Mapping[str, RowNote]],
    macro: Mapping[Task, Mapping[str, Mapping[str, Estimate]]],
    settings: Settings,
) -> list[Comparison]:
    found = []
    for task, notes in rows.items():
        for metric in METRICS[task]:
            for row, note in notes.items():
                rivals = [
                    name
                    for name, other in notes.items()
                    if other.kind == "naive"
                    and other.planned <= note.planned
                    and not np.isnan(macro[task][name][metric.name].mean)
                ]
                if note.kind == "naive" or not rivals or metric.better == 0:
                    continue
                name = metric.name
                rival = max(rivals, key=lambda r: metric.better * macro[task][r][name].mean)
                ours, theirs = (
                    column([result.figures(task, each) for result in results], name)
                    for each in (row, rival)
                )
                gained = metric.better * (ours - theirs)
                found.append(
                    Comparison(
                        task,
                        row,
                        name,
                        rival,
                        bootstrap(gained, seed=settings.seed, resamples=settings.resamples),
                        int((gained > 0).sum()),
                    )
                )
    return found


def _ratios(
    results: Sequence[LifterResult],
    rows: Mapping[Task, Mapping[str, RowNote]],
    settings: Settings,
) -> list[Ratio]:
    found = []
    for row in rows.get("T3", {}):
        for metric in RATIOS:
            ours, theirs = (
                column([result.figures("T3", each) for result in results], metric)
                for each in (row, LAST_WEIGHT)
            )
            ratio = bootstrap_ratio(ours, theirs, seed=settings.seed, resamples=settings.resamples)
            found.append(Ratio("T3", row, metric, LAST_WEIGHT, ratio))
    return found


def _calibration(
    results: Sequence[LifterResult], rows: Mapping[Task, Mapping[str, RowNote]]
) -> dict[Task, dict[str, tuple[Bin, ...]]]:
    found: dict[Task, dict[str, tuple[Bin, ...]]] = defaultdict(dict)
    for task, names in rows.items():
        for row in names:
            bins = reliability([result.judgements[task][row] for result in results])
            if bins:
                found[task][row] = bins
    return dict(found)


def _intervals(
    results: Sequence[LifterResult], rows: Mapping[Task, Mapping[str, RowNote]]
) -> dict[str, Sides]:
    found = {}
    for row in rows.get("T3", {}):
        sides = np.sum([result.judgements["T3"][row].sides for result in results], axis=0)
        if sides.sum():
            found[row] = Sides(*sides.tolist())
    return found


def _lifter(result: LifterResult, settings: Settings) -> LifterReport:
    lifter = result.lifter
    diary = Diary.of(lifter.state.log)
    judgements = {task: result.judgements[task] for task in settings.tasks}
    return LifterReport(
        name=lifter.name,
        file=lifter.source.file,
        sha256=lifter.source.sha256,
        licence=lifter.source.licence,
        days=diary.n_days,
        first_day=int(diary.day[0]) if diary.n_days else 0,
        last_day=int(diary.day[-1]) if diary.n_days else 0,
        seen=lifter.source.sha256 in settings.trained_on,
        simulated=lifter.source.simulated,
        questions={
            task: next(iter(each.values())).cases if each else 0
            for task, each in judgements.items()
        },
        excluded=dict(sorted(result.excluded.items())),
        figures={
            task: {row: dict(judged.figures[task]) for row, judged in each.items()}
            for task, each in judgements.items()
        },
    )


def _left_out(remarks: Sequence[Remark]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(item.file, item.code, item.message) for item in remarks)


def _warnings(lifters: Sequence[LifterReport], settings: Settings) -> list[str]:
    found = []
    if len(lifters) == 1:
        found.append("one lifter only: these figures say nothing of others, no interval is given")
    elif len(lifters) < FEW_LIFTERS:
        found.append(
            f"{len(lifters)} lifters: intervals over so few are wide, and themselves uncertain"
        )
    seen = [item.name for item in lifters if item.seen]
    if seen:
        found.append(
            "models were trained on the logs of " + ", ".join(seen) + ": figures with models are "
            "better than they will be for anybody else"
        )
    made_up = [item.name for item in lifters if item.simulated]
    if made_up:
        found.append("made-up lifters: " + ", ".join(made_up) + "; of no meaning for real ones")
    for task in settings.tasks:
        without = [item.name for item in lifters if not item.questions[task]]
        if len(without) == len(lifters):
            found.append(f"{task}: no lifter has a question")
        elif without:
            found.append(f"{task}: no question of " + ", ".join(without))
    return found


def _version() -> str:
    try:
        return version("voltlift-models")
    except PackageNotFoundError:
        return "uninstalled"
