"""Seeded inputs: histories of any length, 500 exercises, requests and changes."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from voltlift_core import encode
from voltlift_core.catalogue.catalogue import Catalogue, exercise_to_definition
from voltlift_samples import generated_catalogue, sample_state

Json: TypeAlias = dict[str, Any]

NOW = 1_767_225_600_000
"""2026-01-01T00:00Z; histories end shortly before."""

EXERCISES = max(500, len(Catalogue.bundled()))
"""The bundled catalogue, filled up to 500 where it is smaller."""

LIFTER = "advanced"
"""The sample lifter with about 20 sets in a workout."""

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often each thing is measured; ``warm_up`` requests come first and do not count."""

    requests: int
    warm_up: int
    changes: int
    ingestions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What both sides are given, as it crosses the wire.

    Parameters
    ----------
    catalogue : list
        The bundled exercises; the engine has them, the baseline is told.
    envelope : dict
        A whole app state. The exercises that the catalogue lacks to ``EXERCISES`` are the
        lifter's own ones in it, so that the engine gets them through its public door.
    requests : list
        Requests for recommendations. Moment and current workout differ from one to the
        next, so no answer can be an earlier one.
    changes : list
        Sessions of the history, each with a set added.
    services : list
        ``{name, method, wire, request}``: calls of the other services, which nothing plain
        is compared with; each kind is measured as often as there are ``requests``.
    ingestions, warm_up : int
        How often the state is taken in, and how many requests do not count.
    """

    catalogue: list[Json]
    envelope: Json
    requests: list[Json]
    changes: list[Json]
    services: list[Json]
    ingestions: int
    warm_up: int

    def write(self, path: Path) -> Path:
        """Write the plan as JSON for page and Node."""
        fields = {
            "catalogue": self.catalogue,
            "envelope": self.envelope,
            "requests": self.requests,
            "changes": self.changes,
            "services": self.services,
            "ingestions": self.ingestions,
            "warmUp": self.warm_up,
        }
        path.write_text(json.dumps(fields), encoding="utf-8")
        return path


def make_plan(workouts: int, counts: Counts, lifter: str = LIFTER) -> Plan:
    """Return the plan for a history of so many workouts; the same each time."""
    rng = random.Random(f"{lifter}/{workouts}")
    catalogue = generated_catalogue(EXERCISES)
    bundled = len(Catalogue.bundled())
    definitions: list[Any] = [encode(exercise_to_definition(e)) for e in catalogue.exercises]
    envelope: Json = json.loads(json.dumps(sample_state(lifter, now_ms=NOW, workouts=workouts)))
    envelope["state"]["customExercises"] = definitions[bundled:]
    ids = [exercise.id for exercise in catalogue.exercises]
    history = envelope["state"]["history"]
    trained = sorted({log["exerciseId"] for session in history for log in session["logs"]})
    count = counts.warm_up + counts.requests
    return Plan(
        catalogue=definitions[:bundled],
        envelope=envelope,
        requests=[_request(rng, ids, i) for i in range(count)],
        changes=[_changed(rng, history, i) for i in range(counts.changes)],
        services=[call for i in range(count) for call in _services(rng, trained, i)],
        ingestions=counts.ingestions,
        warm_up=counts.warm_up,
    )


def _request(rng: random.Random, ids: list[str], number: int) -> Json:
    now = NOW + rng.randrange(3 * DAY_MS)
    logs = [
        {
            "id": f"log-{i}",
            "exerciseId": exercise,
            "sets": [_set(rng, f"set-{i}-{j}") for j in range(rng.randrange(1, 5))],
        }
        for i, exercise in enumerate(rng.sample(ids, number % 6))
    ]
    start = now - 600_000 * (1 + len(logs))
    session = {"id": f"current-{number}", "startTime": start, "logs": logs}
    return {"now": now, "utcOffsetMinutes": 60, "session": session}


def _services(rng: random.Random, trained: list[str], number: int) -> list[Json]:
    """Return one call of each of the other services, as of a moment of its own."""
    moment = {"now": NOW + rng.randrange(3 * DAY_MS), "utcOffsetMinutes": 60}
    exercise = {**moment, "exerciseId": trained[number % len(trained)]}
    calls = {
        "suggest load": ("suggestLoad", {**exercise, "warmUps": number % 2 == 0}),
        "recommend programs": ("recommendPrograms", {**moment, "daysPerWeek": 2 + number % 5}),
        "substitute": ("substitute", exercise),
        "readiness": ("readiness", moment),
        "insights": ("insights", moment),
    }
    return [
        {"name": name, "method": method, "wire": snake_case(method), "request": request}
        for name, (method, request) in calls.items()
    ]


def snake_case(name: str) -> str:
    """Return a method's name as Python spells it.

    Examples
    --------
    >>> snake_case("suggestLoad")
    'suggest_load'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _changed(rng: random.Random, history: list[Json], number: int) -> Json:
    """Return the newest session (every other time) or any other one with one more set."""
    index = 0 if number % 2 == 0 else rng.randrange(len(history))
    session = copy.deepcopy(history[index])
    sets = session["logs"][rng.randrange(len(session["logs"]))]["sets"]
    sets.append(_set(rng, f"added-{number}"))
    return session


def _set(rng: random.Random, id_: str) -> Json:
    return {
        "id": id_,
        "reps": rng.randrange(5, 13),
        "weight": 2.5 * rng.randrange(4, 40),
        "rpe": rng.randrange(12, 20) / 2,
        "type": "N",
        "completed": rng.random() < 0.9,
    }
