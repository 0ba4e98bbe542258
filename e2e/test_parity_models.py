"""The engine answers the same in CPython and in the browser, with the models that ship.

Here models are read from the committed artefacts, nets run by ONNX Runtime; there the same
artefacts are signed, delivered, verified and loaded as on any device, nets run by ONNX Runtime
Web. All that a lifter is shown is compared: exercises in order, points, reasons, weights.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page, Route
from support.server import ROOT

from contract.golden import without_times
from voltlift_bridge import Dispatcher
from voltlift_models.inference import NativeInference
from voltlift_models.publish import Pinned, new_key, publish
from voltlift_models.serving import (
    ARTIFACTS,
    RuntimeModel,
    ports_with,
    shipped_models,
    shipped_net,
)
from voltlift_samples import sample_state

Json: TypeAlias = dict[str, Any]
Call: TypeAlias = tuple[str, Json]

COMLINK = ROOT / "node_modules/comlink/dist/esm/comlink.mjs"
NOW = 1_790_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR
TOLERANCE = 1e-4
LIFTERS = {"beginner": 25, "intermediate": 150, "advanced": 400, "no_effort": 80, "dumbbell": 60}
"""Workouts of each: short logs, in which habits fade in, and long ones."""

# What is asked of the worker is text, and so is what it answers: the wire's own words.
RUN = """async ([keys, also, questions]) => {
  const [{ createWorkerClient }, models, { wrap }] = await Promise.all([
    import("/bridge/index.js"), import("/bridge/models.js"), import("/e2e/comlink.mjs"),
  ]);
  let worker;
  const client = createWorkerClient({
    runtimeUrl: "/runtime/",
    createWorker: () => {
      worker = new Worker("/bridge/worker.js", { type: "module" });
      return worker;
    },
  });
  const { engineVersion: version, specs } = await client.call("loadModels", {});
  const registry = await models.openModelRegistry();
  const prefetch = (files) => models.prefetchInference({ runtimeUrl: "/runtime/", files });
  const update = await models.updateModels({
    registry,
    keys,
    also,
    prefetch,
    baseUrl: "/e2e/release/",
    engine: { version, specs },
    probe: models.engineProbe(client, 60_000),
    probeMs: 60_000,
  });
  const loaded = await client.call("loadModels", {});
  const api = wrap(worker);
  const answers = [];
  for (const [method, request] of questions) {
    answers.push(await api.call(0, method, JSON.stringify(request)));
  }
  client.dispose();
  return { update, loaded, answers };
}"""


def states() -> Iterator[tuple[str, Json]]:
    """Give the log of each lifter."""
    for lifter, workouts in LIFTERS.items():
        state = sample_state(lifter, now_ms=NOW - 12 * HOUR, workouts=workouts)
        yield lifter, json.loads(json.dumps(state))


def questions(state: Json, moments: int) -> Iterator[Call]:
    """Give what a lifter asks: before and during workouts, whatever the dial says."""
    history = sorted(state["state"]["history"], key=lambda session: session["startTime"])
    last = history[-1]
    for number in range(moments):
        now = NOW + number * 31 * HOUR
        started = {"id": "now", "startTime": now - HOUR // 2, "logs": last["logs"][: number + 1]}
        moment = {"now": now, "utcOffsetMinutes": 120}
        for session in (None, started):
            for routine in (None, 0, 0.4, 1):
                asked = {**moment, "session": session, "routine": routine, "limit": 10}
                yield "recommend_exercises", asked
        exercises = list(dict.fromkeys(log["exerciseId"] for log in last["logs"]))
        for index, exercise in enumerate(exercises[:4]):
            plan = [5, 8] if index % 2 else None
            yield "suggest_load", {**moment, "exerciseId": exercise, "plannedReps": plan}
        yield "explain", {**moment, "session": started, "exerciseId": exercises[0]}
        yield "similar_exercises", {**moment, "exerciseId": exercises[0]}
        yield "novel_exercises", {**moment, "session": started}


def conversation(moments: int) -> list[Call]:
    """Return all that is asked, each lifter's log first."""
    return [
        call
        for _, state in states()
        for call in (("ingest", {"state": state}), *questions(state, moments))
    ]


