"""Golden cases: requests that no client should send, and what they are told."""

from __future__ import annotations

from case_states import ask

CASES = {
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
            ask("suggest_load", exerciseId="no-such-thing"),
            ask("suggest_load", exerciseId="pull-up", plannedReps=[8, 6]),
            ask("suggest_load", exerciseId="pull-up", setIndex=-1),
            ask("insights", weeks=0),
            {"method": "export_csv", "request": {"sessions": [], "format": "excel"}},
            {"method": "preview_import", "request": {"fileName": "x.csv", "text": ""}},
            {"method": "preview_import", "request": {"fileName": "x.json", "text": "[1"}},
        ]
    }
}
