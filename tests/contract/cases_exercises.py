"""Golden cases: recommended exercises and their explanation, the log behind them."""

from __future__ import annotations

from case_states import NOW, ask, session, sets, state, workout

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

QUESTIONNAIRE = state(
    workout("first", 2, "leg-press", sets(3, 90, 10)),
    units="kg",
    goal={"type": "Build Muscle", "targetPerWeek": 3},
    experienceLevel="Beginner",
    availableEquipment=["Dumbbells", "Machines"],
)

CASES = {
    **{
        f"lifter-{name}": {"sample": {"name": name, "now": NOW}, "calls": [ask()]}
        for name in ("beginner", "intermediate", "advanced", "no_effort", "dumbbell")
    },
    "nobody-yet": {"calls": [ask(), ask(equipment=["Bodyweight"], limit=3)]},
    "questionnaire": {"state": QUESTIONNAIRE, "calls": [ask(limit=3)]},
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
}
