"""Models through the engine: blended, named, optional, and never in the way of the rules."""

import hashlib
from collections.abc import Mapping

import numpy as np
import pytest
from test_cold_start import NOW, ask, lifter

from voltlift_core import (
    Artefact,
    Engine,
    ErrorCode,
    ExplainRequest,
    IngestRequest,
    LeftOutModel,
    LoadModelsRequest,
    Models,
    Ports,
    VoltLiftError,
    encode_json,
)
from voltlift_core.scoring.protocol import Requirements, Scores, Term

LOVED = "barbell-curl"
BROKEN = LeftOutModel(name="habits", version="1", code="corrupt_data", message="broken")


class Loves:
    """A scorer that gives all its points to one exercise."""

    name, version, part = "loves", "1", "habit"
    requires = Requirements()
    helpers = ()

    def score(self, frame):
        catalogue = frame.inputs.view.catalogue
        points = np.zeros(len(catalogue))
        points[catalogue.index[LOVED]] = 100.0
        return Scores((Term("habit", points, lambda _: ("follows", {})),), {"habit": 100.0})


class Silent(Loves):
    """A scorer that has nothing to say."""

    name = "silent"

    def score(self, frame):
        return None


class Package:
    """What makes models of artefacts: here one whose bytes say which scorers."""

    MODEL_NAMES = ("habits",)

    def specs(self) -> tuple[str, ...]:
        return ("a spec",)

    async def prepare(self) -> None:
        pass

    async def load_models(self, artefacts: Mapping[str, Artefact], registry, inference=None):
        if "habits" not in artefacts:
            return Models()
        text = artefacts["habits"].data.decode()
        if "broken" in text:
            return Models(left_out=(BROKEN,))
        made = {"loves": Loves, "silent": Silent}
        return Models(habits=tuple(made[name]() for name in text.split()))


async def with_models(text, workouts=12):
    rules = await lifter(workouts=workouts)
    ports = Ports(learned=Package())
    data = text.encode()
    artefact = Artefact("habits", "1", hashlib.sha256(data).hexdigest(), data)
    await ports.models.install(artefact)
    await ports.models.activate("habits", "1")
    engine = await Engine.create(ports)
    engine._state = rules._state
    return engine


async def test_before_models_are_loaded_the_rules_answer():
    engine = await with_models("loves")
    answer = await ask(engine)
    assert answer.meta.alpha == 0
    assert all(r.habit is None for r in answer.recommendations)
    assert [s.name for s in answer.meta.scorers] == ["rules", "cold-start"]


async def test_a_loaded_model_takes_part_with_its_points_and_reasons():
    engine = await with_models("loves")
    assert (await engine.load_models(LoadModelsRequest())).left_out == ()
    answer = await ask(engine)
    first = answer.recommendations[0]
    assert first.exercise.id == LOVED
    assert answer.meta.alpha == 0.7
    assert first.habit == 100
    assert first.score == pytest.approx(0.3 * first.fit + 70)
    habit = next(c for c in first.components if c.component == "habit")
    assert habit.points == pytest.approx(70)
    assert habit.reasons[0].code == "follows"
    for shown in answer.recommendations:
        assert shown.score == pytest.approx(sum(c.points for c in shown.components))
    assert [(s.name, s.status) for s in answer.meta.scorers][-1] == ("loves", "used")
    assert answer.meta.stages.inference is not None


async def test_the_dial_sets_how_much_it_counts():
    engine = await with_models("loves")
    await engine.load_models(LoadModelsRequest())
    rules = await ask(engine, routine=0.0)
    assert rules.meta.alpha == 0
    assert rules.recommendations == (await ask(await lifter(workouts=12))).recommendations
    habit = await ask(engine, routine=1.0)
    assert habit.recommendations[0].score == pytest.approx(100)
    # Habit is not balanced: picks of one group cost nothing there.
    assert all(
        c.component != "diversity" or c.points == 0
        for r in habit.recommendations
        for c in r.components
    )


