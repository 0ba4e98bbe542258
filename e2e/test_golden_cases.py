"""The golden contract cases through the worker, as in CPython and in-process Pyodide."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page
from support.server import ROOT

from contract.golden import CASES, without_times

COMLINK = ROOT / "node_modules/comlink/dist/esm/comlink.mjs"

# The bridge's client starts the worker; requests go to the worker as text, since a case may
# be one that no client would send.
RUN = """async (text) => {
  const [{ createWorkerClient }, { wrap }] =
    await Promise.all([import("/bridge/index.js"), import("/e2e/comlink.mjs")]);
  let worker;
  const client = createWorkerClient({
    runtimeUrl: "/runtime/",
    persist: false,
    createWorker: () => {
      worker = new Worker("/bridge/worker.js", { type: "module" });
      return worker;
    },
  });
  await client.call("manifest", {});
  // The numbers of the client's own requests begin with 1.
  const api = wrap(worker);
  const results = {};
  for (const [name, { sample, state, calls }] of JSON.parse(text)) {
    let lifter = state ?? null;
    if (sample) lifter = (await client.call("sampleState", sample)).appState;
    if (lifter) await client.call("ingest", { state: lifter });
    results[name] = [];
    for (const { method, request, text } of calls) {
      results[name].push(await api.call(0, method, text ?? JSON.stringify(request ?? {})));
    }
  }
  client.dispose();
  return results;
}"""


def taken_in(case: dict[str, Any]) -> int:
    """Return how often a case gives the engine something of a lifter's log."""
    answers = [call["answer"] for call in case["calls"] if call["method"] == "ingest"]
    return bool(case.get("sample") or case.get("state")) + sum("ok" in a for a in answers)


def counted_from(answer: Any, before: int) -> Any:
    """Return an answer whose revision counts what came after so many others."""
    if isinstance(answer, dict):
        return {
            key: item - before if key == "revision" else counted_from(item, before)
            for key, item in answer.items()
        }
    return [counted_from(item, before) for item in answer] if isinstance(answer, list) else answer


def test_golden_cases_through_the_worker(page: Page) -> None:
    """One engine answers them all, as on a device that one lifter after another uses.

    Those that are about an empty engine come first; whoever comes later brings a log, and
    nothing of the one before it may be left.
    """
    files = sorted(CASES.glob("*.json"))
    cases = {path.stem: json.loads(path.read_text("utf-8")) for path in files}
    assert len(cases) >= 10
    page.route("**/e2e/comlink.mjs", lambda route: route.fulfill(path=COMLINK))
    # Any document of the origin does; this one starts no engine of its own.
    page.goto("/bridge/index.js")
    in_turn = sorted(cases.items(), key=lambda case: taken_in(case[1]) > 0)
    results: dict[str, list[str]] = page.evaluate(RUN, json.dumps(in_turn))
    before = 0
    for name, case in in_turn:
        answers = [without_times(json.loads(answer)) for answer in results[name]]
        expected = [without_times(step["answer"]) for step in case["calls"]]
        assert counted_from(answers, before) == expected, name
        before += taken_in(case)
