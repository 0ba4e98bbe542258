"""Lifters written by hand, for tests of the evaluation."""

from __future__ import annotations

from voltlift_models.corpus import Lifter, Source

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


def lifter_of(*sessions, name="me", units="kg", custom=(), simulated=False, sha256=""):
    state = {
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
    source = Source(f"{name}.csv", sha256 or name.ljust(64, "0"), "MIT", simulated=simulated)
    return Lifter.of_app_state(name, state, source)


def routine(n_days, *plan, name="me", gap=2, **options):
    """Return a lifter who repeats the days of a plan, each a list of exercise ids."""
    sessions = [
        workout(at * gap, *((id_, [(60, 8)]) for id_ in plan[at % len(plan)]))
        for at in range(n_days)
    ]
    return lifter_of(*sessions, name=name, **options)
