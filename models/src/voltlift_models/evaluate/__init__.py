"""How good recommendations are on real lifters' logs: tasks T1 to T5, rows, reports."""

from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.engine_rows import PortsFor
from voltlift_models.evaluate.harness import Progress, evaluate
from voltlift_models.evaluate.moments import (
    TASKS,
    LoadCase,
    LoadMoment,
    Moment,
    RankCase,
    Replay,
    Task,
)
from voltlift_models.evaluate.report import Report
from voltlift_models.evaluate.rows import Guess, LoadRow, Ranked, RankRow

__all__ = [
    "TASKS",
    "Estimate",
    "Guess",
    "LoadCase",
    "LoadMoment",
    "LoadRow",
    "Moment",
    "PortsFor",
    "Progress",
    "RankCase",
    "RankRow",
    "Ranked",
    "Replay",
    "Report",
    "Task",
    "evaluate",
]
