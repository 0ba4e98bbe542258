"""Every reason that the engine gives has its words on the other side of the boundary."""

import re
from pathlib import Path

import pytest

from voltlift_core import (
    CurrentSession,
    Engine,
    ExerciseLog,
    ExplainRequest,
    IngestRequest,
    RecommendExercisesRequest,
    SampleStateRequest,
)

TABLE = Path(__file__).parents[2] / "pyodide_bridge/src/text/table.ts"
NOW = 1_790_000_000_000


def written():
    """Codes per component, as the table of texts lists them."""
    text = TABLE.read_text(encoding="utf-8")
    block = text[text.index("REASON_TEXTS = {") : text.index("CHANGE_TEXTS")]
    parts = re.findall(r"^ {2}(\w+): \{\n(.*?)^ {2}\},", block, re.MULTILINE | re.DOTALL)
    return {name: set(re.findall(r"^ {4}(\w+):", body, re.MULTILINE)) for name, body in parts}


@pytest.mark.parametrize("name", ["beginner", "intermediate", "advanced", "no_effort", "dumbbell"])
async def test_reasons_of_a_sample_lifter_have_words(name):
    texts = written()
    engine = await Engine.create()
    sample = await engine.sample_state(SampleStateRequest(now=NOW, name=name))
    await engine.ingest(IngestRequest(state=sample.app_state))
    session = CurrentSession(logs=(ExerciseLog(id="l", exercise_id="pull-up"),))
    seen = set()
    for days_ago in (0, 40, 400):
        for current in (None, session):
            answer = await engine.recommend_exercises(
                RecommendExercisesRequest(
                    now=NOW - days_ago * 86_400_000, session=current, limit=100
                )
            )
            seen |= {
                (component.component, reason.code)
                for item in answer.recommendations
                for component in item.components
                for reason in component.reasons
            }
    why = await engine.explain(ExplainRequest(now=NOW, exercise_id="pull-up", session=session))
    seen.add(("excluded", why.excluded.code))
    assert len(seen) > 15
    assert {pair for pair in seen if pair[1] not in texts.get(pair[0], set())} == set()
