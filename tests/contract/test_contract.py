"""The golden cases in this interpreter: CPython, and Pyodide by the same file."""

import json

import pytest
from golden import CASES, run

from voltlift_bridge import Dispatcher

FILES = sorted(CASES.glob("*.json"))


def test_there_are_cases():
    assert len(FILES) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_the_engine_answers_as_recorded(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    dispatcher = await Dispatcher.over()
    answers = await run(case, dispatcher.call)
    assert answers == [step["answer"] for step in case["calls"]]
    await dispatcher.settle()
