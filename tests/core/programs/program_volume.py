"""Hard sets that a program asks for, counted as the engine counts them."""

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.vocabulary import STRENGTH_GROUPS, Category

HARD_RPE = 6.5
"""Below this effort a set is no hard set; one without a stated effort is."""

HARD_PERCENT = 0.5


def is_hard(group):
    if group.seconds is not None and group.seconds >= 300:
        return False  # cardio
    if group.percent is not None:
        return group.percent >= HARD_PERCENT
    return group.rpe is None or group.rpe >= HARD_RPE


def weekly_sets(sessions, *, weeks, direct_only=False):
    """Mean hard sets a week per strength group: secondary groups by half."""
    catalogue = Catalogue.bundled()
    totals = dict.fromkeys(STRENGTH_GROUPS, 0.0)
    for session in sessions:
        for item in session.exercises:
            exercise = catalogue.get(item.exercise_id)
            if exercise.category == Category.CARDIO:
                continue
            hard = sum(g.count for g in item.groups if is_hard(g))
            if exercise.muscle_group in totals:
                totals[exercise.muscle_group] += hard
            for group in () if direct_only else exercise.secondary_muscles:
                totals[group] += hard / 2
    return {group: total / weeks for group, total in totals.items()}
