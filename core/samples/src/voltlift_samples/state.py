"""App states of sample lifters."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_samples.plans import LIFTERS, Lifter
from voltlift_samples.training import Lift, Slot, noise

AppState: TypeAlias = dict[str, object]

_DAY_S = 86_400
MAX_WORKOUTS = 10_000
DIARY_DAYS = 730
"""Most days for which a diary is kept."""


def sample_state(
    name: str,
    *,
    now_ms: int,
    utc_offset_minutes: int = 0,
    workouts: int | None = None,
    seed: int = 7,
) -> AppState:
    """Return the app state of a made-up lifter, the same on every platform.

    The history has plans that fit the lifter, progress with stalls and setbacks, warm-ups,
    missed sets, workouts cut short, days skipped and weeks off. It ends one to three days
    before ``now_ms``.

    Parameters
    ----------
    name : str
        One of ``LIFTERS``.
    now_ms : int
        The moment to end before, epoch milliseconds.
    utc_offset_minutes : int
        Offset of the lifter's clock.
    workouts : int, optional
        Length of the history; by default that of the lifter.
    seed : int
        Other seeds give other histories.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is no lifter of this name, or ``workouts`` is out of range.

    Examples
    --------
    >>> state = sample_state("dumbbell", now_ms=1_767_225_600_000, workouts=3)
    >>> [session["name"] for session in state["state"]["history"]]
    ['Pull', 'Legs', 'Push']
    """
    lifter = LIFTERS.get(name)
    if lifter is None:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is no such sample lifter",
            path="$.name",
            expected="one of " + ", ".join(LIFTERS),
            received=repr(name),
        )
    count = lifter.workouts if workouts is None else workouts
    if not 0 <= count <= MAX_WORKOUTS:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "no sample lifter has a history of this length",
            path="$.workouts",
            expected=f"an integer from 0 to {MAX_WORKOUTS}",
            received=str(count),
        )
    rng = random.Random(f"{name}/{seed}")
    today = (now_ms // 1000 + utc_offset_minutes * 60) // _DAY_S
    days = _training_days(lifter, today, count, rng)
    history, lifts = _train(name, lifter, days, utc_offset_minutes, rng)
    settings = {**lifter.settings, "personalRecords": _records(lifts)}
    return {
        "state": {
            "settings": settings,
            "history": history[::-1],
            "activeWorkout": None,
            "dailyLogs": _diary(lifter, set(days), days[0] if days else today, today, rng),
            "templates": [],
            "programs": [],
            "customExercises": [],
        },
        "version": 1,
    }


def _training_days(lifter: Lifter, today: int, count: int, rng: random.Random) -> list[int]:
    """Return local days since 1970, ascending; walked backwards from yesterday."""
    days: list[int] = []
    day = today - 1
    while len(days) < count:
        # 1970-01-01 was a Thursday.
        due = (day + 3) % 7 in lifter.weekdays
        if due and (not days or rng.random() >= lifter.skips):
            days.append(day)
            if rng.random() < lifter.layoffs:
                day -= 14 + rng.randrange(15)
        elif not due and days and rng.random() < 0.03:
            days.append(day)
        day -= 1
    return days[::-1]


def _train(
    name: str, lifter: Lifter, days: list[int], offset: int, rng: random.Random
) -> tuple[list[dict[str, object]], dict[str, Lift]]:
    catalogue = Catalogue.bundled()
    plan = [(title, [Slot.read(line) for line in lines]) for title, lines in lifter.days.items()]
    unit = str(lifter.settings["units"])
    lifts: dict[str, Lift] = {}
    history: list[dict[str, object]] = []
    previous = days[0] if days else 0
    for index, day in enumerate(days):
        title, slots = plan[index % len(plan)]
        form = 1.0 + noise(rng, 0.015) - (0.04 if day - previous > 13 else 0.0)
        previous = day
        id_ = f"sample-{name}-{index + 1}"
        minute = lifter.hour * 60 + int(noise(rng, 45))
        start = day * _DAY_S + (minute - offset) * 60
        order = list(slots)
        if rng.random() < 0.15:
            swap = 1 + rng.randrange(len(order) - 1)
            order[swap - 1], order[swap] = order[swap], order[swap - 1]
        cut_short = rng.random() < 0.05
        logs: list[dict[str, object]] = []
        for number, slot in enumerate(order):
            # Exercises of a slot take turns every ten weeks or so.
            turn = index // (10 * len(lifter.weekdays)) + (rng.random() < 0.05)
            exercise = slot.exercises[turn % len(slot.exercises)]
            if exercise not in lifts:
                known = catalogue.exercises[catalogue.index[exercise]]
                lifts[exercise] = Lift.begin(
                    slot, known.equipment, known.category, unit, lifter.gain
                )
            sets = lifts[exercise].work_out(rng, form, lifter.effort_logged)
            if cut_short and number == len(order) - 1:
                sets = [{**item, "completed": False} for item in sets]
            for position, item in enumerate(sets):
                item["id"] = f"{id_}-{number}-{position}"
            logs.append({"id": f"{id_}-{number}", "exerciseId": exercise, "sets": sets})
        minutes = 12 + 3 * sum(slot.sets for slot in order)
        session: dict[str, object] = {
            "id": id_,
            "name": title,
            "startTime": start * 1000,
            "endTime": (start + (minutes + int(noise(rng, 6))) * 60) * 1000,
            "status": "completed",
            "logs": logs,
        }
        if rng.random() < 0.03:
            del session["endTime"]
        history.append(session)
    return history, lifts


def _records(lifts: dict[str, Lift]) -> dict[str, object]:
    return {
        exercise: {"records": [], "bestWeight": {"value": lift.best[0], "reps": lift.best[1]}}
        for exercise, lift in lifts.items()
        if lift.best[0]
    }


def _diary(
    lifter: Lifter, trained: set[int], first: int, today: int, rng: random.Random
) -> dict[str, dict[str, object]]:
    weight = lifter.settings.get("bodyweight")
    start = float(weight) if isinstance(weight, int | float) else 75.0
    diary: dict[str, dict[str, object]] = {}
    strain, length = 0.0, min(today - first, DIARY_DAYS)
    for day in range(today - length, today + 1) if lifter.diary else ():
        strain = 0.6 * strain + (day - 1 in trained)
        sleep = min(max(7.2 + noise(rng, 0.9), 3.5), 10.5)
        rest = (sleep - 7) * 0.6 - 0.5 * strain
        readings: dict[str, object] = {
            "sleepHours": round(sleep * 4) / 4,
            "sleepQuality": _scale(3 + (sleep - 7) + noise(rng, 0.5)),
            "stressLevel": _scale(2.5 + noise(rng, 0.9)),
            "muscleSoreness": _scale(1.5 + strain + noise(rng, 0.6)),
            "perceivedRecovery": _scale(3.5 + rest + noise(rng, 0.6)),
            "perceivedEnergy": _scale(3.4 + 0.7 * rest + noise(rng, 0.7)),
            "bodyweight": round(start * (1 + 0.02 * (day - today) / DIARY_DAYS), 1)
            + round(noise(rng, 0.5), 1),
            "hrv": round(62 + 6 * rest + noise(rng, 6)),
            "restingHR": round(56 - 2 * rest + noise(rng, 2.5)),
            "proteinGrams": round(125 + noise(rng, 25)),
            "waterLitres": round(2.3 + noise(rng, 0.5), 1),
        }
        if day in trained:
            readings |= {
                "workoutDifficulty": _scale(3.3 - 0.5 * rest + noise(rng, 0.6)),
                "workoutSatisfaction": _scale(3.7 + 0.4 * rest + noise(rng, 0.7)),
                "hadPainOrDiscomfort": rng.random() < 0.08,
            }
        kept: dict[str, object] = {
            field: value
            for field, value in readings.items()
            if rng.random() < lifter.diary.get(field, 0.0)
        }
        if kept:
            date = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat()
            diary[date] = {"date": date, **kept}
    return diary


def _scale(value: float) -> int:
    return min(max(round(value), 1), 5)