@pytest.mark.parametrize("routine", [-0.1, 1.1, float("nan")])
async def test_a_dial_that_cannot_be_is_refused(routine):
    engine = await lifter(workouts=3)
    with pytest.raises(VoltLiftError) as caught:
        await ask(engine, routine=routine)
    assert caught.value.code is ErrorCode.INVALID_REQUEST
    assert caught.value.path == "$.routine"


@pytest.mark.parametrize(("workouts", "alpha"), [(2, 0), (3, 0.0875), (10, 0.7)])
async def test_it_fades_in_with_the_first_workouts(workouts, alpha):
    engine = await with_models("loves", workouts)
    await engine.load_models(LoadModelsRequest())
    assert (await ask(engine)).meta.alpha == pytest.approx(alpha)


async def test_a_scorer_that_abstains_leaves_the_rules_and_says_so():
    engine = await with_models("silent")
    await engine.load_models(LoadModelsRequest())
    answer = await ask(engine)
    assert answer.meta.alpha == 0
    assert [(s.name, s.status) for s in answer.meta.scorers][-1] == ("silent", "abstained")
    assert answer.recommendations == (await ask(await lifter(workouts=12))).recommendations


async def test_of_two_scorers_the_one_that_answers_counts():
    engine = await with_models("silent loves")
    await engine.load_models(LoadModelsRequest())
    assert (await ask(engine)).recommendations[0].habit == 100


async def test_what_cannot_be_loaded_is_reported_and_the_rules_stand():
    engine = await with_models("broken")
    answer = await engine.load_models(LoadModelsRequest())
    assert answer.left_out == (BROKEN,)
    assert answer.specs == ("a spec",)
    assert (await ask(engine)).meta.alpha == 0


async def test_a_damaged_artefact_is_reported_and_the_rules_stand():
    engine = await with_models("loves")
    registry = engine._ports.models
    good = registry._artefacts["habits", "1"]
    registry._artefacts["habits", "1"] = Artefact("habits", "1", good.sha256, b"other bytes")
    (left_out,) = (await engine.load_models(LoadModelsRequest())).left_out
    assert (left_out.name, left_out.code) == ("habits", "corrupt_data")
    assert (await ask(engine)).meta.alpha == 0


async def test_without_the_package_loading_says_what_is_missing():
    engine = await Engine.create(Ports())
    with pytest.raises(VoltLiftError) as caught:
        await engine.load_models(LoadModelsRequest())
    assert caught.value.code is ErrorCode.NOT_AVAILABLE


async def test_why_not_this_one_is_asked_with_the_models():
    engine = await with_models("loves")
    await engine.load_models(LoadModelsRequest())
    listed = await ask(engine, limit=5)
    answer = await engine.explain(ExplainRequest(now=NOW, limit=5, exercise_id=LOVED))
    assert answer.listed
    assert answer.candidate == listed.recommendations[0]


async def test_where_only_habit_counts_nothing_is_said_of_muscle_groups():
    engine = await with_models("loves")
    await engine.load_models(LoadModelsRequest())
    for routine, said in ((1.0, False), (0.5, True)):
        answer = await ask(engine, limit=30, routine=routine)
        parts = [part for item in answer.recommendations for part in item.components]
        codes = {reason.code for part in parts for reason in part.reasons}
        assert ("same_group_listed" in codes) == said
        assert "-0.0" not in encode_json(answer)


async def test_models_stay_when_the_log_changes():
    engine = await with_models("loves")
    await engine.load_models(LoadModelsRequest())
    await engine.ingest(IngestRequest(state=(await lifter_state())))
    assert (await ask(engine)).recommendations[0].exercise.id == LOVED


async def lifter_state():
    from test_cold_start import workout

    return {
        "state": {"settings": {"units": "kg"}, "history": [workout(n) for n in range(11)]},
        "version": 1,
    }
