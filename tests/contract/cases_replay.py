"""Golden cases: how suggestions would have predicted a lifter's own training."""

from __future__ import annotations

from case_states import DAY, HOUR, NOW, Json, ask, sets, state

PLAN = (
    ("barbell-bench-press", "barbell-row", "dumbbell-curl"),
    ("barbell-squat", "romanian-deadlift"),
)


def day(at: int) -> Json:
    """Return the workout of a day of two in turn; weights go up every fourth time."""
    start = NOW - (40 - 2 * at) * DAY
    kg = 60 + 2.5 * (at // 8)
    exercises = PLAN[at % 2][:: -1 if at == 13 else 1]
    return {
        "id": f"day-{at}",
        "name": "",
        "startTime": start,
        "endTime": start + HOUR,
        "status": "completed",
        "unit": "kg",
        "utcOffsetMinutes": 60,
        "logs": [
            {"id": f"{at}-{place}", "exerciseId": id_, "sets": sets(2, kg, 8)}
            for place, id_ in enumerate(exercises)
        ],
    }


HISTORY = [day(at) for at in range(16)]

CASES = {
    "replay": {
        "state": state(*HISTORY, units="kg"),
        "calls": [
            ask("replay", questions=8),
            ask("replay", now=NOW - 20 * DAY, questions=100),
        ],
    },
    "replay-short-log": {
        "state": state(*HISTORY[:2], units="lbs"),
        "calls": [ask("replay"), ask("replay", questions=0), ask("replay", questions=2001)],
    },
}
