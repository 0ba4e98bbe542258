"""Habit: what a lifter is likely to do now, learned from the order of the own log."""

from voltlift_learned.habit.features import (
    FEATURES,
    NEXT_FEATURES,
    SESSION_FEATURES,
    HabitFeatures,
    direction,
    habit_features,
)
from voltlift_learned.habit.known import Known
from voltlift_learned.habit.past import HabitPast

__all__ = [
    "FEATURES",
    "NEXT_FEATURES",
    "SESSION_FEATURES",
    "HabitFeatures",
    "HabitPast",
    "Known",
    "direction",
    "habit_features",
]
