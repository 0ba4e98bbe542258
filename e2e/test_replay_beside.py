"""Looking back keeps nobody waiting: other requests, other tabs, and whoever changes their mind."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from support.app import App
from test_replay import chart, open_replay

# What a page of a host would do: lists, changes of the log and a cancel while a replay runs.
RUN = """async () => {
  // What the worker says of its progress, whether the client passes it on or not.
  let told = 0;
  const listening = new WeakSet();
  const { addEventListener } = MessagePort.prototype;
  MessagePort.prototype.addEventListener = function (...listener) {
    if (!listening.has(this)) {
      listening.add(this);
      addEventListener.call(this, "message", ({ data }) => { told += data.type === "APPLY"; });
    }
    return addEventListener.apply(this, listener);
  };
  const { createWorkerClient } = await import("/bridge/index.js");
  const client = createWorkerClient({ runtimeUrl: "/runtime/", persist: false });
  const now = Date.now();
  const { appState: state } = await client.call("sampleState", { name: "intermediate", now });
  await client.call("ingest", { state });
  await client.call("recommendExercises", { now });
  const timed = async (action) => {
    const began = performance.now();
    const value = await action();
    return { value, ms: performance.now() - began };
  };
  const list = () => timed(() => client.call("recommendExercises", { now }));
  const alone = [];
  for (let n = 0; n < 20; n++) alone.push((await list()).ms);

  const replay = (signal) => {
    const seen = { done: 0, over: false, abort: () => undefined };
    const run = async () => {
      const onProgress = () => { seen.done += 1; };
      const answer = await client.call("replay", { now, questions: 100 }, { onProgress, signal })
        .catch((error) => ({ code: error.code }));
      seen.over = true;
      return answer;
    };
    return { seen, answer: timed(run) };
  };
  const first = replay();
  const beside = [];
  for (let n = 0; n < 20; n++) {
    const { ms } = await list();
    beside.push({ ms, done: first.seen.done, over: first.seen.over });
  }
  const changed = await client.call("ingest", { state: {} });
  const emptied = { done: first.seen.done, over: first.seen.over };
  const { value, ms: replayMs } = await first.answer;

  await client.call("ingest", { state });
  const controller = new AbortController();
  const before = told;
  const second = replay(controller.signal);
  while (second.seen.done < 3 && !second.seen.over) await list();
  controller.abort();
  const cancelled = await second.answer;
  const next = await list();
  await list();
  const after = told;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const still = told;
  client.dispose();
  return {
    alone, beside, emptied, changed: changed.revision, replay: value, replayMs,
    cancelled: cancelled.value, next: next.value.recommendations.length, before, after, still,
  };
}"""


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def test_lists_and_changes_are_answered_between_its_questions(page: Page) -> None:
    page.goto("/static/index.html")
    found: dict[str, Any] = page.evaluate(RUN)
    beside = [item["ms"] for item in found["beside"]]
    print(
        f"\na list: {middle(found['alone']):.0f} ms alone, {middle(beside):.0f} ms beside a replay"
        f" (at most {max(beside):.0f}) that took {found['replayMs']:.0f} ms"
    )
    # All of them while it was on its way, and it went on meanwhile.
    assert not any(item["over"] for item in found["beside"])
    assert not found["emptied"]["over"]
    assert found["beside"][-1]["done"] > 5
    # It stays with the log that it began with, and says of which revision it is.
    replay = found["replay"]
    assert [task["questions"] for task in replay["tasks"]] == [100, 100, 100]
    assert replay["meta"]["revision"] == found["changed"] - 1
    # Given up, it ends: whatever is asked next is answered, and no question follows.
    assert found["cancelled"] == {"code": "aborted"}
    assert found["next"] == 5
    assert found["before"] + 3 <= found["after"] == found["still"]


def test_a_set_logged_in_another_tab_is_taken_in_and_the_result_is_of_before(app: App) -> None:
    page = app.page
    app.try_sample()
    app.wait_until_ready()
    other = App(page.context.new_page())
    other.open()
    other.start_workout()
    other.button("Add exercise").click()
    other.add_by_search("Barbell Bench Press")
    open_replay(app)
    app.button("Look back", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    other.log_set("Barbell Bench Press", 1, weight="60", reps="8")
    other.finish()
    expect(app.button("Look back again")).to_be_visible()
    expect(page.get_by_text("These figures are from before.")).to_be_visible()
    expect(chart(page, "Next weight")).to_be_visible()
    # Asked again it knows the workout.
    app.button("Look back again").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_text("These figures are from before.")).to_have_count(0)
