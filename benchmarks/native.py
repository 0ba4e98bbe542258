"""Times in CPython, beside the baseline in Node, in turn."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, TypeAlias

from benchmarks import ROOT, agreement
from benchmarks.inputs import Plan
from voltlift_bridge import Dispatcher

Json: TypeAlias = dict[str, Any]
Series: TypeAlias = dict[str, list[float]]
NODE_SCRIPT = ROOT / "benchmarks/baseline/dist/node.js"


class NodeBaseline:
    """The baseline in a Node process; it takes its own time, so the pipe does not count."""

    def __init__(self, plan: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(NODE_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.command({"op": "open", "plan": str(plan)})

    def command(self, command: Json) -> tuple[float, Any]:
        """Return milliseconds and answer of one command."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the baseline has no pipes")
        stdin.write(json.dumps(command) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError(f"the baseline ended with status {self._process.wait()}")
        answer = json.loads(line)
        return float(answer["ms"]), answer.get("answer")

    def __enter__(self) -> NodeBaseline:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


class Timer:
    """Times calls to the engine (JSON text in, JSON text out) and to the baseline."""

    def __init__(self, dispatcher: Dispatcher, baseline: NodeBaseline, where: str) -> None:
        self.series: Series = defaultdict(list)
        self._dispatcher = dispatcher
        self._baseline = baseline
        self._where = where
        self._compared = 0

    async def call(self, name: str | None, method: str, request: Json) -> Json:
        """Return the engine's answer; ``name`` is None while it warms up."""
        text = json.dumps(request)
        started = perf_counter()
        answer = await self._dispatcher.call(method, text)
        milliseconds = (perf_counter() - started) * 1000
        # What is stored behind the answer must not fall into the next call's time.
        await self._dispatcher.settle()
        if name is not None:
            self.series[name].append(milliseconds)
        decoded = json.loads(answer)
        if "error" in decoded:
            raise RuntimeError(f"{self._where}: {method} failed: {decoded['error']}")
        return dict(decoded["ok"])

    def baseline(self, name: str | None, command: Json) -> Any:
        """Return the baseline's answer."""
        milliseconds, answer = self._baseline.command(command)
        if name is not None:
            self.series[f"baseline.{name}"].append(milliseconds)
        return answer

    async def recommend(self, name: str | None, request: Json) -> None:
        """Put one request to both, and compare the answers."""
        response = await self.call(name, "recommend_exercises", request)
        plain = self.baseline(name, {"op": "recommend", "request": request})
        if name is not None:
            self.series[f"{name}.engine"].append(response["meta"]["durationMs"])
            for stage, milliseconds in response["meta"]["stages"].items():
                if milliseconds is not None:
                    self.series[f"{name}.{stage}"].append(milliseconds)
        agreement.check(self._where, self._compared, response["recommendations"], plain)
        self._compared += 1


async def measure(where: str, plan: Plan, path: Path) -> Series:
    """Return all series of a plan.

    Raises
    ------
    agreement.DisagreementError
        Where engine and baseline differ.
    """
    dispatcher = await Dispatcher.over()
    with NodeBaseline(path) as baseline:
        timer = Timer(dispatcher, baseline, where)
        for _ in range(plan.ingestions):
            await timer.call("ingest_state", "ingest", {"state": plan.envelope})
            timer.baseline("ingest_state", {"op": "ingest"})
        for i, request in enumerate(plan.requests):
            await timer.recommend(None if i < plan.warm_up else "recommend", request)
        kinds = len({call["name"] for call in plan.services})
        for i, call in enumerate(plan.services):
            name = None if i < plan.warm_up * kinds else str(call["name"])
            await timer.call(name, call["wire"], call["request"])
        for i, session in enumerate(plan.changes):
            await timer.call("ingest_change", "ingest", {"delta": {"sessions": [session]}})
            timer.baseline("ingest_change", {"op": "change", "session": session})
            await timer.recommend("first_after_change", plan.requests[i % len(plan.requests)])
    return timer.series
