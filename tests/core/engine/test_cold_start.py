"""Below three workouts the questionnaire decides; from three on the log does."""

import dataclasses

import pytest

from voltlift_core import (
    Delta,
    Engine,
    ExplainRequest,
    IngestRequest,
    Models,
    RecommendExercisesRequest,
)
from voltlift_core.engine.habits import Habits
from voltlift_core.engine.recommend import Query, build_frame, rank_exercises
from voltlift_core.scoring.config import ColdStartRules, RuleConfig
from voltlift_core.scoring.rules import RuleScorer

NOW = 1_790_000_000_000
DAY = 86_400_000
GYM = ["Barbell", "Dumbbell", "Machine", "Bodyweight", "Cable"]
LEVELS = ["Beginner", "Intermediate", "Advanced"]


def workout(number, exercise="goblet-squat"):
    sets = [{"id": "s", "reps": 10, "weight": 20, "type": "N", "completed": True}] * 3
    return {
        "id": f"w{number}",
        "name": "Workout",
        "startTime": NOW - (10 - number) * DAY,
        "status": "completed",
        "logs": [{"id": "l", "exerciseId": exercise, "sets": sets}],
    }


async def lifter(*, workouts=0, **settings):
    engine = await Engine.create()
    state = {
        "settings": {"units": "kg", **settings},
        "history": [workout(number) for number in range(workouts)],
        "dailyLogs": {},
        "customExercises": [],
    }
    await engine.ingest(IngestRequest(state={"state": state, "version": 1}))
    return engine


async def ask(engine, limit=10, now=NOW, **changes):
    request = RecommendExercisesRequest(now=now, limit=limit, **changes)
    return await engine.recommend_exercises(request)


def answers(goal, level, equipment=GYM):
    return {"goal": {"type": goal}, "experienceLevel": level, "availableEquipment": equipment}


@pytest.mark.parametrize("goal", ["Strength", "Powerlifting"])
@pytest.mark.parametrize("level", LEVELS)
async def test_strength_begins_with_compounds(goal, level):
    answer = await ask(await lifter(**answers(goal, level)))
    categories = [r.exercise.category for r in answer.recommendations]
    assert categories[:6] == ["Compound"] * 6
    assert categories == sorted(categories, key=lambda name: name != "Compound")


async def test_hypertrophy_begins_with_isolation_and_compounds():
    answer = await ask(await lifter(**answers("Hypertrophy", "Intermediate")))
    assert {r.exercise.category for r in answer.recommendations} == {"Compound", "Isolation"}


@pytest.mark.parametrize("goal", ["Strength", "Hypertrophy", "General Fitness"])
@pytest.mark.parametrize(("level", "most"), [("Beginner", 0), ("Intermediate", 1), ("Advanced", 2)])
async def test_nothing_above_the_level_is_listed(goal, level, most):
    answer = await ask(await lifter(**answers(goal, level)), limit=100)
    assert max(LEVELS.index(r.exercise.difficulty) for r in answer.recommendations) <= most


async def test_only_what_the_equipment_allows():
    answer = await ask(await lifter(**answers("Strength", "Beginner", ["Dumbbells"])), limit=100)
    kinds = {r.exercise.equipment for r in answer.recommendations}
    assert kinds == {"Dumbbell", "Bodyweight"}


@pytest.mark.parametrize("workouts", [0, 1, 2])
async def test_points_add_up_and_the_start_is_visible(workouts):
    engine = await lifter(workouts=workouts, **answers("Hypertrophy", "Beginner"))
    answer = await ask(engine, limit=40)
    assert answer.cold_start
    assert answer.meta.workouts == workouts
    assert [(s.name, s.status) for s in answer.meta.scorers] == [
        ("rules", "used"),
        ("cold-start", "used"),
    ]
    for item in answer.recommendations:
        assert item.score == sum(c.points for c in item.components)
        assert 0 <= item.score <= 100
        (start,) = (c for c in item.components if c.component == "cold_start")
        (reason,) = start.reasons
        expected = item.exercise.category in ("Compound", "Isolation")
        assert reason.code == ("start_with" if expected else "start_later")
        assert (start.points, start.max_points) == (15.0 if expected else 0.0, 15.0)


async def test_a_goal_that_was_not_said_is_not_guessed():
    answer = await ask(await lifter(experienceLevel="Beginner", availableEquipment=GYM))
    codes = {
        reason.code
        for item in answer.recommendations
        for component in item.components
        for reason in component.reasons
    }
    assert {"start_goal_unknown", "goal_unknown"} <= codes
    assert "start_with" not in codes


