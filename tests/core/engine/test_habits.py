"""Models in runtimes of their own: whatever becomes of them, the rules stand and it is said."""

from __future__ import annotations

import asyncio
import hashlib

import numpy as np
import pytest
from test_cold_start import NOW, ask, lifter
from test_learned import Loves

from voltlift_core import (
    Artefact,
    Engine,
    ErrorCode,
    ExplainRequest,
    LoadModelsRequest,
    Models,
    Ports,
    VoltLiftError,
)
from voltlift_core.contract import ScorerStatus
from voltlift_core.scoring.protocol import Scores, Term
from voltlift_core.scoring.session import check_outputs

FAVOURED = "push-up"


class Net:
    """A scorer by a session, whose answer is what ``run`` makes of the number of its call."""

    name, version, part = "net", "1", "habit"

    def __init__(self, run, feeds=None):
        self.session = self
        self._run, self._feeds = run, feeds
        self.calls, self.disposed = 0, 0

    runtime, inputs, outputs = "made up", ("x",), ("y",)

    def feeds(self, frame):
        return {"x": np.zeros((3, 2), np.float32)} if self._feeds is None else self._feeds(frame)

    async def run(self, feeds):
        self.calls += 1
        return await self._run(self.calls, feeds["x"])

    def scores(self, frame, outputs):
        catalogue = frame.inputs.view.catalogue
        points = np.zeros(len(catalogue))
        points[catalogue.index[FAVOURED]] = 100 * float(outputs["y"][0, 0])
        return Scores((Term("habit", points, lambda _: ("usual", {})),), {"habit": 100.0}, "high")

    async def dispose(self):
        self.disposed += 1


def answers(value=1.0):
    return {"y": np.full((3, 1), value, np.float32)}


async def fine(call, rows):
    return answers()


async def hangs(call, rows):
    await asyncio.Event().wait()


async def hangs_whatever_is_done(call, rows):
    while True:
        try:
            await asyncio.sleep(0.05)
            if call > 100:
                return answers()
            call += 1
        except asyncio.CancelledError:
            continue


async def crashes(call, rows):
    raise RuntimeError("memory access out of bounds")


async def says_no(call, rows):
    raise VoltLiftError(ErrorCode.INFERENCE, "the session is gone")


async def is_cancelled(call, rows):
    raise asyncio.CancelledError


async def gives_nan(call, rows):
    return answers(np.nan)


async def gives_one_row(call, rows):
    return {"y": np.zeros((1, 1), np.float32)}


async def gives_nothing(call, rows):
    return {}


class Package:
    """Makes the models that it was given, anew each time."""

    MODEL_NAMES = ("any",)

    def __init__(self, *makes):
        self.makes, self.made = makes, []

    def specs(self):
        return ()

    async def prepare(self) -> None:
        pass

    async def load_models(self, artefacts, registry, inference=None):
        made = [make() for make in self.makes]
        self.made.append(made)
        nets = tuple(item for item in made if hasattr(item, "session"))
        return Models(habits=tuple(item for item in made if item not in nets), nets=nets)


async def engine_with(*makes, limit=0.05, workouts=12):
    ports = Ports(learned=Package(*makes), inference_limit_s=limit)
    data = b"any"
    await ports.models.install(Artefact("any", "1", hashlib.sha256(data).hexdigest(), data))
    await ports.models.activate("any", "1")
    engine = await Engine.create(ports)
    engine._state = (await lifter(workouts=workouts))._state
    await engine.load_models(LoadModelsRequest())
    return engine, ports.learned


def status(answer, name="net"):
    (found,) = [item for item in answer.meta.scorers if item.name == name]
    return found


async def rules_only():
    return (await ask(await lifter(workouts=12))).recommendations


async def test_a_net_that_answers_is_blended_like_any_other():
    engine, _ = await engine_with(lambda: Net(fine))
    answer = await ask(engine)
    assert answer.recommendations[0].exercise.id == FAVOURED
    assert answer.recommendations[0].habit == 100
    assert answer.meta.alpha == 0.7
    assert status(answer) == ScorerStatus(
        name="net", version="1", status="used", part="habit", weight=1.0, confidence="high"
    )
    assert answer.meta.stages.inference is not None


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (hangs, "no answer within 0.05 s"),
        (hangs_whatever_is_done, "no answer within 0.05 s"),
        (crashes, "RuntimeError: memory access out of bounds"),
        (says_no, "the session is gone"),
        (is_cancelled, "CancelledError"),
        (gives_nan, "y is not all numbers"),
        (gives_one_row, "y is not one answer a row"),
        (gives_nothing, "the model gives nothing"),
    ],
)
async def test_a_net_that_fails_leaves_the_rules_and_says_why(run, reason):
    engine, package = await engine_with(lambda: Net(run))
    answer = await ask(engine)
    assert answer.recommendations == await rules_only()
    assert answer.meta.alpha == 0
    found = status(answer)
    assert (found.status, found.weight, found.confidence) == ("failed", 0, None)
    assert found.reason.startswith(reason)
    again = await ask(engine)
    assert again.recommendations == answer.recommendations
    assert status(again) == found, "it keeps saying so"
    assert package.made[0][0].calls == 1, "and is not asked again"


