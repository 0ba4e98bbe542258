"""User features: who the lifter is, what they want, how often they train."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core.domain.settings import DEFAULT_EQUIPMENT
from voltlift_core.domain.vocabulary import LEVELS, Equipment, Goal
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import ratio
from voltlift_core.features.spec import FEATURES, Scalar

_LOG = "history[].logs[].sets"
_TIMES = "history[].startTime"
GOALS = tuple(Goal)

# Settings


@FEATURES.scalar(
    "experienceLevel", "user", "level", (0, 2), default=0, source="settings.experienceLevel"
)
def experience_level(at: Moment) -> float:
    """Experience: 0 Beginner, 1 Intermediate, 2 Advanced."""
    return math.nan if at.settings.level is None else LEVELS.index(at.settings.level)


@FEATURES.scalar("goal", "user", "code", (0, 4), default=4, source="settings.goal.type")
def goal(at: Moment) -> float:
    """Goal: 0 Strength, 1 Hypertrophy, 2 Powerlifting, 3 Power-Building, 4 General Fitness."""
    return math.nan if at.settings.goal is None else GOALS.index(at.settings.goal)


def _has_goal(wanted: Goal) -> Scalar:
    def compute(at: Moment) -> float:
        return math.nan if at.settings.goal is None else float(at.settings.goal is wanted)

    return compute


for _goal in GOALS:
    FEATURES.scalar(
        "goal" + _goal.replace("-", "").replace(" ", ""),
        "user",
        "0/1",
        (0, 1),
        default=float(_goal is Goal.GENERAL_FITNESS),
        source="settings.goal.type",
        description=f"Whether the goal is {_goal}.",
    )(_has_goal(_goal))


@FEATURES.scalar(
    "bodyweight",
    "user",
    "kg",
    (30, 200),
    default=75,
    source="dailyLogs[].bodyweight, settings.bodyweight",
)
def bodyweight(at: Moment) -> float:
    """Bodyweight last logged within a year, else that of the settings."""
    return at.bodyweight_kg


@FEATURES.scalar("gender", "user", "0/1", (0, 1), default=0.5, source="settings.gender")
def gender(at: Moment) -> float:
    """Gender: 0 female, 1 male."""
    return {"female": 0.0, "male": 1.0}.get(at.settings.gender or "", math.nan)


@FEATURES.scalar(
    "targetDaysPerWeek", "user", "days", (1, 7), default=3, source="settings.goal.targetPerWeek"
)
def target_days_per_week(at: Moment) -> float:
    """Workouts a week that the lifter aims at."""
    days = at.settings.days_per_week
    return math.nan if days is None else days


@FEATURES.scalar("barWeight", "user", "kg", (5, 30), default=20, source="settings.barWeight")
def bar_weight(at: Moment) -> float:
    """Weight of the lifter's bar."""
    return math.nan if at.settings.bar_kg is None else at.settings.bar_kg


@FEATURES.scalar(
    "favouriteCount", "user", "exercises", (0, 50), default=0, source="settings.favoriteExercises"
)
def favourite_count(at: Moment) -> float:
    """Number of favourite exercises."""
    return len(at.settings.favourites)


@FEATURES.scalar(
    "recordCount", "user", "exercises", (0, 200), default=0, source="settings.personalRecords"
)
def record_count(at: Moment) -> float:
    """Number of exercises with a personal record in the settings."""
    return len(at.settings.personal_records_kg)


@FEATURES.scalar("programActive", "user", "0/1", (0, 1), default=0, source="settings.activeProgram")
def program_active(at: Moment) -> float:
    """Whether the lifter follows a program."""
    return float(at.settings.active_program is not None)


@FEATURES.scalar(
    "equipmentCount", "user", "kinds", (0, 15), default=5, source="settings.availableEquipment"
)
def equipment_count(at: Moment) -> float:
    """Kinds of equipment at hand."""
    return math.nan if at.settings.equipment is None else len(at.settings.equipment)


def _has(kind: Equipment) -> Scalar:
    def compute(at: Moment) -> float:
        return math.nan if at.settings.equipment is None else float(kind in at.settings.equipment)

    return compute


