"""The last list is there before the engine, says from when it is, and never jumps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from support.accessibility import TWO_FRAMES
from support.app import FROM_BEFORE, App

# A list is compared with itself: models that arrive in between would make another one of it.
pytestmark = pytest.mark.usefixtures("rules_only")


class HeldEngine:
    """Holds back the first file of the engine until it is let go."""

    def __init__(self, context: BrowserContext) -> None:
        self._routes: list[Route] = []
        self._open = False
        context.route(re.compile(r"/runtime/runtime\.json"), self._on_route)

    def let_go(self) -> None:
        self._open = True
        for route in self._routes:
            route.continue_()

    def _on_route(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._routes.append(route)


def test_the_cached_list_is_marked_and_replaced_without_moving(
    app: App, context: BrowserContext
) -> None:
    page = app.page
    app.try_sample()
    app.start_workout()
    app.open_picker()
    listed = app.names()

    engine = HeldEngine(context)
    page.reload()
    app.open_picker()
    # The engine has not got its first file yet.
    assert app.names() == listed
    expect(app.sheet.get_by_role("status").filter(has_text=FROM_BEFORE)).to_be_visible()
    expect(app.sheet.get_by_text("Suggestions in a moment.")).to_be_visible()

    engine.let_go()
    expect(app.sheet.get_by_text(FROM_BEFORE)).to_be_hidden()
    assert app.names() == listed


def test_a_list_in_another_order_waits_for_a_tap(app: App, context: BrowserContext) -> None:
    page = app.page
    app.try_sample()
    app.start_workout()
    app.open_picker()
    listed = app.names()
    app.sheet.get_by_role("button", name="Close").click()

    engine = HeldEngine(context)
    page.reload()
    # The equipment changes while the engine is away: the list is bound to be another one.
    app.open("/#/settings")
    equipment = page.get_by_role("group", name="Equipment", exact=True)
    equipment.get_by_text("Kettlebell", exact=True).click()
    for other in ("Barbell", "Dumbbell", "Machine", "Cable", "Bodyweight", "Resistance Band"):
        box = equipment.get_by_role("checkbox", name=other, exact=True)
        if box.is_checked():
            equipment.get_by_text(other, exact=True).click()
    app.open("/#/workout")
    app.open_picker()
    assert app.names() == listed

    engine.let_go()
    expect(app.sheet.get_by_text("Newer suggestions")).to_be_visible()
    assert app.names() == listed
    app.sheet.get_by_role("button", name="Show").click()
    expect(app.suggestions.get_by_role("heading", level=4)).not_to_have_text(listed)


# The log is read when the test lets it.
HELD_STORAGE = """
const listen = EventTarget.prototype.addEventListener;
const opened = new Promise((resolve) => { window.openStorage = resolve; });
IDBOpenDBRequest.prototype.addEventListener = function (type, listener, options) {
  const later = (event) => opened.then(() => listener.call(this, event));
  return listen.call(this, type, type === "success" ? later : listener, options);
};
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...options) {
  const begun = transaction.apply(this, options);
  begun.addEventListener("complete", () => { window.isRead = true; });
  return begun;
};
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? "");
    window.shifts.push(entry.value, ...moved);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def open_storage(page: Page) -> None:
    """Let the log be read, and what follows be drawn."""
    page.evaluate("openStorage()")
    page.wait_for_function("window.isRead")
    page.evaluate(TWO_FRAMES)


def first_suggestion(app: App) -> tuple[Locator, str]:
    """Start fresh; returns what begins a workout with the best suggestion, and its exercise."""
    app.start_fresh()
    app.wait_until_ready()
    first = app.page.get_by_role("region", name="Suggested next").get_by_role("button").first
    return first, first.locator(".session-name").inner_text()


def test_the_first_screen_does_not_wait_for_the_log(app: App) -> None:
    page = app.page
    first, name = first_suggestion(app)

    page.add_init_script(HELD_STORAGE)
    page.reload()
    expect(first).to_contain_text(name)
    # The log is not read yet: nothing of it is claimed, and nothing moves when it is there.
    expect(page.get_by_role("heading", name="Last workouts")).to_have_count(0)
    open_storage(page)
    expect(page.get_by_role("heading", name="Last workouts")).to_be_visible()
    app.wait_until_ready()
    assert page.evaluate("shifts") == []

    # What is tapped before is done as soon as it can be.
    page.reload()
    first.click()
    expect(page.get_by_role("heading", name="Last workouts")).to_have_count(0)
    open_storage(page)
    expect(app.card(name)).to_be_visible()

    app.open("/")
    open_storage(page)
    expect(app.button("Back to your workout")).to_be_visible()


def test_what_is_under_a_finger_or_a_key_stays_there_until_it_is_lifted(app: App) -> None:
    page = app.page
    first, name = first_suggestion(app)
    page.add_init_script(HELD_STORAGE)

    def begin(with_key: bool) -> None:
        if with_key:
            first.focus()
            page.keyboard.down("Enter")
        else:
            first.hover()
            page.mouse.down()

    for with_key in (False, True):
        app.open("/")
        begin(with_key)
        open_storage(page)
        if with_key:
            page.keyboard.up("Enter")
        else:
            page.mouse.up()
        expect(app.card(name)).to_be_visible()
        app.button("Discard").click()
        expect(app.start_button).to_be_visible()
