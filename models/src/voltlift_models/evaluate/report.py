"""What an evaluation found, as data; written as JSON, Markdown and HTML by its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.judge import Bin
from voltlift_models.evaluate.rows import Kind
from voltlift_replay.questions import Task


@dataclass(frozen=True, slots=True)
class RowNote:
    """What a row is: ``planned`` rows were given the repetitions then done as the plan."""

    kind: Kind
    planned: bool = False


@dataclass(frozen=True, slots=True)
class LifterReport:
    """One lifter's part of the report.

    Parameters
    ----------
    name, file, sha256, licence : str
        Who, and where the log comes from.
    days, first_day, last_day : int
        Training days and the local days of the first and the last, since 1970-01-01.
    seen, simulated : bool
        Whether a model was trained on this very log; whether the lifter is made up.
    questions : mapping of str to int
        By task.
    excluded : mapping of str to int
        Questions left out, by reason.
    figures : mapping
        ``{task: {row: {metric: value}}}``.
    """

    name: str
    file: str
    sha256: str
    licence: str
    days: int
    first_day: int
    last_day: int
    seen: bool
    simulated: bool
    questions: Mapping[Task, int]
    excluded: Mapping[str, int]
    figures: Mapping[Task, Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row against another one, over the same lifters.

    Parameters
    ----------
    task, row, metric : str
        What is compared.
    rival : str
        The best naive row by this metric; rows without a plan meet those without one.
    difference : Estimate
        Mean over lifters of what the row is better by, above 0 where it is better.
    better_for : int
        Lifters for whom it is better.
    """

    task: Task
    row: str
    metric: str
    rival: str
    difference: Estimate
    better_for: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A row's error as a multiple of a rival's: macro average over macro average."""

    task: Task
    row: str
    metric: str
    rival: str
    ratio: Estimate


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim and what came of it; ``text`` says what was asked for."""

    task: Task
    row: str
    text: str
    value: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """How many weights lay below, inside and above the intervals of a row."""

    below: int
    inside: int
    above: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that gave no lifter, or something to know of one that did."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation.

    Parameters
    ----------
    tasks : mapping
        ``{task: {row: {metric: Estimate}}}``, shares as fractions; NaN where no lifter has a
        case.
    rows : mapping
        ``{task: {row: RowNote}}``.
    lifters : tuple of LifterReport
        Each on its own.
    comparisons : tuple of Comparison
        Every row that is not naive against the best naive one, by metric.
    ratios : tuple of Ratio
        Errors of weights as multiples of the last weight's.
    aims : tuple of Aim
        What the lifter is shown by default against the aims.
    calibration : mapping
        ``{task: {row: bins}}`` of rows with scores.
    intervals : mapping of str to Sides
        By row of T3.
    excluded, notices : tuple of LeftOut
        Files that were not evaluated, and what is to be known of those that were.
    warnings : tuple of str
        What stands against taking the figures at their face value.
    settings : mapping
        Seed, resamples, versions.
    """

    tasks: Mapping[Task, Mapping[str, Mapping[str, Estimate]]]
    rows: Mapping[Task, Mapping[str, RowNote]]
    lifters: tuple[LifterReport, ...]
    comparisons: tuple[Comparison, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    aims: tuple[Aim, ...] = ()
    calibration: Mapping[Task, Mapping[str, tuple[Bin, ...]]] = field(default_factory=dict)
    intervals: Mapping[str, Sides] = field(default_factory=dict)
    excluded: tuple[LeftOut, ...] = ()
    notices: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    settings: Mapping[str, str | int | float] = field(default_factory=dict)

    def comparison(self, task: Task, row: str, metric: str) -> Comparison | None:
        """Return a row's comparison with the best naive one."""
        found = (c for c in self.comparisons if (c.task, c.row, c.metric) == (task, row, metric))
        return next(found, None)


TITLES: Mapping[Task, str] = {
    "T1": "Next exercise",
    "T2": "Today's session",
    "T3": "Next working weight",
    "T4": "Exercises never done before",
    "T5": "Safety of weights",
    "cold": "Next exercise, new lifters",
}

NOTES: Mapping[Task, tuple[str, ...]] = {
    "T1": (
        (
            "After ten sessions (a session is a local day): given what was done today so far, "
            "which exercise follows. Repeats within a session do not count."
        ),
    ),
    "T2": ("At the start of a session, without its name: which exercises it will hold.",),
    "T3": (
        (
            "The heaviest completed set of an exercise on a day, warm-ups and drop sets apart, "
            "after three days with the exercise; a day without a load, then or among the three "
            "before, is no case."
        ),
        (
            'Rows "with planned reps" are given the repetitions that were then done: an oracle '
            "for the plan, since no log holds one."
        ),
        (
            "No answer counts as an error of 100 %. The interval's width is a share of the last "
            "weight."
        ),
    ),
    "T4": (
        (
            "The questions of T1 whose answer the lifter had never done before, ranked among such "
            "exercises only. An exercise of the lifter's own naming cannot be listed before it "
            'exists: it counts as missed, and is left out under "catalogue only".'
        ),
    ),
    "cold": (
        (
            "The questions of T1 in the second to the tenth session: with hardly a log, what do "
            "others tell of a lifter?"
        ),
    ),
    "T5": (
        (
            "Unsafe: more than 10 % above what was done, or failed, which is: done at this weight "
            "or less for fewer repetitions than both the suggestion and the last time asked for."
        ),
    ),
}
"""How each task is asked; stands beside its figures in every report."""
