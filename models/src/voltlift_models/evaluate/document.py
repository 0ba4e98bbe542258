"""The report as a document: headings, tables and plots, before any markup."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.judge import METRICS, Metric
from voltlift_models.evaluate.report import NOTES, TITLES, LeftOut, Report
from voltlift_replay.questions import Task

NONE = "–"
KINDS = {"naive": "naive", "reference": "no learning", "model": "model alone", "engine": "engine"}

HEADLINES: Mapping[Task, str] = {
    "T1": "hr_at_5",
    "T2": "precision_at_5",
    "T3": "mape",
    "T4": "recall_at_10",
    "T5": "unsafe",
    "cold": "hr_at_5",
}
"""The figure of each task that is shown lifter by lifter."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``warning`` sets it off."""

    items: tuple[str, ...]
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows.

    ``screen`` says whether a terminal shows it too.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    screen: bool = False

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether a column holds figures only, and is set to the right."""
        return tuple(
            all(cell[:1].isdigit() or cell[:1] in "+-–" for cell in column)
            for column in zip(*self.rows, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Plot:
    """A place for a plot; its figures are in a table beside it."""

    kind: Literal["rows", "lifters", "calibration"]
    task: Task
    alt: str


Block: TypeAlias = Heading | Text | Bullets | Table | Plot


def document(report: Report) -> Iterator[Block]:
    """Return the blocks of the report, in order; every figure in it comes from the report."""
    yield Heading(1, "How good the recommendations are")
    yield Text(
        "Each log was replayed in time order: every question is answered from what came before "
        "it. Figures are means over lifters, each counting once, with the 95 % interval of a "
        "bootstrap over lifters in brackets; shares are in percent."
    )
    if report.warnings:
        yield Bullets(report.warnings, warning=True)
    yield from _aims(report)
    for task in report.tasks:
        yield from _task(report, task)
    yield from _lifters(report)
    yield from _left_out(report)
    yield Heading(2, "How it was made")
    yield Table(
        "Settings and versions",
        ("setting", "value"),
        tuple((name, str(value)) for name, value in report.settings.items()),
    )


def share(value: float, signed: bool = False) -> str:
    """Return a fraction in percent, as every table shows it.

    Examples
    --------
    >>> share(0.4712), share(0.02, signed=True), share(float("nan"))
    ('47.1', '+2.0', '–')
    """
    if math.isnan(value):
        return NONE
    # Adding zero makes -0.0 positive.
    return f"{round(100 * value, 1) + 0.0:{'+' if signed else ''}.1f}"


def estimate(value: Estimate, *, signed: bool = False, percent: bool = True) -> str:
    """Return a mean with its interval, or without one where it has none."""
    if math.isnan(value.mean):
        return NONE

    def written(figure: float) -> str:
        return share(figure, signed) if percent else f"{figure:.3f}"

    if math.isnan(value.lo):
        return written(value.mean)
    return f"{written(value.mean)} [{written(value.lo)}, {written(value.hi)}]"


def used_metrics(report: Report, task: Task) -> list[Metric]:
    """Return the metrics that any row of a task has a figure of."""
    rows = report.tasks[task].values()
    return [
        metric
        for metric in METRICS[task]
        if any(not math.isnan(figures[metric.name].mean) for figures in rows)
    ]


def _aims(report: Report) -> Iterator[Block]:
    if report.aims:
        yield Heading(2, "Aims")
        yield Text(
            "What a lifter is shown by default against the aims, which are meant for lifters "
            "whose logs no model saw."
        )
        yield Table(
            "Aims",
            ("aim", "task", "row", "value", "reached"),
            tuple(
                (
                    aim.text,
                    aim.task,
                    aim.row,
                    f"{aim.value:.3f}",
                    "yes" if aim.reached else "no",
                )
                for aim in report.aims
            ),
            screen=True,
        )


def _task(report: Report, task: Task) -> Iterator[Block]:
    title = TITLES[task] if task == "cold" else f"{task}: {TITLES[task]}"
    yield Heading(2, title)
    for note in NOTES[task]:
        yield Text(note)
    metrics, rows = used_metrics(report, task), report.tasks[task]
    if not metrics:
        yield Text("No lifter has a question of this task.")
        return
    yield Table(
        f"{title}, mean over lifters",
        ("row", "kind", *(metric.title for metric in metrics), "lifters"),
        tuple(
            (
                name,
                KINDS[report.rows[task][name].kind],
                *(estimate(figures[metric.name]) for metric in metrics),
                str(max(figures[metric.name].n_lifters for metric in metrics)),
            )
            for name, figures in rows.items()
        ),
        screen=True,
    )
    titles = ", ".join(metric.title for metric in metrics)
    yield Plot("rows", task, f"{title}: {titles} of each row with intervals; as in the table.")
    yield from _comparisons(report, task)
    headline = next(metric for metric in METRICS[task] if metric.name == HEADLINES[task])
    asked = [item for item in report.lifters if item.questions[task]]
    yield Table(
        f"{title}, {headline.title} of each lifter",
        ("row", *(item.name for item in asked)),
        tuple(
            (name, *(share(item.figures[task][name][headline.name]) for item in asked))
            for name in rows
        ),
    )
    yield Plot("lifters", task, f"{title}: {headline.title} of each lifter; as in the table.")
    yield from _calibration(report, task)


def _comparisons(report: Report, task: Task) -> Iterator[Block]:
    titles = {metric.name: metric.title for metric in METRICS[task]}
    found = [item for item in report.comparisons if item.task == task]
    if found:
        yield Table(
            f"{task}: gain over the best naive row, in points of percent; above 0 is better",
            ("row", "figure", "best naive row", "gain", "better for"),
            tuple(
                (
                    item.row,
                    titles[item.metric],
                    item.rival,
                    estimate(item.difference, signed=True),
                    f"{item.better_for} of {item.difference.n_lifters}",
                )
                for item in found
            ),
        )
    ratios = [item for item in report.ratios if item.task == task and item.row != item.rival]
    if ratios:
        yield Table(
            f"{task}: errors as multiples of the last weight's; below 1 is better",
            ("row", "figure", "ratio"),
            tuple(
                (item.row, titles[item.metric], estimate(item.ratio, percent=False))
                for item in ratios
            ),
        )


def _calibration(report: Report, task: Task) -> Iterator[Block]:
    bins = report.calibration.get(task, {})
    if bins:
        title = f"{task}: scores of the five shown, against how often they were then done"
        yield Table(
            title,
            ("row", "scores", "mean score", "done", "answers"),
            tuple(
                (
                    row,
                    f"{share(each.low)} to {share(each.high)}",
                    share(each.mean_score),
                    share(each.share),
                    str(each.n),
                )
                for row, several in bins.items()
                for each in several
            ),
        )
        yield Plot("calibration", task, f"{title}; as in the table.")
    if task == "T3" and report.intervals:
        yield Table(
            "T3: where weights lay against the 80 % intervals, all lifters together",
            ("row", "below", "inside", "above"),
            tuple(
                (row, str(sides.below), str(sides.inside), str(sides.above))
                for row, sides in report.intervals.items()
            ),
        )


def _lifters(report: Report) -> Iterator[Block]:
    yield Heading(2, "Lifters")
    yield Table(
        "Lifters and their questions",
        ("lifter", "file", "licence", "days", "first", "last", *report.tasks, "remarks"),
        tuple(
            (
                item.name,
                item.file,
                item.licence or NONE,
                str(item.days),
                _date(item.first_day),
                _date(item.last_day),
                *(str(item.questions[task]) for task in report.tasks),
                _remarks(item.seen, item.simulated),
            )
            for item in report.lifters
        ),
    )
    reasons = sorted({reason for item in report.lifters for reason in item.excluded})
    if reasons:
        yield Table(
            "Questions left out",
            ("reason", *(item.name for item in report.lifters)),
            tuple(
                (reason, *(str(item.excluded.get(reason, 0)) for item in report.lifters))
                for reason in reasons
            ),
        )


def _left_out(report: Report) -> Iterator[Block]:
    for title, found in (("Files left out", report.excluded), ("Notices", report.notices)):
        if found:
            yield Heading(2, title)
            yield Table(title, ("file", "what", "why"), tuple(map(_remark, found)))


def _remark(item: LeftOut) -> tuple[str, str, str]:
    return (item.file, item.code, item.message)


def _remarks(seen: bool, simulated: bool) -> str:
    words = [*(["trained on"] if seen else []), *(["made up"] if simulated else [])]
    return ", ".join(words) or NONE


def _date(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()
