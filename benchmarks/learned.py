"""Times of models on the device: delivery, loading, answers with them beside rules alone."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

from benchmarks.chromium import Chromium
from benchmarks.inputs import Plan
from voltlift_bridge import Dispatcher
from voltlift_models.publish import Pinned, new_key, publish
from voltlift_models.serving import ARTIFACTS, ports_with, shipped_models

Series: TypeAlias = dict[str, list[float]]

MODELS = tuple(model.name for model in shipped_models())
"""Those that every device gets."""

NET = "exercise-net"
"""The one that a runtime beside Python runs, for those who add it."""

_CALL = "([method, ...given]) => models[method](...given)"


def release(folder: Path) -> dict[str, str]:
    """Publish the committed artefacts with a key of this run; return the keys to pin.

    Pages find the keys beside the release, in ``keys.json``: they are built before it.
    """
    key = folder.with_name(f"{folder.name}.pem")
    pinned = Pinned(current=new_key(key))
    publish(ARTIFACTS, folder, key, pinned)
    keys = {"current": pinned.current, "next": pinned.next}
    (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    return keys


def measure_native(plan: Plan) -> Series:
    """Return times of the same requests with the same models in CPython."""
    return asyncio.run(_native(plan))


async def _native(plan: Plan) -> Series:
    series: Series = defaultdict(list)
    dispatcher = await Dispatcher.over(await ports_with(shipped_models()))

    async def call(name: str | None, method: str, request: Any) -> Any:
        text = json.dumps(request)
        started = perf_counter()
        answer = json.loads(await dispatcher.call(method, text))
        if name is not None:
            series[name].append((perf_counter() - started) * 1000)
        return answer["ok"]

    await call(None, "ingest", {"state": plan.envelope})
    for prefix in ("rules.", ""):
        if not prefix:
            loaded = await call("load", "load_models", {})
            if {model["name"] for model in loaded["models"]} != set(MODELS):
                raise RuntimeError(f"not all of {MODELS} were loaded: {loaded}")
        for i, request in enumerate(plan.requests):
            name = None if i < plan.warm_up else f"{prefix}recommend"
            meta = (await call(name, "recommend_exercises", request))["meta"]
            if name is not None:
                series[f"{name}.engine"].append(meta["durationMs"])
                if (inference := meta["stages"]["inference"]) is not None:
                    series[f"{name}.inference"].append(inference)
        loads = [call for call in plan.services if call["method"] == "suggestLoad"]
        for i, service in enumerate(loads):
            name = None if i < plan.warm_up else f"{prefix}suggest_load"
            await call(name, "suggest_load", service["request"])
    return series


def measure_hybrid(browser: Chromium, address: str, plan: Path, keys: Mapping[str, str]) -> Series:
    """Return times of requests by rules alone, with the models, and with the net as well."""
    return _ask(browser, address, "measureHybrid", f"/inputs/{plan.name}", dict(keys))


def measure_replay(
    browser: Chromium, address: str, plan: Path, keys: Mapping[str, str], questions: int
) -> Series:
    """Return the time of a replay with so many questions of each task, and of its tasks."""
    return _ask(browser, address, "measureReplay", f"/inputs/{plan.name}", dict(keys), questions)


def measure_delivery(
    browser: Chromium, address: str, plan: Path, keys: Mapping[str, str], rounds: int
) -> Series:
    """Return times of first visits to a release and of the later ones, each visitor a new one."""
    series: Series = defaultdict(list)
    url = f"/inputs/{plan.name}"
    for _ in range(rounds):
        with browser.new_visitor() as page:
            for prefix, method, given in (
                ("", "measureDelivery", dict(keys)),
                ("", "measureCached", MODELS),
                ("", "measureCached", MODELS),
                ("", "measureNetDelivery", dict(keys)),
                ("net_", "measureCached", (*MODELS, NET)),
                *(("", "measureCachedAlone", name) for name in MODELS),
            ):
                # Every one of them is a visit of its own.
                page.goto(f"{address}/models.html")
                found: Series = page.evaluate(_CALL, [method, url, given])
                for name, times in found.items():
                    series[f"{prefix}{name}"].extend(times)
    return series


def measure_first_answers(browser: Chromium, address: str, rounds: int) -> Series:
    """Return times from a reload to the first answer, with models installed and without.

    Two visitors take turns, so that both meet the machine as it is.
    """
    series: Series = defaultdict(list)
    for _ in range(rounds):
        for boot in ("ours", "models"):
            with browser.new_visitor() as page:
                page.goto(f"{address}/start-up.html?boot={boot}")
                if boot == "models":
                    loaded: int = page.evaluate("() => started.then(() => modelsLoaded)")
                    if loaded < len(MODELS):
                        raise RuntimeError(f"{loaded} models are in use, expected {MODELS}")
                for _ in range(2):
                    page.wait_for_timeout(1000)
                    page.reload()
                    started = page.evaluate("() => started")
                    series[boot].append(started["ms"])
    return series


def _ask(browser: Chromium, address: str, method: str, *arguments: Any) -> Series:
    with browser.new_visitor() as page:
        page.goto(f"{address}/models.html")
        series: Series = page.evaluate(_CALL, [method, *arguments])
    return series
