"""How good recommendations are on real lifters' logs: tasks T1 to T5, rows, reports."""

from voltlift_models.evaluate.averages import Estimate
from voltlift_models.evaluate.engine_rows import PortsFor
from voltlift_models.evaluate.harness import Progress, evaluate
from voltlift_models.evaluate.report import Report
from voltlift_models.evaluate.rows import LoadRow, RankRow
from voltlift_replay.answers import Guess, Ranked
from voltlift_replay.moments import LoadCase, LoadMoment, Moment, RankCase
from voltlift_replay.questions import TASKS, Replay, Task

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
