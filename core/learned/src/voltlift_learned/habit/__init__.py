"""Habit: what a lifter is likely to do now, learned from the order of the own log."""

from voltlift_learned.habit.features import (
    FEATURES,
    NEXT_FEATURES,
    SESSION_FEATURES,
    HabitFeatures,
    Task,
    direction,
    habit_features,
    new_candidates,
)
from voltlift_learned.habit.known import Known
from voltlift_learned.habit.past import HabitPast
from voltlift_learned.habit.points import habit_points
from voltlift_learned.habit.reasons import HabitReason, habit_reasons

__all__ = [
    "FEATURES",
    "NEXT_FEATURES",
    "SESSION_FEATURES",
    "HabitFeatures",
    "HabitPast",
    "HabitReason",
    "Known",
    "Task",
    "direction",
    "habit_features",
    "habit_points",
    "habit_reasons",
    "new_candidates",
]
