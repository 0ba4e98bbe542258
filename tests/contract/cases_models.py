"""Golden cases: what an engine answers about models while there is none."""

from __future__ import annotations

from case_states import DAY, NOW, Json, ask, session, sets, state, workout

HISTORY: list[Json] = [
    workout(f"w{at}", 2 * at + 1, "barbell-bench-press", sets(3, 80, 8)) for at in range(4)
]
# No runtime reads it, in whatever browser.
FILES: list[Json] = [{"name": "next.txt", "bytes": 0}]
TRY: Json = {"model": "ranker", "version": "1.0.0", "file": "next.txt", "inputs": [[1, 2]]}

CASES = {
    "models-none": {
        "state": state(*HISTORY, units="kg"),
        "calls": [
            {"method": "try_model", "request": {**TRY, "files": FILES}},
            {"method": "try_model", "request": {**TRY, "files": FILES, "inputs": [[1], [1, 2]]}},
            {"method": "try_model", "request": {**TRY, "files": [{"name": "a", "bytes": 3}]}},
            ask("similar_exercises", exerciseId="barbell-bench-press"),
            ask("similar_exercises", exerciseId="barbell-bench-press", now=-1),
            ask("novel_exercises", session=session("pull-up"), limit=3),
            ask("suggest_load", exerciseId="barbell-bench-press"),
            ask("novel_exercises", now=NOW - 30 * DAY, equipment=["dumbbell"]),
        ],
    },
}