@pytest.mark.parametrize("goal", ["General Fitness", "Power-Building"])
async def test_other_goals_may_begin_anywhere(goal):
    answer = await ask(await lifter(**answers(goal, "Beginner")))
    (start,) = (c for c in answer.recommendations[0].components if c.component == "cold_start")
    assert [(reason.code, reason.points) for reason in start.reasons] == [("start_anywhere", 0)]


async def test_a_configuration_without_a_start_leaves_the_six_rules():
    bundled = RuleConfig.bundled()
    older = RuleScorer(dataclasses.replace(bundled, cold_start=ColdStartRules()))
    state = (await lifter(**answers("Strength", "Beginner")))._state
    query = Query.of(RecommendExercisesRequest(now=NOW), state.settings)
    ranking = await rank_exercises(state, older, query, lambda: 0.0, Habits(Models(), 1.0))
    assert ranking.cold_start
    assert [s.status for s in ranking.scorers] == ["used", "abstained"]
    assert "cold_start" not in ranking.scores.shown.maxima


async def test_a_level_that_was_not_said_bars_nothing():
    engine = await lifter(goal={"type": "Strength"}, availableEquipment=GYM)
    why = await engine.explain(ExplainRequest(now=NOW, exercise_id="barbell-front-squat"))
    assert why.excluded is None


async def test_the_third_workout_switches_visibly():
    engine = await lifter(workouts=2, **answers("Strength", "Beginner"))
    before = await ask(engine)
    await engine.ingest(IngestRequest(delta=Delta(sessions=(workout(2),))))
    after = await ask(engine)
    assert (before.cold_start, after.cold_start) == (True, False)
    assert after.meta.scorers[1].status == "abstained"
    components = {c.component for r in after.recommendations for c in r.components}
    assert "cold_start" not in components
    reasons = {
        reason.code for r in after.recommendations for c in r.components for reason in c.reasons
    }
    assert "undertrained" in reasons
    assert any(
        r.exercise.difficulty != "Beginner" for r in (await ask(engine, 100)).recommendations
    )


async def test_from_the_third_workout_on_the_six_rules_decide_alone():
    engine = await lifter(workouts=3, **answers("Strength", "Beginner"))
    state = engine._state
    request = RecommendExercisesRequest(now=NOW, limit=100)
    frame = build_frame(state, Query.of(request, state.settings))
    total = RuleScorer(RuleConfig.bundled()).score(frame).total
    for item in (await engine.recommend_exercises(request)).recommendations:
        assert item.fit == total[state.catalogue.index[item.exercise.id]]


async def test_it_is_as_of_the_moment_asked_for():
    engine = await lifter(workouts=6, **answers("Strength", "Beginner"))
    early = await lifter(workouts=2, **answers("Strength", "Beginner"))
    then = NOW - 9 * DAY + 1  # Two workouts had begun.
    seen, truth = await ask(engine, now=then), await ask(early, now=then)
    assert seen.recommendations == truth.recommendations
    assert (seen.cold_start, seen.meta.workouts) == (True, 2)
    assert not (await ask(engine)).cold_start


async def test_explain_agrees_with_the_list():
    engine = await lifter(**answers("Strength", "Beginner"))
    listed = (await ask(engine, limit=5)).recommendations
    for item in listed:
        why = await engine.explain(ExplainRequest(now=NOW, limit=5, exercise_id=item.exercise.id))
        assert (why.listed, why.candidate.score) == (True, item.score)
        assert why.candidate.components == item.components
        assert why.last_listed.exercise == listed[-1].exercise


async def test_what_is_above_the_level_says_so():
    engine = await lifter(**answers("Strength", "Beginner"))
    why = await engine.explain(ExplainRequest(now=NOW, exercise_id="barbell-squat"))
    assert why.excluded.code == "above_level"
    assert why.excluded.values == {"difficulty": "Intermediate"}
    assert not why.listed


async def test_another_goal_is_scored_with_its_own_start():
    engine = await lifter(**answers("General Fitness", "Intermediate"))
    why = await engine.explain(
        ExplainRequest(now=NOW, limit=1, exercise_id="barbell-overhead-press")
    )
    (change,) = (c for c in why.changes if c.code == "change_goal")
    assert change.values["goal"] in ("Strength", "Powerlifting", "Power-Building")
    other = await lifter(**answers(change.values["goal"], "Intermediate"))
    there = await other.explain(
        ExplainRequest(now=NOW, limit=1, exercise_id="barbell-overhead-press")
    )
    assert change.score == there.candidate.score
