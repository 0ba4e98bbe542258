"""Write the golden cases: ``python tests/contract/write_cases.py``, then read the diff.

Only run it when the contract or a rule changed on purpose; every changed number in the
diff has to be explained by that change.
"""

from __future__ import annotations

import asyncio
import json

import cases_coach
import cases_exercises
import cases_imports
import cases_loads
import cases_models
import cases_replay
import cases_requests
from golden import CASES, run

from voltlift_bridge import Dispatcher

SUBJECTS = (
    cases_exercises,
    cases_loads,
    cases_coach,
    cases_imports,
    cases_models,
    cases_replay,
    cases_requests,
)
DEFINITIONS = {name: case for subject in SUBJECTS for name, case in subject.CASES.items()}


async def main() -> None:
    """Run every definition in CPython and write what it answers."""
    CASES.mkdir(exist_ok=True)
    for path in CASES.glob("*.json"):
        if path.stem not in DEFINITIONS:
            path.unlink()
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
