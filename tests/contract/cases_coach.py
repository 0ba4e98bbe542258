"""Golden cases: programs, today's session, substitutes, readiness and insights."""

from __future__ import annotations

from case_states import DAY, NOW, ask, session, sets, state, workout

FOLLOWING = state(
    workout("one", 4, "barbell-back-squat", sets(3, 100, 5, rpe=8)),
    workout("two", 2, "barbell-bench-press", sets(3, 70, 6, rpe=8)),
    units="kg",
    experienceLevel="Intermediate",
    availableEquipment=["Barbell", "Dumbbells"],
    activeProgram={
        "programId": "upper-lower",
        "currentSessionIndex": 2,
        "startDate": NOW - 9 * DAY,
    },
)

CASES = {
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
    "todays-session": {
        "state": FOLLOWING,
        "calls": [ask("todays_session"), ask("todays_session", equipment=["Bodyweight"])],
    },
    "nobody-yet-coach": {
        "calls": [
            ask("todays_session"),
            ask("recommend_programs", limit=1, daysPerWeek=2),
            ask("readiness", days=2),
            ask("insights", weeks=2),
        ]
    },
    "substitutes": {
        "sample": {"name": "intermediate", "now": NOW},
        "calls": [
            ask("substitute", exerciseId="barbell-back-squat", withoutEquipment=["Barbell"]),
            ask("substitute", exerciseId="barbell-bench-press", limit=2,
                session=session("dumbbell-bench-press")),
            ask("substitute", exerciseId="pull-up", equipment=["Dumbbells"]),
            ask("substitute", exerciseId="no-such-thing"),
        ],
    },
    "readiness": {
        "sample": {"name": "intermediate", "now": NOW},
        "calls": [ask("readiness", days=4), ask("readiness", days=0)],
    },
    "insights": {
        "sample": {"name": "advanced", "now": NOW},
        "calls": [
            ask("insights", weeks=3, maxLifts=3),
            ask("insights", weeks=2, exerciseIds=["barbell-deadlift"]),
        ],
    },
}  # fmt: skip
