"""App states of lifters made by hand, and the question put to the public engine."""

from __future__ import annotations

import datetime as dt
from typing import Any

from voltlift_core import Engine, IngestRequest, SuggestLoadRequest, SuggestLoadResponse

NOW = 1_790_000_000_000
DAY = 86_400_000
BENCH = "barbell-bench-press"
UNITS = ("lbs", "kg")

# A set: weight, reps, and the RPE where it is known.
Set = tuple[float, ...]


def straight(weight: float, reps: int, rpe: float | None = None, sets: int = 3) -> list[Set]:
    return [(weight, reps) if rpe is None else (weight, reps, rpe)] * sets


def session(
    days_ago: float, *logs: tuple[str, list[Set]], now: int = NOW, **set_fields: Any
) -> dict[str, Any]:
    return {
        "id": f"s{days_ago}",
        "status": "completed",
        "startTime": int(now - days_ago * DAY),
        "endTime": int(now - days_ago * DAY) + 3_600_000,
        "logs": [
            {
                "id": f"l{place}",
                "exerciseId": exercise,
                "sets": [
                    {
                        "id": f"x{i}",
                        "weight": weight,
                        "reps": reps,
                        "type": "N",
                        "completed": True,
                        **({"rpe": rest[0]} if rest else {}),
                        **set_fields,
                    }
                    for i, (weight, reps, *rest) in enumerate(sets)
                ],
            }
            for place, (exercise, sets) in enumerate(logs)
        ],
    }


def state(
    *history: dict[str, Any],
    unit: str = "kg",
    daily: dict[int, dict[str, Any]] | None = None,
    **settings: Any,
) -> dict[str, Any]:
    """Return an app state; ``daily`` is keyed by days ago."""

    def date(ago: int) -> str:
        return str((dt.datetime.fromtimestamp(NOW / 1000, dt.UTC) - dt.timedelta(days=ago)).date())

    return {
        "settings": {"units": unit, **settings},
        "history": list(history),
        "dailyLogs": {date(ago): {"date": date(ago), **log} for ago, log in (daily or {}).items()},
    }


def bench(*days: tuple[float, list[Set]], exercise: str = BENCH, **changes: Any) -> dict[str, Any]:
    """Return the state of who did one exercise: ``(days ago, sets)``."""
    return state(*(session(ago, (exercise, sets)) for ago, sets in days), **changes)


async def engine_of(app_state: dict[str, Any]) -> Engine:
    engine = await Engine.create()
    await engine.ingest(IngestRequest(state=app_state))
    return engine


async def ask(
    app_state: dict[str, Any], exercise: str = BENCH, now: int = NOW, **question: Any
) -> SuggestLoadResponse:
    engine = await engine_of(app_state)
    return await engine.suggest_load(SuggestLoadRequest(now=now, exercise_id=exercise, **question))


def codes(answer: SuggestLoadResponse) -> list[str]:
    return [reason.code for reason in answer.reasoning]