@pytest.mark.parametrize("run", [hangs, crashes, gives_nan])
async def test_of_two_the_other_one_answers_in_full(run):
    engine, _ = await engine_with(Loves, lambda: Net(run))
    alone, _ = await engine_with(Loves)
    answer = await ask(engine)
    assert answer.recommendations == (await ask(alone)).recommendations
    assert status(answer, "loves").weight == 1


async def test_both_share_the_habit_part_by_the_configuration():
    engine, _ = await engine_with(Loves, lambda: Net(fine))
    answer = await ask(engine, limit=100)
    assert [status(answer, name).weight for name in ("loves", "net")] == [0.5, 0.5]
    habit = {item.exercise.id: item.habit for item in answer.recommendations}
    assert habit["barbell-curl"] == habit[FAVOURED] == 50


async def test_an_answer_in_time_that_later_fails_counts_until_then():
    async def once(call, rows):
        if call > 1:
            raise RuntimeError("gone")
        return answers()

    engine, _ = await engine_with(lambda: Net(once))
    assert status(await ask(engine)).status == "used"
    assert status(await ask(engine)).status == "failed"


async def test_a_runtime_that_is_gone_does_not_keep_models_from_being_loaded():
    class Gone(Net):
        async def dispose(self):
            raise VoltLiftError(ErrorCode.INFERENCE, "the runtime is gone")

    engine, package = await engine_with(lambda: Gone(fine))
    await engine.load_models(LoadModelsRequest())
    assert len(package.made) == 2


async def test_a_net_with_nothing_to_say_abstains_and_is_asked_again():
    engine, package = await engine_with(lambda: Net(fine, feeds=lambda frame: None))
    for _ in range(2):
        assert status(await ask(engine)).status == "abstained"
    assert package.made[0][0].calls == 0


async def test_a_net_whose_features_fail_has_failed():
    def feeds(frame):
        raise KeyError("no such feature")

    engine, _ = await engine_with(lambda: Net(fine, feeds))
    found = status(await ask(engine))
    assert (found.status, found.reason) == ("failed", "KeyError: 'no such feature'")


class Broken(Loves):
    """A scorer of arrays whose points are none."""

    def score(self, frame):
        scores = super().score(frame)
        scores.terms[0].points[0] = np.nan
        return scores


class Raises(Loves):
    def score(self, frame):
        raise IndexError("out of bounds")


@pytest.mark.parametrize(
    ("scorer", "reason"),
    [(Broken, "the points are not a number an exercise"), (Raises, "IndexError: out of bounds")],
)
async def test_arrays_that_fail_leave_the_rules_as_well(scorer, reason):
    engine, _ = await engine_with(scorer)
    answer = await ask(engine)
    assert answer.recommendations == await rules_only()
    assert status(answer, "loves").reason.startswith(reason)


async def test_where_habit_counts_for_nothing_nobody_is_asked():
    engine, package = await engine_with(Loves, lambda: Net(fine))
    answer = await ask(engine, routine=0.0)
    assert [status(answer, name).status for name in ("loves", "net")] == ["abstained"] * 2
    assert package.made[0][1].calls == 0


async def explained(engine):
    return await engine.explain(ExplainRequest(now=NOW, limit=3, exercise_id="lying-leg-curl"))


async def test_why_not_this_one_asks_the_net_for_every_change():
    engine, package = await engine_with(lambda: Net(fine))
    answer = await explained(engine)
    assert status(answer).status == "used"
    assert not answer.listed
    assert answer.changes
    assert package.made[0][0].calls > 1
    assert answer.last_listed.habit is not None


@pytest.mark.parametrize("run", [hangs, crashes, gives_nan])
async def test_why_not_this_one_stands_without_a_net_that_fails(run):
    engine, package = await engine_with(lambda: Net(run))
    answer = await explained(engine)
    alone = await explained(await lifter(workouts=12))
    assert answer.candidate == alone.candidate
    assert answer.changes == alone.changes
    assert status(answer).status == "failed"
    assert package.made[0][0].calls == 1


async def test_why_not_this_one_stands_where_a_net_fails_in_the_middle_of_it():
    async def twice(call, rows):
        if call > 2:
            raise RuntimeError("gone")
        return answers()

    engine, package = await engine_with(lambda: Net(twice))
    answer = await explained(engine)
    assert status(answer).status == "failed"
    assert package.made[0][0].calls == 3
    alone = await explained(await lifter(workouts=12))
    assert answer.candidate == alone.candidate
    assert answer.changes == alone.changes, "points with it and without it are not compared"


@pytest.mark.parametrize(
    ("outputs", "rows"),
    [
        ({}, 1),
        ({"y": np.zeros((2, 1), np.float32)}, 3),
        ({"y": np.zeros((), np.float32)}, 1),
        ({"y": np.ones((1, 1), np.float32), "z": np.array([[-np.inf]], np.float32)}, 1),
    ],
)
def test_outputs_that_are_no_answers_are_refused(outputs, rows):
    with pytest.raises(VoltLiftError) as caught:
        check_outputs(outputs, rows)
    assert caught.value.code is ErrorCode.INFERENCE
