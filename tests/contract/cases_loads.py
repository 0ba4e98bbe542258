"""Golden cases: weight and reps of the next set, in pounds and kilograms, and feedback."""

from __future__ import annotations

from typing import Any

from case_states import DAY, NOW, Json, ask, session, sets, state, workout

BENCH = "barbell-bench-press"
DUMBBELL_CURL = "dumbbell-curl"


def load(exercise_id: str = BENCH, **request: Any) -> Json:
    return ask("suggest_load", exerciseId=exercise_id, **request)


def done(
    *days: tuple[float, list[Json]],
    exercise_id: str = BENCH,
    sleep: float | None = None,
    **settings: Any,
) -> Json:
    """Return the state of who did one exercise: ``(days ago, sets)``."""
    history = [
        workout(f"w{place}", ago, exercise_id, rows) for place, (ago, rows) in enumerate(days)
    ]
    return state(*history, sleep=sleep, **settings)


def golden(unit: str) -> dict[str, Json]:
    """Return the golden behaviours in one unit: what the rules promise of each lifter."""
    plateau = [(3.0 * n, sets(3, 80, 8, rpe=7 + n % 2)) for n in range(1, 9)]
    hard = [(9.0, sets(3, 100, 8, rpe=9)), (6.0, sets(3, 100, 8, rpe=9.5))]
    lifters: dict[str, tuple[Json, Json]] = {
        "easy": (done((3, sets(3, 100, 10, rpe=6)), sleep=8, units=unit), load(warmUps=True)),
        "planned": (done((3, sets(3, 100, 8, rpe=6)), units=unit), load(plannedReps=[6, 8])),
        "short-night": (done((4, sets(3, 100, 8, rpe=7)), sleep=3.5, units=unit), load()),
        "hard-weeks": (done(*hard, (3, sets(3, 100, 8, rpe=10)), sleep=6, units=unit), load()),
        "plateau": (done(*plateau, units=unit), load()),
        "no-effort": (done((3, sets(3, 135, 12)), units=unit), load()),
        "gap": (done((40, sets(3, 100, 8)), units=unit), load()),
        "coarse-steps": (
            done(
                (3, sets(3, 15, 16)),
                exercise_id=DUMBBELL_CURL,
                units=unit,
                loadSteps={"Dumbbells": 5},
            ),
            load(DUMBBELL_CURL),
        ),
    }
    calls = [
        step
        for given, call in lifters.values()
        for step in ({"method": "ingest", "request": {"state": given}}, call)
    ]
    # One case for all of them: each case starts an engine, which takes a browser a second.
    return {f"load-golden-{unit}": {"calls": calls}}


def today(count: int, weight: float, reps: int, rpe: float) -> Json:
    rows = [{"id": f"t{i}", "weight": weight, "reps": reps, "rpe": rpe} for i in range(count)]
    return session(BENCH, sets=rows)


NOBODY = state(
    units="kg",
    experienceLevel="Intermediate",
    gender="female",
    bodyweight=62,
    baseline=[{"exerciseId": BENCH, "weight": 45, "reps": 5, "rpe": 8}],
)

OTHER_KINDS = state(
    workout("chin", 2, "pull-up", sets(3, 0, 9, rpe=8)),
    workout("hold", 3, "plank", sets(3, 0, 0, seconds=60)),
    workout("weighted", 5, "dip", sets(3, 10, 8)),
    units="kg",
    bodyweight=80,
)


def feedback(outcome: str, **changes: Any) -> Json:
    """Return what became of a suggestion."""
    request = {
        "now": NOW,
        "exerciseId": BENCH,
        "outcome": outcome,
        "unit": "kg",
        "suggestedWeight": 102.5,
        "suggestedReps": [8, 10],
        "confidence": "medium",
        "version": "overload/1",
        "sessionId": "now",
        "setIndex": 0,
        **changes,
    }
    return {"method": "record_feedback", "request": request}


CASES = {
    **golden("lbs"),
    **golden("kg"),
    "load-nobody-yet": {
        "state": NOBODY,
        "calls": [load(warmUps=True), load("incline-barbell-bench-press"), load("leg-press")],
    },
    "load-during-a-workout": {
        "state": done((4, sets(3, 80, 8, rpe=8)), sleep=8, units="kg"),
        "calls": [
            load(plannedSets=4),
            load(session=today(1, 80, 8, 7)),
            load(session=today(2, 80, 6, 9.5), plannedReps=[8, 10]),
            load(session=today(1, 80, 8, 7), setIndex=3),
        ],
    },
    "load-other-kinds": {
        "state": OTHER_KINDS,
        "calls": [load("pull-up"), load("plank"), load("dip", warmUps=True), load("push-up")],
    },
    "load-sample": {
        "sample": {"name": "intermediate", "now": NOW},
        "calls": [load(warmUps=True), load("barbell-back-squat"), load("leg-extension")],
    },
    "feedback": {
        "state": done((4, sets(3, 100, 8, rpe=8)), units="kg"),
        "calls": [
            feedback("accepted", actualWeight=102.5, actualReps=9, rpe=8),
            feedback("modified", actualWeight=95, actualReps=8),
            feedback("ignored"),
            feedback("accepted", suggestedReps=[10, 8]),
            load(),
        ],
    },
    "feedback-learned": {
        "state": done(
            (4, sets(3, 100, 8, rpe=8)),
            units="kg",
            suggestionBias={BENCH: 0.95},
            suggestionHistory=[
                {
                    "exerciseId": BENCH,
                    "suggestedWeight": 100,
                    "actualWeight": 95,
                    "suggestedReps": [8, 10],
                    "actualReps": 8,
                    "accepted": False,
                    "timestamp": NOW - days * DAY,
                    "confidence": "high",
                }
                for days in range(4, 24, 4)
            ],
        ),
        "calls": [load(), feedback("modified", actualWeight=97.5, actualReps=9, rpe=7)],
    },
}
