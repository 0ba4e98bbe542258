"""What the first answer has to wait for."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATER = ("voltlift_coach", "voltlift_importers", "voltlift_samples")

_LOADED = f"""
import asyncio, sys
from voltlift_core import Engine, RecommendExercisesRequest, RecommendProgramsRequest

def loaded():
    return [name for name in {LATER} if name in sys.modules]

async def answers():
    engine = await Engine.create()
    await engine.recommend_exercises(RecommendExercisesRequest(now=0))
    print(*loaded(), sep=",")
    await engine.recommend_programs(RecommendProgramsRequest(now=0))
    print(*loaded(), sep=",")

print(*loaded(), sep=",")
asyncio.run(answers())
"""


@pytest.mark.cpython_only(reason="there are no processes inside Pyodide")
def test_exercises_are_recommended_before_anything_else_is_loaded():
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    imported, first_answer, programs = ran.stdout.splitlines()
    assert (imported, first_answer) == ("", "")
    assert programs == "voltlift_coach"
