"""Write the golden cases: ``python tests/contract/write_cases.py``, then read the diff.

Only run it when the contract or a rule changed on purpose; every changed number in the
diff has to be explained by that change.
"""

from __future__ import annotations

import asyncio
import json

from golden import CASES, run

from voltlift_bridge import Dispatcher

NOW = 1_790_000_000_000
DAY = 86_400_000


def ask(method="recommend_exercises", **request):
    return {"method": method, "request": {"now": NOW, "utcOffsetMinutes": 60, **request}}


def session(*exercise_ids):
    sets = [{"id": "s1", "reps": 8, "weight": 60.0, "rpe": 7.5}]
    logs = [{"id": f"l{i}", "exerciseId": e, "sets": sets} for i, e in enumerate(exercise_ids)]
    return {"id": "now", "startTime": NOW - 600_000, "logs": logs}


def workout(id_, days_ago, exercise_id, sets, **fields):
    logs = [{"id": f"{id_}-l", "exerciseId": exercise_id, "sets": sets}]
    start = NOW - days_ago * DAY
    return {
        "id": id_,
        "name": id_,
        "startTime": start,
        "endTime": start + 3_600_000,
        "status": "completed",
        "logs": logs,
        **fields,
    }


def sets(count, weight=100, reps=5, **fields):
    row = {"reps": reps, "weight": weight, "type": "N", "completed": True, **fields}
    return [{"id": f"s{i}", **row} for i in range(count)]


TRAPS = {
    "state": {
        "settings": {
            "units": "lbs",
            "goal": {"type": "build muscle", "targetPerWeek": 4},
            "experienceLevel": "intermediate",
            "availableEquipment": ["Dumbbells", "Machines", "Kettlebells", "Resistance Bands"],
            "ironCloud": {"enabled": False, "lastSync": "2026-01-01T00:00:00Z"},
        },
        "history": [
            workout("w3", 1, "bench-press", sets(3, 135, 8, type="normal")),
            workout("h1", 3, "barbell-back-squat", sets(5)),
            workout("h2", 2, "barbell-back-squat", []),
            workout("w1", 9, "barbell-back-squat", sets(3) + sets(2, completed=False)),
            workout("w2", 5, "custom-unheard-of", sets(2, "60", 10)),
            workout("draft", 4, "barbell-back-squat", sets(3), status="draft"),
            workout("bad", 6, "barbell-back-squat", [*sets(1), *sets(1, -20), *sets(1, 1e308)]),
            {"id": "nowhere"},
            "not a session",
        ],
        "dailyLogs": {
            "2026-09-20": {"date": "2026-09-20", "sleepHours": 7.5, "muscleSoreness": 5},
            "yesterday": {"sleepHours": 8},
        },
        "customExercises": [
            {
                "id": "custom-sled",
                "name": "Sled Drag",
                "muscleGroup": "legs",
                "equipment": "Machines",
                "category": "compound",
            }
        ],
        "templates": [],
        "programs": [],
        "activeWorkout": None,
    },
    "version": 3,
}

STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),W,20,10,0,0,,,\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),1,60,8,0,0,,,8\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),Rest Timer,0,0,0,120,,,\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),2,62.5,many,0,0,,,\n"
    "2026-09-01 18:00:00,Push,51m,Uncle Bob Press,1,30,10,0,0,,,\n"
    "2026-09-03 18:00:00,Legs,1h 5m,Squat (Barbell),1,82.5,5,0,0,,,\n"
)

DEFINITIONS = {
    **{
        f"lifter-{name}": {"sample": {"name": name, "now": NOW}, "calls": [ask()]}
        for name in ("beginner", "intermediate", "advanced", "no_effort", "dumbbell")
    },
    "nobody-yet": {"calls": [ask(), ask(equipment=["Bodyweight"], limit=3)]},
    "during-a-workout": {
        "sample": {"name": "intermediate", "now": NOW},
        "calls": [
            ask(session=session("barbell-bench-press")),
            ask(session=session("barbell-bench-press", "barbell-back-squat"), limit=3),
            ask(exclude=["barbell-deadlift"], limit=2),
        ],
    },
    "explanations": {
        "sample": {"name": "intermediate", "now": NOW},
        "calls": [
            ask("explain", exerciseId="barbell-bench-press"),
            ask("explain", exerciseId="leg-press"),
            ask("explain", exerciseId="leg-press", equipment=["Dumbbell"]),
            ask("explain", exerciseId="pull-up", session=session("pull-up")),
        ],
    },
    "traps": {
        "calls": [
            {"method": "ingest", "request": {"state": TRAPS, "utcOffsetMinutes": 60}},
            ask(limit=3),
            {"method": "manifest", "request": {}},
        ]
    },
    "deltas": {
        "sample": {"name": "beginner", "now": NOW, "workouts": 5},
        "calls": [
            {
                "method": "ingest",
                "request": {
                    "delta": {
                        "sessions": [workout("new", 0.2, "barbell-bench-press", sets(5))],
                        "hashes": {"new": "f00d"},
                        "settings": {"units": "kg", "goal": {"type": "Strength"}},
                    }
                },
            },
            ask(limit=2),
            {"method": "ingest", "request": {"delta": {"deletedSessions": ["new"]}}},
            ask(limit=2),
        ],
    },
    "import-strong": {
        "calls": [
            {
                "method": "preview_import",
                "request": {"fileName": "strong.csv", "text": STRONG, "now": NOW},
            },
            {
                "method": "preview_import",
                "request": {"fileName": "x.csv", "text": "a,b\n1,2\n"},
            },
        ]
    },
    "programs": {
        "sample": {"name": "advanced", "now": NOW},
        "calls": [
            ask("recommend_programs"),
            ask("recommend_programs", limit=1, daysPerWeek=3, equipment=["Dumbbells"]),
            ask("program", programId="upper-lower", week=6, equipment=["Dumbbells"]),
            ask("todays_session"),
            ask("program", programId="no-such-program"),
            ask("recommend_programs", daysPerWeek=8),
        ],
    },
    "bad-requests": {
        "calls": [
            {"method": "recommend_exercises", "text": "{"},
            {"method": "recommend_exercises", "text": "[]"},
            {"method": "recommend_exercises", "request": {}},
            {"method": "recommend_exercises", "request": {"now": "today"}},
            ask(limit=0),
            ask(limit=2.5),
            ask(surprise=True),
            ask(equipment=["Anvil"]),
            ask(session={"logs": [{"id": "l", "exerciseId": "x", "sets": [{"id": "s"}]}]}),
            ask("explain", exerciseId="no-such-thing"),
            {"method": "ingest", "request": {}},
            {"method": "make_coffee", "request": {}},
            ask("suggest_load", exerciseId="pull-up"),
            ask("recommend_programs", limit=0),
        ]
    },
}


async def main() -> None:
    """Run every definition in CPython and write what it answers."""
    CASES.mkdir(exist_ok=True)
    for name, definition in DEFINITIONS.items():
        answers = await run(definition, (await Dispatcher.over()).call)
        calls = [
            {**step, "answer": answer}
            for step, answer in zip(definition["calls"], answers, strict=True)
        ]
        text = json.dumps({**definition, "calls": calls}, indent=1, ensure_ascii=False)
        (CASES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