for _kind in (
    Equipment.BARBELL,
    Equipment.DUMBBELL,
    Equipment.MACHINE,
    Equipment.CABLE,
    Equipment.KETTLEBELL,
    Equipment.BAND,
):
    FEATURES.scalar(
        "has" + _kind.replace(" ", ""),
        "user",
        "0/1",
        (0, 1),
        default=float(_kind in DEFAULT_EQUIPMENT),
        source="settings.availableEquipment",
        description=f"Whether the lifter has this equipment: {_kind}.",
    )(_has(_kind))

# Frequency


@FEATURES.scalar("totalWorkouts", "user", "workouts", (0, 5000), default=0, source=_LOG)
def total_workouts(at: Moment) -> float:
    """Workouts with at least one working set."""
    return at.view.n_sessions


def _workouts(days: int) -> Scalar:
    def compute(at: Moment) -> float:
        window = at.sessions(days)
        return float(window.stop - window.start)

    return compute


for _days in (7, 30, 90):
    FEATURES.scalar(
        f"workoutsLast{_days}Days",
        "user",
        "workouts",
        (0, 2 * _days),
        default=0,
        source=_TIMES,
        description=f"Workouts in the last {_days} days.",
    )(_workouts(_days))


@FEATURES.scalar("trainingAge", "user", "days", (0, 11_000), default=0, source=_TIMES)
def training_age(at: Moment) -> float:
    """Days since the first workout in the log."""
    start = at.view.session("start_s")
    return (at.now_s - float(start[0])) / 86_400 if len(start) else math.nan


@FEATURES.scalar("avgRestDays", "user", "days", (0, 30), default=2, source=_TIMES)
def avg_rest_days(at: Moment) -> float:
    """Mean number of days off between training days of the last 90 days."""
    days = [day for day in at.training_days if day > at.local_day - 90]
    return (days[-1] - days[0]) / (len(days) - 1) - 1 if len(days) > 1 else math.nan


@FEATURES.scalar("longestBreak90d", "user", "days", (0, 90), default=0, source=_TIMES)
def longest_break(at: Moment) -> float:
    """Longest run of days without training, begun or ended in the last 90 days."""
    days = [day for day in at.training_days if day > at.local_day - 90]
    if not days:
        return math.nan
    gaps = np.diff(np.array([*days, at.local_day + 1])) - 1
    return float(gaps.max())


@FEATURES.scalar("consecutiveWorkoutDays", "user", "days", (0, 60), default=0, source=_TIMES)
def consecutive_workout_days(at: Moment) -> float:
    """Days in a row with a workout, up to today or yesterday."""
    days = set(at.training_days)
    day = at.local_day if at.local_day in days else at.local_day - 1
    count = 0
    while day in days:
        count, day = count + 1, day - 1
    return count


@FEATURES.scalar("weekStreak", "user", "weeks", (0, 400), default=0, source=_TIMES)
def week_streak(at: Moment) -> float:
    """Weeks in a row (from Monday) with a workout, up to this week or the last."""
    weeks = {(day + 3) // 7 for day in at.training_days}
    week = (at.local_day + 3) // 7
    week = week if week in weeks else week - 1
    count = 0
    while week in weeks:
        count, week = count + 1, week - 1
    return count


@FEATURES.scalar(
    "adherence30d",
    "user",
    "ratio",
    (0, 5),
    default=1,
    source="history[].startTime, settings.goal.targetPerWeek",
)
def adherence(at: Moment) -> float:
    """Workouts of the last 30 days over those aimed at; missing without a target."""
    target = at.settings.days_per_week
    if not target:
        return math.nan
    return _workouts(30)(at) / (target * 30 / 7)


@FEATURES.scalar("frequencyChange", "user", "ratio", (0, 20), default=1, source=_TIMES)
def frequency_change(at: Moment) -> float:
    """Workouts of the last 30 days over those of the 30 days before."""
    before = at.sessions(60, 30)
    return ratio(_workouts(30)(at), before.stop - before.start)
