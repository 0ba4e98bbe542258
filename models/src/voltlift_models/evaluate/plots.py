"""Plots of the report as SVG, the same bytes for the same figures."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from voltlift_models.evaluate.document import HEADLINES, Plot, used_metrics
from voltlift_models.evaluate.judge import METRICS
from voltlift_models.evaluate.report import Report
from voltlift_replay.questions import Task

COLOURS = {"naive": "#767676", "reference": "#a65e00", "model": "#00707a", "engine": "#1b4f9c"}
"""Each at least 4.5 : 1 on white; markers differ as well, for those who see no colours."""

MARKERS = {"naive": "o", "reference": "D", "model": "^", "engine": "s"}
_IDS = re.compile(r'(\bid="|url\(#|href="#)')

PANELS = 4
"""Most panels beside each other."""


def svg(report: Report, plot: Plot) -> str:
    """Return a plot as an ``svg`` element without scripts, to stand inline in a page."""
    draw = {"rows": _rows, "lifters": _lifters, "calibration": _calibration}[plot.kind]
    with matplotlib.rc_context():
        matplotlib.rcParams["font.size"] = 9
        matplotlib.rcParams["svg.fonttype"] = "none"
        # Ids are made of this instead of chance.
        matplotlib.rcParams["svg.hashsalt"] = "voltlift"
        matplotlib.rcParams["axes.spines.top"] = matplotlib.rcParams["axes.spines.right"] = False
        figure = draw(report, plot.task)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    text = written.getvalue()
    text = text[text.index("<svg") :]
    # Two plots of a page must not share an id.
    text = _IDS.sub(rf"\1{plot.task}-{plot.kind}-", text)
    label = plot.alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _rows(report: Report, task: Task) -> Figure:
    """Return each row's means with their intervals, a panel a metric."""
    metrics = used_metrics(report, task)[:PANELS]
    rows = report.tasks[task]
    figure, axes = _panels(len(metrics), 0.32 * len(rows) + 1.2)
    names = list(rows)
    for axis, metric in zip(axes, metrics, strict=True):
        for place, name in enumerate(names):
            value = rows[name][metric.name]
            if math.isnan(value.mean):
                continue
            low, high = (value.mean, value.mean) if math.isnan(value.lo) else (value.lo, value.hi)
            kind = report.rows[task][name].kind
            axis.errorbar(
                100 * value.mean,
                place,
                # Percentiles of a bootstrap may leave the mean of few lifters just outside.
                xerr=[[100 * max(value.mean - low, 0)], [100 * max(high - value.mean, 0)]],
                fmt=MARKERS[kind],
                color=COLOURS[kind],
                capsize=2,
                markersize=5,
            )
        axis.set_title(f"{metric.title} (%)", fontsize=9)
        axis.set_yticks(range(len(names)), names if axis is axes[0] else [""] * len(names))
        axis.set_ylim(len(names) - 0.5, -0.5)
        axis.grid(axis="x", alpha=0.3)
    return figure


def _lifters(report: Report, task: Task) -> Figure:
    """Return the headline figure of the best naive row and of the engine, lifter by lifter."""
    name = HEADLINES[task]
    title = next(metric.title for metric in METRICS[task] if metric.name == name)
    asked = [item for item in report.lifters if item.questions[task]]
    figure, (axis,) = _panels(1, 3.0, width=min(max(2.5 + 0.5 * len(asked), 5.5), 10))
    for row in _compared(report, task):
        kind = report.rows[task][row].kind
        axis.plot(
            range(len(asked)),
            [100 * item.figures[task][row][name] for item in asked],
            linestyle="none",
            marker=MARKERS[kind],
            color=COLOURS[kind],
            markerfacecolor="none" if report.rows[task][row].planned else COLOURS[kind],
            label=row,
        )
    axis.set_xticks(
        range(len(asked)), [item.name for item in asked], rotation=45, ha="right", fontsize=8
    )
    axis.set_ylabel(f"{title} (%)")
    axis.grid(axis="y", alpha=0.3)
    axis.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    return figure


def _calibration(report: Report, task: Task) -> Figure:
    """Return shares that came true over scores."""
    figure, (axis,) = _panels(1, 3.2, width=5.5)
    axis.plot([0, 100], [0, 100], color="#767676", linewidth=1, linestyle="--")
    for place, (row, bins) in enumerate(report.calibration[task].items()):
        axis.plot(
            [100 * each.mean_score for each in bins],
            [100 * each.share for each in bins],
            marker="osD^v"[place % 5],
            color=list(COLOURS.values())[-1 - place % len(COLOURS)],
            label=row,
        )
    axis.set_xlabel("mean score (%)")
    axis.set_ylabel("then done (%)")
    axis.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    return figure


def _compared(report: Report, task: Task) -> Sequence[str]:
    """Return the rows worth seeing lifter by lifter: the rivals and the engine's."""
    engine = [name for name, note in report.rows[task].items() if note.kind == "engine"]
    rivals = [
        found.rival
        for name in engine
        if (found := report.comparison(task, name, HEADLINES[task])) is not None
    ]
    return list(dict.fromkeys([*rivals, *engine])) or list(report.rows[task])


def _panels(count: int, height: float, width: float | None = None) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(width or 3.4 + 2.2 * count, height), layout="constrained")
    axes = figure.subplots(1, count, squeeze=False)
    return figure, list(axes[0])
