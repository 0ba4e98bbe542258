"""Rules and a model together: safe bounds, and reasons that lead to the weight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifters import BENCH, NOW, bench, codes, straight

from voltlift_core import (
    Artefact,
    CurrentSession,
    Engine,
    ErrorCode,
    IngestRequest,
    LoadForecast,
    LoadModelsRequest,
    Models,
    Ports,
    SuggestLoadRequest,
    VoltLiftError,
    decode,
)

pytestmark = pytest.mark.filterwarnings("error")


class Says:
    """A model that always forecasts one load; it keeps what it was asked."""

    name, version = "load", "7"

    def __init__(self, kg: float | None, spread: float = 0.1) -> None:
        self.kg, self.spread, self.asked = kg, spread, []

    def forecast(self, inputs, exercise_id, planned_reps):
        self.asked.append((exercise_id, planned_reps))
        if self.kg is None:
            return None
        half = self.kg * self.spread
        return LoadForecast(
            model=self.name,
            version=self.version,
            kg=self.kg,
            low_kg=self.kg - half,
            high_kg=self.kg + half,
            reasons=(("best_recent", {"days": 20.0}),),
        )


class Package:
    MODEL_NAMES = ("load",)

    def __init__(self, model):
        self.model = model

    def specs(self):
        return ()

    async def prepare(self) -> None:
        pass

    async def load_models(self, artefacts: dict[str, Artefact], registry, inference=None) -> Models:
        return Models(loads=self.model)


async def ask(app_state, model, **question):
    engine = await Engine.create(Ports(learned=Package(model)).with_installed())
    await engine.load_models(LoadModelsRequest())
    await engine.ingest(IngestRequest(state=app_state))
    request = SuggestLoadRequest(now=NOW, exercise_id=BENCH, **question)
    return await engine.suggest_load(request)


def lifted(sessions, kg=100.0, reps=8, **settings):
    return bench(*((3 * n, straight(kg, reps)) for n in range(sessions, 0, -1)), **settings)


@pytest.mark.parametrize("sessions", [3, 5, 8])
async def test_the_weight_is_the_models_where_it_is_safe(sessions):
    answer = await ask(lifted(sessions), Says(107.5))
    assert answer.choice.weight == 107.5
    assert answer.prediction.used
    assert [(s.name, s.status) for s in answer.meta.scorers][-1] == ("load", "used")


async def test_the_prediction_is_shown_in_the_lifters_unit():
    app_state = lifted(8, kg=225, unit="lbs")
    answer = await ask(app_state, Says(104.3262))
    assert answer.prediction.weight == pytest.approx(230, abs=0.01)
    assert answer.prediction.low < 230 < answer.prediction.high
    assert (answer.prediction.model, answer.prediction.version) == ("load", "7")


async def test_a_weight_is_the_rules_or_the_models_never_one_between():
    easy = bench(*((3 * n, straight(100, 8, 6)) for n in range(8, 0, -1)))
    plan = {"planned_reps": (6, 8)}
    assert (await ask(easy, Says(None), **plan)).choice.weight == 102.5
    assert (await ask(easy, Says(100.0), **plan)).choice.weight == 100.0
    assert (await ask(easy, Says(102.0), **plan)).choice.weight == 102.5


async def test_what_was_lifted_of_late_can_be_loaded_whatever_the_step():
    odd = bench(*((3 * n, straight(101.3 if n == 2 else 100, 8)) for n in range(8, 0, -1)))
    assert (await ask(odd, Says(101.3))).choice.weight == pytest.approx(101.3)
    assert (await ask(odd, Says(101.9))).choice.weight != pytest.approx(101.9)


async def test_reasons_lead_from_the_last_weight_to_this_one():
    answer = await ask(lifted(8), Says(109))
    assert answer.decision == "forecast"
    assert "forecast" in codes(answer)
    assert "best_recent" in codes(answer)
    assert sum(r.points for r in answer.reasoning) == pytest.approx(answer.choice.weight - 100)


async def test_pushing_is_never_less_than_what_is_suggested():
    answer = await ask(lifted(8), Says(107.5))
    assert answer.choice.weight == 107.5
    assert answer.alternatives.push == answer.choice
    assert answer.alternatives.maintain.weight == 100


async def test_a_forecast_has_its_points_also_where_the_rules_add_repetitions_first():
    """A step from 22.5 kg is more than the rules allow at once: they have nothing rounded."""
    easy = bench(*((3 * n, straight(22.5, 12, 6)) for n in range(8, 0, -1)))
    assert (await ask(easy, Says(None))).decision == "increase_reps"
    answer = await ask(easy, Says(20))
    assert answer.choice.weight == 20
    points = {r.code: r.points for r in answer.reasoning}
    assert (points["reps_first"], points["forecast"]) == (0, -2.5)


@given(st.floats(1, 500), st.integers(3, 8), st.integers(3, 15))
async def test_whatever_it_says_the_weight_stays_inside_of_what_is_safe(kg, sessions, reps):
    app_state = lifted(sessions, reps=reps)
    rules = await ask(app_state, Says(None))
    answer = await ask(app_state, Says(kg))
    floor = min(rules.alternatives.deload.weight, rules.choice.weight)
    assert floor <= answer.choice.weight <= 110
    assert answer.choice.weight <= answer.alternatives.push.weight
    assert sum(r.points for r in answer.reasoning) == pytest.approx(answer.choice.weight - 100)
    assert answer.choice.reps[0] >= 1


async def test_a_deload_is_no_matter_of_habit():
    tired = lifted(8, daily={0: {"sleepHours": 3}})
    answer = await ask(tired, Says(110))
    assert answer.decision == "deload_recovery"
    assert not answer.prediction.used
    assert answer.choice.weight < 100


async def test_with_pain_nothing_is_added():
    hurt = lifted(8, daily={0: {"hadPainOrDiscomfort": True}})
    rules = await ask(hurt, Says(None))
    assert "pain" in codes(rules)
    assert (await ask(hurt, Says(110))).choice.weight <= 100


async def test_after_a_set_of_today_that_set_decides():
    going_on = {
        "id": "now",
        "startTime": NOW - 600_000,
        "logs": [
            {
                "id": "l",
                "exerciseId": BENCH,
                "sets": [{"id": "x", "weight": 90, "reps": 8, "type": "N", "completed": True}],
            }
        ],
    }
    session = decode(CurrentSession, going_on)
    answer = await ask(lifted(8), Says(110), session=session)
    assert answer.choice.weight == 90
    assert not answer.prediction.used


async def test_it_is_asked_for_the_middle_of_the_plan():
    model = Says(100)
    await ask(lifted(8), model, planned_reps=(8, 12))
    assert model.asked == [(BENCH, 10)]


async def test_where_it_abstains_the_rules_answer_as_without_it():
    app_state = lifted(8)
    answer = await ask(app_state, Says(None))
    engine = await Engine.create()
    await engine.ingest(IngestRequest(state=app_state))
    alone = await engine.suggest_load(SuggestLoadRequest(now=NOW, exercise_id=BENCH))
    assert answer.prediction is None
    assert answer.choice == alone.choice
    assert answer.reasoning == alone.reasoning


class Fails(Says):
    """A model that answers a few times, and then fails in one way or another."""

    def __init__(self, how, after=0):
        super().__init__(107.5)
        self.how, self.after = how, after

    def forecast(self, inputs, exercise_id, planned_reps):
        found = super().forecast(inputs, exercise_id, planned_reps)
        return found if len(self.asked) <= self.after else self.how(found)


def _raises(_found):
    raise IndexError("out of bounds")


def _refuses(_found):
    raise VoltLiftError(ErrorCode.INFERENCE, "no answer")


FAULTS = [
    (_raises, "IndexError: out of bounds"),
    (_refuses, "no answer"),
    (lambda found: replace(found, kg=float("nan")), "the forecast is no load"),
    (lambda found: replace(found, high_kg=float("inf")), "the forecast is no load"),
    (lambda found: replace(found, low_kg=found.high_kg + 1), "the forecast is no load"),
]


@pytest.mark.parametrize(("how", "reason"), FAULTS)
async def test_a_model_that_fails_leaves_the_rules_and_says_why(how, reason):
    app_state, model = lifted(8), Fails(how, after=1)
    engine = await Engine.create(Ports(learned=Package(model)).with_installed())
    await engine.load_models(LoadModelsRequest())
    await engine.ingest(IngestRequest(state=app_state))
    request = SuggestLoadRequest(now=NOW, exercise_id=BENCH)
    assert (await engine.suggest_load(request)).prediction is not None
    rules = await ask(app_state, Says(None))
    for _ in range(2):
        answer = await engine.suggest_load(request)
        assert (answer.choice, answer.reasoning) == (rules.choice, rules.reasoning)
        assert answer.prediction is None
        (said,) = [item for item in answer.meta.scorers if item.name == "load"]
        assert (said.status, said.weight) == ("failed", 0)
        assert said.reason.startswith(reason)
    assert len(model.asked) == 2, "it is not asked again"
    model.after = 99
    await engine.load_models(LoadModelsRequest())
    assert (await engine.suggest_load(request)).prediction is not None
