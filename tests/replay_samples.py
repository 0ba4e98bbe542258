"""Logs written by hand, for tests of questions about the past."""

from __future__ import annotations

from voltlift_core import EngineState, IngestRequest, take_in

BENCH, SQUAT, ROW = "barbell-bench-press", "barbell-squat", "barbell-row"
CURL, DEADLIFT, PLANK = "dumbbell-curl", "barbell-deadlift", "plank"
MS_PER_DAY = 86_400_000
FIRST_DAY = 19_700
"""A Thursday in 2023, as days since 1970-01-01."""


def one_set(kg, reps, **others):
    return {"weight": kg, "reps": reps, "completed": True, "type": "N", **others}


def workout(day, *exercises, hour=18, unit="kg", offset=0):
    """Return a session: exercises as (id, sets), a set as (kg, reps) or a dict."""
    logs = [
        {
            "id": f"{day}-{hour}-{at}",
            "exerciseId": id_,
            "sets": [item if isinstance(item, dict) else one_set(*item) for item in sets],
        }
        for at, (id_, sets) in enumerate(exercises)
    ]
    return {
        "id": f"{day}-{hour}",
        "name": "",
        "startTime": (FIRST_DAY + day) * MS_PER_DAY + hour * 3_600_000 - offset * 60_000,
        "logs": logs,
        "status": "completed",
        "unit": unit,
        "utcOffsetMinutes": offset,
    }


def app_state(*sessions, units="kg", custom=()):
    return {
        "settings": {"units": units},
        "history": list(sessions),
        "customExercises": [
            {
                "id": id_,
                "name": id_,
                "muscleGroup": "Chest",
                "equipment": "Machine",
                "category": "Machine",
            }
            for id_ in custom
        ],
    }


def state_of(*sessions, **options):
    """Return the revision of an app state."""
    return take_in(EngineState(), IngestRequest(state=app_state(*sessions, **options))).state


def days_of(n_days, *plan, gap=2):
    """Return sessions that repeat the days of a plan, each a list of exercise ids."""
    return [
        workout(at * gap, *((id_, [(60, 8)]) for id_ in plan[at % len(plan)]))
        for at in range(n_days)
    ]
