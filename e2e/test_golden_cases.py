"""The golden contract cases through the worker, as in CPython and in-process Pyodide."""

from __future__ import annotations

import json

from playwright.sync_api import Page
from support.server import ROOT

from contract.golden import CASES, without_times

COMLINK = ROOT / "node_modules/comlink/dist/esm/comlink.mjs"

# The bridge's client starts the worker; requests go to the worker as text, since a case may
# be one that no client would send.
RUN = """async (text) => {
  const [{ createWorkerClient }, { wrap }] =
    await Promise.all([import("/bridge/index.js"), import("/e2e/comlink.mjs")]);
  const cases = JSON.parse(text);
  const results = {};
  for (const [name, { sample, state, calls }] of Object.entries(cases)) {
    let worker;
    const client = createWorkerClient({
      runtimeUrl: "/runtime/",
      persist: false,
      createWorker: () => {
        worker = new Worker("/bridge/worker.js", { type: "module" });
        return worker;
      },
    });
    let lifter = state ?? null;
    if (sample) lifter = (await client.call("sampleState", sample)).appState;
    if (lifter) await client.call("ingest", { state: lifter });
    else await client.call("manifest", {});
    const api = wrap(worker);
    results[name] = [];
    for (const { method, request, text } of calls) {
      results[name].push(await api.call(method, text ?? JSON.stringify(request ?? {})));
    }
    client.dispose();
  }
  return results;
}"""


def test_golden_cases_through_the_worker(page: Page) -> None:
    cases = {path.stem: json.loads(path.read_text("utf-8")) for path in CASES.glob("*.json")}
    assert len(cases) >= 10
    page.route("**/e2e/comlink.mjs", lambda route: route.fulfill(path=COMLINK))
    # Any document of the origin does; this one starts no engine of its own.
    page.goto("/bridge/index.js")
    results: dict[str, list[str]] = page.evaluate(RUN, json.dumps(cases))
    for name, case in cases.items():
        answers = [without_times(json.loads(answer)) for answer in results[name]]
        expected = [without_times(step["answer"]) for step in case["calls"]]
        assert answers == expected, name
