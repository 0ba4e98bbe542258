"""A lifter's log as an app state again: what the public engine takes in."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core import Json
from voltlift_models.corpus import Lifter

_TYPES = ("N", "W", "D", "F")
_SET = ("entry", "exercise", "load_kg", "reps", "rpe", "kind", "completed", "seconds")


def app_state_of(lifter: Lifter) -> Json:
    """Return the app state whose log equals the lifter's, set by set.

    Weights are in kilograms, whatever the unit of the settings, so that they come back to
    the last bit.
    """
    log = lifter.state.log
    starts = np.searchsorted(log.rows["session"], np.arange(log.n_sessions + 1)).tolist()
    sets = list(zip(*(log.rows[name].tolist() for name in _SET), strict=True))
    names = ("start_s", "end_s", "utc_offset", "time_known")
    sessions = zip(*(log.sessions[name].tolist() for name in names), strict=True)
    history: list[Json] = []
    for at, (start_s, end_s, utc_offset, time_known) in enumerate(sessions):
        logs: dict[int, dict[str, Json]] = {}
        for entry, exercise, *values in sets[starts[at] : starts[at + 1]]:
            id_ = log.exercise_ids[exercise]
            mine = logs.setdefault(entry, {"id": f"{at}-{entry}", "exerciseId": id_, "sets": []})[
                "sets"
            ]
            assert isinstance(mine, list)
            mine.append(_set(f"{at}-{entry}-{len(mine)}", *values))
        history.append(
            {
                "id": log.session_ids[at],
                "name": "",
                "startTime": round(start_s * 1000),
                "endTime": None if math.isnan(end_s) else round(end_s * 1000),
                "logs": list(logs.values()),
                "status": "completed",
                "unit": "kg",
                "utcOffsetMinutes": utc_offset,
                "timeKnown": time_known,
            }
        )
    documents = lifter.state.documents
    return {
        "settings": documents.get("settings", {"units": lifter.state.settings.unit.value}),
        "dailyLogs": documents.get("dailyLogs", {}),
        "customExercises": documents.get("customExercises", []),
        "history": history,
    }


def _set(
    id_: str, kg: float, reps: int, rpe: float, kind: int, completed: bool, seconds: float
) -> Json:
    return {
        "id": id_,
        "weight": None if math.isnan(kg) else kg,
        "reps": reps,
        "rpe": None if math.isnan(rpe) else rpe,
        "type": _TYPES[kind],
        "completed": completed,
        "seconds": None if math.isnan(seconds) else seconds,
    }
