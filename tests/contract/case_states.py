"""Requests and app states that the golden cases are made of."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

NOW = 1_790_000_000_000
"""21 September 2026, 14:13:20 UTC."""

DAY = 86_400_000
HOUR = 3_600_000


def ask(method: str = "recommend_exercises", **request: Any) -> Json:
    """Return a call as of now, an hour east of Greenwich."""
    return {"method": method, "request": {"now": NOW, "utcOffsetMinutes": 60, **request}}


def session(*exercise_ids: str, sets: list[Json] | None = None) -> Json:
    """Return the workout going on, with the same sets of each exercise."""
    sets = sets or [{"id": "s1", "reps": 8, "weight": 60.0, "rpe": 7.5}]
    logs = [{"id": f"l{i}", "exerciseId": e, "sets": sets} for i, e in enumerate(exercise_ids)]
    return {"id": "now", "startTime": NOW - 600_000, "logs": logs}


def workout(id_: str, days_ago: float, exercise_id: str, sets: list[Json], **fields: Any) -> Json:
    """Return a completed workout of one exercise."""
    start = int(NOW - days_ago * DAY)
    return {
        "id": id_,
        "name": id_,
        "startTime": start,
        "endTime": start + HOUR,
        "status": "completed",
        "logs": [{"id": f"{id_}-l", "exerciseId": exercise_id, "sets": sets}],
        **fields,
    }


def sets(count: int, weight: float | str = 100, reps: int = 5, **fields: Any) -> list[Json]:
    """Return a number of equal sets."""
    row = {"reps": reps, "weight": weight, "type": "N", "completed": True, **fields}
    return [{"id": f"s{i}", **row} for i in range(count)]


def state(*history: Json, sleep: float | None = None, **settings: Any) -> Json:
    """Return an app state; ``sleep`` is that of the last night, in hours."""
    day = "2026-09-21"
    daily = {} if sleep is None else {day: {"date": day, "sleepHours": sleep}}
    return {"settings": settings, "history": list(history), "dailyLogs": daily}
