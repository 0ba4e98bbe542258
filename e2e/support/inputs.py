"""Files that a lifter brings: made by the tests, so that every number in them is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import FilePayload

HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
    "Notes,Workout Notes,RPE"
)

TIMEZONE = "Europe/Berlin"
"""Where the browser is."""

PUSH = "2026-09-01 18:00:00,Push,51m,"
LEGS = "2026-09-03 18:00:00,Legs,1h 5m,Squat (Barbell)"

# Two workouts with 13 sets. 225 and 275 are a bar with pairs of 45 lb and 25 lb plates.
STRONG_ROWS = (
    f"{PUSH}Bench Press (Barbell),W,45,10,0,0,,,",
    f"{PUSH}Bench Press (Barbell),1,185,5,0,0,,,8",
    f"{PUSH}Bench Press (Barbell),Rest Timer,0,0,0,120,,,",  # line 4 of the file
    f"{PUSH}Bench Press (Barbell),2,185,many,0,0,,,",  # line 5
    f"{PUSH}Uncle Bob Press,1,35,10,0,0,,,",
    *(f"{LEGS},{n},225,5,0,0,,," for n in range(1, 6)),
    *(f"{LEGS},{n},275,3,0,0,,," for n in range(6, 11)),
)
KILOGRAM_ROWS = tuple(f"{LEGS},{n},102.5,5,0,0,,," for n in range(1, 12))


def strong_csv(*rows: str, name: str = "strong.csv") -> FilePayload:
    """Return an export of Strong with these rows."""
    text = "\n".join((HEADER, *rows)) + "\n"
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def app_state(state: dict[str, Any], name: str = "voltlift.json") -> FilePayload:
    """Return an export of the app."""
    text = json.dumps({"state": state, "version": 1})
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def noon(days_ago: int) -> float:
    """Return how many days ago it was noon of a day where the browser is.

    For workouts that have to be on one day: hours before now may lie on two.
    """
    now = datetime.now(ZoneInfo(TIMEZONE))
    then = now.replace(hour=12, minute=0, second=0) - timedelta(days=days_ago)
    return (now.astimezone(UTC) - then.astimezone(UTC)) / timedelta(days=1)


def session(
    id_: str, *, days_ago: float, exercise: str, weight: float | str, reps: int = 8, **other: Any
) -> dict[str, Any]:
    """Return a finished workout with three equal sets of one exercise, in kilograms."""
    start = datetime.now(UTC) - timedelta(days=days_ago)
    epoch_ms = int(start.timestamp() * 1000)
    sets = [
        {"id": f"{id_}-{n}", "reps": reps, "weight": weight, "type": "N", "completed": True}
        for n in range(3)
    ]
    return {
        "id": id_,
        "name": "Workout",
        "startTime": epoch_ms,
        "endTime": epoch_ms + 3_600_000,
        "status": "completed",
        "unit": "kg",
        "logs": [{"id": f"{id_}-log", "exerciseId": exercise, "sets": sets}],
        **other,
    }


def hevy_csv(*rows: str, name: str = "hevy.csv") -> FilePayload:
    """Return an export of Hevy with these rows."""
    header = (
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
        "set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
    )
    text = "\n".join((header, *rows)) + "\n"
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def many_sessions(count: int, *, every_days: float = 2, sets: int = 3) -> list[dict[str, Any]]:
    """Return a long history: workouts that alternate between three lifts."""
    lifts = ("barbell-bench-press", "barbell-squat", "barbell-deadlift")
    history = []
    for n in range(count):
        entry = session(
            f"many-{n}",
            days_ago=1 + n * every_days,
            exercise=lifts[n % 3],
            weight=60 + n % 40,
            name=f"Day {count - n}",
        )
        log = entry["logs"][0]
        log["sets"] = [log["sets"][0] | {"id": f"many-{n}-{k}"} for k in range(sets)]
        history.append(entry)
    return history


DAYS: dict[str, tuple[tuple[str, float], ...]] = {
    "Push": (
        ("Bench Press (Barbell)", 60),
        ("Overhead Press (Barbell)", 35),
        ("Triceps Pushdown (Cable)", 20),
        ("Uncle Bob Press", 25),
    ),
    "Pull": (
        ("Deadlift (Barbell)", 90),
        ("Lat Pulldown (Cable)", 45),
        ("Bicep Curl (Dumbbell)", 10),
    ),
    "Legs": (
        ("Squat (Barbell)", 75),
        ("Leg Press", 110),
        ("Leg Extension (Machine)", 35),
        ("Wall Thing", 0),
    ),
}
"""Weights of the first week, in kilograms."""


def years_of_training(workouts: int = 420) -> FilePayload:
    """Return an export of Strong as somebody has it who trained three times a week."""
    rows = []
    last = datetime.now(UTC).replace(hour=18, minute=5, second=0) - timedelta(days=2)
    for n in range(workouts):
        # A holiday in every half year.
        day = last - timedelta(days=round((workouts - 1 - n) * 7 / 3) + 16 * ((workouts - n) // 70))
        name, lifts = list(DAYS.items())[n % 3]
        for lift, weight in lifts:
            gained = weight and 2.5 * round((weight / 4 + (n**0.62) * weight / 75) / 2.5)
            rows += [
                f"{day:%Y-%m-%d %H:%M:%S},{name},58m,{lift},{k + 1},{weight + gained},"
                f"{8 - k if n % 4 else 10 - k},0,0,,,{7 + k if n % 2 else ''}"
                for k in range(3)
            ]
    return strong_csv(*rows)
