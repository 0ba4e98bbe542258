"""Builders of records and app-state JSON for the history tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from voltlift_core.history.records import SessionRecord, SetRecord

DAY_MS = 86_400_000
START_MS = 1_700_000_000_000


def set_json(**changes: Any) -> dict[str, Any]:
    base = {"id": "set", "reps": 8, "weight": 60, "type": "N", "completed": True}
    return {**base, **changes}


def log_json(*sets: Any, exercise: Any = "barbell-bench-press") -> dict[str, Any]:
    return {"id": "log", "exerciseId": exercise, "sets": list(sets)}


def session_json(id_: Any = "a", *logs: Any, **changes: Any) -> dict[str, Any]:
    base = {
        "id": id_,
        "name": "Workout",
        "startTime": START_MS,
        "endTime": START_MS + 3_600_000,
        "status": "completed",
        "logs": list(logs),
    }
    return {**base, **changes}


def state_json(*history: Any, settings: Any = None, **changes: Any) -> dict[str, Any]:
    base = {
        "settings": {"units": "kg"} if settings is None else settings,
        "history": list(history),
        "dailyLogs": {},
        "customExercises": [],
    }
    return {"state": {**base, **changes}, "version": 1}


# float32 columns give back exactly what float32 can hold.
_small = st.floats(0, 200, width=32)
sets = st.builds(
    SetRecord,
    exercise_id=st.sampled_from(["squat", "bench", "row", "custom-1", "kniebeuge ü"]),
    entry=st.integers(0, 5),
    load_kg=st.floats(0, 500) | st.just(float("nan")),
    reps=st.integers(0, 30),
    rpe=st.sampled_from([6.0, 7.5, 8.0, 10.0]) | st.just(float("nan")),
    kind=st.integers(0, 3),
    completed=st.booleans(),
    seconds=_small | st.just(float("nan")),
)

records = st.builds(
    SessionRecord,
    id=st.sampled_from([f"s{i}" for i in range(12)]),
    # Few moments, so that equal start times are common.
    start_s=st.integers(0, 6).map(lambda day: 1e9 + day * 86_400.0),
    end_s=st.just(float("nan")) | st.just(1.8e9),
    utc_offset=st.sampled_from([0, 60, -300, 345]),
    time_known=st.booleans(),
    sets=st.lists(sets, max_size=4).map(tuple),
    content_hash=st.sampled_from(["", "x", "y"]),
    unit_stated=st.booleans(),
)
