"""Small programs for tests."""

import json

from voltlift_coach.programs.library import Library

SCORING = {
    "goal": 30,
    "compatibleGoal": 20,
    "compatible": {"Strength": ["Powerlifting"]},
    "level": [25, 15, 5],
    "frequency": 20,
    "frequencyPerDay": -5,
    "equipment": 15,
    "new": 10,
    "doneBefore": 2,
}


def program_json(**changes):
    return {
        "id": "test",
        "name": "Test",
        "description": "A test.",
        "goal": "Strength",
        "level": "Beginner",
        "split": "Full Body",
        "weeks": 4,
        "rule": "linear",
        "weekly": {"2": []},
        "days": {"A": ["barbell-squat 3x5"], "B": ["barbell-bench-press 3x5"]},
        **changes,
    }


def library(*programs, schemes=None):
    """A library of programs with these changes to the small one."""
    content = {
        "version": "programs/test",
        "scoring": SCORING,
        "schemes": schemes or {},
        "programs": [program_json(**changes) for changes in programs or ({},)],
    }
    return Library(json.dumps(content))