def natively(models: tuple[RuntimeModel, ...], calls: list[Call]) -> list[Json]:
    """Return CPython's answers."""

    async def answers() -> list[Json]:
        dispatcher = await Dispatcher.over(await ports_with(models, NativeInference()))
        loaded = json.loads(await dispatcher.call("load_models", "{}"))["ok"]
        assert {m["name"] for m in loaded["models"]} == {m.name for m in models}, loaded
        return [
            json.loads(await dispatcher.call(method, json.dumps(request)))
            for method, request in calls
        ]

    # Playwright has this thread's event loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answers()).result()


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The committed artefacts, signed; and the keys that a page pins."""
    work = tmp_path_factory.mktemp("parity")
    pinned = Pinned(current=new_key(work / "key.pem"))
    publish(ARTIFACTS, work / "release", work / "key.pem", pinned)
    return work / "release", {"current": pinned.current, "next": pinned.next}


def fulfil(folder: Path, route: Route) -> None:
    path = route.request.url.partition("/e2e/release/")[2]
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    route.fulfill(path=folder / path, content_type=kind)


def in_the_browser(
    page: Page, release: tuple[Path, dict[str, str]], also: list[str], calls: list[Call]
) -> Json:
    folder, keys = release
    page.route("**/e2e/comlink.mjs", lambda route: route.fulfill(path=COMLINK))
    page.route(re.compile("/e2e/release/"), partial(fulfil, folder))
    # Any document of the origin does; this one starts no engine of its own.
    page.goto("/bridge/index.js")
    found: Json = page.evaluate(RUN, [keys, also, calls])
    assert found["update"]["outcome"] == "updated", found["update"]
    assert found["loaded"]["leftOut"] == []
    return found


def differences(one: Any, other: Any, where: str = "$") -> Iterator[str]:
    """Give where two answers differ: numbers by more than the tolerance, all else at all."""
    numbers = (int, float)
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{where}[{index}]")
    elif isinstance(one, numbers) and isinstance(other, numbers):
        if abs(one - other) > TOLERANCE:
            yield f"{where}: {one} natively, {other} in the browser"
    elif one != other:
        yield f"{where}: {one} natively, {other} in the browser"


def compare(calls: list[Call], native: list[Json], browser: list[str]) -> None:
    for (method, request), one, other in zip(calls, native, browser, strict=True):
        assert "ok" in one, (method, one)
        found = list(differences(without_times(one), without_times(json.loads(other))))
        asked = {} if method == "ingest" else request
        assert not found, f"{method} {asked}: {found[:8]} ({len(found)} differences)"


def used(answers: list[Json], scorer: str) -> int:
    """Return how many answers a scorer had a say in."""
    return sum(
        entry["name"] == scorer and entry["status"] == "used" and entry["weight"] > 0
        for answer in answers
        for entry in answer["ok"].get("meta", {}).get("scorers", ())
    )


def test_models_that_ship_answer_in_the_browser_as_in_cpython(
    page: Page, release: tuple[Path, dict[str, str]]
) -> None:
    calls = conversation(moments=2)
    native = natively(shipped_models(), calls)
    found = in_the_browser(page, release, [], calls)
    assert {model["runtime"] for model in found["loaded"]["models"]} == {"numpy"}
    compare(calls, native, found["answers"])
    # Rules alone would agree as well: models have to have had a say, and a prediction.
    assert used(native, "ranker") > len(LIFTERS) * 4
    assert used(native, "collaborative-filter") > 0
    predicted = [answer["ok"].get("prediction") for answer in native]
    assert sum(prediction is not None for prediction in predicted) > len(LIFTERS)


def test_the_net_answers_in_the_browser_as_in_cpython(
    page: Page, release: tuple[Path, dict[str, str]]
) -> None:
    calls = conversation(moments=1)
    native = natively((*shipped_models(), shipped_net()), calls)
    found = in_the_browser(page, release, [shipped_net().name], calls)
    runtimes = {model["name"]: model["runtime"] for model in found["loaded"]["models"]}
    assert runtimes["exercise-net"] == "onnxruntime-web"
    compare(calls, native, found["answers"])
    assert used(native, "exercise-net") > len(LIFTERS)
