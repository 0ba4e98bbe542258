"""Reasons of loads, programs and substitutes have their words as well."""

import re
from pathlib import Path

import pytest

from voltlift_core import (
    CatalogueRequest,
    CurrentSession,
    Engine,
    ExerciseLog,
    IngestRequest,
    Ports,
    ProgramRequest,
    RecommendProgramsRequest,
    SampleStateRequest,
    SetLog,
    SubstituteRequest,
    SuggestLoadRequest,
    TodaysSessionRequest,
)

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "pyodide_bridge/src/text"
COACH = ROOT / "core/coach/src/voltlift_coach"
NOW = 1_790_000_000_000
DAY = 86_400_000


def codes(file, table, indent=2):
    """Return the codes of one table of texts."""
    text = (TEXT / file).read_text(encoding="utf-8")
    start = text.index(f"export const {table}")
    block = text[start : text.index("\n}", start)]
    return set(re.findall(rf"^ {{{indent}}}(\w+):", block, re.MULTILINE))


LOADS = codes("loads.ts", "LOAD_REASON_TEXTS")
PLANS = codes("programs.ts", "PLAN_REASON_TEXTS")
SUBSTITUTES = codes("substitutes.ts", "SUBSTITUTE_REASON_TEXTS")
PROGRAMS = codes("programs.ts", "PROGRAM_REASON_TEXTS", indent=4)


async def engine_of(name):
    engine = await Engine.create(Ports().with_installed())
    sample = await engine.sample_state(SampleStateRequest(now=NOW, name=name))
    await engine.ingest(IngestRequest(state=sample.app_state))
    return engine


def today(exercise_id, *sets):
    logged = tuple(
        SetLog(id=str(n), weight=weight, reps=reps, rpe=rpe)
        for n, (weight, reps, rpe) in enumerate(sets)
    )
    return CurrentSession(logs=(ExerciseLog(id="l", exercise_id=exercise_id, sets=logged),))


@pytest.mark.parametrize("name", ["beginner", "intermediate", "advanced", "no_effort", "dumbbell"])
async def test_reasons_of_loads_have_words(name):
    engine = await engine_of(name)
    exercises = (await engine.catalogue(CatalogueRequest())).exercises
    seen = set()
    for exercise in exercises[::9]:
        for days_ago, planned in ((0, None), (0, (5, 5)), (-60, None), (200, (8, 12))):
            answer = await engine.suggest_load(
                SuggestLoadRequest(
                    now=NOW - days_ago * DAY, exercise_id=exercise.id, planned_reps=planned
                )
            )
            seen |= {reason.code for reason in answer.reasoning}
    for sets in (((60, 8, 10),), ((60, 2, None),), ((20, 8, 7), (20, 8, 7))):
        answer = await engine.suggest_load(
            SuggestLoadRequest(
                now=NOW,
                exercise_id="barbell-bench-press",
                session=today("barbell-bench-press", *sets),
                planned_reps=(8, 8),
            )
        )
        seen |= {reason.code for reason in answer.reasoning}
    assert len(seen) > 5
    assert seen - LOADS == set()


@pytest.mark.cpython_only(reason="reads the coach's sources")
def test_every_code_of_the_progression_has_words():
    written = set()
    for path in (COACH / "progression").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        written |= set(re.findall(r"(?:reason|sign)\(\s*\"(\w+)\"", source))
        written |= set(re.findall(r"code=\"(\w+)\"", source))
    assert len(written) > 20
    assert written - LOADS == set()


async def test_reasons_of_programs_have_words():
    engine = await engine_of("intermediate")
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW, limit=100))
    points = {
        reason.code
        for item in answer.recommendations
        for component in item.components
        for reason in component.reasons
    }
    assert points - PROGRAMS == set()
    plans = {reason.code for reason in (await engine.todays_session(_TODAY)).reasons}
    for item in answer.recommendations:
        request = ProgramRequest(
            now=NOW, program_id=item.program.id, equipment=("Dumbbell", "Bodyweight")
        )
        program = await engine.program(request)
        plans |= {reason.code for reason in program.progression}
        plans |= {
            reason.code
            for session in program.sessions
            for exercise in session.exercises
            for reason in exercise.reasons
        }
    assert len(plans) > 10
    assert plans - PLANS - LOADS - SUBSTITUTES == set()


_TODAY = TodaysSessionRequest(now=NOW)


@pytest.mark.cpython_only(reason="reads the coach's sources")
def test_every_code_of_plans_has_words():
    written = set()
    for path in (*(COACH / "programs").glob("*.py"), COACH / "services/programs.py"):
        source = path.read_text(encoding="utf-8")
        written |= set(re.findall(r"_?reason\(\s*\"(\w+)\"", source))
        written |= set(re.findall(r"code=\"(\w+)\"", source))
    assert len(written) > 10
    assert written - PLANS - LOADS == set()


async def test_reasons_of_substitutes_have_words():
    engine = await engine_of("advanced")
    exercises = (await engine.catalogue(CatalogueRequest())).exercises
    seen, patterns = set(), set()
    for exercise in exercises[::5]:
        answer = await engine.substitute(SubstituteRequest(now=NOW, exercise_id=exercise.id))
        for item in answer.substitutes:
            seen |= {reason.code for reason in item.reasons}
            patterns |= {reason.values.get("pattern") for reason in item.reasons} - {None}
    assert len(seen) > 10
    assert seen - SUBSTITUTES == set()
    assert patterns - codes("substitutes.ts", "PATTERN_TEXTS") == set()
